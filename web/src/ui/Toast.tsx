import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';

const stays = 6_000; // ms

/** useToast says in passing that something was done. What must be read belongs into a Note. */
export function useToast(): [ReactNode, (text: string) => void] {
  const [said, setSaid] = useState<{ text: string; n: number } | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), stays);
    return () => clearTimeout(timer);
  }, [said]);
  const say = useCallback((text: string) => setSaid((old) => ({ text, n: (old?.n ?? 0) + 1 })), []);
  const toast = (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-20 z-30 flex justify-center print:hidden">
      {said && <span key={said.n} className="flex items-center gap-2 rounded-8 bg-[#1a1a1a] px-4 py-2.5 text-white"><Icon name="check" className="size-4 text-green-300" />{said.text}</span>}
    </div>
  );
  return [toast, say];
}

import { useEffect, useRef, useState } from 'react';

/** usePopover is what opens beside a button and closes when one goes elsewhere or presses Escape. root holds both. */
export function usePopover<E extends HTMLElement>() {
  const [open, setOpen] = useState(false);
  const root = useRef<E>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (e: Event) => !root.current?.contains(e.target as Node) && setOpen(false);
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return { open, setOpen, root, onKeyDown: (e: React.KeyboardEvent) => e.key === 'Escape' && setOpen(false) };
}

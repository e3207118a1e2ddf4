import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

interface Props {
  label: string;
  back: { label: string; go: (() => void) | null }; // null: there is nothing that way
  forward: { label: string; go: (() => void) | null };
  children: ReactNode; // where one is
}

/** Pager goes one step back or forward: months, days, pages of a list. */
export function Pager({ label, back, forward, children }: Props) {
  const square = 'grid size-8 place-items-center text-text-2 hover:bg-soft focus-inside disabled:text-[#949494] disabled:hover:bg-transparent tight:size-[30px]';
  return (
    <div role="group" aria-label={label} className="inline-flex flex-none items-center overflow-hidden rounded-8 border border-line bg-raised">
      <button type="button" aria-label={back.label} disabled={!back.go} onClick={back.go ?? undefined} className={square}><Icon name="chevron" className="size-[15px] rotate-180" /></button>
      <span aria-live="polite" className="grid h-8 min-w-16 place-items-center border-x border-line px-2.5 whitespace-nowrap text-text tight:h-[30px]">{children}</span>
      <button type="button" aria-label={forward.label} disabled={!forward.go} onClick={forward.go ?? undefined} className={square}><Icon name="chevron" className="size-[15px]" /></button>
    </div>
  );
}

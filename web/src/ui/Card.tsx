import { useId, type ReactNode } from 'react';

interface Props {
  title: ReactNode;
  note?: ReactNode; // beside the title, quieter
  tools?: ReactNode; // at the right end of the head
  children: ReactNode;
  className?: string;
  body?: string; // classes of the body; the padding is the caller's where a table fills it
}

/** Card is a part of a light page, named by its heading. */
export function Card({ title, note, tools, children, className = '', body = 'px-4 py-3 tight:px-3 tight:py-2' }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`flex min-h-0 min-w-0 flex-col rounded-8 border border-line bg-surface ${className}`}>
      <div className="flex h-11 flex-none items-center gap-2.5 border-b border-soft px-4 whitespace-nowrap tight:h-[38px] tight:px-3">
        <h2 id={id} className="text-base tight:text-[15px]">{title}</h2>
        {note && <span className="min-w-0 truncate text-text-3">{note}</span>}
        {tools && <div className="ml-auto flex items-center gap-2">{tools}</div>}
      </div>
      <div className={`min-h-0 ${body}`}>{children}</div>
    </section>
  );
}

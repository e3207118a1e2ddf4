import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** Dialog is modal while it is there; Escape and the cross close it. Its content has the focus first. */
export function Dialog({ title, close, closeLabel, children, className = '' }: { title: string; close: () => void; closeLabel: string; children: ReactNode; className?: string }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} aria-label={title} onClose={close} onKeyDown={(e) => e.currentTarget.open && e.stopPropagation()} onClick={(e) => e.target === e.currentTarget && close()}
      className={`m-auto rounded-12 border border-line bg-surface p-0 text-text ${className}`}>
      <div className="relative flex flex-col gap-4 p-6 tight:p-5">
        <h2 className="pr-10 text-xl leading-[1.4]">{title}</h2>
        {children}
        <button type="button" aria-label={closeLabel} onClick={close} className="absolute top-4 right-4 grid size-9 place-items-center rounded-8 text-text-2 hover:bg-soft tight:top-3.5 tight:right-3"><Icon name="close" /></button>
      </div>
    </dialog>
  );
}

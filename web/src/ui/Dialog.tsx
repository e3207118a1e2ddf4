import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** Dialog is modal while it is there; Escape and the cross close it. */
export function Dialog({ title, close, closeLabel, children, className = '' }: { title: string; close: () => void; closeLabel: string; children: ReactNode; className?: string }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} aria-label={title} onClose={close} onKeyDown={(e) => e.stopPropagation()} onClick={(e) => e.target === e.currentTarget && close()}
      className={`m-auto rounded-12 border border-line bg-surface p-0 text-text ${className}`}>
      <div className="flex flex-col gap-4 p-6 tight:p-5">
        <div className="flex items-start gap-4">
          <h2 className="grow text-xl leading-[1.4]">{title}</h2>
          <button type="button" aria-label={closeLabel} onClick={close} className="-mt-1 -mr-2 grid size-9 place-items-center rounded-8 text-text-2 hover:bg-soft"><Icon name="close" /></button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

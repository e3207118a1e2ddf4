import { useId, type ReactNode } from 'react';
import { useText } from './text.ts';

interface Wiring {
  id: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
  className: string;
}

/** Field is a labelled control as large as a finger: label above, hint under it, error below. */
export function Field({ label, required = false, hint, error, children }: { label: string; required?: boolean; hint?: string; error?: string | false; children: (w: Wiring) => ReactNode }) {
  const t = useText();
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="font-bold">{label}<span className={`ml-2 text-sm font-normal ${required ? 'text-bad' : 'text-text-3'}`}>{required ? t.ask.required : t.ask.optional}</span></label>
      {hint && <p id={`${id}-hint`} className="-mt-1 text-sm text-text-2">{hint}</p>}
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined, className: 'min-h-12 w-full min-w-0 rounded-8 border border-[#767676] bg-white px-3 py-2 aria-invalid:border-bad' })}
      {error && <p id={`${id}-error`} role="alert" className="text-sm text-bad">＊{error}</p>}
    </div>
  );
}

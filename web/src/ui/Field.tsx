import { useId, type ComponentPropsWithRef, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import { useText } from '../text/index.ts';

/** Wiring ties a control to its label, hint and error. */
export interface Wiring {
  id: string;
  required?: boolean;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
}

interface Props {
  label: string;
  need?: 'required' | 'optional';
  hint?: ReactNode;
  error?: string | null | undefined; // what is wrong and what to do
  children: (wiring: Wiring) => ReactNode;
  className?: string;
}

/** Field is a labelled control: label above, hint under it, error below. */
export function Field({ label, need, hint, error, children, className = '' }: Props) {
  const t = useText();
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={`flex min-w-0 flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="font-bold">
        {label}
        {need && <span className={`ml-1.5 text-[13px] font-normal ${need === 'required' ? 'text-bad' : 'text-text-3'}`}>{need === 'required' ? t.signIn.required : t.signIn.optional}</span>}
      </label>
      {hint && <p id={`${id}-hint`} className="-mt-1 text-[13px] leading-[1.6] text-text-3">{hint}</p>}
      {children({ id, ...(need === 'required' && { required: true }), 'aria-describedby': describedBy || undefined, 'aria-invalid': error ? true : undefined })}
      {error && <p id={`${id}-error`} role="alert" className="text-[13px] leading-[1.6] text-bad">＊{error}</p>}
    </div>
  );
}

const control = 'rounded-8 border border-[#767676] bg-surface px-2.5 text-text placeholder:text-text-3 aria-invalid:border-bad dark:border-[#6a737e] dark:bg-ink-0';

export function Input({ className = '', ...rest }: ComponentPropsWithRef<'input'>) {
  return <input {...rest} className={`h-9 min-w-0 tight:h-8 ${control} ${className}`} />;
}

export function TextArea({ className = '', ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea rows={4} {...rest} className={`min-w-0 resize-y py-2 leading-[1.6] ${control} ${className}`} />;
}

export function Select({ className = '', ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select {...rest} className={`h-9 min-w-0 tight:h-8 ${control} ${className}`} />;
}

interface CheckProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  children: ReactNode;
}

/** Check is a box to tick beside its words. */
export function Check({ children, className = '', ...rest }: CheckProps) {
  return (
    <label className={`flex min-h-8 items-center gap-2 has-disabled:opacity-60 ${className}`}>
      <input type="checkbox" {...rest} className="size-[18px] flex-none accent-(--primary)" />
      {children}
    </label>
  );
}

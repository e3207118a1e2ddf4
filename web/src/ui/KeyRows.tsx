import { Kbd } from './Kbd.tsx';

/** A KeyRow is keys and what they do; '…' or '～' stands between two that bound a range. */
export type KeyRow = [keys: string[], words: string];

const range = ['…', '～'];

/** KeyRows lists keys and what they do; wide is the column of the keys. */
export function KeyRows({ rows, className, wide = 'w-24' }: { rows: readonly KeyRow[]; className: string; wide?: string }) {
  return (
    <dl className={className}>
      {rows.map(([keys, words]) => (
        <div key={keys.join()} className="flex min-h-6 items-center gap-3">
          <dt className={`flex flex-none flex-wrap items-center gap-1 ${wide}`}>{keys.map((key) => (range.includes(key) ? <span key={key} className="text-text-3">{key}</span> : <Kbd key={key}>{key}</Kbd>))}</dt>
          <dd className="text-text-2">{words}</dd>
        </div>
      ))}
    </dl>
  );
}

import type { CountRow } from '../api/oplog.ts';
import { useText } from '../text/index.ts';
import { keyName } from './say.ts';

const most = 30; // bars

/** Bars are the first rows of a table; a line stands where the earlier period was. The figures are in the table beside it. */
export function Bars({ table, rows, before, heading }: { table: string; rows: readonly CountRow[]; before: (r: CountRow) => number | null; heading: string }) {
  const t = useText();
  const shown = rows.slice(0, most);
  const top = Math.max(1, ...shown.map((r) => Math.max(r.n, before(r) ?? 0)));
  return (
    <div aria-hidden="true" className="flex flex-col gap-2">
      <p className="flex gap-4 text-[13px] text-text-2">
        <span className="flex items-center gap-1.5"><svg viewBox="0 0 16 12" className="h-3 w-4"><rect width="16" height="12" fill="var(--color-blue-300)" /></svg>{t.oplog.counts.now}</span>
        <span className="flex items-center gap-1.5"><svg viewBox="0 0 16 12" className="h-3 w-4"><rect x="7" width="2" height="12" fill="var(--text)" /></svg>{heading}</span>
      </p>
      <ul className="grid grid-cols-[minmax(72px,30%)_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1.5">
        {shown.map((r) => (
          <li key={r.key} className="contents">
            <span className="truncate text-right">{keyName(t, table, r)}</span>
            <Bar value={r.n / top} mark={before(r) === null ? null : before(r)! / top} />
            <span className="text-right tabular-nums">{r.n.toLocaleString('ja-JP')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Bar is a value, 0 to 1, with a mark where it could be compared. */
export function Bar({ value, mark }: { value: number; mark: number | null }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 1000 16" preserveAspectRatio="none" className="block h-4 w-full">
      <rect width="1000" height="16" fill="var(--soft)" />
      <rect width={Math.max(value > 0 ? 3 : 0, 1000 * value)} height="16" fill="var(--color-blue-300)" />
      {mark !== null && <line x1={Math.min(998, 1000 * mark)} x2={Math.min(998, 1000 * mark)} y2="16" stroke="var(--text)" strokeWidth="2" vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}

/** shades are from few to many; each keeps its number readable. */
const shades = ['bg-soft text-text-3', 'bg-blue-50 text-text', 'bg-blue-100 text-text', 'bg-blue-200 text-text', 'bg-blue-700 text-white', 'bg-blue-900 text-white'];

/** shade is the colour of a value of 0 to 1. */
export const shade = (v: number) => shades[v <= 0 ? 0 : Math.min(5, 1 + Math.floor(v * 5))]!;

/** Heat is the hours of the week: weekday × hour. */
export function Heat({ rows }: { rows: readonly CountRow[] }) {
  const w = useText().oplog;
  const counts = new Map(rows.map((r) => [r.key, r.n]));
  const top = Math.max(1, ...counts.values());
  const hours = [...new Set(rows.map((r) => Number(r.key.split('-')[1])))];
  const all = Array.from({ length: Math.max(...hours) - Math.min(...hours) + 1 }, (_, i) => Math.min(...hours) + i);
  return (
    <table aria-hidden="true" className="w-full table-fixed border-separate border-spacing-[2px] text-center text-xs tabular-nums">
      <thead><tr><td className="w-8" />{w.weekdays.map((d) => <td key={d} className="text-text-2">{d}</td>)}</tr></thead>
      <tbody>
        {all.map((h) => (
          <tr key={h}>
            <td className="text-right whitespace-nowrap text-text-2">{w.hour(h)}</td>
            {w.weekdays.map((d, i) => {
              const n = counts.get(`${i}-${h}`) ?? 0;
              return <td key={d} className={`h-6 rounded-[3px] tight:h-5 ${shade(n / top)}`}>{n > 0 ? n.toLocaleString('ja-JP') : ''}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

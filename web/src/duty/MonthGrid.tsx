import { serverClock } from '../api/client.ts';
import type { Ledger } from '../api/duty.ts';
import { useText } from '../text/index.ts';
import { wall } from '../time/instant.ts';
import { monthOf, weeks, type Month } from './month.ts';

/** MonthGrid shows on which days of a month something was checked, and where it needed attention. */
export function MonthGrid({ month, days }: { month: Month; days: Ledger['days'] }) {
  const t = useText();
  const now = serverClock.now();
  const current = monthOf(now);
  const today = current.year === month.year && current.month === month.month ? wall(now).day : 0;
  const of = new Map(days.map((d) => [Number(d.day.slice(8)), d]));
  return (
    <table className="w-full table-fixed border-collapse text-center">
      <caption className="sr-only">{t.duty.mine.calendar(t.duty.month(month.year, month.month))}</caption>
      <thead><tr>{t.duty.weekdays.map((w, i) => <th key={w} scope="col" className={`h-6 text-xs font-normal ${i > 4 ? 'text-text-3' : 'text-text-2'}`}>{w}</th>)}</tr></thead>
      <tbody>
        {weeks(month).map((row, i) => (
          <tr key={i}>
            {row.map((day, column) => {
              if (day === null) return <td key={column} />;
              const d = of.get(day);
              const look = (d?.attention ?? 0) > 0 ? 'bg-warn-bg font-bold text-warn' : (d?.moments ?? 0) > 0 ? 'bg-ok-bg font-bold text-ok' : column > 4 ? 'text-text-3' : 'text-text-2';
              return (
                <td key={column} className="h-7 p-px tight:h-[25px]">
                  <span title={t.duty.mine.day(day, d?.moments ?? 0, d?.attention ?? 0)} aria-current={day === today ? 'date' : undefined}
                    className={`relative grid size-full place-items-center rounded-4 text-[13px] ${look} ${day === today ? 'ring-2 ring-accent ring-inset' : ''}`}>
                    <span aria-hidden="true">{day}</span>
                    <span className="sr-only">{t.duty.mine.day(day, d?.moments ?? 0, d?.attention ?? 0)}</span>
                    {(d?.attention ?? 0) > 0 && <span aria-hidden="true" className="absolute top-0.5 right-1 size-[5px] rounded-full bg-current" />}
                  </span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { UnitWeeks, Weeks } from '../../api/weeks.ts';
import { useText } from '../../text/index.ts';
import { Card } from '../../ui/Card.tsx';

const boxes: Record<string, string> = {
  done: 'bg-[#2c8c5e] border-[#1d7a4c]', missing: 'bg-bad-bg border-bad', current: 'bg-surface border-2 border-accent', ahead: 'bg-soft border-line',
  free: 'border-line bg-[repeating-linear-gradient(135deg,var(--line)_0_2px,var(--surface)_2px_5px)]',
};

const free = (s: string) => s === 'free';

/** counted are the weeks of a unit that were done, of those until now that count. */
export function counted(u: UnitWeeks): [number, number] {
  const done = u.weeks.filter((s) => s === 'done').length;
  return [done, done + u.weeks.filter((s) => s === 'missing' || s === 'current').length];
}

/** Matrix is units × weeks; of a single unit it is the bar of its year. */
export function Matrix({ weeks: v }: { weeks: Weeks }) {
  const t = useText();
  const w = t.weeks;
  const month = (i: number) => {
    const from = v.weeks[i]!.from;
    if (i === 0 && from.slice(5, 7) !== v.weeks[1]?.from.slice(5, 7)) return ''; // the month after has that place
    return i === 0 || from.slice(5, 7) !== v.weeks[i - 1]!.from.slice(5, 7) ? w.months(Number(from.slice(5, 7))) : '';
  };
  const day = (s: string) => w.short(Number(s.slice(5, 7)), Number(s.slice(8)));
  const height = v.units.length > 3 ? 'h-5' : 'h-8';
  return (
    <Card title={w.bars} tools={<Legend />} className="min-h-40" body="flex">
      <div tabIndex={0} role="region" aria-label={w.page} className="focus-inside grow overflow-auto px-4 py-3 tight:px-3">
      <table className="w-full border-separate border-spacing-x-[2px] border-spacing-y-[3px]">
        <caption className="sr-only">{w.page}</caption>
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 z-[1] bg-surface text-left text-[13px] font-normal text-text-2">{w.unit}</th>
            {v.weeks.map((x, i) => <th key={x.from} scope="col" className="relative h-5 min-w-[13px] p-0 text-left text-xs font-normal text-text-2"><span aria-hidden="true" className="absolute top-0 left-0 whitespace-nowrap">{month(i)}</span><span className="sr-only">{day(x.from)}</span></th>)}
            <th scope="col" className="pl-2 text-right text-[13px] font-normal whitespace-nowrap text-text-2">{w.count}</th>
          </tr>
        </thead>
        <tbody>
          {v.units.map((u) => (
            <tr key={u.unit}>
              <th scope="row" title={u.name} className="sticky left-0 z-[1] w-36 max-w-36 truncate bg-surface pr-2 text-left font-normal">{u.name}</th>
              {u.weeks.map((s, i) => {
                const said = w.week(day(v.weeks[i]!.from), day(v.weeks[i]!.to), w.states[s] ?? s);
                return <td key={i} className="p-0"><span title={said} className={`block ${height} rounded-[3px] border ${boxes[s] ?? ''}`}><span className="sr-only">{w.states[s]}</span></span></td>;
              })}
              <td className="pl-2 text-right whitespace-nowrap tabular-nums">{w.rate(...counted(u))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {v.units.some((u) => u.weeks.some(free)) && <p className="mt-1.5 text-[13px] text-text-3">{w.free}</p>}
      </div>
    </Card>
  );
}

function Legend() {
  const w = useText().weeks;
  return (
    <ul aria-hidden="true" className="flex flex-wrap items-center gap-x-3 text-[13px] text-text-2">
      {Object.keys(boxes).map((s) => <li key={s} className="flex items-center gap-1"><span className={`size-3.5 rounded-[3px] border ${boxes[s]}`} />{w.states[s]}</li>)}
    </ul>
  );
}

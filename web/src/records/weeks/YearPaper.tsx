import type { Weeks } from '../../api/weeks.ts';
import { Confidential, Foot } from '../../print/Sheet.tsx';
import { eraYear, instantOf } from '../../time/era.ts';
import { useText } from '../../text/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Page } from '../../ui/Page.tsx';
import { counted } from './Matrix.tsx';

const rows = 40; // units on a sheet

const marks: Record<string, string> = { done: '■', missing: '×', current: '□', ahead: '□', free: '／' };

/** YearPaper is 年間実施一覧: units × weeks of a fiscal year on A4. */
export function YearPaper({ weeks: v, back }: { weeks: Weeks; back: () => void }) {
  const t = useText();
  const p = t.weeks.paper;
  const pages = Array.from({ length: Math.ceil(v.units.length / rows) }, (_, i) => v.units.slice(i * rows, (i + 1) * rows));
  return (
    <Page title={p.title} tools={<><Button look="quiet" onClick={back}>{p.back}</Button><Button look="primary" onClick={() => print()}><Icon name="print" className="size-4" />{p.print}</Button></>}>
      <div className="flex flex-col items-center gap-6 pb-6 print:block print:p-0">
        {pages.map((units, i) => (
          <section key={i} aria-label={p.title} className="paper">
            <Confidential />
            <h2 className="mt-[4mm] text-[17pt] leading-none font-bold tracking-[.12em]">{p.title}</h2>
            <p className="mt-[2.5mm] mb-[4mm] text-[11pt] leading-none">{eraYear(instantOf({ year: v.year, month: 5, day: 1 }, 0))}度</p>
            <Table weeks={v} units={units} />
            <p className="mt-[2mm] text-[8pt]">{p.marks}</p>
            <Foot made={p.made} page={i + 1} pages={pages.length} />
          </section>
        ))}
      </div>
    </Page>
  );
}

function Table({ weeks: v, units }: { weeks: Weeks; units: Weeks['units'] }) {
  const w = useText().weeks;
  const cell = 'h-[5mm] overflow-hidden border border-[#888] p-0 text-center text-[5.5pt] leading-none';
  const months = v.weeks.reduce<{ month: number; weeks: number }[]>((out, x) => {
    const month = Number(x.from.slice(5, 7));
    const last = out.at(-1);
    return last?.month === month ? [...out.slice(0, -1), { month, weeks: last.weeks + 1 }] : [...out, { month, weeks: 1 }];
  }, []);
  return (
    <table className="w-full table-fixed border-collapse">
      <colgroup><col className="w-[36mm]" />{v.weeks.map((x) => <col key={x.from} />)}<col className="w-[12mm]" /></colgroup>
      <thead><tr><th scope="col" className={`${cell} text-[7.5pt]`}>{w.unit}</th>{months.map((m, i) => <th key={i} scope="colgroup" colSpan={m.weeks} className={`${cell} text-[7pt] font-normal`}>{m.month}月</th>)}<th scope="col" className={`${cell} text-[7pt]`}>{w.count}</th></tr></thead>
      <tbody>
        {units.map((u) => (
          <tr key={u.unit}>
            <th scope="row" className={`${cell} px-[1mm] text-left text-[7pt] font-normal whitespace-nowrap`}>{u.name}</th>
            {u.weeks.map((s, i) => <td key={i} className={cell}>{marks[s]}</td>)}
            <td className={`${cell} text-[7pt]`}>{counted(u).join('/')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

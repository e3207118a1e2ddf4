import type { PatrolMonth } from '../../api/patrols.ts';
import { begins, type Month } from '../../duty/month.ts';
import { Confidential, Foot } from '../../print/Sheet.tsx';
import { useText } from '../../text/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Page } from '../../ui/Page.tsx';
import { rowsOf, sumOf, type Cell } from './cells.ts';

const roomy = 4; // rows of the grid whose patrollers' names fit beside their marks

/** MonthBook is 月間巡回記録簿: a unit's month on one sheet, a day a line, with the boxes for seals. */
export function MonthBook({ month, of, back }: { month: PatrolMonth; of: Month; back: () => void }) {
  const t = useText();
  const b = t.patrols.book;
  return (
    <Page title={b.title} tools={<><Button look="quiet" onClick={back}>{b.back}</Button><Button look="primary" onClick={() => print()}><Icon name="print" className="size-4" />{b.print}</Button></>}>
      <div className="flex flex-col items-center pb-6 print:block print:p-0">
        <section aria-label={b.title} className="paper">
          <Head month={month} of={of} />
          <Days month={month} />
          <p className="mt-[2mm] text-[8pt]">{b.marks}</p>
          <Foot made={b.made} page={1} pages={1} />
        </section>
      </div>
    </Page>
  );
}

function Head({ month, of }: { month: PatrolMonth; of: Month }) {
  const t = useText();
  const b = t.patrols.book;
  const s = sumOf(month);
  const facts: [string, string][] = [[b.count, b.times(s.done)], [b.days, b.daysOf(s.days, s.of)], [b.found, b.cases(s.found)], [b.waiting, b.cases(s.told)]];
  return (
    <>
      <div className="flex h-[29mm] items-start justify-between">
        <div>
          <Confidential />
          <h2 className="mt-[3.5mm] text-[17pt] leading-none font-bold tracking-[.16em]">{b.title}</h2>
          <p className="mt-[2.5mm] text-[11pt] leading-none">{t.duty.book.heading(t.duty.book.year(begins(of)), of.month)}　<b>{month.unit_name}</b></p>
        </div>
        <table className="border-collapse text-center">
          <tbody>
            <tr>{b.approval.map((who) => <th key={who} scope="col" className="h-[6mm] w-[20mm] border border-black font-normal">{who}</th>)}</tr>
            <tr>{b.approval.map((who) => <td key={who} className="h-[19mm] border border-black" />)}</tr>
          </tbody>
        </table>
      </div>
      <dl className="flex h-[10mm] border border-black">{facts.map(([name, value]) => <div key={name} className="flex flex-1 flex-col justify-center border-r border-black px-[2mm] last:border-r-0"><dt className="text-[8pt] leading-[1.3]">{name}</dt><dd className="text-[10pt] leading-[1.3] font-bold">{value}</dd></div>)}</dl>
    </>
  );
}

function Days({ month }: { month: PatrolMonth }) {
  const w = useText().patrols;
  const b = w.book;
  const rows = rowsOf(month, { name: w.none, area: w.noneArea });
  const cell = 'h-[6.1mm] overflow-hidden border border-black px-[.8mm] py-0 text-center leading-[1.1] whitespace-nowrap';
  return (
    <table className="mt-[2.5mm] w-full table-fixed border-collapse text-[8.5pt]">
      <colgroup><col className="w-[8mm]" /><col className="w-[7mm]" />{rows.map((r) => <col key={r.slot} />)}<col className="w-[52mm]" /></colgroup>
      <thead>
        <tr>{[b.day, b.weekday].map((h) => <th key={h} scope="col" className={`${cell} h-[8mm]`}>{h}</th>)}{rows.map((r) => <th key={r.slot} scope="col" className={`${cell} h-[8mm] text-[8pt]`}>{r.name}</th>)}<th scope="col" className={`${cell} h-[8mm]`}>{b.notes}</th></tr>
      </thead>
      <tbody>
        {month.days.map((d, i) => (
          <tr key={d.day} className={d.closed ? 'bg-[#e6e6e6]' : ''}>
            <th scope="row" className={`${cell} font-normal`}>{Number(d.day.slice(8))}</th>
            <td className={cell}>{w.weekdays[d.weekday]}</td>
            {rows.map((r) => <td key={r.slot} className={cell}><Mark cell={r.cells[i]!} names={rows.length <= roomy} /></td>)}
            <td className={`${cell} text-left text-[8pt]`}>{notes(rows.map((r) => r.cells[i]!), b) || d.holiday}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Mark({ cell, names }: { cell: Cell; names: boolean }) {
  const w = useText().patrols;
  if (cell.patrols.length === 0) return cell.closed ? '／' : '';
  const mark = cell.look === 'draft' ? w.book.draft : cell.look === 'told' ? w.told : cell.findings > 0 ? '△' : '○';
  const family = [...new Set(cell.patrols.map((p) => p.patroller.split(/[\s　]/)[0]))].slice(0, 2).join('・');
  return names ? `${mark} ${family}` : mark;
}

/** notes name the records of a day that found something; what does not fit the line is counted. */
function notes(cells: readonly Cell[], b: { foundIn: (label: string, n: number) => string; more: (n: number) => string }): string {
  const found = cells.flatMap((c) => c.patrols).filter((p) => p.findings > 0).map((p) => b.foundIn(p.label, p.findings));
  return found.length > 2 ? `${found.slice(0, 2).join('、')} ${b.more(found.length - 2)}` : found.join('、');
}

import type { Figure, FigureLine, Figures } from '../../api/figures.ts';
import { Confidential, Foot } from '../../print/Sheet.tsx';
import { useText } from '../../text/index.ts';
import { eraYear } from '../../time/era.ts';
import { wall } from '../../time/instant.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Page } from '../../ui/Page.tsx';
import { Bar, Hatch } from './Bar.tsx';
import { change, fiscalYear, lineOf, noon, percent, rate, unitsOf } from './figure.ts';

/** paperDay is 令和8年11月26日: documents count years by the era. */
const paperDay = (day: string) => `${eraYear(noon(day))}${wall(noon(day)).month}月${wall(noon(day)).day}日`;

/** Report is 運用状況報告書 of a 部, A4 upright: what it owed and did, and which of its units. */
export function Report({ value, unit, back }: { value: Figures; unit: string; back: () => void }) {
  const t = useText();
  const w = t.figures;
  const line = lineOf(value, unit);
  const tools = <><Button look="quiet" onClick={back}>{w.paper.back}</Button><Button look="primary" onClick={() => print()}><Icon name="print" className="size-4" />{t.records.sheet.print}</Button></>;
  return (
    <Page title={w.paper.title} tools={tools}>
      <Hatch />
      {line ? <Papers value={value} unit={unit} /> : <Nothing icon="info" title={w.paper.gone}>{w.paper.goneWhy}</Nothing>}
    </Page>
  );
}

const cell = 'border border-black px-[1.5mm] py-[.8mm] font-normal';

const firstUnits = 12; // that the first page has room for; the further ones, more
const furtherUnits = 40;

/** sheetsOf are the units page by page. */
function sheetsOf(units: readonly FigureLine[]): FigureLine[][] {
  const out = [units.slice(0, firstUnits)];
  for (let i = firstUnits; i < units.length; i += furtherUnits) out.push(units.slice(i, i + furtherUnits));
  return out;
}

/** Papers are the pages of a report. */
function Papers({ value, unit }: { value: Figures; unit: string }) {
  const t = useText();
  const p = t.figures.paper;
  const line = lineOf(value, unit)!;
  const [first, ...further] = sheetsOf(unitsOf(value, unit));
  const pages = further.length + 1;
  return (
    <div className="flex flex-none flex-col gap-4 print:block">
      <First value={value} line={line} units={first!} pages={pages} />
      {further.map((units, i) => (
        <section key={i} aria-label={`${p.title} ${i + 2}`} className="paper">
          <p className="flex h-[9mm] items-start justify-between"><span>{p.title}　{fiscalYear(value.year)}　{line.name}</span><Confidential /></p>
          <Units value={value} units={units} />
          <Foot made={p.made} page={i + 2} pages={pages} />
        </section>
      ))}
    </div>
  );
}

function First({ value, line, units, pages }: { value: Figures; line: FigureLine; units: readonly FigureLine[]; pages: number }) {
  const t = useText();
  const p = t.figures.paper;
  const over = value.day === `${value.year + 1}-03-31`;
  return (
    <section aria-label={p.title} className="paper">
      <div className="flex h-[33mm] items-start justify-between">
        <div>
          <Confidential />
          <h2 className="mt-[4mm] text-[17pt] leading-none font-bold tracking-[.1em]">{p.title}</h2>
          <p className="mt-[3mm] text-[11pt] leading-[1.4]">{fiscalYear(value.year)}　<b>{line.name}</b><br />{over ? p.whole : p.until(paperDay(value.day))}</p>
        </div>
        <table className="border-collapse text-center">
          <tbody>
            <tr>{p.boxes.map((who) => <th key={who} scope="col" className="h-[6mm] w-[22mm] border border-black font-normal">{who}</th>)}</tr>
            <tr>{p.boxes.map((who) => <td key={who} className="h-[19mm] border border-black" />)}</tr>
          </tbody>
        </table>
      </div>
      <h3 className="mt-[3mm] mb-[1.5mm] text-[11pt] font-bold">{p.first}</h3>
      <Obligations value={value} figures={line.figures} before={lineOf(value.before, line.unit)?.figures} />
      <h3 className="mt-[5mm] mb-[1.5mm] text-[11pt] font-bold">{p.second}</h3>
      <Units value={value} units={units} />
      <h3 className="mt-[5mm] mb-[1.5mm] text-[11pt] font-bold">{p.third}</h3>
      <div className="h-[34mm] border border-black" />
      <p className="mt-[2mm] text-[8pt] leading-[1.5]">{p.note(paperDay(value.day))}</p>
      <Foot made={p.made} page={1} pages={pages} />
    </section>
  );
}

function Obligations({ value, figures, before }: { value: Figures; figures: readonly Figure[]; before: readonly Figure[] | undefined }) {
  const t = useText();
  const points = (n: number | null) => (n === null ? '－' : `${n > 0 ? '＋' : n < 0 ? '−' : '±'}${Math.abs(n).toFixed(1)}`);
  return (
    <table className="w-full border-collapse text-[9pt] leading-[1.35]">
      <thead><tr>{t.figures.paper.heads.map((h) => <th key={h} scope="col" className={`${cell} bg-[#f2f2f2] whitespace-nowrap`}>{h}</th>)}</tr></thead>
      <tbody>
        {value.obligations.map((o, i) => {
          const f = figures[i]!;
          return (
            <tr key={o.id}>
              <th scope="row" className={`${cell} text-left whitespace-nowrap`}>{o.name.ja}</th>
              <td className={`${cell} whitespace-nowrap`}>{o.note.ja}</td>
              <td className={`${cell} w-[20mm]`}><Bar figure={f} className="h-[3mm]!" /></td>
              <td className={`${cell} text-right font-bold`}>{percent(rate(f))}</td>
              <td className={`${cell} text-right`}>{points(change(f, before?.[i]))}</td>
              {[`${f.due}${o.counted.ja}`, f.done, f.late, f.missing, f.open].map((x, j) => <td key={j} className={`${cell} text-right tabular-nums whitespace-nowrap`}>{x}</td>)}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Units are the 部's units: what each met of what it owed. */
function Units({ value, units }: { value: Figures; units: readonly FigureLine[] }) {
  const t = useText();
  return (
    <table className="w-full border-collapse text-[8.5pt] leading-[1.35]">
      <thead><tr><th scope="col" className={`${cell} bg-[#f2f2f2]`}>{t.figures.heads.unit}</th>{value.obligations.map((o) => <th key={o.id} scope="col" className={`${cell} bg-[#f2f2f2]`}>{o.name.ja}</th>)}</tr></thead>
      <tbody>
        {units.map((l) => (
          <tr key={l.unit}>
            <th scope="row" className={`${cell} text-left`}>{l.name}</th>
            {l.figures.map((f, i) => <td key={i} className={`${cell} text-right tabular-nums`}>{f.due === f.open ? '－' : `${f.done + f.late}/${f.due - f.open}`}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { ReactNode } from 'react';
import type { Ledger, LedgerEntry } from '../api/duty.ts';
import { Confidential, Foot } from '../print/Sheet.tsx';
import { useText, type Text } from '../text/index.ts';
import { clock, parseInstant, sameDay } from '../time/instant.ts';
import { begins, daysIn, type Month } from './month.ts';
import type { Sheet } from './sheets.ts';

interface Props {
  ledger: Ledger;
  month: Month;
  sheet: Sheet<LedgerEntry>;
}

/** BookSheet is one page of paper, A4 upright, bound at the left. Its measures are those of the style sheet's `paper`. */
export function BookSheet({ ledger, month, sheet }: Props) {
  const t = useText();
  const b = t.duty.book;
  return (
    <section aria-label={b.label(sheet.page, sheet.pages)} className="paper">
      {sheet.page === 1 ? <Head ledger={ledger} month={month} /> : (
        <p className="flex h-[9mm] items-start justify-between"><span>{b.title}　{b.heading(b.year(begins(month)), month.month)}　{ledger.unit_name}</span><Confidential /></p>
      )}
      {sheet.rows.length > 0 ? <Views sheet={sheet} /> : <p className="border border-black p-[6mm] text-center">{b.none}</p>}
      <Foot made={b.made} page={sheet.page} pages={sheet.pages} />
    </section>
  );
}

function Head({ ledger, month }: { ledger: Ledger; month: Month }) {
  const t = useText();
  const b = t.duty.book;
  const sum = (of: (d: Ledger['days'][number]) => number) => ledger.days.reduce((n, d) => n + of(d), 0);
  const facts: [string, string][] = [
    [b.facts.norm, t.duty.all.perMonth(ledger.norm.rounds, ledger.norm.moments)], [b.facts.rounds, b.times(sum((d) => d.rounds))], [b.facts.moments, b.moments(sum((d) => d.moments))],
    [b.facts.attention, b.cases(sum((d) => d.attention))], [b.facts.views, b.cases(ledger.entries.length)],
  ];
  return (
    <>
      <div className="flex h-[31mm] items-start justify-between">
        <div>
          <Confidential />
          <h2 className="mt-[4mm] text-[18pt] leading-none font-bold tracking-[.2em]">{b.title}</h2>
          <p className="mt-[2.5mm] text-[11pt] leading-none">{b.heading(b.year(begins(month)), month.month)}　<b>{ledger.unit_name}</b></p>
        </div>
        <table className="border-collapse text-center">
          <tbody>
            <tr>{b.approval.map((who) => <th key={who} scope="col" className="h-[6mm] w-[20mm] border border-black font-normal">{who}</th>)}</tr>
            <tr>{b.approval.map((who) => <td key={who} className="h-[19mm] border border-black" />)}</tr>
          </tbody>
        </table>
      </div>
      <dl className="flex h-[11mm] border border-black">
        {facts.map(([name, value]) => <div key={name} className="flex flex-1 flex-col justify-center border-r border-black px-[2mm] last:border-r-0"><dt className="text-[8pt] leading-[1.3]">{name}</dt><dd className="text-[10pt] leading-[1.3] font-bold">{value}</dd></div>)}
      </dl>
      <Days ledger={ledger} month={month} />
    </>
  );
}

/** Days is the month in one line: how many moments were checked on each day, and how many needed attention. */
function Days({ ledger, month }: { ledger: Ledger; month: Month }) {
  const t = useText();
  const b = t.duty.book;
  const of = new Map(ledger.days.map((d) => [Number(d.day.slice(8)), d]));
  const days = Array.from({ length: daysIn(month) }, (_, i) => i + 1);
  const cell = 'border border-black p-0 text-center text-[8pt] leading-none';
  return (
    <table className="mt-[3mm] mb-[3mm] h-[15mm] w-full table-fixed border-collapse">
      <caption className="sr-only">{b.calendar}</caption>
      <colgroup><col className="w-[14mm]" />{days.map((d) => <col key={d} />)}</colgroup>
      <tbody>
        <tr><th scope="row" className={`${cell} font-normal`}>{b.day}</th>{days.map((d) => <th key={d} scope="col" className={`${cell} font-normal`}>{d}</th>)}</tr>
        <tr><th scope="row" className={`${cell} font-normal`}>{b.dayMoments}</th>{days.map((d) => <td key={d} className={cell}>{of.get(d)?.moments || ''}</td>)}</tr>
        <tr><th scope="row" className={`${cell} font-normal`}>{b.facts.attention}</th>{days.map((d) => <td key={d} className={`${cell} font-bold`}>{of.get(d)?.attention || ''}</td>)}</tr>
      </tbody>
    </table>
  );
}

const ordinary = 9.2; // mm, two lines
const lineOfCase = 9; // characters of a case's number in a line
const anotherLine = 2.8; // mm

/** heightOf is how high a line of the ledger is, in ordinary ones: a long case number takes more. */
export const heightOf = (e: LedgerEntry) => 1 + (Math.max(0, Math.ceil(e.case.length / lineOfCase) - 1) * anotherLine) / ordinary;

const cell = 'border border-black px-[1.2mm] py-0 align-middle leading-[1.25] overflow-hidden whitespace-nowrap';

function Views({ sheet }: { sheet: Sheet<LedgerEntry> }) {
  const t = useText();
  const c = t.duty.book.columns;
  const columns: [string, string][] = [[t.duty.book.seq, '8mm'], [c.when, '24mm'], [c.by, '33mm'], [c.camera, '19mm'], [c.seen, '24mm'], [c.purpose, '26mm'], [c.result, '14mm'], [c.source, '21.5mm']];
  return (
    <table className="w-full table-fixed border-collapse text-[8pt]">
      <caption className="sr-only">{t.duty.book.title}</caption>
      <colgroup>{columns.map(([name, width]) => <col key={name} style={{ width }} />)}</colgroup>
      <thead><tr>{columns.map(([name]) => <th key={name} scope="col" className="h-[8mm] border border-black px-[1mm] text-left text-[7.5pt] leading-[1.2] font-bold">{name}</th>)}</tr></thead>
      <tbody>{sheet.rows.map((e, i) => <View key={sheet.first + i} n={sheet.first + i + 1} entry={e} />)}</tbody>
    </table>
  );
}

function View({ n, entry: e }: { n: number; entry: LedgerEntry }) {
  const t = useText();
  const b = t.duty.book;
  return (
    <tr style={{ height: `${ordinary * heightOf(e)}mm` }}>
      <td className={`${cell} text-right`}>{n}</td>
      <Two className={cell} over={when(t, e.started)} under={e.ended ? `～${until(t, e.started, e.ended)}` : b.running} />
      <Two className={cell} over={`${e.by_title} ${e.by_name.replace('　', ' ')}`} under={e.by_login} />
      <Two className={cell} over={e.number} under={e.live ? b.live : b.past} />
      <Two className={cell} over={e.from ? when(t, e.from) : b.unknown} under={e.from && e.to ? `～${until(t, e.from, e.to)}` : ''} />
      <Two className={cell} over={t.purpose.names[e.purpose] ?? (e.purpose || b.unknown)} under={e.case && <span className="block text-[7pt] leading-[2.8mm] break-all whitespace-normal">{e.case}</span>} />
      <td className={`${cell} ${e.result === 'attention' ? 'font-bold' : ''}`}>{b.results[e.result]}</td>
      <td className={`${cell} text-[7pt] leading-[1.15] break-all whitespace-normal!`}>{e.source}</td>
    </tr>
  );
}

const Two = ({ over, under, className }: { over: ReactNode; under: ReactNode; className: string }) => <td className={className}>{over}{typeof under === 'string' && <br />}{under}</td>;

const when = (t: Text, text: string) => `${t.duty.book.shortDate(parseInstant(text))} ${clock(parseInstant(text))}`;
const until = (t: Text, from: string, to: string) => (sameDay(parseInstant(from), parseInstant(to)) ? clock(parseInstant(to)) : when(t, to));

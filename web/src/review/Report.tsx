import { review, type MonthSample, type ReviewItem } from '../api/review.ts';
import { actionOf, chipOf, when } from '../audit/words.ts';
import { parseMonth, begins } from '../duty/month.ts';
import { sheets, type Sheet } from '../duty/sheets.ts';
import { useAnswer } from '../person/answer.ts';
import { useCameraOf } from '../person/person.ts';
import { Confidential, Foot } from '../print/Sheet.tsx';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { follow, link } from '../url.ts';
import { lookedFor } from './words.ts';

const room = { first: 52, others: 64 }; // lines of a sheet

/** Report is the month's report as it will be on paper. */
export function Report({ month }: { month: string }) {
  const t = useText();
  const w = t.review;
  const { answer, again } = useAnswer(`review ${month}`, (signal) => review.month(month, signal));
  const laid = answer.kind === 'ready' ? sheets(answer.value.items, room.first, room.others, linesOf) : [];
  return (
    <Page title={w.report.title} tools={<><Button look="primary" disabled={laid.length === 0} onClick={() => print()}><Icon name="print" className="size-4" />{w.report.print}</Button><a href={link('review', { month })} onClick={follow} className="px-2 text-accent underline underline-offset-3 hover:no-underline">{w.report.back}</a></>}>
      {answer.kind === 'ready' ? (
        <div className="flex flex-col items-center gap-6 pb-6 print:block print:p-0">{laid.map((s) => <ReportSheet key={s.page} sample={answer.value} sheet={s} />)}</div>
      ) : <Card title={w.report.title} className="grow" body="grow flex flex-col">{answer.kind === 'loading' ? <Bones rows={8} /> : <Failed error={answer.error} retry={again} />}</Card>}
    </Page>
  );
}

const perLine = 31; // characters
const wrapped = (text: string) => text.split('\n').reduce((n, line) => n + Math.max(1, Math.ceil(line.length / perLine)), 0);

/** linesOf is how many lines an item takes. */
function linesOf(i: ReviewItem): number {
  return 3.4 + [i.question, i.answer, i.finding && i.words ? `${i.words}　　　` : '', i.measures].filter(Boolean).reduce((n, text) => n + wrapped(text), 0);
}

function ReportSheet({ sample, sheet }: { sample: MonthSample; sheet: Sheet<ReviewItem> }) {
  const t = useText();
  const w = t.review.report;
  const m = parseMonth(sample.month.month)!;
  const heading = t.duty.book.heading(t.duty.book.year(begins(m)), m.month);
  return (
    <section aria-label={w.label(sheet.page, sheet.pages)} className="paper">
      {sheet.page === 1 ? <Head sample={sample} heading={heading} /> : <p className="flex h-[9mm] items-start justify-between"><span>{w.title}　{heading}</span><Confidential /></p>}
      {sheet.rows.length === 0 ? <p className="border border-black p-[6mm] text-center">{w.none}</p> : (
        <table className="w-full table-fixed border-collapse text-[8pt]">
          <caption className="sr-only">{w.title}</caption>
          <colgroup><col className="w-[8mm]" /><col className="w-[40mm]" /><col /><col className="w-[24mm]" /></colgroup>
          <thead><tr>{[w.columns.n, w.columns.who, w.columns.what, w.columns.result].map((c) => <th key={c} scope="col" className="h-[6mm] border border-black px-[1mm] text-left text-[7.5pt] font-bold">{c}</th>)}</tr></thead>
          <tbody>{sheet.rows.map((i) => <Row key={i.n} item={i} />)}</tbody>
        </table>
      )}
      <Foot made={w.made} page={sheet.page} pages={sheet.pages} />
    </section>
  );
}

function Head({ sample: { month: m, items }, heading }: { sample: MonthSample; heading: string }) {
  const t = useText();
  const w = t.review.report;
  const count = (f: (i: ReviewItem) => boolean) => w.cases(items.filter(f).length);
  const settled = items.every((i) => i.state === 'fine' || i.state === 'done');
  const facts: [string, string][] = [
    [w.facts.views, w.cases(m.views)], [w.facts.lookups, w.cases(m.lookups)], [w.facts.items, w.cases(items.length)], [w.facts.fine, count((i) => i.finding === 'in_order')],
    [w.facts.remark, count((i) => i.finding === 'remark')], [w.facts.serious, count((i) => i.finding === 'serious')], [w.facts.left, count((i) => i.finding === '')],
  ];
  return (
    <>
      <div className="flex h-[31mm] items-start justify-between">
        <div>
          <Confidential />
          <h2 className="mt-[4mm] text-[18pt] leading-none font-bold tracking-[.2em]">{w.title}</h2>
          <p className="mt-[2.5mm] text-[11pt] leading-none">{heading}　{settled ? '' : <b>{w.open}</b>}</p>
        </div>
        <table className="border-collapse text-center"><tbody>
          <tr>{w.approval.map((who) => <th key={who} scope="col" className="h-[6mm] w-[20mm] border border-black font-normal">{who}</th>)}</tr>
          <tr>{w.approval.map((who) => <td key={who} className="h-[19mm] border border-black" />)}</tr>
        </tbody></table>
      </div>
      <dl className="flex h-[11mm] border border-black">{facts.map(([name, value]) => <div key={name} className="flex flex-1 flex-col justify-center border-r border-black px-[1.5mm] last:border-r-0"><dt className="text-[7.5pt] leading-[1.3]">{name}</dt><dd className="text-[10pt] leading-[1.3] font-bold">{value}</dd></div>)}</dl>
      <p className="mt-[1.5mm] mb-[2.5mm] text-[7pt] leading-[1.4] break-all">{w.drawn(when(t, parseInstant(m.drawn)), m.log_row.toLocaleString('ja-JP'))}　{w.seed} {m.seed}</p>
    </>
  );
}

function Row({ item: i }: { item: ReviewItem }) {
  const t = useText();
  const w = t.review;
  const camera = useCameraOf()(i.entry.camera);
  const cell = 'border border-black px-[1.2mm] py-[.6mm] align-top leading-[1.3]';
  const why = [...i.entry.hints.map((h) => chipOf(t, h)), i.why.includes('sealed') && w.why.sealed, i.why.includes('random') && w.why.random].filter(Boolean).join('・');
  const about = i.kind !== 'view' ? `${actionOf(t, i.entry.action)}　${lookedFor(t, i.entry.detail)}` : `${camera ? `${camera.number} ${camera.name}` : i.entry.camera}　${actionOf(t, i.entry.action)}　${t.purpose.names[i.entry.purpose] ?? ''}　${i.entry.case}`;
  const said: [string, string][] = [[w.question, i.question], [w.answer, i.answer], [w.finding, i.words], [w.measures, i.measures]];
  return (
    <tr>
      <td className={`${cell} text-right`}>{i.n}</td>
      <td className={cell}>{when(t, parseInstant(i.entry.time))}<br />{i.entry.actor_title} {i.entry.actor_name.replace('　', ' ')}</td>
      <td className={cell}>{about}<br />{w.report.because} {why}{said.filter(([, text]) => text).map(([name, text]) => <span key={name} className="block whitespace-pre-wrap">{name}　{text}</span>)}</td>
      <td className={cell}><b>{i.finding ? w.findings[i.finding] : w.states[i.state]}</b><br />{i.reviewer.replace('　', ' ')}</td>
    </tr>
  );
}

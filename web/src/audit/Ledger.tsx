import type { ReactNode } from 'react';
import { audit, most, type Entry, type Filter } from '../api/audit.ts';
import { sheets, type Sheet } from '../duty/sheets.ts';
import { useAnswer } from '../person/answer.ts';
import { useCameraOf } from '../person/person.ts';
import { Confidential, Foot } from '../print/Sheet.tsx';
import { useText, type Text } from '../text/index.ts';
import { clock, DAY, parseInstant, sameDay, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import type { View } from './query.ts';
import { actionOf, isView, seenOf } from './words.ts';

type Kind = 'views' | 'exports';

const exported = ['audit.export', 'review.report']; // until footage itself can leave
const room = { first: 22, others: 27 }; // rows of a sheet

interface Props {
  view: View;
  change: (c: Partial<View>) => void;
  filter: Filter;
}

/** Ledger is 閲覧記録簿, and what was written out, on paper: the rows of the log that the filter leaves. */
export function Ledger({ view, change, filter }: Props) {
  const t = useText();
  const l = t.audit.ledger;
  const kind: Kind = view.print || 'views';
  const { answer, again } = useAnswer(`ledger ${JSON.stringify(filter)}`, (signal) => audit.all(filter, signal));
  const rows = answer.kind === 'ready' ? answer.value.entries.filter((e) => (kind === 'views' ? isView(e) : exported.includes(e.action))).reverse() : [];
  const laid = answer.kind === 'ready' ? sheets(rows, room.first, room.others, (e) => 1 + Math.max(0, Math.ceil(e.case.length / 9) - 1) * 0.35) : [];
  return (
    <Page title={l.names[kind]} lead={laid.length > 0 && l.sheets(laid.length)} tools={
      <>
        <Segment<Kind> label={l.which} value={kind} choose={(v) => change({ print: v })} choices={[{ value: 'views', text: l.names.views }, { value: 'exports', text: l.names.exports }]} />
        <Button look="primary" disabled={laid.length === 0} onClick={() => print()}><Icon name="print" className="size-4" />{t.review.report.print}</Button>
        <Button look="plain" onClick={() => change({ print: '' })}>{l.back}</Button>
      </>
    }>
      {answer.kind === 'ready' && answer.value.more && <Note tone="warn" className="print:hidden">{l.some(most)}</Note>}
      {answer.kind === 'ready' ? <div className="flex flex-col items-center gap-6 pb-6 print:block print:p-0">{laid.map((s) => <Paper key={s.page} kind={kind} filter={filter} count={rows.length} sheet={s} />)}</div> : (
        <Card title={l.names[kind]} className="grow" body="grow flex flex-col">{answer.kind === 'loading' ? <Bones rows={8} /> : <Failed error={answer.error} retry={again} />}</Card>
      )}
    </Page>
  );
}

/** asked is what the rows were narrowed to, in words. */
function asked(t: Text, f: Filter): string {
  const b = t.duty.book;
  const parts = [f.from !== null || f.to !== null ? t.audit.ledger.period(f.from === null ? '' : b.date(f.from), f.to === null ? '' : b.date(f.to - DAY)) : '',
    f.actor, f.camera, f.action && actionOf(t, f.action), f.outcome && t.audit.outcomes[f.outcome], f.purpose && t.purpose.names[f.purpose], f.unit];
  return parts.filter(Boolean).join('　') || t.audit.ledger.all;
}

function Paper({ kind, filter, count, sheet }: { kind: Kind; filter: Filter; count: number; sheet: Sheet<Entry> }) {
  const t = useText();
  const l = t.audit.ledger;
  const name = l.names[kind];
  return (
    <section aria-label={l.label(name, sheet.page, sheet.pages)} className="paper">
      {sheet.page > 1 ? <p className="flex h-[9mm] items-start justify-between"><span>{name}　{asked(t, filter)}</span><Confidential /></p> : (
        <div className="flex h-[35mm] items-start justify-between">
          <div className="min-w-0 pr-[4mm]">
            <Confidential />
            <h2 className="mt-[4mm] text-[18pt] leading-none font-bold tracking-[.2em]">{name}</h2>
            <p className="mt-[2.5mm] text-[10pt] leading-[1.3]">{asked(t, filter)}　<b>{l.count(count)}</b></p>
          </div>
          <table className="border-collapse text-center"><tbody>
            <tr>{l.approval.map((who) => <th key={who} scope="col" className="h-[6mm] w-[20mm] border border-black font-normal">{who}</th>)}</tr>
            <tr>{l.approval.map((who) => <td key={who} className="h-[19mm] border border-black" />)}</tr>
          </tbody></table>
        </div>
      )}
      {sheet.rows.length === 0 ? <p className="border border-black p-[6mm] text-center">{l.none[kind]}</p> : <Rows kind={kind} sheet={sheet} />}
      <Foot made={l.made} page={sheet.page} pages={sheet.pages} />
    </section>
  );
}

const cell = 'border border-black px-[1.2mm] py-0 align-middle leading-[1.25] overflow-hidden whitespace-nowrap';

function Rows({ kind, sheet }: { kind: Kind; sheet: Sheet<Entry> }) {
  const t = useText();
  const c = t.audit.ledger.columns;
  const columns: [string, string][] = kind === 'views'
    ? [[t.duty.book.seq, '9mm'], [c.when, '26mm'], [c.by, '34mm'], [c.camera, '21mm'], [c.seen, '26mm'], [c.purpose, '26mm'], [c.result, '11mm'], [c.source, '17mm']]
    : [[t.duty.book.seq, '9mm'], [c.when, '30mm'], [c.by, '44mm'], [c.what, '36mm'], [c.detail, '51mm']];
  return (
    <table className="w-full table-fixed border-collapse text-[8pt]">
      <caption className="sr-only">{t.audit.ledger.names[kind]}</caption>
      <colgroup>{columns.map(([name, width]) => <col key={name} style={{ width }} />)}</colgroup>
      <thead><tr>{columns.map(([name]) => <th key={name} scope="col" className="h-[7mm] border border-black px-[1mm] text-left text-[7.5pt] leading-[1.2] font-bold">{name}</th>)}</tr></thead>
      <tbody>{sheet.rows.map((e, i) => (kind === 'views' ? <Look key={e.id} n={sheet.first + i + 1} entry={e} /> : <Export key={e.id} n={sheet.first + i + 1} entry={e} />))}</tbody>
    </table>
  );
}

const when = (t: Text, at: Instant) => `${t.duty.book.shortDate(at)} ${clock(at)}`;
const until = (t: Text, from: Instant, to: Instant) => `～${sameDay(from, to) ? clock(to) : when(t, to)}`;
const Two = ({ over, under }: { over: ReactNode; under: ReactNode }) => <td className={cell}>{over}<br />{under}</td>;

function Look({ n, entry: e }: { n: number; entry: Entry }) {
  const t = useText();
  const b = t.duty.book;
  const camera = useCameraOf()(e.camera);
  const at = parseInstant(e.time);
  const seen = seenOf(e);
  return (
    <tr className="h-[8.6mm]">
      <td className={`${cell} text-right`}>{n}</td>
      <Two over={when(t, at)} under={e.outcome !== 'ok' ? '' : e.ended ? until(t, at, parseInstant(e.ended)) : b.running} />
      <Two over={`${e.actor_title} ${e.actor_name.replace('　', ' ')}`} under={e.actor} />
      <Two over={camera?.number ?? e.camera} under={e.action === 'view.live' ? b.live : b.past} />
      <Two over={seen ? when(t, seen.from) : b.unknown} under={seen ? until(t, seen.from, seen.to) : ''} />
      <td className={cell}>{(t.purpose.names[e.purpose] ?? e.purpose) || b.unknown}{e.case && <span className="block text-[7pt] leading-[2.8mm] break-all whitespace-normal">{e.case}</span>}</td>
      <td className={`${cell} ${e.outcome === 'ok' ? '' : 'font-bold'}`}>{t.audit.outcomes[e.outcome]}</td>
      <td className={`${cell} text-[7pt] leading-[1.15] break-all whitespace-normal!`}>{e.source}</td>
    </tr>
  );
}

function Export({ n, entry: e }: { n: number; entry: Entry }) {
  const t = useText();
  return (
    <tr className="h-[8.6mm]">
      <td className={`${cell} text-right`}>{n}</td>
      <td className={cell}>{when(t, parseInstant(e.time))}</td>
      <Two over={`${e.actor_title} ${e.actor_name.replace('　', ' ')}`} under={e.actor} />
      <td className={cell}>{actionOf(t, e.action)}</td>
      <td className={`${cell} text-[7pt] leading-[1.2] break-all whitespace-normal!`}>{e.detail}</td>
    </tr>
  );
}

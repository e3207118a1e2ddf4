import { useCallback, type ReactNode } from 'react';
import { oplog, type Hint, type HintFigure, type Overview, type Sample, type WholeHint } from '../api/oplog.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { clock, minutes, parseInstant } from '../time/instant.ts';
import { Card } from '../ui/Card.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { Handling } from './Handling.tsx';
import { Identity } from './Identity.tsx';
import { Heading, HintChip, Lapses, Scroll } from './Marks.tsx';
import { amount, figureName, noon, staffName } from './say.ts';

/** HintCard is one hint: what was found beside what is usual, what it may well be, and what is done about it. */
export function HintCard({ id, overview, changed }: { id: string; overview: Overview; changed: (what: string) => void }) {
  const t = useText();
  const { answer, again, put } = useAnswer(`hint ${id}`, useCallback((signal: AbortSignal) => oplog.hint(id, signal), [id]));
  const h = answer.kind === 'ready' ? answer.value.hint : null;
  return (
    <Card title={h ? `${h.rule}　${h.name[t.lang]}` : t.oplog.parts.hints} tools={h && <><Lapses hint={h} /><HintChip state={h.state} /></>} body="flex grow">
      <Scroll label={t.oplog.hint.body} className="relative flex flex-col gap-4 px-5 py-4 tight:gap-3 tight:px-3.5 tight:py-3">
        {answer.kind === 'loading' && <Bones />}
        {answer.kind === 'failed' && (answer.error.status === 404 ? <p className="text-text-2">{t.oplog.hints.gone}</p> : <Failed error={answer.error} retry={again} />)}
        {answer.kind === 'ready' && <Body value={answer.value} overview={overview} put={put} changed={changed} />}
      </Scroll>
    </Card>
  );
}

function Body({ value, overview, put, changed }: { value: WholeHint; overview: Overview; put: (v: WholeHint) => void; changed: (what: string) => void }) {
  const t = useText();
  const w = t.oplog.hint;
  const h = value.hint;
  const day = (at: string) => t.calendar(parseInstant(at));
  const unit = h.staff?.unit_name || overview.units.find((u) => u.id === h.unit)?.name || h.unit;
  const rows: [string, ReactNode][] = [];
  if (h.staff) rows.push([w.staff, <b key="s">{[staffName(h.staff), h.staff.name ? h.staff.number : ''].filter(Boolean).join('　')}</b>]);
  if (unit) rows.push([w.unit, unit]);
  rows.push([w.person, h.person || w.several], [w.period, day(h.first) === day(h.last) ? day(h.first) : t.range(day(h.first), day(h.last))], [w.events, w.eventsOf(h.events)], [w.answers, w.levels[h.level]]);
  if (h.due) rows.push([w.due, <span key="d" className={h.late ? 'font-bold text-bad' : ''}>{t.calendar(noon(h.due))}{h.late && `　${t.oplog.hints.late}`}</span>]);
  return (
    <>
      <p className="leading-[1.7]">{h.what[t.lang]}</p>
      {h.warn && <Note tone="warn">{w.soon}</Note>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)] gap-x-4 gap-y-1 leading-[1.7]">{rows.map(([label, says]) => <div key={label} className="contents"><dt className="text-text-3">{label}</dt><dd className="break-words">{says}</dd></div>)}</dl>
      <Figures hint={h} />
      <Note icon="help"><b>{w.ordinary}</b>　{h.ordinary[t.lang]}</Note>
      <Handling value={value} asks={overview.imports} put={put} changed={changed} />
      <Samples samples={value.samples} all={h.events} />
      {overview.imports && <Identity value={value} say={changed} />}
      <History value={value} />
    </>
  );
}

function Figures({ hint: h }: { hint: Hint }) {
  const t = useText();
  const w = t.oplog.hint;
  const range = (f: HintFigure) => (f.low === null || f.high === null ? w.noPeers : t.range(amount(f.id, f.low), amount(f.id, f.high)));
  return (
    <section aria-label={w.figures} className="flex flex-col gap-1.5">
      <Heading>{w.figures}</Heading>
      <Table<HintFigure> dense label={w.figures} rows={h.figures} keyOf={(f) => `${f.id} ${f.text}`} columns={[
        { head: w.heads.figure, names: true, className: 'whitespace-normal!', cell: (f) => figureName(t, f) },
        { head: w.heads.value, align: 'right', cell: (f) => <b className="tabular-nums">{amount(f.id, f.value)}</b> },
        { head: w.heads.peers, align: 'right', cell: (f) => <span className="tabular-nums">{f.peers === null ? w.noPeers : amount(f.id, f.peers)}</span> },
        { head: w.heads.range, align: 'right', cell: (f) => <span className="text-text-2 tabular-nums">{range(f)}</span> },
      ]} />
    </section>
  );
}

function Samples({ samples, all }: { samples: readonly Sample[]; all: number }) {
  const t = useText();
  const w = t.oplog.hint;
  const s = w.sample;
  return (
    <section aria-label={w.samples} className="flex flex-col gap-1.5">
      <Heading note={w.samplesOf(samples.length, all)}>{w.samples}</Heading>
      <Table<Sample & { key: number }> dense label={w.samples} rows={samples.map((e, key) => ({ ...e, key }))} keyOf={(e) => String(e.key)} columns={[
        { head: s.at, names: true, cell: (e) => <span className="tabular-nums">{t.day(parseInstant(e.at))} {clock(parseInstant(e.at))}</span> },
        { head: s.terminal, cell: (e) => e.terminal },
        { head: s.business, className: 'max-w-24 min-[1600px]:max-w-none', cell: (e) => <span className="block truncate" title={e.business}>{e.business}</span> },
        { head: s.action, cell: (e) => t.oplog.actions[e.action] ?? e.action },
        { head: s.person, className: 'max-[1600px]:hidden', cell: (e) => <span className="text-text-2">{e.person || w.noPeers}</span> },
        { head: s.cased, cell: (e) => (e.cased ? w.cased : w.uncased) },
      ]} />
    </section>
  );
}

function History({ value: { hint: h, steps } }: { value: WholeHint }) {
  const t = useText();
  const w = t.oplog.history;
  const when = (at: string) => `${t.calendar(parseInstant(at))} ${minutes(parseInstant(at))}`;
  return (
    <section aria-label={w.title} className="flex flex-col gap-1.5">
      <Heading>{w.title}</Heading>
      <ol className="flex flex-col gap-1.5 leading-[1.6]">
        <li><span className="text-text-3">{when(h.found)}</span>　{w.found}</li>
        {steps.map((s) => <li key={`${s.at} ${s.move}`}><span className="text-text-3">{when(s.at)}</span>　<b>{w.moves[s.move] ?? s.move}</b>　{s.by.replace('　', ' ')}{s.reason && <span className="block pl-4 break-words text-text-2">{s.reason}</span>}</li>)}
      </ol>
    </section>
  );
}

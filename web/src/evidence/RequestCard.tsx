import { useCallback, useState, type FormEvent, type ReactNode } from 'react';
import { api } from '../api/client.ts';
import { requests, type Outcome, type Whole } from '../api/requests.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { clock, minutes, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Check, Field, TextArea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { go, moment } from '../url.ts';
import { RequestState } from './RequestsPane.tsx';

/** RequestCard is one request: to who looks, with who, where and when, and the way to the footage. */
export function RequestCard({ number, changed }: { number: string; changed: (what: string) => void }) {
  const t = useText();
  const { answer, again, put } = useAnswer(`request ${number}`, useCallback(() => requests.one(number), [number]));
  return (
    <Card title={number} tools={answer.kind === 'ready' && <RequestState request={answer.value} />} body="flex min-h-0 grow flex-col gap-4 overflow-auto px-5 py-4 tight:gap-3 tight:px-3.5 tight:py-3">
      {answer.kind === 'loading' && <Bones />}
      {answer.kind === 'failed' && (answer.error.status === 404 ? <p className="text-text-2">{t.requests.gone}</p> : <Failed error={answer.error} retry={again} />)}
      {answer.kind === 'ready' && <Body request={answer.value} put={put} changed={changed} />}
    </Card>
  );
}

interface Of {
  request: Whole;
  put: (q: Whole) => void;
  changed: (what: string) => void;
}

function Body({ request: q, put, changed }: Of) {
  const t = useText();
  const w = t.requests;
  const d = w.detail;
  const when = (text: string) => `${t.calendar(parseInstant(text))} ${minutes(parseInstant(text))}`;
  const name = (n: string) => n.replace('　', ' ');
  const told = q.cameras.length > 0;
  const rows: [string, ReactNode][] = [
    [d.terminal, `${q.terminal}　${q.room}`],
    told ? [d.staff, <b key="s">{[q.staff_unit, name(q.staff_name), q.staff_number].filter(Boolean).join('　')}</b>] : [d.staffAs, q.staff],
    [d.rules, <ul key="r">{q.rules.map((r) => <li key={r}><b>{r}</b>　{w.rules[r]}</li>)}</ul>],
  ];
  if (q.note) rows.push([d.note, q.note]);
  rows.push([d.asked, w.by(name(q.asked_name), when(q.asked_at))], [d.due, when(q.due)]);
  if (q.taken_at) rows.push([d.taken, w.by(name(q.taken_name), when(q.taken_at))]);
  if (q.outcome) rows.push([d.outcome, `${w.outcomes[q.outcome]}（${w.outcomeHints[q.outcome]}）`]);
  if (q.outcome_note) rows.push([d.said, <span key="o">{q.outcome_note}<span className="block text-[13px] text-text-3">{q.outcome_at && w.by(name(q.outcome_name), when(q.outcome_at))}</span></span>]);
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 leading-[1.7]">{rows.map(([label, value]) => <div key={label} className="contents"><dt className="text-text-3">{label}</dt><dd className="break-words">{value}</dd></div>)}</dl>
      {told ? <Footage request={q} put={put} changed={changed} /> : <Events request={q} />}
      {q.figures.length > 0 && (
        <section className="flex flex-col gap-1">
          <h3 className="text-[15px]">{d.figures}</h3>
          <Table label={d.figures} dense rows={q.figures} keyOf={(f) => f.name} columns={[
            { head: w.figure.name, names: true, cell: (f) => f.name }, { head: w.figure.value, align: 'right', cell: (f) => <b>{f.value}</b> }, { head: w.figure.peers, align: 'right', cell: (f) => f.peers ?? '' },
          ]} />
        </section>
      )}
      <p className="text-[13px] text-text-3">{told ? w.noPerson : w.notTold}</p>
      {q.may_answer && <Answer request={q} put={put} changed={changed} />}
    </>
  );
}

function Events({ request: q }: { request: Whole }) {
  const t = useText();
  return (
    <section>
      <h3 className="text-[15px]">{t.requests.detail.when}</h3>
      <ul className="flex flex-wrap gap-x-5 leading-[1.8]">{q.events.map((e) => <li key={e}>{t.calendar(parseInstant(e))} {clock(parseInstant(e))}</li>)}</ul>
    </section>
  );
}

/** Footage leads to the terminal's cameras at the second of an event, and holds what is around it in the same step. */
function Footage({ request: q, put, changed }: Of) {
  const t = useText();
  const w = t.requests;
  const { change } = usePerson();
  const [keep, setKeep] = useState(true);
  const [error, setError] = useState('');
  const see = async (event: string) => {
    if (q.may_answer && (q.state === 'waiting' || (keep && q.held === 0))) {
      const res = await requests.take(q.number, keep);
      if (!res.ok) return setError(words(t, res.error));
      put(res.value);
      changed(keep ? w.held(res.value.held) : w.states.looking);
    }
    const session = await api.setPurpose('misuse_verification', q.number);
    if (!session.ok) return setError(words(t, session.error));
    change(session.value);
    go(moment(q.cameras.map((c) => c.camera.id), parseInstant(event)));
  };
  const proposes = q.may_answer && q.held === 0;
  const may = q.may_answer || q.outcome !== '';
  return (
    <section className="flex flex-col gap-2.5">
      <h3 className="text-[15px]">{w.detail.cameras}</h3>
      <ul className="leading-[1.7]">{q.cameras.map((c) => <li key={c.camera.id} className="flex flex-wrap gap-x-3"><b>{c.camera.name}</b><span className="text-text-3">{c.camera.number}</span><span className="text-text-2">{w.detail.clock} {clockSay(t, c.clock)}</span></li>)}</ul>
      <p className="-mt-1 text-[13px] text-text-3">{w.clockNote}</p>
      {q.held > 0 ? <p className="flex items-center gap-1.5 text-hold"><Icon name="lock" className="size-4" />{w.held(q.held)}</p> : q.erased && <p className="text-warn">{w.detail.erased}　{w.erasedOn(t.calendar(parseInstant(q.erased)))}</p>}
      {proposes && <Check checked={keep} onChange={(e) => setKeep(e.target.checked)}>{w.keep(q.cameras.length, q.stretches.length)}</Check>}
      {error && <Note tone="bad" alert>{error}</Note>}
      {may && <div><Button look="primary" onClick={() => void see(q.events[0]!)}><Icon name={proposes && keep ? 'lock' : 'history'} />{proposes && keep ? w.openHeld : w.open}</Button></div>}
      {may && <p className="-mt-1 text-[13px] leading-[1.6] text-text-3">{w.purpose}</p>}
      <ul aria-label={w.detail.when} className="flex flex-wrap gap-1.5">{q.events.map((e) => {
        const label = `${t.calendar(parseInstant(e))} ${clock(parseInstant(e))}`;
        return <li key={e}>{may ? <Button size="small" look="quiet" aria-label={w.at(label)} onClick={() => void see(e)}>{label}</Button> : label}</li>;
      })}</ul>
    </section>
  );
}

/** clockSay is how far a camera's clock was off. */
function clockSay(t: ReturnType<typeof useText>, seconds: number | null): string {
  const w = t.requests.clock;
  if (seconds === null) return w.unknown;
  if (Math.abs(seconds) < 0.05) return w.even;
  const s = Math.abs(seconds).toFixed(1);
  return seconds > 0 ? w.ahead(s) : w.behind(s);
}

const outcomes: readonly Outcome[] = ['seen', 'unclear', 'nothing'];

function Answer({ request: q, put, changed }: Of) {
  const t = useText();
  const w = t.requests;
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [note, setNote] = useState('');
  const [error, setError] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (!outcome) return setError(w.answer.choose);
    if (!note.trim()) return setError(w.answer.missing);
    const res = await requests.answer(q.number, outcome, note.trim());
    if (!res.ok) return setError(words(t, res.error));
    put(res.value);
    changed(w.answer.done);
  };
  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-3 border-t border-soft pt-4 tight:pt-3">
      <fieldset>
        <legend className="pb-1 font-bold">{w.answer.title}<span className="ml-1.5 text-[13px] font-normal text-bad">{t.signIn.required}</span></legend>
        {outcomes.map((o) => (
          <label key={o} className="flex min-h-8 items-center gap-2">
            <input type="radio" name="outcome" checked={outcome === o} onChange={() => (setOutcome(o), setError(''))} className="size-[18px] flex-none accent-(--primary)" />
            {w.outcomes[o]}<span className="text-[13px] text-text-3">{w.outcomeHints[o]}</span>
          </label>
        ))}
      </fieldset>
      <Field label={w.answer.note} need="required" hint={w.answer.hint}>{(wiring) => <TextArea {...wiring} rows={2} maxLength={500} value={note} onChange={(e) => (setNote(e.target.value), setError(''))} />}</Field>
      {error && <Note tone="bad" alert>{error}</Note>}
      <div><Button type="submit">{w.answer.save}</Button></div>
    </form>
  );
}

import { useState, type FormEvent } from 'react';
import { oplog, type Identification, type WholeHint } from '../api/oplog.ts';
import type { Result } from '../api/result.ts';
import { useAnswer } from '../person/answer.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { minutes, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Field, Select, TextArea } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Heading } from './Marks.tsx';

const tones = { waiting: 'late', approved: 'ok', refused: 'plain' } as const;

/** Identity is the way to learn, in the source system, whom a pseudonym stands for: one asks, another decides. Nothing of it comes here. */
export function Identity({ value, say }: { value: WholeHint; say: (text: string) => void }) {
  const t = useText();
  const w = t.oplog.identity;
  const { answer, again } = useAnswer('identifications', oplog.identifications);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState('');
  const persons = [...new Set([value.hint.person, ...value.samples.map((s) => s.person)].filter(Boolean))];
  const list = answer.kind === 'ready' ? answer.value.requests.filter((r) => r.hint === value.hint.id) : [];
  const run = async (what: Promise<Result<unknown>>, done: string) => {
    const res = await what;
    setError(res.ok ? '' : words(t, res.error));
    if (!res.ok) return;
    setAsking(false);
    say(done);
    again();
  };
  if (persons.length === 0 && list.length === 0) return null;
  return (
    <section aria-label={w.title} className="flex flex-col gap-1.5">
      <Heading note={w.note}>{w.title}</Heading>
      {list.map((r) => <One key={r.id} request={r} decide={(approve) => void run(oplog.decideIdentity(r.id, approve), approve ? w.approveDone : w.refuseDone)} />)}
      {error && <Note tone="bad" alert>{error}</Note>}
      {asking ? <Ask persons={persons} close={() => setAsking(false)} ask={(person, reason) => void run(oplog.askIdentity(value.hint.id, person, reason), w.askDone)} />
        : persons.length > 0 && <div><Button size="small" look="quiet" onClick={() => setAsking(true)}>{w.ask}</Button></div>}
    </section>
  );
}

function One({ request: r, decide }: { request: Identification; decide: (approve: boolean) => void }) {
  const t = useText();
  const w = t.oplog.identity;
  const when = (at: string) => `${t.calendar(parseInstant(at))} ${minutes(parseInstant(at))}`;
  const name = (n: string) => n.replace('　', ' ');
  return (
    <div className="flex flex-col gap-1.5 rounded-8 border border-line px-3 py-2 leading-[1.6]">
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1"><b>{r.person}</b><Chip tone={tones[r.state]}>{w.states[r.state]}</Chip><span className="text-[13px] text-text-3">{w.by(name(r.by), when(r.at))}{r.decided && `　${w.decided(name(r.decider), when(r.decided))}`}</span></p>
      <p className="break-words text-text-2">{r.reason}</p>
      {r.mine && <div className="flex gap-2"><Button size="small" look="primary" onClick={() => decide(true)}>{w.approve}</Button><Button size="small" look="quiet" onClick={() => decide(false)}>{w.refuse}</Button></div>}
    </div>
  );
}

function Ask({ persons, close, ask }: { persons: readonly string[]; close: () => void; ask: (person: string, reason: string) => void }) {
  const t = useText();
  const w = t.oplog.identity;
  const [person, setPerson] = useState(persons[0] ?? '');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    setMissing(!reason.trim());
    if (reason.trim()) ask(person, reason.trim());
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-2.5 rounded-8 bg-bg px-4 py-3 tight:px-3 tight:py-2.5">
      <Field label={w.person}>{(wiring) => <Select {...wiring} value={person} onChange={(e) => setPerson(e.target.value)}>{persons.map((p) => <option key={p}>{p}</option>)}</Select>}</Field>
      <Field label={w.reason} need="required" hint={w.reasonHint} error={missing ? t.oplog.handle.missing : null}>{(wiring) => <TextArea {...wiring} autoFocus rows={2} maxLength={2000} value={reason} onChange={(e) => (setReason(e.target.value), setMissing(false))} />}</Field>
      <div className="flex gap-2"><Button type="submit" look="primary">{w.save}</Button><Button look="quiet" onClick={close}>{t.oplog.handle.cancel}</Button></div>
    </form>
  );
}

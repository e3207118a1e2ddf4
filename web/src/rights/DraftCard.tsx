import { useEffect, useState, type FormEvent } from 'react';
import { rights, type Draft, type Simulated, type Someone } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Field, Select, TextArea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Segment } from '../ui/Segment.tsx';
import { Bones } from '../ui/Nothing.tsx';
import type { Answer } from './answers.ts';
import { Changes } from './Changes.tsx';
import { nameOf } from './say.ts';

type Kind = 'appointment' | 'policies';
type Unit = Simulated['units'][number];

/** DraftCard tries a change: an appointment, or other rules. Nothing of it is saved. */
export function DraftCard({ people, units, draft, result, set }: { people: readonly Someone[]; units: readonly Unit[]; draft: Draft | null; result: Answer; set: (d: Draft | null) => void }) {
  const t = useText();
  const w = t.rights.draft;
  const [kind, setKind] = useState<Kind>('appointment');
  const fresh = result.kind === 'ready' ? result.value : null;
  return (
    <Card title={draft ? w.result : w.title} note={w.note} className="min-h-0 grow max-[1079px]:min-h-[420px]" body="min-h-0 grow flex flex-col"
      tools={draft && <Button size="small" look="quiet" onClick={() => set(null)}>{w.again}</Button>}>
      <div role="group" aria-label={draft ? w.result : w.title} tabIndex={0} className="flex min-h-0 grow flex-col gap-3 overflow-auto px-4 py-3 focus-inside tight:px-3 tight:py-2">
        {!draft && <div><Segment<Kind> label={w.kinds.label} choices={[{ value: 'appointment', text: w.kinds.appointment, icon: 'user' }, { value: 'policies', text: w.kinds.policies, icon: 'list' }]} value={kind} choose={setKind} /></div>}
        {!draft && kind === 'appointment' && <AppointmentForm people={people} units={units} set={set} />}
        {!draft && kind === 'policies' && <RulesForm set={set} />}
        {draft && result.kind === 'failed' && <Note tone="bad" alert><span className="break-words whitespace-pre-line">{t.oops(result.error.detail)}</span></Note>}
        {draft && fresh && <Result answer={fresh} />}
      </div>
    </Card>
  );
}

function Result({ answer }: { answer: Simulated }) {
  const t = useText();
  const w = t.rights.draft;
  const people = (gain: boolean) => new Set(answer.changes.filter((c) => c.gain === gain).map((c) => c.person.login)).size;
  const [gains, losses] = [people(true), people(false)];
  return (
    <>
      <p role="status" className="flex flex-wrap items-center gap-2">
        {gains + losses + answer.posts.length === 0 && <b>{w.nothing}</b>}
        {gains > 0 && <Chip tone="ok" icon="plus">{w.gains(gains)}</Chip>}
        {losses > 0 && <Chip tone="bad" icon="minus">{w.losses(losses)}</Chip>}
        {answer.tests > 0 && answer.failing.length === 0 && <b className="inline-flex items-center gap-1 text-ok"><Icon name="check" className="size-4" />{w.tests(answer.tests, answer.tests)}</b>}
      </p>
      {answer.failing.length > 0 && <Note tone="warn"><b>{w.failing(answer.failing.length)}</b><ul lang="en" className="text-[13px] text-text-2">{answer.failing.slice(0, 20).map((f) => <li key={f} className="break-words">{f}</li>)}</ul></Note>}
      <Changes changes={answer.changes} posts={answer.posts} />
    </>
  );
}

const needUnit = ['department_head', 'general_manager', 'executing_officer', 'clerk'];
const posts = ['department_head', 'general_manager', 'crisis_management', 'facilities', 'auditor', 'information_security', 'executing_officer', 'clerk', 'log_analyst', 'administrator'];

function AppointmentForm({ people, units, set }: { people: readonly Someone[]; units: readonly Unit[]; set: (d: Draft) => void }) {
  const t = useText();
  const w = t.rights.draft;
  const [login, setLogin] = useState('');
  const [post, setPost] = useState('');
  const [unit, setUnit] = useState('');
  const [error, setError] = useState('');
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (!login || !post) return setError(w.missing);
    if (!unit && needUnit.includes(post)) return setError(w.needUnit);
    set({ appointment: { login, post, ...(unit && { unit }) } });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <Field label={w.person} need="required">{(wiring) => <Select {...wiring} value={login} onChange={(e) => setLogin(e.target.value)}><option value="">{w.choose}</option>{people.map((p) => <option key={p.login} value={p.login}>{nameOf(p)}（{p.login}）</option>)}</Select>}</Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={w.post} need="required">{(wiring) => <Select {...wiring} value={post} onChange={(e) => setPost(e.target.value)}><option value="">{w.choose}</option>{posts.map((p) => <option key={p} value={p}>{t.help.who.posts[p] ?? p}</option>)}</Select>}</Field>
        <Field label={w.unit}>{(wiring) => <Select {...wiring} value={unit} onChange={(e) => setUnit(e.target.value)}><option value="">{w.noUnit}</option>{units.map((u) => <option key={u.id} value={u.id}>{u.parent ? `　${u.name}` : u.name}</option>)}</Select>}</Field>
      </div>
      {error && <Note tone="bad" alert>{error}</Note>}
      <div><Button type="submit" look="primary">{w.run}</Button></div>
    </form>
  );
}

function RulesForm({ set }: { set: (d: Draft) => void }) {
  const t = useText();
  const w = t.rights.draft;
  const [text, setText] = useState<string | null>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    const load = async () => {
      const list = await rights.versions();
      const inForce = list.ok ? list.value.versions.find((v) => v.kind === 'policies' && v.in_force) : undefined;
      const found = inForce && (await rights.version(inForce));
      if (!found?.ok) return setFault(t.oops(found?.error.detail ?? ''));
      setText(found.value.texts.find((f) => f.name === 'rules.csv')?.text ?? '');
    };
    void load();
  }, [t]);
  if (fault) return <Note tone="bad" alert>{fault}</Note>;
  if (text === null) return <Bones rows={5} />;
  return (
    <form onSubmit={(e) => (e.preventDefault(), set({ policies: text }))} noValidate className="flex min-h-0 grow flex-col gap-3">
      <Field label={w.rules} hint={w.rulesHint} className="min-h-0 grow">{(wiring) => <TextArea {...wiring} value={text} onChange={(e) => setText(e.target.value)} rows={8} wrap="off" spellCheck={false} lang="en" className="min-h-24 grow resize-none font-mono text-[13px] whitespace-pre" />}</Field>
      <div><Button type="submit" look="primary">{w.run}</Button></div>
    </form>
  );
}

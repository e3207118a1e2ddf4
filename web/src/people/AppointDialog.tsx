import { useState, type FormEvent } from 'react';
import { people, type Kind, type Member, type PostName, type Unit } from '../api/people.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input, Select } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { useSeconds } from '../ui/time.ts';
import { readDay } from './day.ts';
import { PostOptions, UnitOptions } from './List.tsx';
import { nameOf } from './words.ts';

const footage = ['department_head', 'general_manager', 'crisis_management'];
const takesTwo = [...footage, 'information_security'];
const inUnit = ['department_head', 'general_manager', 'executing_officer', 'clerk'];

/** AppointDialog asks for an appointment. */
export function AppointDialog({ member, units, done, close }: { member: Member; units: readonly Unit[]; done: (text: string) => void; close: () => void }) {
  const t = useText();
  const w = t.people.appointForm;
  const now = useSeconds();
  const [post, setPost] = useState<PostName | ''>('');
  const [unit, setUnit] = useState('');
  const [kind, setKind] = useState<Kind>('regular');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const [first, last] = [readDay(from, now), readDay(to, now)];
    if (!post) return setError(w.missing);
    if (!unit && inUnit.includes(post)) return setError(w.missingUnit);
    if (first === null || last === null) return setError(w.badDay);
    if (first && last && last <= first) return setError(w.order);
    setBusy(true);
    const res = await people.appoint({ login: member.login, post, unit, kind, ...(first && { from: first }), ...(last && { to: last }) });
    setBusy(false);
    if (res.ok) done(res.value.state === 'waiting' ? w.asked : w.done);
    else setError(words(t, res.error));
  };
  return (
    <Dialog title={w.title(nameOf(member.name))} close={close} closeLabel={t.ui.close} className="w-[560px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-3">
          <Field label={w.post} need="required">{(wiring) => <Select {...wiring} autoFocus value={post} onChange={(e) => setPost(e.target.value as PostName | '')}><option value="">{w.choose}</option><PostOptions /></Select>}</Field>
          <Field label={w.unit} {...(inUnit.includes(post) && { need: 'required' as const })}>{(wiring) => <Select {...wiring} value={unit} onChange={(e) => setUnit(e.target.value)}><option value="">{w.noUnit}</option><UnitOptions units={units} /></Select>}</Field>
        </div>
        <Field label={w.kind} hint={w.kindHint}>{(wiring) => <Select {...wiring} value={kind} onChange={(e) => setKind(e.target.value as Kind)} className="w-40">{Object.entries(t.people.posts.kinds).map(([v, name]) => <option key={v} value={v}>{name}</option>)}</Select>}</Field>
        <div className="grid grid-cols-2 items-end gap-3">
          <Field label={w.from} need="optional" hint={w.fromHint}>{(wiring) => <Input {...wiring} value={from} onChange={(e) => setFrom(e.target.value)} />}</Field>
          <Field label={w.to} need="optional" hint={w.toHint}>{(wiring) => <Input {...wiring} value={to} onChange={(e) => setTo(e.target.value)} />}</Field>
        </div>
        {post && <Note tone={takesTwo.includes(post) ? 'late' : 'key'}>{footage.includes(post) ? w.footage : takesTwo.includes(post) ? w.decides : w.noFootage}</Note>}
        {error && <Note tone="bad" alert>{error}</Note>}
        <div className="flex gap-2"><Button type="submit" look="primary" aria-disabled={busy}>{takesTwo.includes(post) ? w.submit : w.submitNow}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

import { useId, useState, type FormEvent } from 'react';
import { rights, type Cam, type NewGrant } from '../api/rights.ts';
import { serverClock } from '../api/client.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { instantOf, parseClock, parseDay } from '../time/era.ts';
import { DAY, formatInstant, wall, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Check, Field, Input, Select, TextArea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useAnswer } from './answers.ts';
import { nameOf } from './say.ts';

type Kind = NewGrant['kind'];
const actions = ['live', 'past', 'search', 'main', 'still'];
const two = (n: number) => String(n).padStart(2, '0');
const dayOf = (at: Instant) => `${wall(at).year}-${two(wall(at).month)}-${two(wall(at).day)}`;

/** GrantForm asks for a right for somebody, for a limited time, or excludes somebody. */
export function GrantForm({ all, denies, close, done }: { all: boolean; denies: boolean; close: () => void; done: (text: string) => void }) {
  const t = useText();
  const w = t.rights.grants.form;
  const { session } = usePerson();
  const list = useId();
  const [known] = useAnswer({}, null, null);
  const found = known.kind === 'ready' ? known.value : null;
  const [kind, setKind] = useState<Kind>('grant');
  const [login, setLogin] = useState('');
  const [scope, setScope] = useState<'cameras' | 'unit'>('cameras');
  const [cameras, setCameras] = useState<readonly Cam[]>([]);
  const [unit, setUnit] = useState('');
  const [gives, setGives] = useState<readonly string[]>(['live', 'past']);
  const [day, setDay] = useState(() => dayOf(serverClock.now() + 7 * DAY));
  const [hour, setHour] = useState('17:15');
  const [reason, setReason] = useState('');
  const [number, setNumber] = useState('');
  const [error, setError] = useState('');
  const units = all ? (found?.units ?? []) : session.appointments.filter((a) => a.post === 'department_head' || a.post === 'general_manager').map((a) => ({ id: a.unit, name: a.unit_name, parent: '' }));

  /** until is when it ends; null: never; NaN: not understood. */
  const until = (): Instant | null => {
    if (kind === 'denial' && !day.trim()) return null;
    const date = parseDay(day, wall(serverClock.now()).year);
    return date ? instantOf(date, parseClock(hour)) : NaN;
  };
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const to = until();
    if (!login.trim() || !reason.trim() || (scope === 'cameras' ? cameras.length === 0 : !unit)) return setError(w.missing);
    if (kind === 'grant' && gives.length === 0) return setError(w.noActions);
    if (Number.isNaN(to)) return setError(w.badUntil);
    const res = await rights.addGrant({ kind, login: login.trim(), reason: reason.trim(), ...(number.trim() && { case: number.trim() }), ...(to !== null && { to: formatInstant(to) }), ...(kind === 'grant' && { actions: [...gives] }), ...(scope === 'unit' ? { unit } : { cameras: cameras.map((c) => c.id) }) });
    if (!res.ok) return setError(t.oops(res.error.detail));
    done(kind === 'grant' ? w.asked : w.denied);
  };
  const choose = (k: Kind) => {
    setKind(k);
    setDay(k === 'denial' ? '' : dayOf(serverClock.now() + 7 * DAY));
  };
  return (
    <Dialog title={kind === 'grant' ? w.title : w.titleDeny} close={close} closeLabel={t.ui.close} className="w-[620px]">
      {denies && <div><Segment<Kind> label={w.kind} choices={[{ value: 'grant', text: t.rights.grants.kinds.grant, icon: 'clock' }, { value: 'denial', text: t.rights.grants.kinds.denial, icon: 'lock' }]} value={kind} choose={choose} /></div>}
      <p className="-mt-1 leading-[1.6] text-text-2">{kind === 'grant' ? w.lead : w.leadDeny}</p>
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-3">
        <div className="grid grid-cols-2 items-end gap-3">
          <Field label={w.login} need="required">{(wiring) => <Input {...wiring} list={list} value={login} onChange={(e) => setLogin(e.target.value)} maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} />}</Field>
          <datalist id={list}>{found?.people.map((p) => <option key={p.person!.login} value={p.person!.login}>{nameOf(p.person!)}</option>)}</datalist>
          <div className="pb-0.5"><Segment<'cameras' | 'unit'> label={w.scope} choices={[{ value: 'cameras', text: w.cameras, icon: 'camera' }, { value: 'unit', text: w.unit, icon: 'list' }]} value={scope} choose={setScope} /></div>
        </div>
        {scope === 'unit' && <Field label={w.unit} need="required">{(wiring) => <Select {...wiring} value={unit} onChange={(e) => setUnit(e.target.value)}><option value="">{t.rights.draft.choose}</option>{units.map((u) => <option key={u.id} value={u.id}>{u.parent ? `　${u.name}` : u.name}</option>)}</Select>}</Field>}
        {scope === 'cameras' && <Cameras known={found?.cameras.map((c) => c.camera!) ?? []} chosen={cameras} set={setCameras} />}
        {kind === 'grant' && <fieldset><legend className="font-bold">{w.actions}</legend><div className="flex flex-wrap gap-x-5">{actions.map((a) => <Check key={a} checked={gives.includes(a)} onChange={(e) => setGives(e.target.checked ? [...gives, a] : gives.filter((x) => x !== a))}>{t.rights.actions[a]}</Check>)}</div></fieldset>}
        <div className="grid grid-cols-[1fr_1fr_1.4fr] gap-3">
          <Field label={kind === 'denial' ? w.untilDeny : w.until} {...(kind === 'grant' && { hint: w.untilHint })} className="justify-end">{(wiring) => <Input {...wiring} value={day} onChange={(e) => setDay(e.target.value)} autoComplete="off" />}</Field>
          <Field label={w.untilClock} hint={t.rights.sim.clockHint} className="justify-end">{(wiring) => <Input {...wiring} value={hour} onChange={(e) => setHour(e.target.value)} autoComplete="off" />}</Field>
          <Field label={w.case} need="optional" hint={w.caseHint} className="justify-end">{(wiring) => <Input {...wiring} value={number} onChange={(e) => setNumber(e.target.value)} maxLength={64} autoComplete="off" />}</Field>
        </div>
        <Field label={w.reason} need="required">{(wiring) => <TextArea {...wiring} value={reason} onChange={(e) => setReason(e.target.value)} maxLength={500} rows={2} />}</Field>
        {error && <Note tone="bad" alert>{error}</Note>}
        <div className="flex gap-2"><Button type="submit" look={kind === 'grant' ? 'primary' : 'danger'}>{kind === 'grant' ? w.submit : w.deny}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

function Cameras({ known, chosen, set }: { known: readonly Cam[]; chosen: readonly Cam[]; set: (c: readonly Cam[]) => void }) {
  const t = useText();
  const w = t.rights.grants.form;
  const left = known.filter((c) => !chosen.includes(c));
  return (
    <div className="flex flex-col gap-2">
      <Field label={w.addCamera} need="required">{(wiring) => <Select {...wiring} value="" onChange={(e) => set([...chosen, ...left.filter((c) => c.id === e.target.value)])}><option value="">{t.rights.draft.choose}</option>{left.map((c) => <option key={c.id} value={c.id}>{c.number}　{c.name}</option>)}</Select>}</Field>
      {chosen.length > 0 && <ul className="flex flex-wrap gap-1.5">{chosen.map((c) => <li key={c.id}><Button size="small" look="quiet" aria-label={w.removeCamera(c.number)} onClick={() => set(chosen.filter((x) => x !== c))}>{c.number}<Icon name="close" className="size-3.5" /></Button></li>)}</ul>}
    </div>
  );
}

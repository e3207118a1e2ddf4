import { useState, type FormEvent } from 'react';
import { security, type Use } from '../api/security.ts';
import { usePerson } from '../person/person.ts';
import { holds } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input, Select } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Nothing } from '../ui/Nothing.tsx';
import { useSeconds } from '../ui/time.ts';
import { moment } from './SignIns.tsx';
import type { UsesState } from './uses.ts';
import { words } from './words.ts';

const footagePosts = ['department_head', 'general_manager', 'crisis_management'];

/** Tokens are the API tokens that act for the person: those that wait for them first. */
export function Tokens({ state, load, say }: { state: UsesState; load: () => void; say: (text: string) => void }) {
  const t = useText();
  const w = t.security.tokens;
  const [fault, setFault] = useState('');
  const [adding, setAdding] = useState(false);
  const tokens = state.kind === 'ready' ? state.uses.filter((u) => u.kind === 'token').sort((a, b) => Number(b.waits) - Number(a.waits)) : [];
  const act = async (f: () => ReturnType<typeof security.endUse>, said: string) => {
    const res = await f();
    setFault(res.ok ? '' : words(t, res.error));
    if (res.ok) say(said);
    load();
  };
  return (
    <Card title={w.title} note={w.lead} tools={<Button size="small" onClick={() => setAdding(true)}>{w.add}</Button>} body="px-4 py-1 tight:px-3">
      {state.kind === 'loading' && <Bones rows={1} />}
      {fault && <Note tone="bad" alert className="my-2">{fault}</Note>}
      {tokens.some((u) => u.waits) && <Note tone="late" className="my-2">{w.waitsWhy}</Note>}
      {state.kind === 'ready' && tokens.length === 0 && <Nothing icon="link" title={w.none}>{w.noneWhy}</Nothing>}
      {tokens.length > 0 && (
        <ul aria-label={w.list}>{tokens.map((u) => (
          <Row key={u.id} use={u} confirm={() => void act(() => security.confirmToken(u.id), w.confirmed(u.label))} end={() => void act(() => security.endUse(u.id), w.ended(u.label))} />
        ))}</ul>
      )}
      {adding && <Add close={() => setAdding(false)} made={load} />}
    </Card>
  );
}

function Row({ use: u, confirm, end }: { use: Use; confirm: () => void; end: () => void }) {
  const t = useText();
  const w = t.security.tokens;
  const { session } = usePerson();
  const now = useSeconds();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-soft py-2.5 last:border-b-0">
      <span className="min-w-0 grow leading-[1.5]">
        <span className="flex items-center gap-2.5"><b className="truncate" title={u.label}>{u.label}</b>{u.waits && <Chip tone="late" icon="clock">{w.waits}</Chip>}</span>
        <span className="block truncate text-[13px] text-text-3">{w.made(u.source === session.login ? w.mine : u.source === 'command line' ? w.operator : u.source, moment(t, now, parseInstant(u.expires)))}</span>
      </span>
      {u.waits && <Button size="small" look="primary" aria-label={w.confirmLong(u.label)} onClick={confirm}>{w.confirm}</Button>}
      <Button size="small" aria-label={w.endLong(u.label)} onClick={end}>{w.end}</Button>
    </li>
  );
}

function Add({ close, made }: { close: () => void; made: () => void }) {
  const t = useText();
  const w = t.security.tokens;
  const { session } = usePerson();
  const lasts = holds(session, ...footagePosts) ? [1, 4, 8, 24] : [1, 24, 24 * 7, 24 * 90, 24 * 365];
  const [label, setLabel] = useState('');
  const [hours, setHours] = useState(lasts[0]!);
  const [error, setError] = useState('');
  const [token, setToken] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (!label.trim()) return setError(w.missing);
    const res = await security.addToken(label.trim(), hours);
    if (!res.ok) return setError(words(t, res.error));
    setToken(res.value.token);
    made();
  };
  return (
    <Dialog title={w.add} close={close} closeLabel={t.ui.close} className="w-[520px]">
      {token ? <Shown token={token} close={close} /> : (
        <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
          <Field label={w.label} need="required" hint={w.labelHint} error={error}>{(wiring) => <Input {...wiring} value={label} onChange={(e) => setLabel(e.target.value)} maxLength={60} autoComplete="off" autoFocus />}</Field>
          <Field label={w.hours}>{(wiring) => <Select {...wiring} value={hours} onChange={(e) => setHours(Number(e.target.value))} className="w-32">{lasts.map((n) => <option key={n} value={n}>{w.hour(n)}</option>)}</Select>}</Field>
          <div className="flex gap-2"><Button type="submit" look="primary">{w.make}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
        </form>
      )}
    </Dialog>
  );
}

function Shown({ token, close }: { token: string; close: () => void }) {
  const w = useText().security.tokens;
  const [copied, setCopied] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <Note tone="late">{w.shown}</Note>
      <code className="rounded-8 border border-line bg-raised px-3 py-2.5 font-bold break-all select-all">{token}</code>
      <div className="flex items-center gap-2"><Button onClick={() => void navigator.clipboard.writeText(token).then(() => setCopied(true))}>{w.copy}</Button><Button look="primary" onClick={close}>{w.close}</Button><span role="status" className="text-ok">{copied && w.copied}</span></div>
    </div>
  );
}

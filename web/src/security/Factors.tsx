import { useCallback, useEffect, useState, type FormEvent } from 'react';
import type { Problem } from '../api/result.ts';
import { security, type Factor, type Factors as All, type NewCode } from '../api/security.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { useSeconds } from '../ui/time.ts';
import { addKey } from './keys.ts';
import { Setup } from './Second.tsx';
import { moment } from './SignIns.tsx';
import { words } from './words.ts';

type State = { kind: 'loading' } | { kind: 'ready'; all: All } | { kind: 'failed'; error: Problem };
type Asked = { kind: 'key' } | { kind: 'code'; made: NewCode } | { kind: 'remove'; factor: Factor } | null;

/** Factors are what the person proves themselves with, besides the password. */
export function Factors({ say, changed }: { say: (text: string) => void; changed: () => void }) {
  const t = useText();
  const w = t.security.factors;
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [asked, setAsked] = useState<Asked>(null);
  const [fault, setFault] = useState('');
  const load = useCallback(() => {
    void security.factors().then((res) => setState(res.ok ? { kind: 'ready', all: res.value } : { kind: 'failed', error: res.error }));
  }, []);
  useEffect(load, [load]);
  const done = (said: string) => {
    setAsked(null);
    say(said);
    load();
    changed();
  };
  const beginCode = async () => {
    const res = await security.beginCode();
    setFault(res.ok ? '' : words(t, res.error));
    if (res.ok) setAsked({ kind: 'code', made: res.value });
  };
  const tools = state.kind === 'ready' && (
    <>
      {state.all.codes && <Button size="small" look="quiet" onClick={() => void beginCode()}>{w.addCode}</Button>}
      <Button size="small" onClick={() => setAsked({ kind: 'key' })}>{w.addKey}</Button>
    </>
  );
  return (
    <Card title={w.title} tools={tools} body="px-4 py-1 tight:px-3">
      {state.kind === 'loading' && <Bones rows={2} />}
      {state.kind === 'failed' && <Failed error={state.error} retry={load} />}
      {fault && <Note tone="bad" alert className="my-2">{fault}</Note>}
      {state.kind === 'ready' && <List all={state.all} remove={(factor) => setAsked({ kind: 'remove', factor })} />}
      {asked?.kind === 'key' && <AddKey close={() => setAsked(null)} done={(f) => done(w.added(f.label))} />}
      {asked?.kind === 'code' && <AddCode made={asked.made} close={() => setAsked(null)} done={(f) => done(w.added(f.label))} />}
      {asked?.kind === 'remove' && <Remove factor={asked.factor} close={() => setAsked(null)} done={() => done(w.removed(asked.factor.label))} />}
    </Card>
  );
}

function List({ all, remove }: { all: All; remove: (f: Factor) => void }) {
  const t = useText();
  const w = t.security.factors;
  const now = useSeconds();
  const last = all.required && all.factors.length === 1;
  if (all.factors.length === 0) return <Nothing icon="key" title={w.none}>{w.noneWhy}</Nothing>;
  return (
    <>
      <ul aria-label={w.list}>
        {all.factors.map((f) => (
          <li key={f.id} className="flex items-center gap-3 border-b border-soft py-2.5">
            <Icon name={f.kind === 'webauthn' ? 'key' : 'lock'} className="size-5 flex-none text-text-3" />
            <span className="min-w-0 grow leading-[1.5]">
              <b className="block truncate" title={f.label}>{f.label}</b>
              <span className="block truncate text-[13px] text-text-3">{w.kinds[f.kind]}・{w.about(t.calendar(parseInstant(f.created)), moment(t, now, parseInstant(f.used)))}</span>
            </span>
            {!last && <Button size="small" aria-label={w.removeLong(f.label)} onClick={() => remove(f)}>{w.remove}</Button>}
          </li>
        ))}
      </ul>
      {all.factors.length === 1 && <p className="py-2.5 text-[13px] leading-[1.6] text-text-3">{last && w.last}{w.spare}</p>}
    </>
  );
}

function AddKey({ close, done }: { close: () => void; done: (f: Factor) => void }) {
  const t = useText();
  const w = t.security;
  const [label, setLabel] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (busy) return;
    setBusy(true);
    const res = await addKey(label.trim());
    setBusy(false);
    if (res.ok) done(res.value);
    else setError(words(t, res.error));
  };
  return (
    <Dialog title={w.factors.addKey} close={close} closeLabel={t.ui.cancel} className="w-[480px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <p className="-mt-1 leading-[1.7] text-text-2">{w.key.body}{w.key.privacy}</p>
        <Field label={w.enrolKey.label} need="optional" hint={w.enrolKey.labelHint} error={error}>{(wiring) => <Input {...wiring} value={label} onChange={(e) => setLabel(e.target.value)} maxLength={40} autoComplete="off" autoFocus />}</Field>
        <div className="flex gap-2"><Button type="submit" look="primary" aria-disabled={busy}>{busy ? w.factors.starting : w.factors.start}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

function AddCode({ made, close, done }: { made: NewCode; close: () => void; done: (f: Factor) => void }) {
  const t = useText();
  const w = t.security;
  const [code, setCode] = useState('');
  const [label, setLabel] = useState('');
  const [error, setError] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const digits = code.normalize('NFKC').replace(/\s/g, '');
    if (!/^\d{6}$/.test(digits)) return setError(w.code.missing);
    const res = await security.addCode(digits, label.trim());
    if (res.ok) done(res.value);
    else setError(words(t, res.error));
  };
  return (
    <Dialog title={w.factors.addCode} close={close} closeLabel={t.ui.cancel} className="w-[520px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <p className="-mt-1 leading-[1.7] text-text-2">{w.enrolCode.body}</p>
        <Setup made={made} />
        <Field label={w.enrolCode.label} need="optional" hint={w.enrolCode.labelHint}>{(wiring) => <Input {...wiring} value={label} onChange={(e) => setLabel(e.target.value)} maxLength={40} autoComplete="off" />}</Field>
        <Field label={w.code.label} need="required" error={error}>{(wiring) => <Input {...wiring} value={code} onChange={(e) => setCode(e.target.value)} inputMode="numeric" autoComplete="one-time-code" maxLength={12} className="w-32" />}</Field>
        <div className="flex gap-2"><Button type="submit" look="primary">{w.enrolCode.button}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

function Remove({ factor: f, close, done }: { factor: Factor; close: () => void; done: () => void }) {
  const t = useText();
  const w = t.security.factors;
  const [error, setError] = useState('');
  const remove = async () => {
    const res = await security.removeFactor(f.id);
    if (res.ok || res.error.status === 404) done();
    else setError(words(t, res.error));
  };
  return (
    <Dialog title={w.sure(f.label)} close={close} closeLabel={t.ui.cancel} className="w-[440px]">
      <p className="leading-[1.7] text-text-2">{w.sureWhy}</p>
      {error && <p role="alert" className="text-bad">＊{error}</p>}
      <div className="flex justify-end gap-2"><Button look="quiet" onClick={close}>{t.ui.cancel}</Button><Button look="danger" onClick={() => void remove()}>{w.remove}</Button></div>
    </Dialog>
  );
}

import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Problem, Result } from '../api/result.ts';
import { security, type Half, type NewCode, type SignedIn } from '../api/security.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { finishWithKey } from './keys.ts';
import { Qr } from './Qr.tsx';
import { words } from './words.ts';

interface Props {
  half: Half;
  done: (s: SignedIn) => void;
  back: () => void; // to the password, as somebody else
  trouble: () => void;
}

/** Second is the second step of signing in: a key or a code, or the first registration of one. */
export function Second({ half, done, back, trouble }: Props) {
  const t = useText();
  const w = t.security;
  const enrols = half.methods.includes('enrol');
  const ways = enrols ? half.enrol : half.methods.filter((m) => m !== 'enrol');
  const [way, setWay] = useState<'webauthn' | 'totp'>(ways[0] ?? 'webauthn');
  const other = ways.find((m) => m !== way);
  return (
    <div className="flex flex-col gap-5 tight:gap-4">
      <Progress enrols={enrols} />
      <div className="flex items-center gap-3.5 rounded-8 bg-raised px-3.5 py-2.5">
        <span aria-hidden="true" className="grid size-10 flex-none place-items-center rounded-full border border-accent-line bg-accent-soft font-bold text-accent">{[...half.name][0]}</span>
        <b className="min-w-0 grow truncate">{half.name.replace('　', ' ')}</b>
        <Button look="plain" size="small" onClick={back}>{w.notYou}</Button>
      </div>
      {way === 'webauthn' ? <Key enrols={enrols} done={done} back={back} /> : enrols ? <NewCodes done={done} back={back} /> : <Code done={done} back={back} />}
      <div className="-mt-1 flex flex-wrap justify-between gap-x-6 gap-y-2">
        {other && <Button look="plain" size="small" className="px-0!" onClick={() => setWay(other)}>{other === 'totp' ? w.useCode : w.useKey}</Button>}
        <Button look="plain" size="small" className="ml-auto px-0!" onClick={trouble}>{w.trouble}</Button>
      </div>
    </div>
  );
}

/** Progress are the two steps, the second one under way. */
function Progress({ enrols }: { enrols: boolean }) {
  const w = useText().security.steps;
  const mark = 'grid size-6 flex-none place-items-center rounded-full bg-primary text-[13px] font-bold text-white';
  return (
    <ol aria-label={w.label} className="grid grid-cols-2 gap-3">
      <li className="flex items-center gap-2.5 border-t-4 border-primary pt-2 text-text-2"><span className={mark}><Icon name="check" className="size-4" /></span>{w.password}</li>
      <li aria-current="step" className="flex items-center gap-2.5 border-t-4 border-primary pt-2 font-bold text-accent"><span className={mark} aria-hidden="true">2</span>{enrols ? w.enrol : w.prove}</li>
    </ol>
  );
}

type State = { kind: 'ready' } | { kind: 'busy' } | { kind: 'error'; text: string };

/** useTry runs an attempt and says how it stands; where half the sign-in is over, there is only the way back. */
function useTry(done: (s: SignedIn) => void, back: () => void): [State, (attempt: () => Promise<Result<SignedIn>>) => Promise<void>, (text: string) => void] {
  const t = useText();
  const [state, setState] = useState<State>({ kind: 'ready' });
  const attempt = async (f: () => Promise<Result<SignedIn>>) => {
    setState({ kind: 'busy' });
    const res = await f();
    if (res.ok) return done(res.value);
    setState({ kind: 'error', text: words(t, res.error) });
    if (res.error.code === 'not-signed-in') setTimeout(back, 3_000);
  };
  return [state, attempt, (text) => setState({ kind: 'error', text })];
}

function Head({ icon, title, children }: { icon: 'key' | 'lock'; title: string; children: React.ReactNode }) {
  return (
    <div className="flex items-center gap-5 tight:gap-4">
      <span aria-hidden="true" className="grid size-[76px] flex-none place-items-center rounded-full bg-accent-soft text-accent tight:size-16"><Icon name={icon} className="size-9" /></span>
      <div className="min-w-0"><h2 className="text-xl leading-[1.4] tight:text-lg">{title}</h2><div className="mt-1 text-sm leading-[1.7] text-text-2">{children}</div></div>
    </div>
  );
}

function Wrong({ state }: { state: State }) {
  return <div role="alert" className="-my-2 min-h-[1.55em] text-sm leading-[1.55] text-bad">{state.kind === 'error' && `＊${state.text.replace(/^＊/, '')}`}</div>;
}

function Key({ enrols, done, back }: { enrols: boolean; done: (s: SignedIn) => void; back: () => void }) {
  const w = useText().security;
  const words = enrols ? w.enrolKey : w.key;
  const [state, attempt] = useTry(done, back);
  const [label, setLabel] = useState('');
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (state.kind !== 'busy') void attempt(() => finishWithKey(label.trim()));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5 tight:gap-4">
      <Head icon="key" title={words.title}><p>{words.body}</p><p>{w.key.privacy}</p></Head>
      {enrols && <Field label={w.enrolKey.label} need="optional" hint={w.enrolKey.labelHint}>{(wiring) => <Input {...wiring} value={label} onChange={(e) => setLabel(e.target.value)} maxLength={40} autoComplete="off" />}</Field>}
      <Wrong state={state} />
      <Button look="primary" size="large" type="submit" autoFocus aria-disabled={state.kind === 'busy'}><Icon name="key" />{state.kind === 'busy' ? w.key.busy : words.button}</Button>
    </form>
  );
}

function Code({ done, back }: { done: (s: SignedIn) => void; back: () => void }) {
  const w = useText().security;
  const [state, attempt, wrong] = useTry(done, back);
  return (
    <Digits title={w.code.title} body={w.code.body} button={w.code.button} state={state} submit={(code) => (code ? attempt(() => security.finishWithCode(code, '')) : wrong(w.code.missing))} />
  );
}

function NewCodes({ done, back }: { done: (s: SignedIn) => void; back: () => void }) {
  const t = useText();
  const w = t.security;
  const [state, attempt, wrong] = useTry(done, back);
  const [made, setMade] = useState<NewCode | null>(null);
  const [label, setLabel] = useState('');
  const fault = useRef((p: Problem) => wrong(words(t, p)));
  useEffect(() => {
    void security.halfCode().then((res) => (res.ok ? setMade(res.value) : fault.current(res.error)));
  }, []);
  return (
    <Digits title={w.enrolCode.title} body={w.enrolCode.body} button={w.enrolCode.button} state={state} submit={(code) => (code ? attempt(() => security.finishWithCode(code, label.trim())) : wrong(w.code.missing))}>
      <Setup made={made} />
      <Field label={w.enrolCode.label} need="optional" hint={w.enrolCode.labelHint}>{(wiring) => <Input {...wiring} value={label} onChange={(e) => setLabel(e.target.value)} maxLength={40} autoComplete="off" />}</Field>
    </Digits>
  );
}

/** Setup is how an app takes a secret over. */
export function Setup({ made }: { made: NewCode | null }) {
  const w = useText().security.enrolCode;
  return (
    <div className="flex flex-wrap items-center gap-5">
      {made ? <Qr rows={made.qr} label={w.qr} /> : <span aria-hidden="true" className="bone size-[176px]" />}
      <p className="min-w-0 flex-1 leading-[1.7] text-text-2">{w.secret}<span className="mt-1 block font-bold break-all text-text select-all">{made?.secret.replace(/(.{4})(?=.)/g, '$1 ') ?? ''}</span></p>
    </div>
  );
}

function Digits({ title, body, button, state, submit, children }: { title: string; body: string; button: string; state: State; submit: (code: string | null) => unknown; children?: React.ReactNode }) {
  const w = useText().security;
  const [text, setText] = useState('');
  const send = (e: FormEvent) => {
    e.preventDefault();
    const code = text.normalize('NFKC').replace(/\s/g, '');
    if (state.kind !== 'busy') void submit(/^\d{6}$/.test(code) ? code : null);
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-5 tight:gap-4">
      <Head icon="lock" title={title}><p>{body}</p></Head>
      {children}
      <Field label={w.code.label} need="required">{(wiring) => <Input {...wiring} value={text} onChange={(e) => setText(e.target.value)} inputMode="numeric" autoComplete="one-time-code" maxLength={12} autoFocus className="h-12! w-40 text-center text-xl tracking-[.2em]" />}</Field>
      <Wrong state={state} />
      <Button look="primary" size="large" type="submit" aria-disabled={state.kind === 'busy'}>{button}</Button>
    </form>
  );
}

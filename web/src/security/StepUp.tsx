import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { onStepUp } from '../api/client.ts';
import { security, type StepUpWays } from '../api/security.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { goToDirectory } from './directory.ts';
import { showKey } from './keys.ts';
import { words } from './words.ts';

/**
 * StepUp stands around everything behind the sign-in. Any call the server answers with `step-up` opens its dialog; once
 * the person proved themselves the call is made again. Calls that wait share one dialog.
 */
export function StepUp({ children }: { children: ReactNode }) {
  const [waiting, setWaiting] = useState<((proved: boolean) => void)[]>([]);
  useEffect(() => onStepUp(() => new Promise((answer) => setWaiting((all) => [...all, answer]))), []);
  const answer = (proved: boolean) => {
    setWaiting([]);
    for (const f of waiting) f(proved);
  };
  return <>{children}{waiting.length > 0 && <Ask answer={answer} />}</>;
}

type Ways = { kind: 'loading' } | { kind: 'ready'; ways: StepUpWays } | { kind: 'failed'; text: string };

function Ask({ answer }: { answer: (proved: boolean) => void }) {
  const t = useText();
  const w = t.security;
  const [state, setState] = useState<Ways>({ kind: 'loading' });
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void security.stepUpWays().then((res) => setState(res.ok ? { kind: 'ready', ways: res.value } : { kind: 'failed', text: words(t, res.error) }));
  }, [t]);
  const prove = async (proof: () => ReturnType<typeof security.stepUp>) => {
    if (busy) return;
    setBusy(true);
    const res = await proof();
    setBusy(false);
    if (res.ok) return answer(true);
    setError(words(t, res.error));
    const again = await security.stepUpWays(); // what was asked for counts once
    if (again.ok) setState({ kind: 'ready', ways: again.value });
  };
  return (
    <Dialog title={w.stepUp.title} close={() => answer(false)} closeLabel={t.ui.cancel} className="w-[480px]">
      <p className="-mt-1 leading-[1.7] text-text-2">{w.stepUp.body}</p>
      {state.kind === 'loading' && <p role="status" className="text-text-3">{w.stepUp.loading}</p>}
      {state.kind === 'failed' && <p role="alert" className="text-bad">＊{state.text}</p>}
      {state.kind === 'ready' && <Way ways={state.ways} error={error} busy={busy} prove={(p) => void prove(p)} cancel={() => answer(false)} />}
    </Dialog>
  );
}

interface WayProps {
  ways: StepUpWays;
  error: string;
  busy: boolean;
  prove: (proof: () => ReturnType<typeof security.stepUp>) => void;
  cancel: () => void;
}

function Way({ ways, error, busy, prove, cancel }: WayProps) {
  const t = useText();
  const w = t.security;
  const key = ways.methods.includes('webauthn') ? ways.publicKey : undefined;
  const [typed, setTyped] = useState(!key);
  if (key && !typed) {
    const show = async () => {
      const shown = await showKey({ kind: 'get', publicKey: key });
      return shown.ok ? security.stepUp({ key: shown.value }) : shown;
    };
    return (
      <>
        {error && <p role="alert" className="text-bad">＊{error}</p>}
        <div className="flex flex-wrap gap-2">
          <Button look="primary" autoFocus aria-disabled={busy} onClick={() => prove(show)}><Icon name="key" />{busy ? w.key.busy : w.key.button}</Button>
          {ways.methods.includes('totp') && <Button look="plain" onClick={() => setTyped(true)}>{w.useCode}</Button>}
          <Button look="quiet" onClick={cancel}>{t.ui.cancel}</Button>
        </div>
      </>
    );
  }
  if (ways.methods.includes('directory')) return <Anew error={error} cancel={cancel} />;
  return <Typed withCode={ways.methods.includes('totp')} error={error} busy={busy} prove={prove} cancel={cancel} />;
}

/** Anew is for people of the directory who have nothing else: they sign in at its page, and come back here. */
function Anew({ error, cancel }: Pick<WayProps, 'error' | 'cancel'>) {
  const t = useText();
  const w = t.security.stepUp;
  const [failed, setFailed] = useState(error);
  const leave = async () => {
    const why = await goToDirectory('', true);
    if (why) setFailed(words(t, why));
  };
  return (
    <>
      <p className="leading-[1.7] text-text-2">{w.directory}</p>
      {failed && <p role="alert" className="text-bad">＊{failed}</p>}
      <div className="flex flex-wrap gap-2"><Button look="primary" autoFocus onClick={() => void leave()}><Icon name="key" />{t.signIn.directory}</Button><Button look="quiet" onClick={cancel}>{t.ui.cancel}</Button></div>
    </>
  );
}

function Typed({ withCode, error, busy, prove, cancel }: Omit<WayProps, 'ways'> & { withCode: boolean }) {
  const t = useText();
  const w = t.security;
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState('');
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const digits = code.normalize('NFKC').replace(/\s/g, '');
    if (!password) return setMissing(w.stepUp.missing);
    if (withCode && !/^\d{6}$/.test(digits)) return setMissing(w.code.missing);
    setMissing('');
    prove(() => security.stepUp({ password, ...(withCode && { code: digits }) }));
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={w.stepUp.password} need="required">{(wiring) => <Input {...wiring} type="password" autoComplete="current-password" autoFocus value={password} onChange={(e) => setPassword(e.target.value)} />}</Field>
      {withCode && <Field label={w.code.label} need="required" hint={w.code.body}>{(wiring) => <Input {...wiring} inputMode="numeric" autoComplete="one-time-code" maxLength={12} value={code} onChange={(e) => setCode(e.target.value)} className="w-32" />}</Field>}
      {(missing || error) && <p role="alert" className="text-bad">＊{missing || error}</p>}
      <div className="flex gap-2"><Button type="submit" look="primary" aria-disabled={busy}>{w.stepUp.confirm}</Button><Button look="quiet" onClick={cancel}>{t.ui.cancel}</Button></div>
    </form>
  );
}

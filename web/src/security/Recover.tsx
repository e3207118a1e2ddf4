import { useState, type FormEvent } from 'react';
import { security, type SignedIn } from '../api/security.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { NewPassword, type Chosen } from './NewPassword.tsx';
import { words } from './words.ts';

/** Recover uses the two halves of a recovery code. */
export function Recover({ done, back }: { done: (s: SignedIn) => void; back: () => void }) {
  const t = useText();
  const w = t.security.recover;
  const [login, setLogin] = useState('');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [chosen, setChosen] = useState<Chosen>({ password: '', error: '' });
  const [tried, setTried] = useState(false);
  const [failed, setFailed] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (!login.trim() || !first.trim() || !second.trim()) return setFailed(w.missing);
    if (chosen.error !== null) return setFailed('');
    const res = await security.recover(login.trim(), first.trim() + second.trim(), chosen.password);
    if (res.ok) done(res.value);
    else setFailed(words(t, res.error));
  };
  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4 tight:gap-3">
      <p className="leading-[1.7] text-text-2">{w.lead}</p>
      <Field label={w.login} need="required">{(wiring) => <Input {...wiring} value={login} onChange={(e) => setLogin(e.target.value)} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />}</Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={w.first} need="required" hint={w.firstHint}>{(wiring) => <Input {...wiring} value={first} onChange={(e) => setFirst(e.target.value)} autoComplete="off" spellCheck={false} maxLength={16} className="uppercase" />}</Field>
        <Field label={w.second} need="required" hint={w.secondHint}>{(wiring) => <Input {...wiring} value={second} onChange={(e) => setSecond(e.target.value)} autoComplete="off" spellCheck={false} maxLength={16} className="uppercase" />}</Field>
      </div>
      <NewPassword tried={tried} change={setChosen} />
      {failed && <Note tone="bad" alert>{failed}</Note>}
      <div className="flex flex-wrap gap-2"><Button look="primary" type="submit">{w.submit}</Button><Button look="quiet" onClick={back}>{w.back}</Button></div>
      <p className="text-[13px] leading-[1.6] text-text-3">{w.ask}</p>
    </form>
  );
}

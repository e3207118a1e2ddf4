import { useState } from 'react';
import { useText } from '../text/index.ts';
import { Field, Input } from '../ui/Field.tsx';

/** Chosen is a new password, and why it will not do yet. */
export interface Chosen {
  password: string;
  error: string | null;
}

/** NewPassword asks for a new password twice. Whether it is a common one the server knows. */
export function NewPassword({ tried, change, label, again: againLabel }: { tried: boolean; change: (c: Chosen) => void; label?: string; again?: string }) {
  const w = useText().security.password;
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const short = (p: string) => ([...p].length < 12 ? w.short : null);
  const differs = (p: string, a: string) => (p === a ? null : w.differs);
  const set = (p: string, a: string) => {
    setPassword(p);
    setAgain(a);
    change({ password: p, error: short(p) ?? differs(p, a) });
  };
  return (
    <>
      <Field label={label ?? w.next} need="required" hint={w.hint} error={tried ? short(password) : null}>{(wiring) => <Input {...wiring} type="password" autoComplete="new-password" maxLength={128} value={password} onChange={(e) => set(e.target.value, again)} />}</Field>
      <Field label={againLabel ?? w.again} need="required" error={tried && !short(password) ? differs(password, again) : null}>{(wiring) => <Input {...wiring} type="password" autoComplete="new-password" maxLength={128} value={again} onChange={(e) => set(password, e.target.value)} />}</Field>
    </>
  );
}

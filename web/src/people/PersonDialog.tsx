import { useState, type FormEvent } from 'react';
import { people, type Member } from '../api/people.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';

/** PersonDialog adds somebody, or changes what they are called. */
export function PersonDialog({ member, done, close }: { member: Member | null; done: (m: Member) => void; close: () => void }) {
  const t = useText();
  const w = t.people.personForm;
  const [p, setP] = useState({ login: member?.login ?? '', name: member?.name ?? '', kana: member?.kana ?? '', number: member?.number ?? '' });
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const set = (field: keyof typeof p) => (e: { target: { value: string } }) => setP({ ...p, [field]: e.target.value });
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (!p.login.trim() || !p.name.trim()) return setError(w.missing);
    setBusy(true);
    const res = await (member ? people.edit({ ...member, ...p }) : people.add({ ...p, login: p.login.normalize('NFKC').trim().toLowerCase() }));
    setBusy(false);
    if (res.ok) done(res.value);
    else setError(words(t, res.error));
  };
  return (
    <Dialog title={member ? w.edit : w.add} close={close} closeLabel={t.ui.close} className="w-[520px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        {!member && <Field label={w.login} need="required" hint={w.loginHint}>{(wiring) => <Input {...wiring} autoFocus value={p.login} onChange={set('login')} maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} />}</Field>}
        <Field label={w.name} need="required" hint={w.nameHint}>{(wiring) => <Input {...wiring} autoFocus={!!member} value={p.name} onChange={set('name')} maxLength={60} autoComplete="off" />}</Field>
        <div className="grid grid-cols-[1.4fr_1fr] gap-3">
          <Field label={w.kana} need="optional">{(wiring) => <Input {...wiring} value={p.kana} onChange={set('kana')} maxLength={60} autoComplete="off" />}</Field>
          <Field label={w.number} need="optional">{(wiring) => <Input {...wiring} value={p.number} onChange={set('number')} maxLength={20} autoComplete="off" />}</Field>
        </div>
        {!member && <p className="text-[13px] leading-[1.6] text-text-3">{w.after}</p>}
        {error && <Note tone="bad" alert>{error}</Note>}
        <div className="flex gap-2"><Button type="submit" look="primary" aria-disabled={busy}>{member ? w.save : w.submit}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

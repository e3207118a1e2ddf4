import { useState, type FormEvent } from 'react';
import { security } from '../api/security.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { NewPassword, type Chosen } from './NewPassword.tsx';
import { words } from './words.ts';

/** Password leads to another password; people of the directory have theirs there. */
export function Password({ say, changed }: { say: (text: string) => void; changed: () => void }) {
  const w = useText().security.password;
  const { session } = usePerson();
  const [open, setOpen] = useState(false);
  const done = () => {
    setOpen(false);
    say(w.saved);
    changed();
  };
  if (session.directory) return <Card title={w.title}><p className="leading-[1.7] text-text-2">{w.directory}</p></Card>;
  return (
    <Card title={w.title} body="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-4 tight:px-3 tight:py-3">
      <Button onClick={() => setOpen(true)}>{w.change}</Button>
      <p className="min-w-0 text-[13px] leading-[1.6] text-text-3">{w.lead}</p>
      {open && <Change close={() => setOpen(false)} done={done} />}
    </Card>
  );
}

function Change({ close, done }: { close: () => void; done: () => void }) {
  const t = useText();
  const w = t.security.password;
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState<Chosen>({ password: '', error: '' });
  const [tried, setTried] = useState(false);
  const [failed, setFailed] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (!current || chosen.error !== null) return;
    const res = await security.choosePassword(current, chosen.password);
    if (res.ok) done();
    else setFailed(words(t, res.error));
  };
  return (
    <Dialog title={w.change} close={close} closeLabel={t.ui.cancel} className="w-[480px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <Field label={w.current} need="required" error={tried && !current ? w.missing : null}>{(wiring) => <Input {...wiring} type="password" autoComplete="current-password" value={current} onChange={(e) => setCurrent(e.target.value)} autoFocus />}</Field>
        <NewPassword tried={tried} change={setChosen} />
        {failed && <Note tone="bad" alert>{failed}</Note>}
        <div className="flex gap-2"><Button type="submit" look="primary">{w.save}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

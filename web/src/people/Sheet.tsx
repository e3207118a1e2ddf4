import { useState, type ReactNode } from 'react';
import { people, type Member, type Unit } from '../api/people.ts';
import type { Result } from '../api/result.ts';
import { security } from '../api/security.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { AppointDialog } from './AppointDialog.tsx';
import { State } from './List.tsx';
import { useLoaded } from './load.ts';
import { PersonDialog } from './PersonDialog.tsx';
import { Posts, type May } from './Posts.tsx';
import { nameOf } from './words.ts';

interface Props {
  login: string;
  may: May;
  units: readonly Unit[];
  say: (text: string) => void;
  changed: () => void;
  close: () => void;
}

const everywhere = { unit: '', post: '', day: '', state: '' };

/** Sheet is one person: who they are, what they held and hold, and what can be done about it. */
export function Sheet({ login, may, units, say, changed, close }: Props) {
  const t = useText();
  const w = t.people.sheet;
  const [state, again] = useLoaded(login, (signal) => people.list({ q: login, ...everywhere }, signal));
  const m = state.kind === 'ready' ? state.value.people.find((p) => p.login === login) : undefined;
  const done = (text: string) => {
    say(text);
    again();
    changed();
  };
  if (state.kind === 'loading') return <Card title={login}><Bones rows={7} /></Card>;
  if (state.kind === 'failed') return <Card title={login}><Failed error={state.error} retry={again} /></Card>;
  if (!m) return <section className="grid place-items-center rounded-8 border border-line bg-surface"><Nothing icon="user" heading="h2" title={w.gone} action={<Button onClick={close}>{t.ui.close}</Button>} /></section>;
  return (
    <Card title={<span className="truncate">{nameOf(m.name)}</span>} note={m.login} tools={<State member={m} />} body="grow overflow-auto px-4 py-3 tight:px-3 tight:py-2.5 flex flex-col gap-4 tight:gap-3">
      <dl aria-label={w.label(nameOf(m.name))} className="grid grid-cols-[auto_1fr_auto_1fr] gap-x-4 gap-y-1 leading-[1.7]">
        <dt className="text-text-3">{w.number}</dt><dd>{m.number || w.noNumber}</dd>
        <dt className="text-text-3">{w.kana}</dt><dd className="truncate">{m.kana || '－'}</dd>
        {m.directory && <><dt className="text-text-3">{w.signIn}</dt><dd className="col-span-3">{w.byDirectory}</dd></>}
      </dl>
      {may.change && <Deeds key={`${m.disabled} ${m.directory}`} member={m} units={units} directory={state.value.directory} done={done} />}
      <Posts member={m} may={may} done={done} />
    </Card>
  );
}

type Open = 'edit' | 'appoint' | 'disable' | 'enable' | 'invite' | 'directory' | 'local' | null;

function Deeds({ member: m, units, directory, done }: { member: Member; units: readonly Unit[]; directory: boolean; done: (text: string) => void }) {
  const t = useText();
  const w = t.people.sheet;
  const [open, setOpen] = useState<Open>(null);
  const [half, setHalf] = useState('');
  const name = nameOf(m.name);
  const close = () => setOpen(null);
  const finish = (text: string) => (close(), done(text));
  const toggle = () => people.edit({ ...m, disabled: !m.disabled });
  return (
    <div className="flex flex-wrap gap-2">
      {!m.disabled && <Button look="primary" size="small" onClick={() => setOpen('appoint')}>{w.appoint}</Button>}
      <Button size="small" onClick={() => setOpen('edit')}>{w.edit}</Button>
      {m.new && !m.disabled && <Button size="small" onClick={() => setOpen('invite')}>{w.invite}</Button>}
      {directory && !m.directory && !m.disabled && <Button size="small" onClick={() => setOpen('directory')}>{w.directory}</Button>}
      {m.directory && <Button size="small" onClick={() => setOpen('local')}>{w.local}</Button>}
      {m.disabled ? <Button size="small" onClick={() => setOpen('enable')}>{w.enable}</Button> : <Button look="danger" size="small" onClick={() => setOpen('disable')}>{w.disable}</Button>}
      {open === 'edit' && <PersonDialog member={m} done={() => finish(w.saved)} close={close} />}
      {open === 'appoint' && <AppointDialog member={m} units={units} done={finish} close={close} />}
      {open === 'disable' && <Sure title={w.disableSure(name)} danger button={w.disable} act={toggle} done={() => finish(w.disabledNow(name))} close={close}>{w.disableWhy}</Sure>}
      {open === 'enable' && <Sure title={w.enableSure(name)} button={w.enable} act={toggle} done={() => finish(w.enabledNow(name))} close={close}>{w.enableWhy}</Sure>}
      {open === 'directory' && <Sure title={w.directorySure(name)} button={w.directory} act={() => people.setDirectory(m.login, true)} done={() => finish(w.directoryNow(name))} close={close}>{w.directoryWhy}</Sure>}
      {open === 'local' && <Sure title={w.localSure(name)} button={w.local} act={() => people.setDirectory(m.login, false)} done={() => finish(w.localNow(name))} close={close}>{w.localWhy}</Sure>}
      {open === 'invite' && <Sure title={w.inviteSure(name)} button={w.invite} act={() => security.askRecovery(m.login, w.inviteReason)} done={(v) => (close(), setHalf(v.half))} close={close}>{w.inviteWhy}</Sure>}
      {half && (
        <Dialog title={w.half} close={() => setHalf('')} closeLabel={t.ui.close} className="w-[460px]">
          <code aria-label={w.half} className="rounded-8 border border-line bg-raised py-4 text-center text-[26px] font-bold tracking-[.12em] select-all">{half.slice(0, 4)}-{half.slice(4)}</code>
          <p className="leading-[1.7] text-text-2">{w.halfWhy}</p>
          <div><Button look="primary" onClick={() => setHalf('')}>{w.told}</Button></div>
        </Dialog>
      )}
    </div>
  );
}

interface SureProps<T> {
  title: string;
  button: string;
  danger?: boolean;
  act: () => Promise<Result<T>>;
  done: (value: T) => void;
  close: () => void;
  children: ReactNode;
}

/** Sure asks before something is done that matters at once. */
export function Sure<T>({ title, button, danger = false, act, done, close, children }: SureProps<T>) {
  const t = useText();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const go = async () => {
    if (busy) return;
    setBusy(true);
    const res = await act();
    setBusy(false);
    if (res.ok) done(res.value);
    else setError(words(t, res.error));
  };
  return (
    <Dialog title={title} close={close} closeLabel={t.ui.close} className="w-[480px]">
      <div className="leading-[1.7] text-text-2">{children}</div>
      {error && <Note tone="bad" alert>{error}</Note>}
      <div className="flex gap-2"><Button autoFocus look={danger ? 'danger' : 'primary'} aria-disabled={busy} onClick={() => void go()}>{button}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
    </Dialog>
  );
}

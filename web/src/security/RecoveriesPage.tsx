import { useCallback, useEffect, useState, type FormEvent } from 'react';
import type { Problem, Result } from '../api/result.ts';
import { security, type Recovery } from '../api/security.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input, TextArea } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { useSeconds } from '../ui/time.ts';
import { useToast } from '../ui/Toast.tsx';
import { moment } from './SignIns.tsx';
import { words } from './words.ts';

type State = { kind: 'loading' } | { kind: 'ready'; list: readonly Recovery[]; ask: boolean } | { kind: 'failed'; error: Problem };

/** RecoveriesPage is where two people let somebody in again. */
export default function RecoveriesPage() {
  const t = useText();
  const w = t.security.recovery;
  const [toast, say] = useToast();
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [half, setHalf] = useState<{ which: 'first' | 'second'; text: string } | null>(null);
  const load = useCallback(() => {
    void security.recoveries().then((res) => setState(res.ok ? { kind: 'ready', list: res.value.recoveries, ask: res.value.may_ask } : { kind: 'failed', error: res.error }));
  }, []);
  useEffect(load, [load]);
  const shown = (which: 'first' | 'second', text: string) => {
    setHalf({ which, text });
    load();
  };
  const refused = () => {
    say(w.refused);
    load();
  };
  return (
    <Page title={w.page} lead={w.lead}>
      {state.kind === 'failed' ? <Failed error={state.error} retry={load} /> : (
        <div className="grid grid-cols-[minmax(0,1fr)_360px] items-start gap-4 tight:gap-2.5 max-[900px]:grid-cols-1">
          <Card title={w.waiting.title} body="px-4 py-1 tight:px-3">
            {state.kind === 'loading' && <Bones rows={3} />}
            {state.kind === 'ready' && state.list.length === 0 && <Nothing icon="user" title={w.waiting.none}>{w.waiting.noneWhy}</Nothing>}
            {state.kind === 'ready' && state.list.length > 0 && <ul aria-label={w.waiting.list}>{state.list.map((r) => <Row key={r.id} recovery={r} approved={(text) => shown('second', text)} refused={refused} />)}</ul>}
          </Card>
          {state.kind === 'ready' && state.ask && <div className="flex flex-col gap-4 tight:gap-2.5"><Ask asked={(text) => shown('first', text)} /><Codes say={say} /></div>}
        </div>
      )}
      {half && <Half which={half.which} text={half.text} close={() => setHalf(null)} />}
      {toast}
    </Page>
  );
}

function Row({ recovery: r, approved, refused }: { recovery: Recovery; approved: (half: string) => void; refused: () => void }) {
  const t = useText();
  const w = t.security.recovery;
  const now = useSeconds();
  const [error, setError] = useState('');
  const decide = async (f: () => ReturnType<typeof security.approveRecovery>, then: (half: string) => void) => {
    const res = await f();
    setError(res.ok ? '' : words(t, res.error));
    if (res.ok) then(res.value.half);
  };
  const who = r.name.replace('　', ' ');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-soft py-3 last:border-b-0">
      <span className="min-w-0 grow leading-[1.6]">
        <span className="flex flex-wrap items-center gap-x-2.5"><b>{who}</b><span className="text-text-3">{r.login}</span><Chip tone={r.state === 'waiting' ? 'late' : 'ok'} icon={r.state === 'waiting' ? 'clock' : 'check'}>{w.states[r.state]}</Chip></span>
        <span className="block break-words">{r.reason}</span>
        <span className="block text-[13px] text-text-3">{w.heads.by} {r.by}・{moment(t, now, parseInstant(r.at))}・{w.until(moment(t, now, parseInstant(r.expires)))}</span>
        {error && <span role="alert" className="block text-bad">＊{error}</span>}
      </span>
      {r.state === 'waiting' && r.mine && <span className="text-[13px] text-text-3">{w.mine}</span>}
      {r.state === 'waiting' && !r.mine && <Button look="primary" size="small" aria-label={w.approveLong(who)} onClick={() => void decide(() => security.approveRecovery(r.id), approved)}>{w.approve}</Button>}
      {r.state === 'waiting' && <Button size="small" aria-label={w.refuseLong(who)} onClick={() => void decide(() => security.refuseRecovery(r.id), refused)}>{w.refuse}</Button>}
    </li>
  );
}

function Ask({ asked }: { asked: (half: string) => void }) {
  const t = useText();
  const w = t.security.recovery.ask;
  const [login, setLogin] = useState('');
  const [reason, setReason] = useState('');
  const [error, setError] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (!login.trim() || !reason.trim()) return setError(w.missing);
    const res = await security.askRecovery(login.trim(), reason.trim());
    if (!res.ok) return setError(words(t, res.error));
    setLogin('');
    setReason('');
    setError('');
    asked(res.value.half);
  };
  return (
    <Card title={w.title} body="px-4 py-4 tight:px-3 tight:py-3">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <Field label={w.login} need="required">{(wiring) => <Input {...wiring} value={login} onChange={(e) => setLogin(e.target.value)} maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} />}</Field>
        <Field label={w.reason} need="required" hint={w.reasonHint}>{(wiring) => <TextArea {...wiring} value={reason} onChange={(e) => setReason(e.target.value)} maxLength={200} rows={3} />}</Field>
        {error && <Note tone="bad" alert>{error}</Note>}
        <div><Button type="submit" look="primary">{w.submit}</Button></div>
      </form>
    </Card>
  );
}

function Codes({ say }: { say: (text: string) => void }) {
  const t = useText();
  const w = t.security.recovery.codes;
  const [login, setLogin] = useState('');
  const [error, setError] = useState('');
  const set = async (allowed: boolean) => {
    const who = login.trim();
    if (!who) return setError(w.missing);
    const res: Result<undefined> = await security.allowCodes(who, allowed);
    setError(res.ok ? '' : words(t, res.error));
    if (res.ok) say(allowed ? w.allowed(who) : w.denied(who));
  };
  return (
    <Card title={w.title} body="flex flex-col gap-3 px-4 py-4 tight:px-3 tight:py-3">
      <p className="leading-[1.7] text-text-2">{w.body}</p>
      <Field label={w.login} need="required" error={error}>{(wiring) => <Input {...wiring} value={login} onChange={(e) => setLogin(e.target.value)} maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} />}</Field>
      <div className="flex gap-2"><Button onClick={() => void set(true)}>{w.allow}</Button><Button look="quiet" onClick={() => void set(false)}>{w.deny}</Button></div>
    </Card>
  );
}

function Half({ which, text, close }: { which: 'first' | 'second'; text: string; close: () => void }) {
  const t = useText();
  const w = t.security.recovery;
  return (
    <Dialog title={w.half(which === 'first' ? w.first : w.second)} close={close} closeLabel={t.ui.close} className="w-[460px]">
      <code aria-label={w.half(which === 'first' ? w.first : w.second)} className="rounded-8 border border-line bg-raised py-4 text-center text-[26px] font-bold tracking-[.12em] select-all">{text.slice(0, 4)}-{text.slice(4)}</code>
      <p className="leading-[1.7] text-text-2">{which === 'first' ? w.hand : w.handSecond}</p>
      <div><Button look="primary" onClick={close}>{w.done}</Button></div>
    </Dialog>
  );
}

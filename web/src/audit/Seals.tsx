import { useState, type FormEvent } from 'react';
import type { Result } from '../api/result.ts';
import { seals, type Seal, type Seals as Answered } from '../api/seals.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input, TextArea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';

/** Seals is which cases are kept from heads, for whom crisis management seals and auditors look after. */
export function Seals({ say }: { say: (text: string) => void }) {
  const t = useText();
  const s = t.audit.seals;
  const { answer, again } = useAnswer('seals', seals.list);
  const [sealing, setSealing] = useState(false);
  const done = (text: string) => {
    setSealing(false);
    say(text);
    again();
  };
  const may = answer.kind === 'ready' && answer.value.may;
  return (
    <>
      <Note icon="lock" tone="hold"><b>{s.how}</b><p className="leading-[1.7] text-text-2">{s.howBody}</p></Note>
      <Card title={s.title} tools={may && <Button size="small" look="primary" onClick={() => setSealing(true)}><Icon name="lock" className="size-4" />{s.seal}</Button>} className="min-h-[220px] grow" body="grow overflow-auto flex flex-col px-4 py-1 tight:px-3">
        {answer.kind === 'loading' && <Bones rows={3} />}
        {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
        {answer.kind === 'ready' && <List list={answer.value} done={done} />}
      </Card>
      {sealing && <SealDialog close={() => setSealing(false)} done={() => done(s.sealed)} />}
    </>
  );
}

function List({ list, done }: { list: Answered; done: (text: string) => void }) {
  const t = useText();
  const s = t.audit.seals;
  if (list.seals.length === 0) return <Nothing icon="lock" title={s.none}>{s.noneWhy}</Nothing>;
  return <ul aria-label={s.title}>{list.seals.map((x) => <Row key={x.case} seal={x} may={list.may} done={done} />)}</ul>;
}

const tones: Record<Seal['state'], Tone> = { sealed: 'hold', lapsed: 'plain', closed: 'plain' };

function Row({ seal: x, may, done }: { seal: Seal; may: boolean; done: (text: string) => void }) {
  const t = useText();
  const s = t.audit.seals;
  const [error, setError] = useState('');
  const act = async (f: Promise<Result<undefined>>, said: string) => {
    const res = await f;
    if (res.ok) return done(said);
    setError(res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
  };
  const day = (text: string) => t.calendar(parseInstant(text));
  const plain = (name: string) => name.replace('　', ' ');
  const told = [s.by(plain(x.sealed_by), day(x.sealed_at)), x.extended_by && s.extendedBy(plain(x.extended_by)), x.closed_by && x.closed_at && s.closedBy(plain(x.closed_by), day(x.closed_at))].filter(Boolean).join('・');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-soft py-3 last:border-b-0">
      <div className="min-w-0 grow basis-[320px] leading-[1.6]">
        <h3 className="flex items-center gap-2 text-[15px]">{x.case}<Chip tone={tones[x.state]} icon={x.state === 'sealed' ? 'lock' : 'check'}>{x.state === 'sealed' ? s.until(day(x.until)) : s.states[x.state]}</Chip></h3>
        <p className="text-text-2">{x.reason}</p>
        <p className="text-[13px] text-text-3">{told}</p>
      </div>
      {may && x.state === 'sealed' && (
        <div className="flex flex-none flex-wrap items-center gap-2">
          {x.may_extend ? <Button size="small" onClick={() => void act(seals.extend(x.case), s.extended)} aria-label={s.extendLong(x.case)}>{s.extend}</Button> : <span className="text-[13px] text-text-3">{s.why[x.not_extending] ?? ''}</span>}
          <Button size="small" look="quiet" onClick={() => void act(seals.close(x.case), s.closed)} aria-label={s.closeLong(x.case)}>{s.close}</Button>
        </div>
      )}
      {error && <Note tone="bad" alert className="basis-full">{error}</Note>}
    </li>
  );
}

function SealDialog({ close, done }: { close: () => void; done: () => void }) {
  const t = useText();
  const s = t.audit.seals;
  const [caseRef, setCase] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (!caseRef.trim() || !reason.trim()) return;
    const res = await seals.seal(caseRef.trim(), reason.trim());
    if (res.ok) return done();
    setError(res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
  };
  return (
    <Dialog title={s.seal} close={close} closeLabel={t.ui.close} className="w-[520px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <p className="leading-[1.7] text-text-2">{s.lead}</p>
        <Field label={t.purpose.case} need="required" hint={s.caseHint} error={tried && !caseRef.trim() ? s.missing : null}>{(w) => <Input {...w} value={caseRef} maxLength={64} onChange={(e) => setCase(e.target.value)} />}</Field>
        <Field label={s.reason} need="required" hint={s.reasonHint} error={tried && !reason.trim() ? s.missing : null}>{(w) => <TextArea {...w} rows={3} value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />}</Field>
        {error && <Note tone="bad" alert>{error}</Note>}
        <div className="flex gap-2"><Button type="submit" look="primary">{s.sealFor}</Button><Button onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

import { useState, type FormEvent, type ReactNode } from 'react';
import { holds, type Hold } from '../api/holds.ts';
import type { Result } from '../api/result.ts';
import { useCameraOf } from '../person/person.ts';
import { mayPast } from '../person/rights.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { DAY, MINUTE, SECOND, formatInstant, minutes, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input, TextArea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { go, moment } from '../url.ts';
import { endOf, typeable } from './days.ts';
import { State, rangeOf } from './HoldsPane.tsx';

/** HoldCard is one hold: what it keeps, how it came about, and what can be done. */
export function HoldCard({ hold: h, changed }: { hold: Hold; changed: (what: string) => void }) {
  const t = useText();
  const w = t.evidence;
  const d = w.detail;
  const [from, to] = [parseInstant(h.from), parseInstant(h.to)];
  const rows: [string, ReactNode][] = [[d.camera, `${h.camera.name}　${h.camera.number}`], [d.range, rangeOf(t, h)], [d.length, t.duration((to - from) / SECOND)], [d.case, h.case || w.noCase], [d.reason, h.reason], [d.until, t.date(parseInstant(h.until) - 1)]];
  return (
    <Card title={h.case || w.hold} tools={<State hold={h} />} body="flex min-h-0 grow flex-col gap-5 overflow-auto px-5 py-4 tight:gap-3 tight:px-3.5 tight:py-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 leading-[1.7]">{rows.map(([name, value]) => <div key={name} className="contents"><dt className="text-text-3">{name}</dt><dd className="break-words">{value}</dd></div>)}</dl>
      <section>
        <h3 className="pb-1 text-[15px]">{d.history}</h3>
        <ol className="leading-[1.8]">{history(t, h).map((line) => <li key={line} className="flex gap-2"><Icon name="dot" className="mt-[9px] size-2.5 text-text-3" /><span className="min-w-0">{line}</span></li>)}</ol>
      </section>
      <Steps hold={h} changed={changed} see={Math.floor((from + to) / 2) > from + MINUTE ? from + MINUTE : from} />
    </Card>
  );
}

/** history is what became of a hold, a line a step. */
function history(t: ReturnType<typeof useText>, h: Hold): string[] {
  const s = t.evidence.steps;
  const name = (n: string) => n.replace('　', ' ');
  const when = (text: string) => `${t.calendar(parseInstant(text))} ${minutes(parseInstant(text))}`;
  const out = [s.placed(name(h.placed_name), when(h.placed_at))];
  if (h.extended_at) out.push(s.extended(name(h.extended_name), when(h.extended_at)));
  if (h.asked_at) out.push(s.asked(name(h.asked_name), when(h.asked_at)), t.evidence.why(h.asked_why));
  if (h.released_at) out.push(s.released(name(h.released_name), when(h.released_at)));
  if (h.state === 'ended') out.push(s.ended(when(h.until)));
  return out;
}

function Steps({ hold: h, changed, see }: { hold: Hold; changed: (what: string) => void; see: number }) {
  const t = useText();
  const w = t.evidence;
  const camera = useCameraOf()(h.camera.id);
  const [open, setOpen] = useState<'none' | 'extend' | 'release'>('none');
  const [error, setError] = useState('');
  const act = async (f: Promise<Result<Hold>>, said: string) => {
    const res = await f;
    if (!res.ok) return setError(words(t, res.error));
    setOpen('none');
    changed(said);
  };
  return (
    <div className="mt-auto flex flex-col gap-2.5">
      {h.state === 'release_asked' && <Note tone="late">{h.may_decide ? w.approveNote : w.waiting}</Note>}
      {error && <Note tone="bad" alert>{error}</Note>}
      <div className="flex flex-wrap gap-2">
        {camera && mayPast(camera) && <Button look="primary" onClick={() => go(moment([h.camera.id], see))}><Icon name="history" />{w.see}</Button>}
        {h.may_change && <Button onClick={() => setOpen('extend')}>{w.extend}</Button>}
        {h.may_change && <Button look="quiet" onClick={() => setOpen('release')}>{w.release}</Button>}
        {h.may_decide && <Button look="danger" onClick={() => void act(holds.approve(h.id), w.done.released)}>{w.approve}</Button>}
        {h.may_decide && <Button onClick={() => void act(holds.keep(h.id), w.done.kept)}>{w.keep}</Button>}
      </div>
      {open === 'extend' && <Extend hold={h} close={() => setOpen('none')} done={() => (setOpen('none'), changed(w.done.extended))} />}
      {open === 'release' && <Release hold={h} close={() => setOpen('none')} done={(r) => (setOpen('none'), changed(r.state === 'released' ? w.done.released : w.done.asked))} />}
    </div>
  );
}

function Extend({ hold: h, close, done }: { hold: Hold; close: () => void; done: () => void }) {
  const t = useText();
  const w = t.evidence;
  const [until, setUntil] = useState(() => typeable(parseInstant(h.until) + 90 * DAY));
  const [error, setError] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const end = endOf(until);
    if (end === null) return setError(w.placing.badDay);
    const res = await holds.extend(h.id, formatInstant(end));
    if (res.ok) return done();
    setError(words(t, res.error));
  };
  return (
    <Dialog title={w.extending.title} close={close} closeLabel={t.ui.close} className="w-[440px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <Field label={w.extending.until} need="required" hint={w.placing.untilHint} error={error}>{(wiring) => <Input {...wiring} autoFocus value={until} autoComplete="off" onChange={(e) => (setUntil(e.target.value), setError(''))} />}</Field>
        <div className="flex gap-2"><Button type="submit" look="primary">{w.extending.save}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

function Release({ hold: h, close, done }: { hold: Hold; close: () => void; done: (h: Hold) => void }) {
  const t = useText();
  const w = t.evidence;
  const [reason, setReason] = useState('');
  const [error, setError] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (!reason.trim()) return setError(w.placing.missing);
    const res = await holds.release(h.id, reason.trim());
    if (res.ok) return done(res.value);
    setError(words(t, res.error));
  };
  return (
    <Dialog title={w.releasing.title} close={close} closeLabel={t.ui.close} className="w-[520px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <p className="-mt-1 leading-[1.7] text-text-2">{w.releasing.lead}</p>
        <Field label={w.releasing.reason} need="required" error={error}>{(wiring) => <TextArea {...wiring} autoFocus rows={3} maxLength={500} value={reason} onChange={(e) => (setReason(e.target.value), setError(''))} />}</Field>
        <div className="flex gap-2"><Button type="submit" look="primary">{w.releasing.save}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

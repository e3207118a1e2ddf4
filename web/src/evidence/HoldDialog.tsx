import { useState, type FormEvent } from 'react';
import { serverClock } from '../api/client.ts';
import { holds, type Hold } from '../api/holds.ts';
import type { Camera } from '../api/types.ts';
import { useSettings } from '../person/settings.ts';
import { shownAs, typed } from '../playback/typed.ts';
import { useText } from '../text/index.ts';
import { DAY, SECOND, formatInstant, type Span } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input, TextArea } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { endOf, typeable } from './days.ts';

const proposed = 90 * DAY; // until when a hold is proposed
const longest = DAY;

interface Props {
  camera: Camera;
  others: readonly Camera[]; // on screen beside it, that may be held too
  span: Span;
  caseNumber: string;
  dark?: boolean;
  done: (placed: readonly Hold[]) => void;
  close: () => void;
}

/** HoldDialog keeps footage of one camera, or of all on screen, from being erased. */
export function HoldDialog({ camera, others, span, caseNumber, dark = false, done, close }: Props) {
  const t = useText();
  const w = t.evidence.placing;
  const settings = useSettings();
  const shown = (at: number) => shownAs(at, settings.kind === 'ready' && settings.settings.calendar === 'era', t.lang !== 'ja');
  const [all, setAll] = useState(false);
  const [from, setFrom] = useState(() => shown(span.from));
  const [to, setTo] = useState(() => shown(span.to));
  const [reason, setReason] = useState('');
  const [number, setNumber] = useState(caseNumber);
  const [until, setUntil] = useState(() => typeable(serverClock.now() + proposed));
  const [error, setError] = useState<{ at: 'time' | 'reason' | 'until' | 'all'; text: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const of = (at: string) => (error?.at === at ? error.text : null);

  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (busy) return;
    const now = serverClock.now();
    const [a, b, end] = [typed(from, span.from, now), typed(to, span.to, now), endOf(until)];
    if (!a.ok || !b.ok) return setError({ at: 'time', text: w.badTime });
    if (b.at <= a.at || b.at - a.at > longest) return setError({ at: 'time', text: w.badRange });
    if (!reason.trim()) return setError({ at: 'reason', text: w.missing });
    if (end === null) return setError({ at: 'until', text: w.badDay });
    setBusy(true);
    const placed: Hold[] = [];
    for (const c of all ? [camera, ...others] : [camera]) {
      const res = await holds.place({ camera: c.id, from: formatInstant(a.at), to: formatInstant(b.at), reason: reason.trim(), case: number.trim(), until: formatInstant(end) });
      if (!res.ok) {
        setBusy(false);
        return setError({ at: 'all', text: `${c.number}：${res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail)}` });
      }
      placed.push(res.value);
    }
    done(placed);
  };
  return (
    <Dialog title={w.title} close={close} closeLabel={w.cancel} className={`w-[600px] ${dark ? 'dark scheme-dark' : ''}`}>
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-3.5">
        <p className="-mt-2 leading-[1.7] text-text-2">{w.lead}</p>
        <Scope camera={camera} others={others} all={all} set={setAll} />
        <div className="grid grid-cols-2 gap-3">
          <Field label={w.from} need="required" error={of('time')}>{(wiring) => <Input {...wiring} value={from} autoComplete="off" spellCheck={false} onChange={(e) => (setFrom(e.target.value), setError(null))} />}</Field>
          <Field label={w.to} need="required">{(wiring) => <Input {...wiring} value={to} autoComplete="off" spellCheck={false} onChange={(e) => (setTo(e.target.value), setError(null))} />}</Field>
        </div>
        <Field label={w.reason} need="required" hint={w.reasonHint} error={of('reason')}>{(wiring) => <TextArea {...wiring} autoFocus rows={2} maxLength={500} value={reason} onChange={(e) => (setReason(e.target.value), setError(null))} />}</Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label={t.purpose.case} need="optional" hint={w.caseHint}>{(wiring) => <Input {...wiring} value={number} maxLength={64} autoComplete="off" spellCheck={false} onChange={(e) => setNumber(e.target.value)} />}</Field>
          <Field label={w.until} need="required" hint={w.untilHint} error={of('until')}>{(wiring) => <Input {...wiring} value={until} autoComplete="off" onChange={(e) => (setUntil(e.target.value), setError(null))} />}</Field>
        </div>
        {error?.at === 'all' && <Note tone="bad" alert>{error.text}</Note>}
        <div className="flex justify-end gap-2"><Button look="quiet" onClick={close}>{w.cancel}</Button><Button type="submit" look="primary" disabled={busy}>{busy ? w.saving : w.save}</Button></div>
      </form>
    </Dialog>
  );
}

/** Scope is whether the camera alone is held, or all that are on screen. */
function Scope({ camera, others, all, set }: { camera: Camera; others: readonly Camera[]; all: boolean; set: (all: boolean) => void }) {
  const w = useText().evidence.placing;
  const one = `${camera.name} ${camera.number}`;
  if (others.length === 0) return <p className="font-bold">{one}</p>;
  return (
    <fieldset className="flex flex-wrap gap-x-6">
      <legend className="pb-1 font-bold">{w.cameras}</legend>
      {[false, true].map((a) => (
        <label key={String(a)} className="flex min-h-8 items-center gap-2">
          <input type="radio" name="hold-scope" checked={all === a} onChange={() => set(a)} className="size-[18px] flex-none accent-(--primary)" />
          {a ? w.all(others.length + 1) : w.one(one)}
        </label>
      ))}
    </fieldset>
  );
}

/** recordedSay is what to say where less than all of what was held is there; "" where all is. */
export function recordedSay(t: ReturnType<typeof useText>, placed: readonly Hold[]): string {
  const seconds = (h: Hold) => (Date.parse(h.to) - Date.parse(h.from)) / 1000;
  const least = [...placed].sort((a, b) => (a.recorded ?? 0) / seconds(a) - (b.recorded ?? 0) / seconds(b))[0];
  if (!least || (least.recorded ?? 0) >= seconds(least) - 1) return '';
  const w = t.evidence.placing;
  return (least.recorded ?? 0) < 1 ? w.nothing : w.partly(t.duration(least.recorded ?? 0), t.duration(seconds(least)));
}

/** around is a stretch around a moment, on whole minutes. */
export const around = (at: number, before: number, after: number): Span => ({ from: Math.floor((at - before) / (60 * SECOND)) * 60 * SECOND, to: Math.ceil((at + after) / (60 * SECOND)) * 60 * SECOND });

import { useState, type FormEvent } from 'react';
import { useText } from '../text/index.ts';
import { instantOf, parseClock, parseDay } from '../time/era.ts';
import { minutes, wall, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';

const two = (n: number) => String(n).padStart(2, '0');

/** AsOf asks for the time as of which rights are looked at; null: now. */
export function AsOf({ at, close, set }: { at: Instant; close: () => void; set: (at: Instant | null) => void }) {
  const t = useText();
  const w = t.rights.sim;
  const d = wall(at);
  const [day, setDay] = useState(`${d.year}-${two(d.month)}-${two(d.day)}`);
  const [clock, setClock] = useState(minutes(at));
  const [wrong, setWrong] = useState<'day' | 'clock' | null>(null);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const [date, since] = [parseDay(day, d.year), parseClock(clock)];
    if (!date) return setWrong('day');
    if (Number.isNaN(since)) return setWrong('clock');
    set(instantOf(date, since));
  };
  return (
    <Dialog title={w.asOf} close={close} closeLabel={t.ui.close} className="w-[420px]">
      <p className="leading-[1.7] text-text-2">{w.asOfBody}</p>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={w.day} hint={w.dayHint} error={wrong === 'day' ? w.badDay : null}>{(wiring) => <Input {...wiring} value={day} onChange={(e) => setDay(e.target.value)} autoComplete="off" />}</Field>
        <Field label={w.clock} hint={w.clockHint} error={wrong === 'clock' ? w.badClock : null}>{(wiring) => <Input {...wiring} value={clock} onChange={(e) => setClock(e.target.value)} autoComplete="off" />}</Field>
        <div className="flex gap-2"><Button type="submit" look="primary">{w.look}</Button><Button look="quiet" onClick={() => set(null)}>{w.back}</Button></div>
      </form>
    </Dialog>
  );
}

import { useState } from 'react';
import { serverClock } from '../api/client.ts';
import { useText } from '../text/index.ts';
import { Field, Input } from '../ui/Field.tsx';
import { readDay } from './day.ts';

/** DayField asks for the day of which a list is, YYYY-MM-DD or "" for today, as people write it: read when it is left. */
export function DayField({ day, set, className = '' }: { day: string; set: (day: string) => void; className?: string }) {
  const w = useText().people.list;
  const [typed, setTyped] = useState<string | null>(null); // null: nothing since the last day that could be read
  const read = typed === null ? day : readDay(typed, serverClock.now());
  const leave = () => {
    if (read === null) return;
    setTyped(null);
    if (read !== day) set(read);
  };
  return <Field label={w.day} error={read === null ? w.badDay : null}>{(wiring) => <Input {...wiring} value={typed ?? day} onChange={(e) => setTyped(e.target.value)} onBlur={leave} onKeyDown={(e) => e.key === 'Enter' && leave()} placeholder={w.dayHint} className={className} />}</Field>;
}

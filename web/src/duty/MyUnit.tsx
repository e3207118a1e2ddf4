import { useState } from 'react';
import { duty, type DutyUnit } from '../api/duty.ts';
import type { Problem } from '../api/result.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { follow, go, link } from '../url.ts';
import { MonthGrid } from './MonthGrid.tsx';
import { ends, parseMonth } from './month.ts';

/** MyUnit is what one owes this month for one unit, and the way into a round. */
export function MyUnit({ unit: u, month, wanted }: { unit: DutyUnit; month: string; wanted: boolean }) {
  const t = useText();
  const m = t.duty.mine;
  const { answer } = useAnswer(`${u.unit} ${month} ${u.done} ${u.attention}`, (signal) => duty.ledger(u.unit, month, signal));
  const { begin, busy, error } = useBegin(u);
  const left = Math.max(0, u.norm.rounds - u.done);
  const shown = parseMonth(month);
  return (
    <Card title={u.unit_name} note={t.cameras(u.cameras)} className={`flex-none ${wanted ? 'border-accent' : ''}`} tools={u.attention > 0 && <Chip tone="warn" icon="warn">{m.attention(u.attention)}</Chip>}>
      <div className="flex items-end gap-3">
        <p className="whitespace-nowrap"><b className="text-[32px] leading-none tight:text-[26px]">{u.done}</b><span className="ml-1.5 text-base text-text-2">{m.of(u.norm.rounds)}</span></p>
        <p className={`ml-auto text-right leading-[1.4] ${left === 0 ? 'font-bold text-ok' : ''}`}>
          {left === 0 ? <span className="flex items-center gap-1"><Icon name="check" className="size-4" />{m.met}</span> : <><b>{m.left(left)}</b>{shown && <span className="block text-[13px] text-text-3">{m.until(t.day(ends(shown) - 1))}</span>}</>}
        </p>
      </div>
      <div aria-hidden="true" className="mt-2 flex gap-1">{Array.from({ length: Math.max(u.norm.rounds, Math.min(u.done, 31)) }, (_, i) => <i key={i} className={`h-2 flex-1 rounded-4 ${i < u.done ? 'bg-primary' : 'bg-soft'}`} />)}</div>
      <p className="mt-2 text-[13px] text-text-3">{m.norm(u.norm.rounds, u.norm.moments)}</p>
      {shown && <div className="mt-3 tight:mt-2"><MonthGrid month={shown} days={answer.kind === 'ready' ? answer.value.days : []} /></div>}
      {error && <Note tone="warn" alert className="mt-3">{error.code === 'nothing-recorded' ? <><b>{t.duty.nothing.title}</b><p className="text-[13px] text-text-2">{t.duty.nothing.body}</p></> : t.oops(error.detail)}</Note>}
      <div className="mt-3 flex gap-2">
        <Button look="primary" className="grow" disabled={busy} onClick={() => void begin()}><Icon name="play" className="size-4" />{busy ? m.busy : u.open_round ? m.resume : left === 0 ? m.more : m.begin}</Button>
        <a href={link('duty', { book: u.unit, month })} onClick={follow} className="inline-flex h-9 flex-none items-center gap-1.5 rounded-8 border border-line bg-raised px-3.5 text-text hover:bg-soft tight:h-8 tight:px-3"><Icon name="print" className="size-4" />{m.book}</a>
      </div>
    </Card>
  );
}

/** useBegin draws a round, or finds the one that is open, and goes there. */
function useBegin(u: DutyUnit) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Problem | null>(null);
  const begin = async () => {
    setBusy(true);
    setError(null);
    const res = await duty.begin(u.unit);
    setBusy(false);
    if (res.ok) go(link('duty', { round: res.value.id }));
    else setError(res.error);
  };
  return { begin, busy, error };
}

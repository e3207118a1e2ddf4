import { useEffect, useRef } from 'react';
import { records, type Debt, type Kind } from '../api/records.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { follow } from '../url.ts';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { dayIn, dayLong } from './day.ts';
import { to } from './place.ts';

const ahead = 7; // days that are looked ahead

/** Owed is 本日の対応: what this person owes and when, and what a deputy did for them. */
export function Owed({ kinds, turn }: { kinds: readonly Kind[]; turn: number }) {
  const t = useText();
  const w = t.records.owe;
  const { answer, again } = useAnswer('owed', (s) => records.owed(dayIn(ahead), s));
  const asked = useRef(turn);
  useEffect(() => {
    if (asked.current !== turn) again();
    asked.current = turn;
  }, [turn, again]);
  const value = answer.kind === 'ready' ? answer.value : null;
  const count = value ? value.debts.length + value.unseen.length : 0;
  const kindOf = (id: string) => kinds.find((k) => k.id === id);
  return (
    <Card title={w.title} note={value && w.note(count)} className="min-h-[280px] grow" body="grow overflow-auto flex flex-col">
      {answer.kind === 'loading' && <Bones rows={6} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {value && count === 0 && <Nothing icon="check" title={w.none}>{w.noneWhy}</Nothing>}
      {value && value.debts.length > 0 && (
        <Table label={w.table} rows={value.debts} keyOf={(d) => `${d.record.id} ${d.deadline.ja}`} columns={[
          { head: w.heads.due, className: 'w-40', cell: (d) => <Due debt={d} /> },
          { head: w.heads.what, names: true, className: 'max-w-[260px]', cell: (d) => <a href={to(d.record.kind, { record: d.record.id })} onClick={follow} className="block truncate font-bold text-accent after:absolute after:inset-0">{d.deadline[t.lang]}</a> },
          { head: w.heads.record, className: 'max-w-[320px]', cell: (d) => <span className="block truncate">{kindOf(d.record.kind)?.name[t.lang]} {d.record.label}　{d.record.title}</span> },
          { head: w.heads.unit, className: 'max-w-[200px]', cell: (d) => <span className="block truncate text-text-2">{d.record.unit_name || t.records.ward}</span> },
        ]} />
      )}
      {value && value.unseen.length > 0 && (
        <section aria-label={w.unseen} className="border-t border-soft px-4 py-3">
          <h3 className="text-[15px]">{w.unseen}<span className="ml-2 font-normal text-text-3">{w.unseenNote}</span></h3>
          <ul className="mt-2 flex flex-col gap-1">{value.unseen.map((r) => <li key={r.id}><a href={to(r.kind, { record: r.id })} onClick={follow} className="text-accent underline underline-offset-3">{kindOf(r.kind)?.name[t.lang]} {r.label}　{r.title}</a></li>)}</ul>
        </section>
      )}
    </Card>
  );
}

function Due({ debt }: { debt: Debt }) {
  const w = useText().records.owe;
  const left = Math.round((Date.parse(debt.day) - Date.parse(dayIn(0))) / dayLong);
  return (
    <span className="flex items-center gap-2">
      <Chip tone={left < 0 ? 'bad' : left === 0 ? 'late' : 'plain'}>{left < 0 ? w.late(-left) : left === 0 ? w.today : w.left(left)}</Chip>
      <span className="text-[13px] text-text-2 tabular-nums">{debt.day}</span>
    </span>
  );
}

import { useEffect, useRef, useState } from 'react';
import { debts, type Debtor } from '../api/debts.ts';
import { records, type Debt, type Kind, type Lack } from '../api/records.ts';
import type { FieldProblem } from '../api/result.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson, holds } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { follow } from '../url.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Note } from '../ui/Note.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { dayIn, dayLong } from './day.ts';
import { to } from './place.ts';

const ahead = 7; // days that are looked ahead

interface Props {
  kinds: readonly Kind[];
  turn: number; // changes when the list is to be read anew
  told: (text: string) => void;
}

/** Owed is 本日の対応: what this person owes and when, what can be settled in one click or many at once, and what a deputy did for them. */
export function Owed({ kinds, turn, told }: Props) {
  const t = useText();
  const w = t.records.owe;
  const { session } = usePerson();
  const { answer, again } = useAnswer('owed', (s) => records.owed(dayIn(ahead), s));
  const asked = useRef(turn);
  useEffect(() => {
    if (asked.current !== turn) again();
    asked.current = turn;
  }, [turn, again]);
  const value = answer.kind === 'ready' ? answer.value : null;
  const count = value ? value.debts.length + value.lacking.length + value.unseen.length : 0;
  const kindOf = (id: string) => kinds.find((k) => k.id === id);
  return (
    <div className="flex min-h-0 grow flex-col gap-4 tight:gap-2.5">
      <Card title={w.title} note={value && w.note(count)} className="min-h-[280px] grow" body="grow overflow-auto flex flex-col">
        {answer.kind === 'loading' && <Bones rows={6} />}
        {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
        {value && count === 0 && <Nothing icon="check" title={w.none}>{w.noneWhy}</Nothing>}
        {value && value.lacking.length > 0 && (
          <section aria-label={w.lacking} className="flex-none border-b border-soft px-4 py-3 tight:px-3">
            <h3 className="text-[15px]">{w.lacking}<span className="ml-2 font-normal text-text-3">{w.lackingNote}</span></h3>
            <ul className="mt-2 flex max-h-44 flex-col gap-1.5 overflow-auto">
              {value.lacking.map((l) => (
                <li key={`${l.id} ${l.unit} ${l.day}`} className="flex items-center gap-3">
                  <span className="w-52 flex-none"><Due debt={l} /></span>
                  <a href={doing(l)} onClick={follow} className="font-bold text-accent underline underline-offset-3">{l.name[t.lang]}</a>
                  <span className="truncate text-text-2">{l.unit_name}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {value && value.debts.length > 0 && <Debts key={value.debts.map(keyOf).join()} all={value.debts} kindOf={kindOf} told={told} />}
        {value && value.unseen.length > 0 && (
          <section aria-label={w.unseen} className="border-t border-soft px-4 py-3">
            <h3 className="text-[15px]">{w.unseen}<span className="ml-2 font-normal text-text-3">{w.unseenNote}</span></h3>
            <ul className="mt-2 flex flex-col gap-1">{value.unseen.map((r) => <li key={r.id}><a href={to(r.kind, { record: r.id })} onClick={follow} className="text-accent underline underline-offset-3">{kindOf(r.kind)?.name[t.lang]} {r.label}　{r.title}</a></li>)}</ul>
          </section>
        )}
      </Card>
      {holds(session, 'information_security') && <Chase turn={turn} told={told} />}
    </div>
  );
}

/** doing is where what did not happen is done. */
const doing = (l: Lack) => to(l.kind, l.id === 'patrol' ? { view: 'month', unit: l.unit } : l.id === 'awareness' ? { view: 'weeks' } : { unit: l.unit });

const keyOf = (d: Debt) => `${d.record.id} ${d.record.version} ${d.deadline.ja}`;

/** Debts are what is owed. What waits for nothing but a yes has its button, and many are chosen and taken on together. */
function Debts({ all, kindOf, told }: { all: readonly Debt[]; kindOf: (id: string) => Kind | undefined; told: (text: string) => void }) {
  const t = useText();
  const w = t.records.owe;
  const b = t.debts;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const ready = all.filter((d) => d.moves.length > 0);
  const send = async (some: readonly Debt[]) => {
    setBusy(true);
    setError('');
    setProblems(new Map());
    const res = await debts.move(some.map((debt) => ({ debt, move: debt.moves[0]!.id })));
    setBusy(false);
    if (res.ok) return told(b.done(some.length));
    const refused: readonly FieldProblem[] = res.error.fields ?? [];
    if (refused.length > 0) setProblems(new Map(refused.map((p) => [keyOf(some[Number(p.field.split('.')[0])]!), p.text[t.lang] || p.text.ja])));
    setError(refused.length > 0 ? b.refused(refused.length) : res.error.status === 0 ? t.noAnswer : res.error.detail);
  };
  const flip = (key: string) => setChosen((old) => (old.has(key) ? new Set([...old].filter((k) => k !== key)) : new Set([...old, key])));
  const what = (d: Debt) => `${d.deadline[t.lang]} ${d.record.label}`;
  const box = 'relative z-[1] size-[18px] accent-(--primary)';
  const columns: Column<Debt>[] = [
    ...(ready.length > 1 ? [{
      head: <input type="checkbox" aria-label={b.pickAll} checked={chosen.size === ready.length} onChange={(e) => setChosen(e.target.checked ? new Set(ready.map(keyOf)) : new Set())} className={box} />, className: 'w-9',
      cell: (d: Debt) => d.moves.length > 0 && <input type="checkbox" aria-label={b.pick(what(d))} checked={chosen.has(keyOf(d))} onChange={() => flip(keyOf(d))} className={box} />,
    }] : []),
    { head: w.heads.due, className: 'w-40', cell: (d) => <Due debt={d} /> },
    { head: w.heads.what, names: true, className: 'max-w-[240px]', cell: (d) => <a href={to(d.record.kind, { record: d.record.id })} onClick={follow} className="block truncate font-bold text-accent after:absolute after:inset-0">{d.deadline[t.lang]}</a> },
    { head: w.heads.record, className: 'max-w-[300px]', cell: (d) => <><span className="block truncate">{kindOf(d.record.kind)?.name[t.lang]} {d.record.label}　{d.record.title}</span>{problems.has(keyOf(d)) && <span className="block text-[13px] whitespace-normal text-bad">＊{problems.get(keyOf(d))}</span>}</> },
    { head: w.heads.unit, className: 'max-w-[160px] max-[1400px]:hidden', cell: (d) => <span className="block truncate text-text-2">{d.record.unit_name || t.records.ward}</span> },
    ...(ready.length === 0 ? [] : [{ head: b.act, align: 'right' as const, className: 'w-36', cell: (d: Debt) => d.moves[0] && <Button size="small" look="outline" disabled={busy} className="relative z-[1]" aria-label={b.oneOf(d.moves[0].name[t.lang], what(d))} onClick={() => void send([d])}>{d.moves[0].name[t.lang]}</Button> }]),
  ];
  return (
    <>
      {chosen.size > 0 && (
        <div className="sticky top-0 z-[2] flex flex-none items-center gap-3 border-b border-line bg-accent-soft px-4 py-2 tight:px-3">
          <span>{b.chosen(chosen.size)}</span>
          <Button look="primary" disabled={busy} onClick={() => void send(ready.filter((d) => chosen.has(keyOf(d))))}>{b.go(chosen.size)}</Button>
          <Button look="plain" onClick={() => setChosen(new Set())}>{b.clear}</Button>
        </div>
      )}
      {error && <div className="p-3"><Note tone="bad" alert>{error}</Note></div>}
      <Table label={w.table} rows={all} keyOf={keyOf} columns={columns} selected={(d) => chosen.has(keyOf(d))} />
    </>
  );
}

/** Chase is 督促: who owes something that is due, and one button that reminds them all. */
function Chase({ turn, told }: { turn: number; told: (text: string) => void }) {
  const t = useText();
  const w = t.debts.chase;
  const today = dayIn(0);
  const { answer, again } = useAnswer(`debtors ${turn}`, (s) => debts.debtors(today, s));
  const [error, setError] = useState('');
  const people = answer.kind === 'ready' ? answer.value.people : [];
  const chase = async () => {
    setError('');
    const res = await debts.chase(today);
    if (!res.ok) return setError(res.error.status === 0 ? t.noAnswer : res.error.detail);
    told(w.done(res.value.people.length));
  };
  return (
    <Card title={w.title} note={people.length > 0 && w.note(people.length)} className="max-h-[46%] min-h-44" body="overflow-auto flex flex-col"
      tools={people.length > 0 && <><span className="text-[13px] text-text-3 max-[1200px]:hidden">{w.hint}</span><Button look="outline" size="small" onClick={() => void chase()}>{w.go}</Button></>}>
      {error && <div className="p-3"><Note tone="late" alert>{error}</Note></div>}
      {answer.kind === 'loading' && <Bones rows={3} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {answer.kind === 'ready' && people.length === 0 && <p className="px-4 py-6 text-center text-text-2">{w.none}</p>}
      {people.length > 0 && (
        <div tabIndex={0} role="region" aria-label={w.note(people.length)} className="focus-inside overflow-auto">
          <Table<Debtor> dense label={w.title} rows={people} keyOf={(p) => p.login} columns={[
            { head: w.heads.who, names: true, cell: (p) => <><b>{p.name}</b><span className="ml-2 text-text-3">{p.login}</span></> },
            { head: w.heads.unit, className: 'max-w-[200px]', cell: (p) => <span className="block truncate">{p.unit_name}</span> },
            { head: w.heads.count, align: 'right', className: 'w-20', cell: (p) => w.count(p.count) },
            { head: w.heads.oldest, className: 'w-32', cell: (p) => p.oldest },
            { head: w.heads.chased, className: 'w-44', cell: (p) => (p.chased ? t.date(parseInstant(p.chased)) : w.never) },
          ]} />
        </div>
      )}
    </Card>
  );
}

function Due({ debt }: { debt: Pick<Debt, 'day'> }) {
  const w = useText().records.owe;
  const left = Math.round((Date.parse(debt.day) - Date.parse(dayIn(0))) / dayLong);
  return (
    <span className="flex items-center gap-2">
      <Chip tone={left < 0 ? 'bad' : left === 0 ? 'late' : 'plain'}>{left < 0 ? w.late(-left) : left === 0 ? w.today : w.left(left)}</Chip>
      <span className="text-[13px] text-text-2 tabular-nums">{debt.day}</span>
    </span>
  );
}

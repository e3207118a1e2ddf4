import { useEffect, useRef, useState } from 'react';
import { records, type Kind, type Record, type Values } from '../api/records.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { follow } from '../url.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Field, Input, Select } from '../ui/Field.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { to, type Place } from './place.ts';
import { say } from './values.ts';

interface Props {
  kind: Kind;
  place: Place;
  change: (change: Partial<Place>) => void;
  turn: number; // changes when the list is to be read anew
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** List is the records of a kind, the newest day first. */
export function List({ kind, place, change, turn }: Props) {
  const t = useText();
  const w = t.records.list;
  const { state, unit, q, from, to: until, where } = place;
  const search = { state, unit, q, where: where ?? '', from: day.test(from) ? from : '', to: day.test(until) ? until : '' };
  const key = `records ${kind.id} ${JSON.stringify(search)}`;
  const { answer, again } = useAnswer(key, (s) => records.list(kind.id, search, s));
  const asked = useRef(turn);
  useEffect(() => {
    if (asked.current !== turn) again();
    asked.current = turn;
  }, [turn, again]);
  const narrowed = Object.values(search).some(Boolean);
  const clear = () => change({ state: '', unit: '', q: '', from: '', to: '', where: '' });
  const value = answer.kind === 'ready' ? answer.value : null;
  return (
    <Card title={kind.name[t.lang]} note={value && w.found(value.all)} className="min-h-[280px] grow" body="grow overflow-auto flex flex-col">
      <Filters kind={kind} place={place} change={change} />
      {answer.kind === 'loading' && <Bones rows={8} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {value?.records.length === 0 && (narrowed
        ? <Nothing icon="search" title={w.nothing} action={<Button onClick={clear}>{w.clear}</Button>}>{w.nothingWhy}</Nothing>
        : <Nothing icon="list" title={w.none}>{kind.writes ? w.noneWhy(kind.name[t.lang]) : w.noneRead}</Nothing>)}
      {value && value.records.length > 0 && <Pages key={`${key} ${turn}`} kind={kind} first={value.records} more={value.more} search={search} place={place} />}
    </Card>
  );
}

/** Pages are the first page and those that were read on. */
function Pages({ kind, first, more, search, place }: { kind: Kind; first: readonly Record[]; more: boolean; search: Parameters<typeof records.list>[1]; place: Place }) {
  const t = useText();
  const { leave } = usePerson();
  const [rest, setRest] = useState<{ records: readonly Record[]; more: boolean }>({ records: [], more });
  const [busy, setBusy] = useState(false);
  const rows = [...first, ...rest.records];
  const on = async () => {
    setBusy(true);
    const res = await records.list(kind.id, { ...search, after: rows.at(-1)!.id });
    setBusy(false);
    if (res.ok) setRest((r) => ({ records: [...r.records, ...res.value.records], more: res.value.more }));
    else if (res.error.status === 401) leave('ended');
  };
  return (
    <>
      <Table dense label={kind.name[t.lang]} rows={rows} keyOf={(r) => r.id} selected={(r) => r.id === place.record} columns={columnsOf(kind, place, t)} />
      {rest.more && <div className="flex justify-center p-3"><Button look="quiet" disabled={busy} onClick={() => void on()}>{t.records.list.more}</Button></div>}
    </>
  );
}

/** Cell is a value in a line; of a person, the name before the login. */
function Cell({ field, record }: { field: Kind['fields'][number]; record: Record }) {
  const t = useText();
  const text = say(field, (record.values as Values)[field.id], t.lang).replaceAll('\n', ' ');
  const name = field.type === 'person' && record.names[text];
  return <span className="block truncate">{name ? <>{name}<span className="ml-2 text-text-3">{text}</span></> : text}</span>;
}

function columnsOf(kind: Kind, place: Place, t: ReturnType<typeof useText>): Column<Record>[] {
  const w = t.records;
  const fields = (kind.columns.length > 0 ? kind.columns : kind.fields.slice(0, 4).map((f) => f.id)).map((id) => kind.fields.find((f) => f.id === id)!);
  const shown = place.record ? fields.slice(0, 2) : fields;
  const columns: Column<Record>[] = [
    { head: w.list.number, names: true, className: 'w-24', cell: (r) => <a href={to(kind.id, { ...place, record: r.id })} onClick={follow} aria-label={w.sheet.link(r.label)} className="text-accent tabular-nums after:absolute after:inset-0">{r.label}</a> },
    ...shown.map((f): Column<Record> => ({ head: f.name[t.lang], align: f.type === 'number' ? 'right' : 'left', className: 'max-w-[220px]', cell: (r) => <Cell field={f} record={r} /> })),
  ];
  if (!kind.ward && !place.record) columns.push({ head: w.list.unitHead, className: 'max-w-[180px]', cell: (r) => <span className="block truncate">{r.unit_name}</span> });
  columns.push({ head: w.list.stateHead, className: 'w-28', cell: (r) => {
    const s = kind.states.find((x) => x.id === r.state);
    return <Chip tone={s?.done ? 'ok' : s?.open ? 'plain' : 'late'}>{s?.name[t.lang]}</Chip>;
  } });
  return columns;
}

function Filters({ kind, place, change }: Pick<Props, 'kind' | 'place' | 'change'>) {
  const t = useText();
  const w = t.records.list;
  const bad = (text: string) => (text !== '' && !day.test(text) ? w.badDay : null);
  return (
    <search className="flex flex-none flex-wrap items-start gap-3 border-b border-soft px-4 py-3 tight:gap-2 tight:px-3 tight:py-2">
      <Field label={w.search} className="min-w-40 grow">{(wiring) => <Input {...wiring} type="search" value={place.q} placeholder={w.searchHint} onChange={(e) => change({ q: e.target.value })} />}</Field>
      <Field label={w.state} className="w-32">{(wiring) => (
        <Select {...wiring} value={place.state} onChange={(e) => change({ state: e.target.value })}><option value="">{w.all}</option>{kind.states.map((s) => <option key={s.id} value={s.id}>{s.name[t.lang]}</option>)}</Select>
      )}</Field>
      <Field label={w.from} error={bad(place.from)} className="w-32">{(wiring) => <Input {...wiring} value={place.from} placeholder="2017-06-01" onChange={(e) => change({ from: e.target.value })} />}</Field>
      <Field label={w.to} error={bad(place.to)} className="w-32">{(wiring) => <Input {...wiring} value={place.to} placeholder="2018-03-31" onChange={(e) => change({ to: e.target.value })} />}</Field>
    </search>
  );
}

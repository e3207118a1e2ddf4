import { useState } from 'react';
import { people, type Member, type People, type Unit } from '../api/people.ts';
import { useText, type Text } from '../text/index.ts';
import { parseInstant, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Field, Input, Select } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { follow } from '../url.ts';
import { phaseOf } from './day.ts';
import { DayField } from './DayField.tsx';
import { useLoaded } from './load.ts';
import { PersonDialog } from './PersonDialog.tsx';
import { to, usePlace, type Place } from './place.ts';
import { Sheet } from './Sheet.tsx';
import { nameOf, titleOf } from './words.ts';

/** List is everybody, and the sheet of one. */
export function List({ say }: { say: (text: string) => void }) {
  const t = useText();
  const w = t.people.list;
  const [place, change] = usePlace();
  const { person, ...search } = place;
  const [state, again] = useLoaded(JSON.stringify(search), (signal) => people.list(search, signal));
  const [units] = useLoaded('', () => people.units(''));
  const [adding, setAdding] = useState(false);
  const ready = state.kind === 'ready' ? state.value : null;
  const added = (m: Member) => {
    setAdding(false);
    say(t.people.sheet.added(nameOf(m.name)));
    again();
    change({ person: m.login });
  };
  const known = units.kind === 'ready' ? units.value.units : [];
  return (
    <div className="grid min-h-[420px] flex-1 grid-cols-[minmax(0,1fr)_560px] grid-rows-[minmax(0,1fr)] gap-4 tight:grid-cols-[minmax(0,1fr)_500px] tight:gap-2.5 max-[1079px]:flex-none max-[1079px]:grid-cols-1! max-[1079px]:grid-rows-none!">
      <Card title={w.title} note={ready && w.found(ready.total)} body="flex flex-col grow overflow-hidden"
        tools={ready?.may_change && <Button size="small" onClick={() => setAdding(true)}><Icon name="plus" className="size-4" />{w.add}</Button>}>
        <Filters place={place} change={change} units={known} />
        <div className="min-h-0 grow overflow-auto">
          {state.kind === 'loading' && <Bones rows={9} />}
          {state.kind === 'failed' && <Failed error={state.error} retry={again} />}
          {ready && ready.people.length === 0 && <Nothing icon="user" title={w.none} action={<Button onClick={() => change({ q: '', unit: '', post: '', day: '', state: '' })}>{w.clear}</Button>}>{w.noneWhy}</Nothing>}
          {ready && ready.people.length > 0 && <Rows answer={ready} place={place} />}
          {ready && ready.people.length < ready.total && <Note className="m-3">{w.shown(ready.people.length, ready.total)}</Note>}
        </div>
      </Card>
      {person
        ? <Sheet key={person} login={person} may={{ change: ready?.may_change ?? false, approve: ready?.may_approve ?? false }} units={known} say={say} changed={again} close={() => change({ person: '' })} />
        : <section className="grid place-items-center rounded-8 border border-line bg-surface max-[1079px]:hidden"><Nothing icon="user" heading="h2" title={w.pick}>{w.pickWhy}</Nothing></section>}
      {adding && <PersonDialog member={null} done={added} close={() => setAdding(false)} />}
    </div>
  );
}

function Filters({ place, change, units }: { place: Place; change: (c: Partial<Place>) => void; units: readonly Unit[] }) {
  const t = useText();
  const w = t.people.list;
  return (
    <search className="grid flex-none grid-cols-[minmax(0,1.6fr)_minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,.9fr)_112px] gap-2 border-b border-soft px-4 py-3 tight:px-3 tight:py-2 max-[760px]:grid-cols-2">
      <Field label={w.search}>{(wiring) => <Input {...wiring} type="search" value={place.q} onChange={(e) => change({ q: e.target.value })} placeholder={w.searchHint} title={w.searchHint} maxLength={100} />}</Field>
      <Field label={w.unit}>{(wiring) => <Select {...wiring} value={place.unit} onChange={(e) => change({ unit: e.target.value })}><option value="">{w.all}</option><UnitOptions units={units} /></Select>}</Field>
      <Field label={w.post}>{(wiring) => <Select {...wiring} value={place.post} onChange={(e) => change({ post: e.target.value })}><option value="">{w.all}</option><PostOptions /></Select>}</Field>
      <Field label={w.state}>{(wiring) => <Select {...wiring} value={place.state} onChange={(e) => change({ state: e.target.value })}><option value="">{w.all}</option>{Object.entries(w.states).map(([v, name]) => <option key={v} value={v}>{name}</option>)}</Select>}</Field>
      <DayField day={place.day} set={(day) => change({ day })} />
    </search>
  );
}

/** UnitOptions are the units as a list to choose from, in 建制順. */
export function UnitOptions({ units }: { units: readonly Unit[] }) {
  return <>{units.map((u) => <option key={u.id} value={u.id}>{'　'.repeat(u.depth) + u.name}</option>)}</>;
}

/** PostOptions are the posts as a list to choose from. */
export function PostOptions() {
  const t = useText();
  return <>{Object.entries(t.help.who.posts).map(([post, name]) => <option key={post} value={post}>{name}</option>)}</>;
}

function Rows({ answer, place }: { answer: People; place: Place }) {
  const t = useText();
  const w = t.people.list;
  const at = parseInstant(answer.at);
  return (
    <Table label={w.table} rows={answer.people} keyOf={(m) => m.login} selected={(m) => m.login === place.person} columns={[
      { head: w.heads.name, names: true, className: 'max-w-0 w-[34%]', cell: (m) => <a href={to('list', { ...place, person: m.login })} onClick={follow} className="flex items-baseline gap-2 after:absolute after:inset-0 hover:underline focus-visible:after:outline-none"><b className="truncate">{nameOf(m.name)}</b><span className="truncate text-[13px] text-text-3">{m.login}</span></a> },
      { head: w.heads.post, className: 'max-w-0 w-[40%]', cell: (m) => <span className="block truncate">{postsOf(t, m, at)}</span> },
      { head: w.heads.number, className: 'tight:hidden', cell: (m) => m.number || <span className="text-text-3">－</span> },
      { head: w.heads.state, cell: (m) => <State member={m} /> },
    ]} />
  );
}

/** postsOf are the posts somebody holds at an instant, in a line. */
function postsOf(t: Text, m: Member, at: Instant): string {
  const held = m.posts.filter((p) => phaseOf(p, at) === 'now');
  const first = held[0];
  if (!first) return t.people.list.noPost;
  const kind = first.kind === 'regular' ? '' : `（${t.people.posts.kinds[first.kind]}）`;
  const rest = held.length > 1 ? `　${t.people.list.more(held.length - 1)}` : '';
  return `${[first.unit_name, titleOf(t, first)].filter(Boolean).join(' ')}${kind}${rest}`;
}

/** State is how somebody stands, where there is something to say. */
export function State({ member: m }: { member: Member }) {
  const t = useText();
  const w = t.people.sheet;
  if (m.disabled) return <Chip tone="bad" icon="lock">{w.disabled}</Chip>;
  if (m.posts.some((p) => p.state === 'waiting')) return <Chip tone="late" icon="clock">{t.people.posts.states.waiting}</Chip>;
  if (m.new) return <Chip icon="user">{w.new}</Chip>;
  return <Chip tone="ok" icon="check">{w.active}</Chip>;
}

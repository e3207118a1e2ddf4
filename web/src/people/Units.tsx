import { useState } from 'react';
import { people, type Unit } from '../api/people.ts';
import { useText } from '../text/index.ts';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Check } from '../ui/Field.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { follow } from '../url.ts';
import { DayField } from './DayField.tsx';
import { useLoaded } from './load.ts';
import { to } from './place.ts';
import { nameOf } from './words.ts';

/** Units are the organisation of a day, its heads, and what is vacant. */
export function Units() {
  const t = useText();
  const w = t.people.units;
  const [day, setDay] = useState('');
  const [only, setOnly] = useState(false);
  const [state, again] = useLoaded(day, () => people.units(day));
  const units = state.kind === 'ready' ? state.value.units : [];
  const vacant = units.filter((u) => u.vacant);
  const rows = only ? vacant : units;
  return (
    <Card title={w.title} note={w.lead} className="flex-1" body="flex flex-col grow overflow-hidden"
      tools={state.kind === 'ready' && <Chip tone={vacant.length > 0 ? 'warn' : 'ok'} icon={vacant.length > 0 ? 'warn' : 'check'}>{vacant.length > 0 ? w.vacancies(vacant.length) : w.noVacancy}</Chip>}>
      <search className="flex flex-none flex-wrap items-end gap-4 border-b border-soft px-4 py-3 tight:px-3 tight:py-2">
        <DayField day={day} set={setDay} className="w-44" />
        <Check checked={only} onChange={(e) => setOnly(e.target.checked)}>{w.onlyVacant}</Check>
      </search>
      <div className="min-h-0 grow overflow-auto">
        {state.kind === 'loading' && <Bones rows={9} />}
        {state.kind === 'failed' && <Failed error={state.error} retry={again} />}
        {state.kind === 'ready' && rows.length === 0 && <Nothing icon="check" title={only ? w.noVacancy : w.nothing} />}
        {state.kind === 'ready' && rows.length > 0 && <Rows rows={rows} flat={only} />}
      </div>
    </Card>
  );
}

function Rows({ rows, flat }: { rows: readonly Unit[]; flat: boolean }) {
  const t = useText();
  const w = t.people.units;
  return (
    <Table label={w.table} dense rows={rows} keyOf={(u) => u.id} columns={[
      { head: w.heads.unit, names: true, className: 'w-[34%]', cell: (u) => <a href={to('list', { unit: u.id })} onClick={follow} aria-label={w.people(u.name)} style={{ marginLeft: flat ? 0 : u.depth * 20 }} className={`text-accent underline underline-offset-3 hover:no-underline ${u.depth === 0 ? 'font-bold' : ''}`}>{u.name}</a> },
      { head: w.heads.head, cell: (u) => t.posts[u.head] ?? (u.title || w.none) },
      { head: w.heads.who, cell: (u) => <Who unit={u} /> },
      { head: w.heads.cameras, align: 'right', className: 'w-24', cell: (u) => u.cameras },
    ]} />
  );
}

function Who({ unit: u }: { unit: Unit }) {
  const t = useText();
  if (u.vacant) return <Chip tone="warn" icon="warn">{t.people.units.vacant}</Chip>;
  return (
    <span className="flex gap-3">
      {u.heads.map((h) => <a key={h.login} href={to('list', { person: h.login })} onClick={follow} className="underline underline-offset-3 hover:no-underline">{nameOf(h.name)}{h.kind !== 'regular' && `（${t.people.posts.kinds[h.kind]}）`}</a>)}
    </span>
  );
}

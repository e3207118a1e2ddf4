import { useState } from 'react';
import type { DutyUnit } from '../api/duty.ts';
import { holds, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { useToast } from '../ui/Toast.tsx';
import { follow, link } from '../url.ts';
import { NormDialog } from './NormDialog.tsx';

/** AllUnits is how the duty stands in every unit: for whoever reads all of them, or sets their norms. */
export function AllUnits({ units, month, changed }: { units: readonly DutyUnit[]; month: string; changed: () => void }) {
  const t = useText();
  const a = t.duty.all;
  const { session } = usePerson();
  const [toast, say] = useToast();
  const [setting, setSetting] = useState<DutyUnit | null>(null);
  const reads = holds(session, 'crisis_management', 'auditor');
  const sets = holds(session, 'crisis_management', 'information_security');
  const ids = new Set(units.map((u) => u.unit));
  const met = units.filter((u) => u.done >= u.norm.rounds).length;
  const columns: Column<DutyUnit>[] = [
    { head: a.unit, names: true, cell: (u) => <span className={`block truncate ${ids.has(u.parent) ? 'pl-5 text-text-2' : 'font-bold'}`} title={u.unit_name}>{u.unit_name}</span>, className: 'w-full max-w-0' },
    { head: a.cameras, align: 'right', cell: (u) => t.cameras(u.cameras), className: 'tight:hidden' },
    { head: a.norm, cell: (u) => a.perMonth(u.norm.rounds, u.norm.moments) },
    { head: a.done, cell: (u) => <Done unit={u} /> },
    { head: a.left, align: 'right', cell: (u) => (u.done >= u.norm.rounds ? <span className="inline-flex items-center gap-1 text-ok"><Icon name="check" className="size-4" />{a.met}</span> : <b>{a.times(u.norm.rounds - u.done)}</b>) },
    { head: a.attention, align: 'right', cell: (u) => (u.attention > 0 ? <b className="text-warn">{u.attention}</b> : <span className="text-text-3">0</span>) },
  ];
  if (reads) columns.push({ head: a.book, cell: (u) => <a href={link('duty', { book: u.unit, month })} onClick={follow} aria-label={a.bookOf(u.unit_name)} className="text-accent underline underline-offset-3 hover:no-underline">{a.open}</a> });
  if (sets) columns.push({ head: a.set, align: 'right', cell: (u) => <Button look="quiet" size="small" aria-label={a.changeOf(u.unit_name)} onClick={() => setSetting(u)} className="h-7">{a.change}</Button> });
  return (
    <Card title={a.title} note={a.note(met, units.length)} body="min-h-0 grow overflow-auto focus-inside">
      <Table label={a.title} columns={columns} rows={units} keyOf={(u) => u.unit} />
      {setting && <NormDialog unit={setting} close={() => setSetting(null)} done={() => {
        say(t.duty.norm.saved(setting.unit_name));
        setSetting(null);
        changed();
      }} />}
      {toast}
    </Card>
  );
}

function Done({ unit: { done, norm } }: { unit: DutyUnit }) {
  const t = useText();
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="flex h-2 w-24 overflow-hidden rounded-4 bg-soft tight:w-16"><i className={done >= norm.rounds ? 'bg-ok' : 'bg-primary'} style={{ width: `${Math.min(100, (100 * done) / norm.rounds)}%` }} /></span>
      <span aria-hidden="true" className="w-12">{done} / {norm.rounds}</span><span className="sr-only">{t.duty.all.count(done, norm.rounds)}</span>
    </span>
  );
}

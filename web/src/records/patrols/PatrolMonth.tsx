import { useState } from 'react';
import { serverClock } from '../../api/client.ts';
import { patrols, type PatrolMonth as Month } from '../../api/patrols.ts';
import type { Kind, Record, Values } from '../../api/records.ts';
import { formatMonth, monthOf, parseMonth, shifted } from '../../duty/month.ts';
import { useAnswer } from '../../person/answer.ts';
import { usePerson } from '../../person/person.ts';
import { useText } from '../../text/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Bones, Failed } from '../../ui/Nothing.tsx';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { follow, go } from '../../url.ts';
import { Form } from '../Form.tsx';
import { to, type Place } from '../place.ts';
import { begun } from '../values.ts';
import { CellDialog } from './CellDialog.tsx';
import { rowsOf, type Cell, type Row } from './cells.ts';
import { MonthBook } from './MonthBook.tsx';
import { MonthCard } from './MonthCard.tsx';
import { touch } from './touch.ts';

interface Props {
  kind: Kind;
  place: Place;
  change: (change: Partial<Place>) => void;
}

/** PatrolMonth is 月間巡回表: a box for each slot and day; a tap says that it was walked and nothing was found. */
export function PatrolMonth({ kind, place, change }: Props) {
  const t = useText();
  const w = t.patrols;
  const now = monthOf(serverClock.now());
  const month = parseMonth(place.month) ?? now;
  const unit = place.unit || '*';
  const { answer, again } = useAnswer(`patrols ${unit} ${formatMonth(month)}`, (s) => patrols.month(unit, formatMonth(month), s));
  const value = answer.kind === 'ready' ? answer.value : null;
  const turn = (by: number) => change({ month: formatMonth(shifted(month, by)) });
  if (place.paper && value) return <MonthBook month={value} of={month} back={() => change({ paper: false })} />;
  return (
    <Page title={w.page} lead={value?.units.length === 1 && value.unit_name} tools={
      <>
        {value && value.units.length > 1 && <select aria-label={w.unit} value={value.unit} onChange={(e) => change({ unit: e.target.value })} className={`${touch} max-w-52 rounded-8 border border-[#767676] bg-surface px-2.5`}>{value.units.map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}
        <div role="group" aria-label={w.pager} className="inline-flex flex-none items-center overflow-hidden rounded-8 border border-line bg-raised">
          <button type="button" aria-label={w.earlier} onClick={() => turn(-1)} className="focus-inside grid size-11 place-items-center hover:bg-soft"><Icon name="chevronLeft" className="size-4" /></button>
          <span aria-live="polite" className="grid h-11 min-w-28 place-items-center border-x border-line px-3">{w.monthOf(month.year, month.month)}</span>
          <button type="button" aria-label={w.later} disabled={formatMonth(month) >= formatMonth(now)} onClick={() => turn(1)} className="focus-inside grid size-11 place-items-center hover:bg-soft disabled:text-[#949494]"><Icon name="chevron" className="size-4" /></button>
        </div>
        <Button look="quiet" className={touch} onClick={() => change({ paper: true })}><Icon name="print" className="size-4" />{w.print}</Button>
        <a href={to('patrol', { unit: place.unit })} onClick={follow} className={`${touch} inline-flex items-center gap-1.5 rounded-8 border border-line bg-raised px-3 whitespace-nowrap hover:bg-soft`}><Icon name="list" className="size-4" />{w.list}</a>
      </>
    }>
      {answer.kind === 'loading' && <section className="rounded-8 border border-line bg-surface"><Bones rows={8} /></section>}
      {answer.kind === 'failed' && <section className="rounded-8 border border-line bg-surface"><Failed error={answer.error} retry={again} /></section>}
      {value && <Loaded key={`${value.unit} ${formatMonth(month)}`} kind={kind} month={value} again={again} />}
    </Page>
  );
}

type Open = { kind: 'none' } | { kind: 'cell' | 'form'; row: Row; cell: Cell };

function Loaded({ kind, month, again }: { kind: Kind; month: Month; again: () => void }) {
  const t = useText();
  const w = t.patrols;
  const { session } = usePerson();
  const [toast, say] = useToast();
  const [finding, setFinding] = useState(false); // what a tap records
  const [head, setHead] = useState(month.heads[0]?.login ?? '');
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const [busy, setBusy] = useState('');
  const [error, setError] = useState('');
  const rows = rowsOf(month, { name: w.none, area: w.noneArea });
  const named = (row: Row, cell: Cell) => `${dayOf(t, cell.day)} ${row.name}`;
  const walk = async (key: string, more: { day: string; slots?: string[]; as_before?: boolean }, said: (n: number, open: boolean) => string) => {
    if (busy) return;
    setBusy(key);
    setError('');
    const res = await patrols.walk({ unit: month.unit, ...more, ...(month.by === 'designated' && head && { reported_to: head }) });
    setBusy('');
    if (!res.ok) setError(res.error.status === 0 ? t.noAnswer : res.error.detail);
    else say(said(res.value.patrols.length, res.value.open));
    again();
  };
  const press = (row: Row, cell: Cell, long: boolean) => {
    if (cell.patrols.length > 0) return setOpen({ kind: 'cell', row, cell });
    if (month.by === '' || cell.look === 'future') return;
    if (long || finding) return setOpen({ kind: 'form', row, cell });
    void walk(`${row.slot} ${cell.day}`, { day: cell.day, slots: [row.slot] }, (_, works) => (works ? w.saved(named(row, cell)) : w.closedDay(named(row, cell))));
  };
  const ended = (text: string) => (setOpen({ kind: 'none' }), say(text), again());
  return (
    <>
      {error && <Note tone="bad" alert>{error}</Note>}
      <MonthCard month={month} rows={rows} busy={busy} press={press} head={head} setHead={setHead} finding={finding} setFinding={setFinding}
        copy={() => void walk('copy', { day: month.today, as_before: true }, (n) => w.copied(n))} />
      {open.kind === 'cell' && <CellDialog row={open.row} cell={open.cell} title={named(open.row, open.cell)} may={month.by !== ''} close={() => setOpen({ kind: 'none' })} taken={() => ended(w.taken)} />}
      {open.kind === 'form' && (
        <Dialog title={w.write(named(open.row, open.cell))} close={() => setOpen({ kind: 'none' })} closeLabel={w.cancel} className="w-[860px] max-w-[96vw]">
          <div className="flex h-[66vh] min-h-0 flex-col overflow-hidden rounded-8 border border-line">
            <Form kind={kind} record={null} open begin={{ unit: month.unit, values: beginning(kind, month, open.row, open.cell, session.login, head) }} cancel={() => setOpen({ kind: 'none' })} done={(r: Record) => go(to('patrol', { record: r.id }))} />
          </div>
        </Dialog>
      )}
      {toast}
    </>
  );
}

/** dayOf is a day as people say it: 6月5日（木）. */
export function dayOf(t: ReturnType<typeof useText>, day: string): string {
  const [, m, d] = day.split('-').map(Number);
  return t.patrols.day(m!, d!, t.patrols.weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]!);
}

/** beginning is what the long form begins with: everything the box knows, and all checks in order. */
function beginning(kind: Kind, month: Month, row: Row, cell: Cell, login: string, head: string): Values {
  const slot = month.slots.find((s) => s.label === row.slot);
  const checks = (begun(kind, cell.day).checks as Values[]).map((c) => ({ ...c, result: 'ok' }));
  return {
    day: cell.day, patroller: login, by: month.by, checks,
    ...(slot && { slot: slot.label, area: slot.area, ...(slot.begin && { from: slot.begin }), ...(slot.end && { to: slot.end }) }),
    ...(month.by === 'designated' && { reported_to: head }),
  };
}

import type { ReactNode } from 'react';
import { countsFile, oplog, type Asked, type CountRow, type Counts as Counted, type Overview } from '../api/oplog.ts';
import { useAnswer } from '../person/answer.ts';
import { Confidential } from '../print/Sheet.tsx';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Segment } from '../ui/Segment.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { Areas } from './Areas.tsx';
import { Bars, Heat } from './Chart.tsx';
import { Cross } from './Cross.tsx';
import { Files, Labelled, Scroll, Small } from './Marks.tsx';
import { usePlace, type Place } from './place.ts';
import { change, keyName, noon } from './say.ts';

const cross = 'cross'; // tables of their own, beside those the server counts
const whom = 'whom';

/** Counts are tables of operations, beside an earlier period and a chart. */
export function Counts({ overview }: { overview: Overview }) {
  const [place] = usePlace();
  const asked: Asked = { from: place.from || overview.months[0]!, to: place.to || place.from || overview.months[0]!, unit: place.unit, business: place.business };
  const table = place.table || 'staff';
  return (
    <>
      <Controls overview={overview} table={table} asked={asked} />
      <Printed overview={overview} asked={asked} />
      {table === cross ? <Cross key={asked.unit} overview={overview} asked={asked} /> : table === whom ? <Areas asked={asked} least={overview.least} /> : <One key={table} table={table} asked={asked} overview={overview} />}
    </>
  );
}

/** Controls choose what is counted, and give it as a file. */
function Controls({ overview, table, asked }: { overview: Overview; table: string; asked: Asked }) {
  const t = useText();
  const w = t.oplog.counts;
  const [place, set] = usePlace();
  const month = (m: string) => <option key={m} value={m}>{t.month(noon(m))}</option>;
  const months = overview.months.toReversed();
  const pick = (label: string, key: keyof Place & keyof Asked, options: ReactNode, also: (v: string) => Partial<Place> = () => ({})) => (
    <Labelled label={label}>{(id) => <Select id={id} value={asked[key]} onChange={(e) => set({ [key]: e.target.value, ...also(e.target.value) })} className="max-w-44 tight:max-w-36">{options}</Select>}</Labelled>
  );
  return (
    <div className="flex flex-none flex-wrap items-end gap-3 rounded-8 border border-line bg-surface px-4 py-3 tight:gap-2 tight:px-3 tight:py-2 print:hidden">
      <Labelled label={w.table}>{(id) => <Select id={id} value={table} onChange={(e) => set({ table: e.target.value, staff: '' })} className="max-w-60 tight:max-w-56">{[...overview.tables, whom, cross].map((n) => <option key={n} value={n}>{w.tables[n] ?? n}</option>)}</Select>}</Labelled>
      {pick(w.from, 'from', months.map(month), (v) => ({ to: v > asked.to ? v : asked.to }))}
      {pick(w.to, 'to', months.filter((m) => m >= asked.from).map(month), () => ({ from: asked.from }))}
      {pick(w.unit, 'unit', <><option value="">{table === cross ? w.pickUnit : w.anyUnit}</option>{overview.units.map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}</>)}
      {pick(w.business, 'business', <><option value="">{w.anyBusiness}</option>{overview.businesses.map((b) => <option key={b} value={b}>{b}</option>)}</>)}
      {table !== cross && table !== whom && <Segment label={w.compare} value={place.compare === 'year' ? 'year' : 'previous'} choose={(v) => set({ compare: v === 'year' ? v : '' })} choices={[{ value: 'previous', text: w.previous }, { value: 'year', text: w.year }]} />}
      <div className="ml-auto flex items-center gap-2">
        {(table !== cross || asked.unit) && <Files of={(f) => countsFile(table, asked, f)} hint={w.masked(overview.least)} />}
        <Button look="quiet" onClick={() => print()}><Icon name="print" className="size-4" />{w.print}</Button>
      </div>
    </div>
  );
}

/** Printed is what paper has instead of the controls: of what time and whom it is. */
function Printed({ overview, asked }: { overview: Overview; asked: Asked }) {
  const t = useText();
  const w = t.oplog.counts;
  const months = [...new Set([asked.from, asked.to])].map((m) => t.month(noon(m)));
  return (
    <div className="hidden print:block">
      <Confidential />
      <p className="my-2">{[t.oplog.title, months.join('～'), overview.units.find((u) => u.id === asked.unit)?.name ?? w.anyUnit, asked.business || w.anyBusiness].join('　')}</p>
      <p>{t.oplog.never}　{w.paper(overview.least)}</p>
    </div>
  );
}

/** One is one table and its chart. */
function One({ table, asked, overview }: { table: string; asked: Asked; overview: Overview }) {
  const t = useText();
  const w = t.oplog.counts;
  const [place] = usePlace();
  const { answer, again } = useAnswer(`counts ${table} ${Object.values(asked).join(' ')}`, (signal) => oplog.counts(table, asked, signal));
  const name = w.tables[table] ?? table;
  const year = place.compare === 'year';
  const before = (r: CountRow) => (year ? r.last_year : r.previous);
  if (answer.kind !== 'ready') return <Card title={name} className="grow" body="flex grow flex-col">{answer.kind === 'loading' ? <Bones rows={9} /> : <Failed error={answer.error} retry={again} />}</Card>;
  const v = answer.value;
  if (v.rows.length === 0) return <Card title={name} className="grow" body="flex grow flex-col"><Nothing icon="list" title={w.none}>{w.noneWhy}</Nothing></Card>;
  return (
    <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[1079px]:flex-none max-[1079px]:grid-cols-1 print:block">
      <Card title={name} note={<span className="print:hidden">{summary(t, v)}</span>} tools={<span className="text-[13px] text-text-3 max-[1600px]:hidden">{w.masked(overview.least)}</span>} body="flex grow">
        <Scroll label={w.rowsOf(name)}>
          <Rows table={table} value={v} year={year} before={before} heading={year ? w.year : w.previous} />
          {v.more > 0 && <p className="px-4 py-2 text-[13px] text-text-3">{w.more(v.more)}</p>}
        </Scroll>
      </Card>
      <Card title={w.chart} note={table === 'hour' ? w.heat : w.bars(Math.min(v.rows.length, 30))} className="print:hidden" body="flex grow">
        <Scroll label={w.chartOf(name)} className="px-4 py-3 tight:px-3 tight:py-2">{table === 'hour' ? <Heat rows={v.rows} /> : <Bars table={table} rows={v.rows} before={before} heading={year ? w.year : w.previous} />}</Scroll>
      </Card>
    </div>
  );
}

function summary(t: ReturnType<typeof useText>, v: Counted): string {
  const w = t.oplog.counts;
  const uncased = v.rows.reduce((n, r) => n + r.uncased, 0);
  return [w.total(v.total), v.more === 0 && v.total > 0 && `${w.uncased} ${((100 * uncased) / v.total).toFixed(1)}％`].filter(Boolean).join('　');
}

function Rows({ table, value, year, before, heading }: { table: string; value: Counted; year: boolean; before: (r: CountRow) => number | null; heading: string }) {
  const t = useText();
  const w = t.oplog.counts;
  const n = (r: CountRow, what: string, x: number) => <Small hidden={r.hidden.includes(what)}><span className={`tabular-nums ${x > 0 ? '' : 'text-text-3'}`}>{x.toLocaleString('ja-JP')}</span></Small>;
  const past = year ? 'last_year' : 'previous';
  const known = (r: CountRow) => (before(r) === null ? <span className="text-text-3" title={w.noBefore}>－</span> : n(r, past, before(r) ?? 0));
  const moved = (r: CountRow) => {
    const c = change(r.n, before(r));
    return c === null ? <span className="text-text-3">－</span> : <Small hidden={r.hidden.includes('n') || r.hidden.includes(past)}><span className="text-text-2 tabular-nums">{c > 0 ? '＋' : c < 0 ? '−' : '±'}{Math.abs(c).toFixed(1)}％</span></Small>;
  };
  const people = table === 'staff' || table === 'pairs';
  const columns: Column<CountRow>[] = [
    { head: w.tables[table] ?? table, names: true, className: 'max-w-0 w-2/5', cell: (r) => <span className="block truncate" title={keyName(t, table, r)}>{keyName(t, table, r)}</span> },
    ...(people ? [{ head: w.staffUnit, className: 'max-w-28 max-[1600px]:hidden', cell: (r: CountRow) => <span className="block truncate text-text-2" title={r.staff?.unit_name}>{r.staff?.unit_name}</span> }] : []),
    { head: w.n, align: 'right', cell: (r) => <b>{n(r, 'n', r.n)}</b> },
    { head: heading, align: 'right', cell: known },
    { head: w.change, align: 'right', cell: moved },
    { head: w.uncased, align: 'right', cell: (r) => n(r, 'uncased', r.uncased) },
    { head: w.protected, align: 'right', cell: (r) => n(r, 'protected', r.protected) },
  ];
  return <Table<CountRow> dense label={w.tables[table] ?? table} rows={value.rows} keyOf={(r) => r.key} columns={columns} />;
}

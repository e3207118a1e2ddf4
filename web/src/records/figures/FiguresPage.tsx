import { useState, type ReactNode } from 'react';
import { figures, figuresFile, type Figure, type FigureLine, type Figures, type Obligation } from '../../api/figures.ts';
import { useAnswer } from '../../person/answer.ts';
import { useText, type Text } from '../../text/index.ts';
import { follow, go, link, useQuery } from '../../url.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Field, Input, Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Bones, Failed } from '../../ui/Nothing.tsx';
import { Page } from '../../ui/Page.tsx';
import { Segment } from '../../ui/Segment.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { dayIn } from '../day.ts';
import { Bar, Hatch, Legend } from './Bar.tsx';
import { change, dayOf, departments, fiscalYear, lineOf, monthEnd, noon, percent, rate, yearOf } from './figure.ts';
import { Report } from './Report.tsx';

/** Look is what of the figures is looked at: the query of the address. */
interface Look {
  year: string;
  at: string;
  what: string; // an obligation
  level: string; // units: each unit; else each 部
  paper: string; // the 部 whose report is shown as it is printed
}

const to = (l: Look) => link('records', { ...l }).replace('/records', '/records/figures');

function useLook(): [Look, (change: Partial<Look>) => void] {
  const q = useQuery();
  const text = (name: string) => q.get(name) ?? '';
  const look: Look = { year: text('year'), at: text('at'), what: text('what'), level: text('level'), paper: text('paper') };
  return [look, (change) => go(to({ ...look, ...change }))];
}

/** FiguresPage is 実施状況: how far the ward met what its rules ask for, on any day. */
export function FiguresPage({ rail }: { rail: ReactNode }) {
  const t = useText();
  const w = t.figures;
  const [look, set] = useLook();
  const when = { year: look.year, at: look.at };
  const { answer, again } = useAnswer(`figures ${look.year} ${look.at}`, (s) => figures.of(when, s));
  const value = answer.kind === 'ready' ? answer.value : null;
  if (value && look.paper) return <Report value={value} unit={look.paper} back={() => set({ paper: '' })} />;
  const file = 'inline-flex h-9 items-center gap-1.5 rounded-8 border border-line bg-raised px-3 whitespace-nowrap text-text hover:bg-soft tight:h-8';
  return (
    <Page title={w.page} lead={value && w.lead(fiscalYear(value.year), t.date(noon(value.day)))} tools={value && (
      <>
        <span className="text-text-3 max-[1400px]:sr-only">{t.records.list.give}</span>
        {(['xlsx', 'csv'] as const).map((f) => <a key={f} className={file} href={figuresFile(when, f)} download aria-label={`${t.records.list.give} ${t.records.list[f]}`}><Icon name="download" className="size-4" />{t.records.list[f]}</a>)}
      </>
    )}>
      <Hatch />
      <div className="grid min-h-0 grow grid-cols-[216px_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[900px]:grid-cols-1">
        {rail}
        <div className="flex min-h-0 min-w-0 flex-col gap-4 tight:gap-2.5">
          <Controls key={`${look.year} ${look.at}`} look={look} set={set} value={value} />
          {answer.kind === 'loading' && <Card title={w.overview} className="grow"><Bones rows={9} /></Card>}
          {answer.kind === 'failed' && <Card title={w.overview} className="grow"><Failed error={answer.error} retry={again} /></Card>}
          {value && <Cards value={value} look={look} set={set} />}
        </div>
      </div>
    </Page>
  );
}

/** Controls choose the fiscal year and the day. */
function Controls({ look, set, value }: { look: Look; set: (c: Partial<Look>) => void; value: Figures | null }) {
  const t = useText();
  const w = t.figures;
  const today = dayIn(0);
  const [typed, type] = useState(look.at);
  const [bad, setBad] = useState(false);
  const show = (at: string) => set({ at: at === today ? '' : at, year: at ? String(yearOf(at)) : '' });
  const years = Array.from({ length: 4 }, (_, i) => yearOf(today) - i);
  const year = look.year || String(yearOf(look.at || today));
  const apply = () => {
    const day = dayOf(typed, Number(today.slice(0, 4)));
    setBad(day === null || day > today);
    if (day !== null && day <= today) show(day);
  };
  return (
    <form className="flex flex-none flex-wrap items-end gap-3 rounded-8 border border-line bg-surface px-4 py-3 tight:gap-2 tight:px-3 tight:py-2" onSubmit={(e) => (e.preventDefault(), apply())}>
      <Field label={w.year} className="w-60">{(wiring) => (
        <Select {...wiring} value={year} onChange={(e) => set(Number(e.target.value) === yearOf(today) ? { year: '', at: '' } : { year: e.target.value, at: `${Number(e.target.value) + 1}-03-31` })}>
          {(years.includes(Number(year)) ? years : [...years, Number(year)]).map((y) => <option key={y} value={y}>{w.yearOption(fiscalYear(y), y)}</option>)}
        </Select>
      )}</Field>
      <Field label={w.at} error={bad ? w.badDay : null} className="w-44">{(wiring) => <Input {...wiring} value={typed} placeholder={w.dayHint} onChange={(e) => type(e.target.value)} />}</Field>
      <Button type="submit" look="outline">{w.show}</Button>
      <Button look="quiet" onClick={() => show(today)}>{w.today}</Button>
      <Button look="quiet" onClick={() => show(monthEnd(today))}>{w.lastMonth}</Button>
      {value && look.at && <p className="ml-auto flex min-w-0 items-center gap-1.5 self-center text-[13px] text-text-2"><Icon name="history" className="size-4 flex-none" />{w.past(t.date(noon(value.day)))}</p>}
    </form>
  );
}

function Cards({ value, look, set }: { value: Figures; look: Look; set: (c: Partial<Look>) => void }) {
  const t = useText();
  const w = t.figures;
  const chosen = Math.max(0, value.obligations.findIndex((o) => o.id === look.what));
  const lines = look.level === 'units' ? value.lines.filter((l) => l.department !== '') : departments(value);
  const o = value.obligations[chosen]!;
  return (
    <div className="grid gap-4 min-[1700px]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] min-[1700px]:items-start tight:gap-2.5">
      <Card title={value.whole ? w.ward : w.mine} note={w.overviewNote} tools={<Legend />} body="overflow-x-auto">
        <Table label={w.overview} rows={value.obligations} keyOf={(x) => x.id} selected={(x) => x.id === o.id} columns={[
          { head: w.heads.what, names: true, className: 'w-36', cell: (x) => <a href={to({ ...look, what: x.id })} onClick={follow} className="font-bold text-accent after:absolute after:inset-0">{x.name[t.lang]}</a> },
          { head: w.heads.rule, className: 'max-[1400px]:hidden min-[1700px]:hidden', cell: (x) => <span className="text-text-2">{x.note[t.lang]}</span> },
          ...numbers<Obligation>(t, (x) => value.ward[value.obligations.indexOf(x)]!, (x) => value.before?.ward[value.obligations.indexOf(x)], (x) => x),
        ]} />
      </Card>
      <Card title={w.byUnit(o.name[t.lang])} note={o.note[t.lang]} tools={<Segment label={w.level} value={look.level === 'units' ? 'units' : 'departments'} choose={(level) => set({ level: level === 'units' ? level : '' })}
        choices={[{ value: 'departments', text: w.departments }, { value: 'units', text: w.units }]} />} body="overflow-x-auto">
        <Table dense label={w.byUnit(o.name[t.lang])} rows={lines} keyOf={(l) => l.unit} columns={[
          { head: w.heads.unit, names: true, className: 'max-w-[190px]', cell: (l) => <span className="block truncate">{l.name}</span> },
          ...numbers<FigureLine>(t, (l) => l.figures[chosen]!, (l) => lineOf(value.before, l.unit)?.figures[chosen], () => o),
          ...(look.level === 'units' ? [] : [{ head: <span className="sr-only">{w.report}</span>, cell: (l: FigureLine) => <a href={to({ ...look, paper: l.unit })} onClick={follow} aria-label={w.reportOf(l.name)} className="inline-flex items-center gap-1 text-accent underline underline-offset-3"><Icon name="print" className="size-4" />{w.report}</a> }]),
        ]} />
      </Card>
    </div>
  );
}

/** numbers are the bar and the columns beside it. */
function numbers<T>(t: Text, of: (row: T) => Figure, before: (row: T) => Figure | undefined, counted: (row: T) => Obligation): Column<T>[] {
  const w = t.figures;
  const n = (x: number, tone = '') => <span className={`tabular-nums ${x > 0 ? tone : 'text-text-3'}`}>{x.toLocaleString('ja-JP')}</span>;
  return [
    { head: w.heads.bar, className: 'w-[18%] min-w-24', cell: (r) => <Bar figure={of(r)} /> },
    { head: w.heads.rate, align: 'right', cell: (r) => <b className="tabular-nums">{percent(rate(of(r)))}</b> },
    { head: w.heads.before, align: 'right', cell: (r) => <Change points={change(of(r), before(r))} /> },
    { head: w.heads.due, align: 'right', cell: (r) => <span className="tabular-nums">{of(r).due.toLocaleString('ja-JP')}<span className="ml-0.5 text-[12px] text-text-3">{counted(r).counted[t.lang]}</span></span> },
    { head: w.parts.done, align: 'right', cell: (r) => n(of(r).done) },
    { head: w.parts.late, align: 'right', cell: (r) => n(of(r).late, 'text-late font-bold') },
    { head: w.parts.missing, align: 'right', cell: (r) => n(of(r).missing, 'text-bad font-bold') },
    { head: w.parts.open, align: 'right', cell: (r) => n(of(r).open) },
  ];
}

/** Change is how a rate moved within a year, in points. */
function Change({ points }: { points: number | null }) {
  const w = useText().figures;
  if (points === null) return <span className="text-text-3" title={w.noBefore}>－</span>;
  return <span className={`tabular-nums ${points < 0 ? 'text-bad' : 'text-text-2'}`}>{points > 0 ? '＋' : points < 0 ? '−' : '±'}{Math.abs(points).toFixed(1)}</span>;
}

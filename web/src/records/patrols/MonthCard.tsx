import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { PatrolMonth } from '../../api/patrols.ts';
import { useText } from '../../text/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { follow } from '../../url.ts';
import { to } from '../place.ts';
import { step, sumOf, type Cell, type Row } from './cells.ts';
import { dayOf } from './PatrolMonth.tsx';
import { touch } from './touch.ts';

interface Props {
  month: PatrolMonth;
  rows: readonly Row[];
  busy: string; // the box that is being recorded: slot and day
  press: (row: Row, cell: Cell, long: boolean) => void; // long: the form for findings
  head: string;
  setHead: (login: string) => void;
  finding: boolean;
  setFinding: (on: boolean) => void;
  copy: () => void;
}

/** MonthCard is the grid with what belongs to it: what a tap does, whom reports go to, and the sums. */
export function MonthCard(p: Props) {
  const { month, finding, setFinding, copy, busy } = p;
  const w = useText().patrols;
  const writes = month.by !== '';
  return (
    <section aria-label={w.page} className="flex min-h-0 flex-col rounded-8 border border-line bg-surface">
      <div className="flex flex-none flex-wrap items-center gap-x-4 gap-y-2 border-b border-soft px-4 py-2 tight:px-3">
        {writes && (
          <fieldset className="inline-flex overflow-hidden rounded-8 border border-line">
            <legend className="sr-only">{w.mode}</legend>
            <Mode name="○" text={w.fine} on={!finding} choose={() => setFinding(false)} />
            <Mode name="×" text={w.found} on={finding} choose={() => setFinding(true)} />
          </fieldset>
        )}
        {writes && month.by === 'designated' && month.heads.length > 0 && (
          <label className="flex items-center gap-2 whitespace-nowrap"><span className="text-text-2">{w.reportTo}</span>
            <select value={p.head} onChange={(e) => p.setHead(e.target.value)} className={`${touch} rounded-8 border border-[#767676] bg-surface px-2.5`}>{month.heads.map((h) => <option key={h.login} value={h.login}>{h.name}</option>)}</select>
          </label>
        )}
        {writes && month.days.some((d) => d.day === month.today) && <Button look="outline" className={touch} disabled={busy !== ''} onClick={copy}>{w.copy}</Button>}
        <Legend />
      </div>
      <Grid {...p} />
      <Sums month={month} slots={writes && month.slots.length === 0} />
    </section>
  );
}

function Mode({ name, text, on, choose }: { name: string; text: string; on: boolean; choose: () => void }) {
  return (
    <label className="relative inline-flex h-11 min-w-24 cursor-pointer items-center justify-center gap-1.5 border-r border-line bg-raised px-3 whitespace-nowrap text-text-2 last:border-r-0 has-checked:bg-accent-soft has-checked:font-bold has-checked:text-accent has-checked:shadow-[inset_0_-2px_0_currentColor]">
      <input type="radio" name="patrol-mode" checked={on} onChange={choose} className="focus-inside absolute inset-0 cursor-pointer appearance-none" /><span aria-hidden="true">{name}</span>{text}
    </label>
  );
}

const faces = {
  empty: '', future: '', fine: 'bg-ok-bg text-ok', found: 'bg-[#c74700] text-white', told: 'bg-accent-soft text-accent', draft: 'bg-bad text-white',
};

/** Face is what a box shows. */
function Face({ look, findings = 1 }: { look: keyof typeof faces; findings?: number }) {
  const w = useText().patrols;
  return (
    <span aria-hidden="true" className={`grid size-8 place-items-center rounded-4 text-[15px] leading-none font-bold ${faces[look]}`}>
      {look === 'fine' && <Icon name="ring" className="size-5 stroke-[2.4]" />}{look === 'found' && findings}{look === 'told' && w.told}{look === 'draft' && '!'}
    </span>
  );
}

function Legend() {
  const w = useText().patrols;
  return (
    <ul aria-hidden="true" className="ml-auto flex min-h-8 flex-wrap items-center gap-x-3 text-[13px] whitespace-nowrap text-text-2">
      {(['fine', 'found', 'told', 'draft'] as const).map((look) => <li key={look} className="flex items-center gap-1"><span className="scale-75"><Face look={look} /></span>{w.legend[look]}</li>)}
    </ul>
  );
}

function Grid({ month, rows, busy, press }: Props) {
  const t = useText();
  const w = t.patrols;
  const today = month.days.findIndex((d) => d.day === month.today);
  const [at, setAt] = useState({ row: 0, column: Math.max(0, today) });
  const table = useRef<HTMLTableElement>(null);
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const th = table.current?.querySelector<HTMLElement>('[aria-current=date]');
    if (th && shown.current) shown.current.scrollLeft = th.offsetLeft + th.offsetWidth - shown.current.clientWidth + 3 * 46;
  }, []);
  const keys = (e: KeyboardEvent, row: Row, cell: Cell) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key.toLowerCase() === 'x') return e.preventDefault(), press(row, cell, true);
    const next = step(e.key, at, rows.length, month.days.length);
    if (!next) return;
    e.preventDefault();
    setAt(next);
    const box = table.current?.querySelector<HTMLElement>(`[data-at="${next.row} ${next.column}"]`);
    box?.focus();
    box?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const edge = (column: number) => (column === today ? 'border-x-2 border-x-accent' : 'border-r border-r-soft');
  return (
    <div ref={shown} className="min-h-0 overflow-auto scroll-pl-44">
      <table ref={table} role="grid" aria-label={w.grid(month.unit_name, month.days[0]!.day.slice(0, 7))} aria-describedby="patrol-keys" className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 z-[2] w-44 min-w-44 border-r border-b border-line bg-surface px-3 text-left text-[13px] font-normal text-text-2">{w.slot}</th>
            {month.days.map((d, i) => (
              <th key={d.day} scope="col" title={d.holiday || undefined} aria-current={i === today ? 'date' : undefined} className={`h-12 min-w-[46px] border-b border-line text-center leading-[1.25] ${edge(i)} ${i === today ? 'bg-accent-soft text-accent' : d.closed ? 'bg-soft text-text-3' : 'text-text-2'}`}>
                <span className="block text-[15px] font-bold">{Number(d.day.slice(8))}</span><span className="block text-xs font-normal">{d.holiday && d.weekday > 0 && d.weekday < 6 && t.lang === 'ja' ? '祝' : w.weekdays[d.weekday]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={row.slot}>
              <th scope="row" className="sticky left-0 z-[1] w-44 max-w-44 border-r border-b border-line bg-surface px-3 text-left font-normal"><span className="flex items-baseline gap-2"><b className="truncate">{row.name}</b><span className="text-xs whitespace-nowrap text-text-2">{row.time}</span></span><span className="block truncate text-[13px] text-text-2" title={row.area}>{row.area}</span></th>
              {row.cells.map((cell, c) => (
                <td key={cell.day} role="gridcell" className={`border-b border-b-line p-0 ${edge(c)} ${cell.closed ? 'bg-soft' : ''}`}>
                  <Box row={row} cell={cell} may={month.by !== ''} today={c === today} busy={busy === `${row.slot} ${cell.day}`} at={`${r} ${c}`} focusable={at.row === r && at.column === c} onFocus={() => setAt({ row: r, column: c })} press={press} keys={keys} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface BoxProps {
  row: Row;
  cell: Cell;
  may: boolean;
  today: boolean;
  busy: boolean;
  at: string;
  focusable: boolean;
  onFocus: () => void;
  press: Props['press'];
  keys: (e: KeyboardEvent, row: Row, cell: Cell) => void;
}

function Box({ row, cell, may, today, busy, at, focusable, onFocus, press, keys }: BoxProps) {
  const t = useText();
  const c = t.patrols.cell;
  const said = { empty: c.empty, future: c.future, fine: c.fine, found: c.found(cell.findings), told: c.told, draft: c.draft }[cell.look];
  const taps = may && cell.look === 'empty';
  const label = [`${dayOf(t, cell.day)} ${row.name}`, said, cell.closed && c.closed, cell.patrols.length > 0 && c.by(cell.patrols.map((p) => p.patroller).join('、')), taps && c.press].filter(Boolean).join('　');
  return (
    <button type="button" data-at={at} tabIndex={focusable ? 0 : -1} aria-label={label} aria-busy={busy || undefined} aria-disabled={cell.look === 'future' || (cell.look === 'empty' && !may) || undefined}
      onFocus={onFocus} onClick={() => press(row, cell, false)} onKeyDown={(e) => keys(e, row, cell)}
      className={`focus-inside group grid h-[52px] w-full min-w-11 place-items-center tight:h-[48px] ${taps || cell.patrols.length > 0 ? 'hover:bg-accent-soft' : 'cursor-default'}`}>
      {busy ? <span aria-hidden="true" className="bone size-8" />
        : taps && today ? <span aria-hidden="true" className="grid size-8 place-items-center rounded-4 bg-primary text-white"><Icon name="plus" className="size-5" /></span>
          : taps ? <Icon name="ring" className="size-5 text-transparent group-hover:text-text-3" />
            : cell.look === 'future' ? <span aria-hidden="true" className="text-text-3">{cell.closed ? '' : '・'}</span> : <Face look={cell.look} findings={cell.findings} />}
    </button>
  );
}

function Sums({ month, slots }: { month: PatrolMonth; slots: boolean }) {
  const w = useText().patrols;
  const s = sumOf(month);
  return (
    <div className="flex min-h-11 flex-none flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-4 py-2 tight:px-3">
      <span><b>{w.sum.done(s.done)}</b></span><span><b>{w.sum.days(s.days, s.of)}</b></span>
      {s.found > 0 && <span className="font-bold text-warn">{w.sum.found(s.found)}</span>}
      {s.told > 0 && <span className="font-bold text-accent">{w.sum.told(s.told)}</span>}
      {s.draft > 0 && <span className="font-bold text-bad">{w.sum.draft(s.draft)}</span>}
      {slots && <span className="text-text-2">{w.slotsHint}<a href={to('patrol-slot', { record: 'new' })} onClick={follow} className="ml-1 inline-flex min-h-6 items-center text-accent underline underline-offset-3">{w.slotsLink}</a></span>}
      <span id="patrol-keys" className="ml-auto text-[13px] text-text-3">{w.keys}</span>
    </div>
  );
}

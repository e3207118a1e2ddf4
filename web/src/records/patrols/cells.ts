import type { Patrol, PatrolMonth } from '../../api/patrols.ts';

/** Look is what a box of the month says: the most urgent of its patrols. */
export type Look = 'empty' | 'future' | 'fine' | 'found' | 'told' | 'draft';

export interface Cell {
  slot: string; // number; '' of none
  day: string;
  closed: boolean;
  look: Look;
  findings: number;
  patrols: readonly Patrol[];
}

export interface Row {
  slot: string;
  id: string; // of the slot's record; '' of none
  name: string;
  time: string; // 09:00～09:15; '' any
  area: string;
  cells: readonly Cell[];
}

const urgency: readonly Look[] = ['draft', 'told', 'found', 'fine'];

function lookOf(p: Patrol): Look {
  if (p.state === 'draft') return 'draft';
  if (p.state === 'reported') return 'told';
  return p.findings > 0 ? 'found' : 'fine';
}

function cellOf(m: PatrolMonth, slot: string, day: PatrolMonth['days'][number], patrols: readonly Patrol[]): Cell {
  const looks = patrols.map(lookOf);
  const look = urgency.find((l) => looks.includes(l)) ?? (day.day > m.today ? 'future' : 'empty');
  return { slot, day: day.day, closed: day.closed, look, findings: patrols.reduce((n, p) => n + p.findings, 0), patrols };
}

/** rowsOf are the slots of a month, and a row of what belongs to none where there is such a thing or no slot at all. */
export function rowsOf(m: PatrolMonth, none: { name: string; area: string }): Row[] {
  const known = new Set(m.slots.map((s) => s.label));
  const of = new Map<string, Patrol[]>();
  for (const p of m.patrols) {
    const key = `${known.has(p.slot) ? p.slot : ''} ${p.day}`;
    of.set(key, [...(of.get(key) ?? []), p]);
  }
  const row = (slot: string, id: string, name: string, time: string, area: string): Row => ({ slot, id, name, time, area, cells: m.days.map((d) => cellOf(m, slot, d, of.get(`${slot} ${d.day}`) ?? [])) });
  const rows = m.slots.map((s) => row(s.label, s.id, s.name, s.begin && `${s.begin}～${s.end}`, s.area));
  if (rows.length === 0 || m.patrols.some((p) => !known.has(p.slot))) rows.push(row('', '', none.name, '', none.area));
  return rows;
}

export interface Sum {
  done: number;
  days: number; // business days with a patrol
  of: number; // business days until today
  found: number;
  told: number;
  draft: number;
}

/** sumOf counts a month: patrols, business days until today that have one, findings, and what waits. */
export function sumOf(m: PatrolMonth): Sum {
  const walked = new Set(m.patrols.filter((p) => p.state !== 'draft').map((p) => p.day));
  const due = m.days.filter((d) => !d.closed && d.day <= m.today);
  return {
    done: m.patrols.filter((p) => p.state !== 'draft').length, days: due.filter((d) => walked.has(d.day)).length, of: due.length,
    found: m.patrols.reduce((n, p) => n + p.findings, 0), told: m.patrols.filter((p) => p.state === 'reported').length, draft: m.patrols.filter((p) => p.state === 'draft').length,
  };
}

/** step is where an arrow key leads from a box; null where it is no such key. */
export function step(key: string, at: { row: number; column: number }, rows: number, columns: number): { row: number; column: number } | null {
  const clip = (n: number, most: number) => Math.max(0, Math.min(most - 1, n));
  const to = (row: number, column: number) => ({ row: clip(row, rows), column: clip(column, columns) });
  if (key === 'ArrowLeft') return to(at.row, at.column - 1);
  if (key === 'ArrowRight') return to(at.row, at.column + 1);
  if (key === 'ArrowUp') return to(at.row - 1, at.column);
  if (key === 'ArrowDown') return to(at.row + 1, at.column);
  if (key === 'Home') return to(at.row, 0);
  if (key === 'End') return to(at.row, columns - 1);
  return null;
}

import type { Figure, FigureLine, FigureSheet } from '../../api/figures.ts';
import { eraYear, parseDay } from '../../time/era.ts';
import { parseInstant, type Instant } from '../../time/instant.ts';

/** noon is a day as a moment of it. */
export const noon = (day: string): Instant => parseInstant(`${day}T03:00:00Z`);

/** fiscalYear is 令和8年度; a year in which an era began carries the new one, as it is printed. */
export const fiscalYear = (year: number) => `${eraYear(noon(`${year}-05-01`))}度`;

/** yearOf is the fiscal year of a day. */
export const yearOf = (day: string) => Number(day.slice(0, 4)) - (day.slice(5) < '04-01' ? 1 : 0);

/** rate is the part that was met, of what was to be met by now; null where nothing was. */
export function rate(f: Figure): number | null {
  const by = f.due - f.open;
  return by > 0 ? (f.done + f.late) / by : null;
}

export const percent = (r: number | null) => (r === null ? '－' : `${(Math.floor(r * 1000) / 10).toFixed(1)}％`);

/** change is how a rate moved, in points; null where one of both is not known. */
export function change(now: Figure, before: Figure | undefined): number | null {
  const a = rate(now);
  const b = before ? rate(before) : null;
  return a === null || b === null ? null : Math.round((a - b) * 1000) / 10;
}

/** dayOf reads a date in any form people write; '' where there is none, null where it is none. */
export function dayOf(text: string, thisYear: number): string | null {
  if (text.trim() === '') return '';
  const d = parseDay(text, thisYear);
  return d && `${d.year}-${String(d.month).padStart(2, '0')}-${String(d.day).padStart(2, '0')}`;
}

/** monthEnd is the last day of the month before a day's. */
export function monthEnd(day: string): string {
  const d = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  d.setUTCDate(0);
  return d.toISOString().slice(0, 10);
}

export const departments = (s: FigureSheet): FigureLine[] => s.lines.filter((l) => l.department === '');
export const unitsOf = (s: FigureSheet, department: string): FigureLine[] => s.lines.filter((l) => l.department === department);
export const lineOf = (s: FigureSheet | undefined, unit: string) => s?.lines.find((l) => l.unit === unit);

import type { CountRow, Hint, HintFigure, LogStaff, Sample } from '../api/oplog.ts';
import type { Text } from '../text/index.ts';
import { parseInstant, type Instant } from '../time/instant.ts';

/** staffName is a member of staff as the reader may know them. */
export const staffName = (s: LogStaff | undefined) => s?.name.replace('　', ' ') || s?.number || s?.id || '－';

/** noon is the moment a day, YYYY-MM-DD, or the middle of a month, YYYY-MM, is written by. */
export const noon = (day: string): Instant => parseInstant(`${day.length === 7 ? `${day}-15` : day}T03:00:00.000000Z`);

/** band is a band of five years in words; -1 is not known. */
export function band(t: Text, n: number): string {
  const w = t.oplog;
  if (n < 0) return w.unknown;
  return n >= 20 ? w.older(n * 5) : w.ages(n * 5, n * 5 + 4);
}

/** firstOf is the first month of the month, fiscal quarter or fiscal year a month is in. */
export function firstOf(kind: 'month' | 'quarter' | 'year', month: string): string {
  const [year = 0, n = 1] = month.split('-').map(Number);
  if (kind === 'year') return `${n < 4 ? year - 1 : year}-04`;
  return kind === 'month' ? month : `${year}-${String(n - ((n - 1) % 3)).padStart(2, '0')}`;
}

/** amount is the value of a figure in words. */
export function amount(id: string, v: number): string {
  if (id === 'share') return `${(100 * v).toFixed(1)}％`;
  return v.toLocaleString('ja-JP', { maximumFractionDigits: ['robust_z', 'minutes', 'days'].includes(id) ? 1 : 0 });
}

/** figureName is what a figure is about: a share of "f 20–24" is one of women of 20 to 24. */
export function figureName(t: Text, f: HintFigure): string {
  const [, sex, ages] = /^([mfx]) ?(.*)$/.exec(f.text) ?? [];
  const about = sex ? `${t.oplog.sexes[sex]} ${t.oplog.aged(ages ?? '')}`.trim() : f.text;
  return about ? t.oplog.about(f.name[t.lang], about) : f.name[t.lang];
}

/** keyName is what a row of a table counts. */
export function keyName(t: Text, table: string, row: CountRow): string {
  const w = t.oplog;
  const named: Record<string, Record<string, string>> = { sex: w.sexes, action: w.actions, criteria: w.criteria };
  switch (table) {
    case 'staff': return staffName(row.staff);
    case 'pairs': return `${staffName(row.staff)} × ${row.person}`;
    case 'age': return band(t, Number(row.key));
    case 'hour': {
      const [day, hour] = row.key.split('-').map(Number);
      return w.hourOf(w.weekdays[day ?? 0] ?? '', hour ?? 0);
    }
  }
  return named[table]?.[row.key] ?? (row.key || w.unknown);
}

/** byDeadline sorts what is owed first, oldest first; the rest by when it was found, newest first. */
export function byDeadline(a: Hint, b: Hint): number {
  if (a.due !== b.due) return a.due === '' ? 1 : b.due === '' ? -1 : a.due < b.due ? -1 : 1;
  return parseInstant(b.found) - parseInstant(a.found) || (a.id < b.id ? -1 : 1);
}

/** wanted reports whether a hint belongs to what is chosen. */
export function wanted(h: Hint, state: string): boolean {
  if (state === 'all') return true;
  return state === 'late' ? h.late : state === '' ? h.state !== 'done' : h.state === state;
}

/** change is by how many hundredths a number moved; null where nothing can be said. */
export const change = (now: number, before: number | null) => (before ? (100 * (now - before)) / before : null);

/** terminalsOf are the terminals of some events, the busiest first. */
export function terminalsOf(samples: readonly Sample[]): { terminal: string; events: Sample[] }[] {
  const by = new Map<string, Sample[]>();
  for (const s of samples) if (s.terminal) by.set(s.terminal, [...(by.get(s.terminal) ?? []), s]);
  return [...by].map(([terminal, events]) => ({ terminal, events })).sort((a, b) => b.events.length - a.events.length || (a.terminal < b.terminal ? -1 : 1));
}

/** requestAddress opens the form of a 映像確認依頼 about a hint: who, when and the figures the server takes from it. */
export const requestAddress = (hint: string, terminal: string) => `/evidence?${new URLSearchParams({ tab: 'requests', ask: '1', hint, terminal })}`;

import { serverClock } from '../api/client.ts';
import type { Filter } from '../api/audit.ts';
import { instantOf, parseDay } from '../time/era.ts';
import { DAY, wall } from '../time/instant.ts';
import { go, link, useQuery } from '../url.ts';

/** View is what of the log is looked at: the URL's query. Days are as they were typed. */
export interface View {
  actor: string;
  camera: string;
  action: string;
  outcome: string;
  purpose: string;
  unit: string;
  from: string;
  to: string;
  hints: boolean;
  seals: boolean; // the sealed cases instead of the list
  print: 'views' | 'exports' | ''; // the ledger on paper instead of the list
  entry: number; // whose details are open; 0: none
}

const words = ['actor', 'camera', 'action', 'outcome', 'purpose', 'unit', 'from', 'to'] as const;
export const everything: View = { actor: '', camera: '', action: '', outcome: '', purpose: '', unit: '', from: '', to: '', hints: false, seals: false, print: '', entry: 0 };

export function useView(): [View, (change: Partial<View>) => void] {
  const q = useQuery();
  const view: View = { ...everything, hints: q.has('hints'), seals: q.has('seals'), entry: Number(q.get('entry') ?? 0) || 0 };
  for (const w of words) view[w] = q.get(w) ?? '';
  view.print = (['views', 'exports'] as const).find((x) => x === q.get('print')) ?? '';
  const change = (c: Partial<View>) => {
    const v = { ...view, entry: 0, ...c };
    const text = Object.fromEntries(words.map((w) => [w, v[w]]));
    go(link('audit', { ...text, hints: v.hints ? '1' : null, seals: v.seals ? '1' : null, print: v.print, entry: v.entry ? String(v.entry) : null }), c.entry === undefined);
  };
  return [view, change];
}

/** dayOf is the midnight with which a typed day begins; null where there is none, NaN where it is no day. */
export function dayOf(text: string): number | null {
  if (!text.trim()) return null;
  const day = parseDay(text, wall(serverClock.now()).year);
  return day ? instantOf(day, 0) : NaN;
}

/** filterOf is what the server is asked for; the last day is a whole one. Null where a day is none. */
export function filterOf(v: View): Filter | null {
  const [from, to] = [dayOf(v.from), dayOf(v.to)];
  if (Number.isNaN(from) || Number.isNaN(to)) return null;
  return { actor: v.actor, camera: v.camera, action: v.action, outcome: v.outcome, purpose: v.purpose, unit: v.unit, hinted: v.hints, from, to: to === null ? null : to + DAY };
}

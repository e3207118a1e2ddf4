import { go, link, useQuery } from '../url.ts';

export type Part = 'hints' | 'counts' | 'reports' | 'imports';

/** Place is what of the operation logs is looked at: the query of the address. */
export interface Place {
  part: Part;
  hint: string; // that is open
  state: string; // of hints; "": those that are not done; "all"; "late"
  rule: string;
  unit: string;
  table: string; // of counts
  from: string; // month
  to: string;
  business: string;
  compare: string; // "year": with the year before; else with the period before
  staff: string; // whose line of the cross table is open
  sex: string; // of the table by address
  kind: string; // of report
}

export const none: Place = { part: 'hints', hint: '', state: '', rule: '', unit: '', table: '', from: '', to: '', business: '', compare: '', staff: '', sex: '', kind: '' };

export const to = (p: Partial<Place>) => link('oplog', { ...p, part: p.part === 'hints' ? null : p.part });

export function usePlace(): [Place, (change: Partial<Place>) => void] {
  const q = useQuery();
  const place: Place = { ...none };
  for (const key of Object.keys(none) as (keyof Place)[]) if (key !== 'part') place[key] = q.get(key) ?? '';
  place.part = (['counts', 'reports', 'imports'] as const).find((p) => p === q.get('part')) ?? 'hints';
  return [place, (change) => go(to({ ...place, ...change }))];
}

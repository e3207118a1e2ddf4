import type { Search } from '../api/records.ts';
import { go, link, usePath, useQuery } from '../url.ts';

/** Place is what of the records is looked at: the kind is in the path, the rest in the query. */
export interface Place extends Search {
  kind: string; // "": what is owed
  record: string; // whose sheet is open; "new": one to be written; "": none
  paper: boolean; // the sheet as it is printed
  view: string; // 'month': patrols as a grid; 'weeks': awareness; 'plan': zones; else a list
  month: string; // of that grid, YYYY-MM, or the fiscal year, or the id of the floor plan; '' this one
}

const none: Search & Pick<Place, 'view' | 'month'> = { state: '', unit: '', q: '', from: '', to: '', where: '', view: '', month: '' };

/** to is the URL of a kind of record, or of a record. */
export function to(kind: string, rest: Partial<Place> = {}): string {
  const { paper, record, state, unit, q, from, to: until, where, view, month } = rest;
  return link('records', { view, month, record, state, unit, q, from, to: until, where, paper: paper ? '1' : null }).replace('/records', kind ? `/records/${kind}` : '/records');
}

export function usePlace(): [Place, (change: Partial<Place>) => void] {
  const kind = usePath().split('/')[2] ?? '';
  const q = useQuery();
  const text = (name: string) => q.get(name) ?? '';
  const place: Place = { kind, record: text('record'), paper: q.get('paper') === '1', state: text('state'), unit: text('unit'), q: text('q'), from: text('from'), to: text('to'), where: text('where'), view: text('view'), month: text('month') };
  return [place, (change) => go(to(change.kind ?? kind, change.kind !== undefined && change.kind !== kind ? { ...none, ...change } : { ...place, ...change }), change.record === undefined && change.kind === undefined)];
}

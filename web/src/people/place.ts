import type { Search } from '../api/people.ts';
import { go, link, usePath, useQuery } from '../url.ts';

export const views = ['list', 'waiting', 'units', 'import', 'reorganisation'] as const;
export type View = (typeof views)[number];

/** to is the URL of a part of the page. */
export const to = (view: View, query: Record<string, string | null> = {}) => link('people', query).replace('/people', view === 'list' ? '/people' : `/people/${view}`);

/** useView is the part of the page the path names. */
export function useView(): View {
  const second = usePath().split('/')[2];
  return views.find((v) => v === second) ?? 'list';
}

/** Place is what of the list is looked at: the URL's query. */
export interface Place extends Search {
  person: string; // whose sheet is open; "": nobody's
}

export function usePlace(): [Place, (change: Partial<Place>) => void] {
  const q = useQuery();
  const text = (name: string) => q.get(name) ?? '';
  const place: Place = { q: text('q'), unit: text('unit'), post: text('post'), day: text('day'), state: text('state'), person: text('person') };
  return [place, (change) => go(to('list', { ...place, ...change }), change.person === undefined)];
}

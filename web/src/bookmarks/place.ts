import type { Wanted } from '../api/bookmarks.ts';
import { instantOf, parseDay } from '../time/era.ts';
import { DAY } from '../time/instant.ts';
import { link } from '../url.ts';

/** Place is what the URL of the page says: what is searched, and which bookmark is open. Days are as they were typed. */
export interface Place {
  q: string;
  camera: string;
  from: string;
  to: string;
  whose: 'all' | 'mine';
  still: boolean;
  id: string;
}

export const read = (q: URLSearchParams): Place => ({
  q: q.get('q') ?? '', camera: q.get('camera') ?? '', from: q.get('from') ?? '', to: q.get('to') ?? '',
  whose: q.get('whose') === 'mine' ? 'mine' : 'all', still: q.get('still') === '1', id: q.get('id') ?? '',
});

export const write = (p: Place) => link('bookmarks', { q: p.q, camera: p.camera, from: p.from, to: p.to, whose: p.whose === 'mine' ? 'mine' : null, still: p.still ? '1' : null, id: p.id });

/** dayOf is the beginning of a day as people write it, null where it is none. */
export function dayOf(text: string, thisYear: number): number | null {
  const day = parseDay(text, thisYear);
  return day && instantOf(day, 0);
}

/** wanted is what to ask the server for; the last day counts whole, and a day that is none does not narrow. */
export function wanted(p: Place, thisYear: number): Wanted {
  const to = dayOf(p.to, thisYear);
  return { q: p.q.trim(), camera: p.camera, from: dayOf(p.from, thisYear), to: to === null ? null : to + DAY, mine: p.whose === 'mine', still: p.still };
}

export const narrowed = (p: Place) => p.q.trim() !== '' || p.camera !== '' || p.from !== '' || p.to !== '' || p.whose === 'mine' || p.still;

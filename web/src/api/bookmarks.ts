import { formatInstant, type Instant } from '../time/instant.ts';
import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Bookmark = Schemas['BookmarkBody'];
export type BookmarkPage = Schemas['BookmarksOutputBody'];

/** Wanted narrows a list of bookmarks; what is left out does not. */
export interface Wanted {
  q?: string;
  camera?: string;
  from?: Instant | null;
  to?: Instant | null;
  mine?: boolean;
  still?: boolean;
  before?: string; // id of the last one of the page before
}

export interface NewBookmark {
  at: Instant;
  to?: Instant;
  text: string;
  shared: boolean;
  still: boolean;
  purpose?: string;
}

const one = (id: string) => `/api/bookmarks/${encodeURIComponent(id)}`;

export const bookmarks = {
  find(w: Wanted, signal?: AbortSignal) {
    const q = new URLSearchParams();
    for (const key of ['q', 'camera', 'before'] as const) if (w[key]) q.set(key, w[key]);
    for (const key of ['from', 'to'] as const) if (w[key] != null) q.set(key, formatInstant(w[key]));
    for (const key of ['mine', 'still'] as const) if (w[key]) q.set(key, 'true');
    return call<BookmarkPage>('GET', `/api/bookmarks?${q}`, undefined, signal);
  },
  add: (camera: string, b: NewBookmark) => call<Bookmark>('POST', `/api/cameras/${encodeURIComponent(camera)}/bookmarks`,
    { ...b, at: formatInstant(b.at), to: b.to === undefined ? undefined : formatInstant(b.to) }),
  change: (id: string, text: string, shared: boolean) => call<Bookmark>('PUT', one(id), { text, shared }),
  remove: (id: string) => call<undefined>('DELETE', one(id)),
};

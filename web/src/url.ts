import { useMemo, useSyncExternalStore, type MouseEvent } from 'react';
import { formatInstant, type Instant } from './time/instant.ts';

// The URL is the state: the path names the page, each page reads and writes its own query.

export const pages = ['wall', 'playback', 'bookmarks', 'duty', 'inbox', 'health', 'records', 'oplog', 'survey', 'audit', 'review', 'settings', 'rights', 'people', 'recovery', 'inquiries', 'evidence', 'diagnostics', 'help'] as const;
export type Page = (typeof pages)[number];

const moved = 'yagura:moved';

/** pageOf is the page a path names; null for one that names none. */
export function pageOf(path: string): Page | null {
  const first = path.split('/')[1] ?? '';
  return pages.find((p) => p === first) ?? null;
}

/** link is the URL of a page; empty values are left out. */
export function link(page: Page, query: Record<string, string | null | undefined> = {}): string {
  const q = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) q.set(key, value);
  return q.size > 0 ? `/${page}?${q.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}` : `/${page}`;
}

/** moment is the URL of a moment of cameras in the playback room. */
export const moment = (cameras: readonly string[], at: Instant) => link('playback', { cameras: cameras.join(','), at: formatInstant(at).replace(/\.?0+Z$/, 'Z') });

/** go moves to a URL of ours; with replace, the browser's history does not grow. */
export function go(url: string, replace = false) {
  if (url === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', url);
  dispatchEvent(new Event(moved));
}

function subscribe(f: () => void) {
  addEventListener('popstate', f);
  addEventListener(moved, f);
  return () => {
    removeEventListener('popstate', f);
    removeEventListener(moved, f);
  };
}

/** usePath is the path of the URL. */
export const usePath = () => useSyncExternalStore(subscribe, () => location.pathname);

/** useQuery is the query of the URL. */
export function useQuery(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => location.search);
  return useMemo(() => new URLSearchParams(search), [search]);
}

/** follow is the onClick of a link inside the application: what the browser does with keys held stays its own. */
export function follow(e: MouseEvent<HTMLAnchorElement>) {
  if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  e.preventDefault();
  const { pathname, search } = e.currentTarget;
  go(pathname + search);
}

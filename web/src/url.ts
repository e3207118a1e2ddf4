import { useSyncExternalStore } from 'react';
import { formatInstant, parseInstant, type Instant } from './time/instant.ts';

/** Place is what the URL says: which camera, and which moment; at null: live. */
export interface Place {
  camera: string | null;
  at: Instant | null;
}

const moved = 'yagura:moved';

/** read is the place of a URL's query. What is no time is taken as live. */
export function read(search: string): Place {
  const q = new URLSearchParams(search);
  const at = parseInstant(q.get('at') ?? '');
  return { camera: q.get('camera') || null, at: Number.isNaN(at) ? null : at };
}

/** write is the URL of a place. */
export function write(p: Place): string {
  const q = new URLSearchParams();
  if (p.camera) q.set('camera', p.camera);
  if (p.camera && p.at !== null) q.set('at', formatInstant(p.at).replace(/\.?0+Z$/, 'Z'));
  return q.size > 0 ? `/?${q.toString().replaceAll('%3A', ':')}` : '/';
}

/** go moves to a place; with replace, the browser's history does not grow. */
export function go(p: Place, replace = false) {
  const url = write(p);
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

/** useSearch is the query of the URL. */
export const useSearch = () => useSyncExternalStore(subscribe, () => location.search);

import { useSyncExternalStore } from 'react';
import { formatInstant, parseInstant, type Instant } from '../time/instant.ts';
import { go, link } from '../url.ts';

/** Place is which camera, and which moment; at null: live. */
export interface Place {
  camera: string | null;
  at: Instant | null;
}

/** read is the place of a URL's query. What is no time is taken as live. */
export function read(search: string): Place {
  const q = new URLSearchParams(search);
  const at = parseInstant(q.get('at') ?? '');
  return { camera: q.get('camera') || q.get('cameras')?.split(',')[0] || null, at: Number.isNaN(at) ? null : at };
}

/** write is the URL of a place. */
export function write(p: Place): string {
  return link('playback', { camera: p.camera, at: p.camera && p.at !== null ? formatInstant(p.at).replace(/\.?0+Z$/, 'Z') : null });
}

export const goTo = (p: Place, replace = false) => go(write(p), replace);

function subscribe(f: () => void) {
  addEventListener('popstate', f);
  addEventListener('yagura:moved', f);
  return () => {
    removeEventListener('popstate', f);
    removeEventListener('yagura:moved', f);
  };
}

export const useSearch = () => useSyncExternalStore(subscribe, () => location.search);

import { useSyncExternalStore } from 'react';
import { serverClock } from '../api/client.ts';
import { SECOND, type Instant } from '../time/instant.ts';

const lookers = new Set<() => void>();
let timer = 0;

/** onLook calls f five times a second; all that look do so in one go, so that the page is laid out once. */
export function onLook(f: () => void): () => void {
  if (lookers.size === 0) timer = window.setInterval(() => lookers.forEach((g) => g()), 200);
  lookers.add(f);
  return () => {
    lookers.delete(f);
    if (lookers.size === 0) clearInterval(timer);
  };
}

/** useSeconds is the server's time, in steps of a second. */
export function useSeconds(): Instant {
  return useSyncExternalStore(onLook, () => Math.floor(serverClock.now() / SECOND) * SECOND);
}

const tightQuery = matchMedia('(max-height: 800px), (max-width: 1500px)');

/** useTight reports whether the denser layout is in use; the same question as the style sheet's `tight`. */
export function useTight(): boolean {
  return useSyncExternalStore((f) => (tightQuery.addEventListener('change', f), () => tightQuery.removeEventListener('change', f)), () => tightQuery.matches);
}

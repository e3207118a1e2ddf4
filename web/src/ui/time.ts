import { useSyncExternalStore } from 'react';
import { serverClock } from '../api/client.ts';
import { SECOND, type Instant } from '../time/instant.ts';

function subscribe(f: () => void) {
  const timer = setInterval(f, 250);
  return () => clearInterval(timer);
}

/** useSeconds is the server's time, in steps of a second. */
export function useSeconds(): Instant {
  return useSyncExternalStore(subscribe, () => Math.floor(serverClock.now() / SECOND) * SECOND);
}

const tightQuery = matchMedia('(max-height: 800px), (max-width: 1500px)');

/** useTight reports whether the denser layout is in use; the same question as the style sheet's `tight`. */
export function useTight(): boolean {
  return useSyncExternalStore((f) => (tightQuery.addEventListener('change', f), () => tightQuery.removeEventListener('change', f)), () => tightQuery.matches);
}

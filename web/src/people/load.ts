import { useCallback, useEffect, useState } from 'react';
import type { Problem, Result } from '../api/result.ts';

export type Loaded<T> = { kind: 'loading' } | { kind: 'ready'; value: T } | { kind: 'failed'; error: Problem };

/** useLoaded asks, and asks again when key changes or again() is called; what was there stays until the answer comes. */
export function useLoaded<T>(key: string, ask: (signal: AbortSignal) => Promise<Result<T>>): [Loaded<T>, () => void] {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const [n, setN] = useState(0);
  useEffect(() => {
    const gone = new AbortController();
    void ask(gone.signal).then((res) => {
      if (!gone.signal.aborted) setState(res.ok ? { kind: 'ready', value: res.value } : { kind: 'failed', error: res.error });
    });
    return () => gone.abort();
  }, [key, n]);
  return [state, useCallback(() => setN((i) => i + 1), [])];
}

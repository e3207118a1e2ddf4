import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Result } from '../api/result.ts';
import { usePerson } from './person.ts';

export type Answer<T> = { kind: 'loading' } | { kind: 'ready'; value: T } | { kind: 'failed'; error: Problem };

interface Asked<T> {
  answer: Answer<T>;
  again: () => void; // asks anew; what is shown stays meanwhile
  put: (value: T) => void; // the answer to a change takes its place
}

/**
 * useAnswer asks the server when the page comes and whenever key changes, and shows nothing of an older
 * key. Whoever is signed out meanwhile is led to sign in.
 */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<Result<T>>): Asked<T> {
  const { leave } = usePerson();
  const [state, setState] = useState<{ key: string; answer: Answer<T> }>({ key, answer: { kind: 'loading' } });
  const [turn, setTurn] = useState(0);
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    const ending = new AbortController();
    void latest.current(AbortSignal.any([ending.signal, AbortSignal.timeout(8_000)])).then((res) => {
      if (ending.signal.aborted) return;
      if (res.ok) return setState({ key, answer: { kind: 'ready', value: res.value } });
      if (res.error.status === 401) return leave('ended');
      setState((s) => (s.key === key && s.answer.kind === 'ready' && res.error.status === 0 ? s : { key, answer: { kind: 'failed', error: res.error } }));
    });
    return () => ending.abort();
  }, [key, turn, leave]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  const put = useCallback((value: T) => setState({ key, answer: { kind: 'ready', value } }), [key]);
  return { answer: state.key === key ? state.answer : { kind: 'loading' }, again, put };
}

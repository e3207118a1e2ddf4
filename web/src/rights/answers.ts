import { useCallback, useEffect, useState } from 'react';
import { rights, type Draft, type Question, type Simulated } from '../api/rights.ts';
import type { Problem } from '../api/result.ts';
import { formatInstant, type Instant } from '../time/instant.ts';

export type Answer = { kind: 'loading' } | { kind: 'ready'; value: Simulated } | { kind: 'failed'; error: Problem };

/** useAnswer asks the simulator, anew whenever the question changes; what was answered stays until the next answer. null: there is nothing to ask. */
export function useAnswer(q: { who?: string; camera?: string } | null, at: Instant | null, draft: Draft | null): [Answer, () => void] {
  const [answer, setAnswer] = useState<Answer>({ kind: 'loading' });
  const [again, setAgain] = useState(0);
  const key = q && JSON.stringify({ ...q, ...(at !== null && { at: formatInstant(at) }), ...(draft && { draft }) });
  useEffect(() => {
    if (key === null) return;
    const asked = new AbortController();
    void rights.simulate(JSON.parse(key) as Question, asked.signal).then((res) => {
      if (!asked.signal.aborted) setAnswer(res.ok ? { kind: 'ready', value: res.value } : { kind: 'failed', error: res.error });
    });
    return () => asked.abort();
  }, [key, again]);
  return [answer, useCallback(() => setAgain((n) => n + 1), [])];
}

import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../api/result.ts';
import { security, type Use } from '../api/security.ts';

export type UsesState = { kind: 'loading' } | { kind: 'ready'; uses: readonly Use[]; most: number } | { kind: 'failed'; error: Problem };

/** useUses are the person's sign-ins and tokens, and how to ask for them again. */
export function useUses(): [UsesState, () => void] {
  const [state, setState] = useState<UsesState>({ kind: 'loading' });
  const load = useCallback(() => {
    void security.uses().then((res) => setState(res.ok ? { kind: 'ready', uses: res.value.sessions, most: res.value.most } : { kind: 'failed', error: res.error }));
  }, []);
  useEffect(load, [load]);
  return [state, load];
}

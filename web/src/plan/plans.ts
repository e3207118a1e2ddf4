import { useSyncExternalStore } from 'react';
import type { PlansState } from '../api/plans.ts';
import { usePerson } from '../person/person.ts';

/** usePlans are the drawn floors and how far they are; asking for them loads them, once a session. */
export function usePlans(): PlansState {
  const { plans } = usePerson().desk;
  return useSyncExternalStore(plans.subscribe, plans.get);
}

import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Weeks = Schemas['AwarenessWeeksOutputBody'];
export type UnitWeeks = Schemas['UnitWeeksBody'];

export const weeks = {
  year: (year: number, signal?: AbortSignal) => call<Weeks>('GET', `/api/awareness-weeks/${year}`, undefined, signal),
  /** tell records that the word of the week was read out, in all of the units or none. */
  tell: (units: readonly string[], methods: readonly string[], present: number) => call<Schemas['RecordListOutputBody']>('POST', '/api/awareness-weeks', { units, methods, ...(present > 0 && { present }) }),
};

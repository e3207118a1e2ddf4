import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Hold = Schemas['HoldBody'];
export type Holds = Schemas['HoldsOutputBody'];
export type NewHold = Schemas['PlaceHoldInputBody'];

const of = (id: string) => `/api/holds/${encodeURIComponent(id)}`;

/** holds is footage that is kept from being erased. */
export const holds = {
  list: (signal?: AbortSignal) => call<Holds>('GET', '/api/holds', undefined, signal),
  inForce: (signal?: AbortSignal) => call<Holds>('GET', '/api/holds?in_force=true', undefined, signal),
  place: (h: NewHold) => call<Hold>('POST', '/api/holds', h),
  extend: (id: string, until: string) => call<Hold>('POST', `${of(id)}/extend`, { until }),
  release: (id: string, reason: string) => call<Hold>('POST', `${of(id)}/release`, { reason }),
  approve: (id: string) => call<Hold>('POST', `${of(id)}/approve`),
  keep: (id: string) => call<Hold>('POST', `${of(id)}/keep`),
};

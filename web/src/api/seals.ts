import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Seal = Schemas['SealBody'];
export type Seals = Schemas['SealsOutputBody'];

/** seals are the cases whose views heads are not told for the time being. */
export const seals = {
  list: (signal?: AbortSignal) => call<Seals>('GET', '/api/audit/seals', undefined, signal),
  seal: (caseRef: string, reason: string) => call<undefined>('POST', '/api/audit/seals', { case: caseRef, reason }),
  extend: (caseRef: string) => call<undefined>('POST', '/api/audit/seals/extend', { case: caseRef }),
  close: (caseRef: string) => call<undefined>('POST', '/api/audit/seals/close', { case: caseRef }),
};

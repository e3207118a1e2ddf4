import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Requested = Schemas['RequestBody'];
export type Whole = Schemas['WholeRequestBody'];
export type NewRequest = Schemas['AskRequestInputBody'];
export type Outcome = 'seen' | 'unclear' | 'nothing';

const of = (number: string) => `/api/footage-requests/${encodeURIComponent(number)}`;

/** requests are 映像確認依頼. */
export const requests = {
  list: (signal?: AbortSignal) => call<Schemas['RequestsOutputBody']>('GET', '/api/footage-requests', undefined, signal),
  one: (number: string) => call<Whole>('GET', of(number)),
  ask: (r: NewRequest) => call<Whole>('POST', '/api/footage-requests', r),
  take: (number: string, hold: boolean) => call<Whole>('POST', `${of(number)}/take`, { hold }),
  answer: (number: string, outcome: Outcome, note: string) => call<Whole>('POST', `${of(number)}/outcome`, { outcome, note }),
};

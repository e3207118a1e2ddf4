import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type RightsReview = Schemas['RightsReviewBody'];
export type RightsLine = Schemas['RightsLineBody'];
export type RightsReviews = Schemas['RightsReviewsOutputBody'];

const of = (id: string) => `/api/review/rights/${encodeURIComponent(id)}`;

/** inventory is アクセス権棚卸. */
export const inventory = {
  list: (signal?: AbortSignal) => call<RightsReviews>('GET', '/api/review/rights', undefined, signal),
  take: () => call<{ id: string }>('POST', '/api/review/rights'),
  confirm: (id: string, lines: number[]) => call<undefined>('POST', `${of(id)}/confirm`, { lines }),
  object: (id: string, n: number, text: string) => call<undefined>('POST', `${of(id)}/lines/${n}/objection`, { text }),
  close: (id: string, remark: string) => call<undefined>('POST', `${of(id)}/close`, { remark }),
};

import { keep } from './audit.ts';
import { call } from './client.ts';
import { problemOf, silence, type Result } from './result.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type ReviewMonth = Schemas['ReviewMonthBody'];
export type ReviewItem = Schemas['ReviewItemBody'];
export type MonthSample = Schemas['ReviewMonthOutputBody'];
export type Finding = Exclude<ReviewItem['finding'], ''>;

const of = (month: string) => `/api/review/months/${encodeURIComponent(month)}`;
const item = (i: ReviewItem) => `${of(i.month)}/items/${i.n}`;

/** review is 閲覧監査: a month's sample, and what one was asked about one's own views. */
export const review = {
  months: (signal?: AbortSignal) => call<Schemas['ReviewMonthsOutputBody']>('GET', '/api/review/months', undefined, signal),
  month: (month: string, signal?: AbortSignal) => call<MonthSample>('GET', of(month), undefined, signal),
  mine: (signal?: AbortSignal) => call<Schemas['ReviewMineOutputBody']>('GET', '/api/review/mine', undefined, signal),
  fine: (month: string, items: number[]) => call<undefined>('POST', `${of(month)}/fine`, { items }),
  ask: (i: ReviewItem, text: string) => call<undefined>('POST', `${item(i)}/question`, { text }),
  answer: (i: ReviewItem, text: string) => call<undefined>('POST', `${item(i)}/answer`, { text }),
  find: (i: ReviewItem, finding: Finding, text: string) => call<undefined>('POST', `${item(i)}/finding`, { finding, text }),
  finish: (i: ReviewItem, text: string) => call<undefined>('POST', `${item(i)}/measures`, { text }),

  /** save has the browser keep the signed report of a month. */
  async save(month: string): Promise<Result<undefined>> {
    try {
      const res = await fetch(`${of(month)}/report`, { signal: AbortSignal.timeout(60_000) });
      if (!res.ok) return { ok: false, error: await problemOf(res) };
      keep(await res.blob(), `yagura-review-${month}.zip`);
      return { ok: true, value: undefined };
    } catch {
      return { ok: false, error: silence };
    }
  },
};

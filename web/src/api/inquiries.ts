import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Inquiry = Schemas['HeldInquiryBody'];
export type Draft = Schemas['DraftOutputBody'];
export type InquiryView = Schemas['InquiryViewBody'];

const of = (number: string) => `/api/inquiries/${encodeURIComponent(number)}`;

export const inquiries = {
  list: () => call<Schemas['InquiriesOutputBody']>('GET', '/api/inquiries'),
  one: (number: string) => call<Draft>('GET', of(number)),
  answer: (number: string, until: string, note: string) => call<undefined>('POST', `${of(number)}/answer`, { until, note }),
  refuse: (number: string, reason: string) => call<undefined>('POST', `${of(number)}/refuse`, { reason }),
};

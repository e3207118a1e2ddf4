import { problemOf, silence, type Result } from './result.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Notice = Schemas['PublicOutputBody'];
export type Area = Schemas['PublicAreaBody'];
export type Receipt = Schemas['ReceiptOutputBody'];
export type PublicInquiry = Schemas['InquiryBody'];
export type InquiryView = Schemas['InquiryViewBody'];

const patience = 15_000; // ms: people ask over telephones

async function ask<T>(path: string, init: RequestInit = {}): Promise<Result<T>> {
  try {
    const res = await fetch(path, { ...init, signal: AbortSignal.timeout(patience) });
    return res.ok ? { ok: true, value: (await res.json()) as T } : { ok: false, error: await problemOf(res) };
  } catch {
    return { ok: false, error: silence };
  }
}

/** open is what anybody may ask; nobody is signed in. */
export const open = {
  notice: () => ask<Notice>('/api/public'),
  inquire: (q: { site: string; floor: string; from: string; to: string; contact: string }) =>
    ask<Receipt>('/api/public/inquiries', { method: 'POST', body: JSON.stringify(q), headers: { 'Content-Type': 'application/json' } }),
  answer: (number: string, secret: string) => ask<PublicInquiry>(`/api/public/inquiries/${encodeURIComponent(number)}`, { headers: { 'Inquiry-Secret': secret } }),
};

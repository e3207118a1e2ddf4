import { call } from './client.ts';
import type { Record, Search } from './records.ts';
import type { Result } from './result.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Form = Schemas['FormBody'];

/** printed is the address of a form as a PDF: of a record, of what a list shows, or of a unit's blank sheet. */
export function printed(kind: string, form: string, of: { record: string } | { unit: string } | Partial<Search>): string {
  const q = new URLSearchParams();
  for (const [key, value] of Object.entries(of)) if (value) q.set(key, value);
  return `/api/record-forms/${encodeURIComponent(kind)}/${encodeURIComponent(form)}${q.size > 0 ? `?${q}` : ''}`;
}

/** follow says where a code leads, as it was read or typed. */
export const followCode = (code: string) => call<Schemas['CodeOutputBody']>('GET', `/api/record-codes?code=${encodeURIComponent(code)}`);

/** zonePlans are the drawings of all floors. */
export const zonePlans = (signal?: AbortSignal) => call<Schemas['PlansOutputBody']>('GET', '/api/zone-plans', undefined, signal);

/** every is the records of a kind there are, a thousand at most; none where one may not read the kind. */
export async function every(kind: string, state: string, signal?: AbortSignal): Promise<Result<readonly Record[]>> {
  const res = await call<Schemas['RecordsOutputBody']>('GET', `/api/records/${kind}?limit=1000${state && `&state=${state}`}`, undefined, signal);
  if (res.ok) return { ok: true, value: res.value.records };
  return res.error.status === 404 ? { ok: true, value: [] } : res;
}

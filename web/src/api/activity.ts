import { formatInstant, parseInstant, type Instant, type Span } from '../time/instant.ts';
import { call } from './client.ts';
import type { Result } from './result.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

const path = (camera: string) => `/api/cameras/${encodeURIComponent(camera)}/activity`;

/** activity is how much moved before a camera, in equal buckets over the span: 0 to 1000, −1 where nothing is recorded. */
export async function activity(camera: string, span: Span, buckets: number, signal?: AbortSignal): Promise<Result<number[]>> {
  const query = new URLSearchParams({ from: formatInstant(span.from), to: formatInstant(span.to), buckets: String(buckets) });
  const res = await call<Schemas['ActivityOutputBody']>('GET', `${path(camera)}?${query}`, undefined, signal);
  return res.ok ? { ok: true, value: res.value.values } : res;
}

/** nextActivity is where something next began to move before a camera, or last did; null where it did not within a week. */
export async function nextActivity(camera: string, at: Instant, direction: 1 | -1): Promise<Result<Instant | null>> {
  const query = new URLSearchParams({ at: formatInstant(at), direction: String(direction) });
  const res = await call<Schemas['NextActivityOutputBody']>('GET', `${path(camera)}/next?${query}`);
  return res.ok ? { ok: true, value: res.value.at ? parseInstant(res.value.at) : null } : res;
}

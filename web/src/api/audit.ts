import { formatInstant, type Instant } from '../time/instant.ts';
import { call } from './client.ts';
import { problemOf, silence, type Result } from './result.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Entry = Schemas['AuditBody'];
export type Hint = Schemas['HintBody'];
export type Head = Schemas['AuditHeadOutputBody'];
export type Reach = Schemas['AuditPeopleOutputBody'];
export type AuditPage = Schemas['AuditOutputBody'];

/** Filter selects rows of the log; what is empty selects all. */
export interface Filter {
  actor: string; // login, or me
  camera: string;
  action: string;
  outcome: string;
  purpose: string;
  unit: string;
  hinted: boolean;
  from: Instant | null;
  to: Instant | null;
}

/** queryOf is a filter as the list and the export take it. */
export function queryOf(f: Filter, more: Record<string, string> = {}): URLSearchParams {
  const q = new URLSearchParams(more);
  for (const name of ['actor', 'camera', 'action', 'outcome', 'purpose', 'unit'] as const) if (f[name]) q.set(name, f[name]);
  if (f.hinted) q.set('hinted', 'true');
  if (f.from !== null) q.set('from', formatInstant(f.from));
  if (f.to !== null) q.set('to', formatInstant(f.to));
  return q;
}

const pageSize = 50;
export const most = 2_000; // rows a ledger is made of
const patience = 60_000; // ms, for an export

export const audit = {
  head: (signal?: AbortSignal) => call<Head>('GET', '/api/audit/head', undefined, signal),
  people: (signal?: AbortSignal) => call<Reach>('GET', '/api/audit/people', undefined, signal),
  list: (f: Filter, before: number, signal?: AbortSignal) => call<AuditPage>('GET', `/api/audit?${queryOf(f, { limit: String(pageSize), ...(before > 0 && { before: String(before) }) })}`, undefined, signal),
  /** all reads the rows of a filter for a ledger, newest first, up to `most`; more tells that there are others. */
  async all(f: Filter, signal: AbortSignal): Promise<Result<{ entries: Entry[]; more: boolean }>> {
    const entries: Entry[] = [];
    for (let before = 0; ;) {
      const res = await call<AuditPage>('GET', `/api/audit?${queryOf({ ...f, hinted: false }, { limit: '500', ...(before > 0 && { before: String(before) }) })}`, undefined, signal);
      if (!res.ok) return res;
      entries.push(...res.value.entries);
      before = res.value.next;
      if (before === 0 || entries.length >= most) return { ok: true, value: { entries, more: before > 0 } };
    }
  },
  row: (seq: number, signal?: AbortSignal) => call<AuditPage>('GET', `/api/audit?${new URLSearchParams({ before: String(seq + 1), limit: '1' })}`, undefined, signal),

  /** save has the browser keep an export of the filtered rows; hints are worked out for all of them. */
  async save(f: Filter, format: 'csv' | 'json'): Promise<Result<undefined>> {
    try {
      const res = await fetch(`/api/audit/export?${queryOf({ ...f, hinted: false }, { format })}`, { signal: AbortSignal.timeout(patience) });
      if (!res.ok) return { ok: false, error: await problemOf(res) };
      keep(await res.blob(), /filename="([^"]+)"/.exec(res.headers.get('Content-Disposition') ?? '')?.[1] ?? 'yagura-audit.zip');
      return { ok: true, value: undefined };
    } catch {
      return { ok: false, error: silence };
    }
  },
};

/** keep saves a file through the browser. */
export function keep(what: Blob, name: string) {
  const url = URL.createObjectURL(what);
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

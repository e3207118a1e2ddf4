import { call } from './client.ts';
import { problemOf, silence, type Result } from './result.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Kind = Schemas['KindBody'];
export type Field = Schemas['FieldBody'];
export type Move = Schemas['MoveBody'];
export type Record = Schemas['RecordBody'];
export type OneRecord = Schemas['OneRecordOutputBody'];
export type Version = Schemas['RecordVersionBody'];
export type Debt = Schemas['DebtBody'];
export type Lack = Schemas['LackBody'];
export type Import = Schemas['ImportOutputBody'];
export type Words = Schemas['WordsBody'];
export type Name = Schemas['NameBody'];
export type Link = Schemas['LinkBody'];

/** Value is what a field holds: text, a number, true, a list, rows. A form also has '' and false where nothing is. */
export type Value = string | number | boolean | string[] | Values[] | null | undefined;

/** Values are the fields of a record; what is empty is not there. */
export interface Values { [field: string]: Value }

/** Search narrows a list; empty parts do not. */
export interface Search {
  state: string;
  unit: string;
  q: string;
  from: string; // first day, YYYY-MM-DD
  to: string;
  where?: string; // field:value; field: alone is those where it is empty
}

const of = (id: string) => encodeURIComponent(id);

function query(s: Partial<Search> & { after?: string; limit?: string; format?: string; template?: string }): string {
  const q = new URLSearchParams();
  for (const [key, value] of Object.entries(s)) if (value) q.set(key, value);
  return q.size > 0 ? `?${q}` : '';
}

const one = (kind: string, id: string) => `/api/records/${of(kind)}/${of(id)}`;

/** file is the address of a kind's records as a file, or of an empty table to be filled in. */
export const file = (kind: string, format: 'csv' | 'xlsx', s: Partial<Search> | 'template') =>
  `/api/record-tables/${of(kind)}${query({ format, ...(s === 'template' ? { template: 'true' } : s) })}`;

export const records = {
  kinds: (signal?: AbortSignal) => call<{ kinds: Kind[] }>('GET', '/api/record-kinds', undefined, signal),
  owed: (by: string, signal?: AbortSignal) => call<Schemas['OwedOutputBody']>('GET', `/api/owed?by=${by}`, undefined, signal),
  list: (kind: string, s: Partial<Search> & { after?: string }, signal?: AbortSignal) => call<Schemas['RecordsOutputBody']>('GET', `/api/records/${of(kind)}${query(s)}`, undefined, signal),
  one: (kind: string, id: string, signal?: AbortSignal) => call<OneRecord>('GET', one(kind, id), undefined, signal),
  /** names are what a field may name: people, units, or records of its kind. */
  names: async (f: Field, q: string, signal?: AbortSignal): Promise<Result<Name[]>> => {
    if (f.type !== 'link') {
      const res = await call<{ names: Name[] }>('GET', `/api/record-names?type=${f.type}&q=${of(q)}`, undefined, signal);
      return res.ok ? { ok: true, value: res.value.names } : res;
    }
    const res = await call<Schemas['RecordsOutputBody']>('GET', `/api/records/${of(f.kind)}${query({ q, limit: '20' })}`, undefined, signal);
    return res.ok ? { ok: true, value: res.value.records.map((r) => ({ id: r.label, name: r.title, note: r.unit_name })) } : res;
  },
  create: (kind: string, unit: string, values: Values) => call<Record>('POST', `/api/records/${of(kind)}`, { unit, values }),
  change: (r: Record, values: Values, reason: string) => call<Record>('PUT', one(r.kind, r.id), { version: r.version, values, ...(reason && { reason }) }),
  move: (r: Record, move: string, values: Values, reason: string) => call<Record>('POST', `${one(r.kind, r.id)}/moves/${of(move)}`, { version: r.version, values, reason }),
  see: (r: Record) => call<Record>('POST', `${one(r.kind, r.id)}/see`, { version: r.version }),
  /** take sends a file; dry only tells what would come of it. */
  take: async (kind: string, data: Blob, dry: boolean): Promise<Result<Import>> => {
    try {
      const res = await fetch(`/api/record-tables/${of(kind)}${dry ? '?dry=true' : ''}`, { method: 'POST', body: data, headers: { 'Content-Type': 'application/octet-stream' }, signal: AbortSignal.timeout(120_000) });
      return res.ok ? { ok: true, value: (await res.json()) as Import } : { ok: false, error: await problemOf(res) };
    } catch {
      return { ok: false, error: silence };
    }
  },
};

import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Overview = Schemas['LogOverviewOutputBody'];
export type Hint = Schemas['LogHintBody'];
export type WholeHint = Schemas['LogHintOutputBody'];
export type HintState = Hint['state'];
export type HintFigure = Schemas['LogFigureBody'];
export type Sample = Schemas['LogSampleBody'];
export type LogStaff = Schemas['LogStaffBody'];
export type Counts = Schemas['LogCountsOutputBody'];
export type CountRow = Schemas['LogRowBody'];
export type Summary = Schemas['LogSummaryOutputBody'];
export type Whom = Schemas['LogWhomOutputBody'];
export type Area = Schemas['LogAreaBody'];
export type LogField = Schemas['LogFieldBody'];
export type ProfileVersion = Schemas['LogProfileVersionBody'];
export type LogDefinition = Omit<Schemas['LogDefinition'], '$schema'>;
export type CrossTable = Schemas['LogCrossOutputBody'];
export type Profile = Schemas['LogProfileBody'];
export type Cell = Schemas['LogCellBody'];
export type Report = Schemas['LogReport'];
export type StaffReport = Schemas['ImportStaffOutputBody'];
export type LogFile = Schemas['LogImportBody'];
export type Identification = Schemas['LogIdentifyBody'];
export type CellProblem = Schemas['CellProblemBody'];

/** Asked is what is counted; empty: no limit. */
export interface Asked {
  from: string; // month, YYYY-MM
  to: string; // counted too
  unit: string;
  business: string;
}

const long = 15 * 60_000; // ms that a file of logs may take

function query(words: object): string {
  const q = new URLSearchParams();
  for (const [key, value] of Object.entries(words) as [string, string | boolean][]) if (value) q.set(key, String(value));
  return q.size > 0 ? `?${q}` : '';
}

/** countsFile is where a table is had as a file; small numbers are hidden in it. */
export const countsFile = (table: string, q: Asked, format: 'csv' | 'xlsx') => `/api/oplog/export/${table}${query({ ...q, format })}`;

/** Period is the time of a report: a fiscal quarter or year is called by its first month. */
export interface Period {
  kind: 'month' | 'quarter' | 'year';
  from: string; // month, YYYY-MM
}

const report = (p: Period) => `/api/oplog/reports/${p.kind}/${p.from}`;

/** reportFile is where a report is had as a file. */
export const reportFile = (p: Period, format: 'pdf' | 'xlsx' | 'csv') => `${report(p)}/file?format=${format}`;

export const oplog = {
  overview: (signal?: AbortSignal) => call<Overview>('GET', '/api/oplog', undefined, signal),
  hints: (q: { state: string; rule: string; unit: string }, signal?: AbortSignal) => call<Schemas['LogHintsOutputBody']>('GET', `/api/oplog/hints${query(q)}`, undefined, signal),
  hint: (id: string, signal?: AbortSignal) => call<WholeHint>('GET', `/api/oplog/hints/${encodeURIComponent(id)}`, undefined, signal),
  move: (h: Hint, move: string, reason: string) => call<WholeHint>('POST', `/api/oplog/hints/${encodeURIComponent(h.id)}/moves/${move}`, { version: h.version, ...(reason && { reason }) }),
  counts: (table: string, q: Asked, signal?: AbortSignal) => call<Counts>('GET', `/api/oplog/counts/${table}${query(q)}`, undefined, signal),
  cross: (q: Asked, signal?: AbortSignal) => call<CrossTable>('GET', `/api/oplog/cross${query(q)}`, undefined, signal),
  /** take takes a file of operations, whole or not at all; dry only says what would come of it. */
  take: (profile: string, media: string, file: Blob, dry: boolean) => call<Report>('POST', `/api/oplog/imports${query({ profile, media, dry })}`, file, AbortSignal.timeout(long)),
  takeStaff: (file: Blob, dry: boolean) => call<StaffReport>('POST', `/api/oplog/staff${query({ dry })}`, file, AbortSignal.timeout(long)),
  erased: (id: number) => call<undefined>('POST', `/api/oplog/imports/${id}/erased`),
  summary: (signal?: AbortSignal) => call<Summary>('GET', '/api/oplog/summary', undefined, signal),
  whom: (q: Asked, signal?: AbortSignal) => call<Whom>('GET', `/api/oplog/whom${query(q)}`, undefined, signal),
  report: (p: Period, signal?: AbortSignal) => call<Schemas['DocumentBody']>('GET', report(p), undefined, signal),
  profiles: (signal?: AbortSignal) => call<Schemas['LogProfilesOutputBody']>('GET', '/api/oplog/profiles', undefined, signal),
  writeProfile: (id: string, d: LogDefinition) => call<{ version: number }>('PUT', `/api/oplog/profiles/${encodeURIComponent(id)}`, d),
  decideProfile: (p: ProfileVersion, approve: boolean) => call<undefined>('POST', `/api/oplog/profiles/${encodeURIComponent(p.id)}/${p.version}/${approve ? 'approve' : 'refuse'}`),
  identifications: (signal?: AbortSignal) => call<Schemas['LogIdentifyOutputBody']>('GET', '/api/oplog/identifications', undefined, signal),
  askIdentity: (hint: string, person: string, reason: string) => call<{ id: string }>('POST', '/api/oplog/identifications', { hint, person, reason }),
  decideIdentity: (id: string, approve: boolean) => call<undefined>('POST', `/api/oplog/identifications/${encodeURIComponent(id)}/${approve ? 'approve' : 'refuse'}`),
};

import { formatInstant, type Instant } from '../time/instant.ts';
import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Duty = Schemas['DutyOutputBody'];
export type DutyUnit = Schemas['DutyUnitBody'];
export type Norm = Schemas['NormBody'];
export type Round = Schemas['RoundBody'];
export type Moment = Schemas['MomentBody'];
export type Ledger = Schemas['MonthOutputBody'];
export type LedgerEntry = Schemas['EntryBody'];
export type Report = Schemas['ReportBody'];
export type Verdict = 'fine' | 'attention';
export type Outcome = Exclude<Report['outcome'], ''>;

/** Draft is a report that is being written. */
export interface Draft {
  camera: string;
  at: Instant;
  cameras: string[]; // further ones
  note: string;
  round?: string; // which it came of; with moment
  moment?: number;
}

const round = (id: string) => `/api/duty/rounds/${encodeURIComponent(id)}`;
const report = (id: string) => `/api/duty/reports/${encodeURIComponent(id)}`;

export const duty = {
  units: (signal?: AbortSignal) => call<Duty>('GET', '/api/duty', undefined, signal),
  setNorm: (unit: string, norm: Norm) => call<Norm>('PUT', `/api/duty/norms/${encodeURIComponent(unit)}`, norm),
  begin: (unit: string) => call<Round>('POST', '/api/duty/rounds', { unit }),
  round: (id: string, signal?: AbortSignal) => call<Round>('GET', round(id), undefined, signal),
  mark: (id: string, n: number, result: Verdict, note = '') => call<Round>('PUT', `${round(id)}/moments/${n}`, { result, note }),
  ledger: (unit: string, month: string, signal?: AbortSignal) => call<Ledger>('GET', `/api/duty/months/${month}?${new URLSearchParams({ unit })}`, undefined, signal),

  reports: (signal?: AbortSignal) => call<Schemas['ReportsOutputBody']>('GET', '/api/duty/reports', undefined, signal),
  send: (d: Draft) => call<Report>('POST', '/api/duty/reports', { ...d, at: formatInstant(d.at) }),
  receive: (id: string) => call<Report>('POST', `${report(id)}/receipt`),
  decide: (id: string, outcome: Outcome, text: string) => call<Report>('POST', `${report(id)}/outcome`, { outcome, text }),
};

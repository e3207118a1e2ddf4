import { call } from './client.ts';
import type { Debt, Values } from './records.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Debtor = Schemas['DebtorBody'];
export type Copied = Schemas['CopiedBody'];

export const debts = {
  /** move takes several records on, each by its move, all or none. */
  move: (all: readonly { debt: Debt; move: string }[]) => call<Schemas['RecordListOutputBody']>('POST', '/api/record-moves', { moves: all.map(({ debt, move }) => ({ id: debt.record.id, version: debt.record.version, move })) }),
  write: (kind: string, unit: string, records: readonly Values[], moves: readonly string[]) => call<Schemas['RecordListOutputBody']>('POST', `/api/record-batches/${kind}`, { unit, records, moves }),
  debtors: (by: string, signal?: AbortSignal) => call<{ people: Debtor[] }>('GET', `/api/chases?by=${by}`, undefined, signal),
  chase: (by: string) => call<{ people: Debtor[] }>('POST', '/api/chases', { by }),
  copy: (kind: string, year: number, dry: boolean) => call<{ records: Copied[] }>('POST', `/api/record-copies/${kind}`, { year, dry }),
};

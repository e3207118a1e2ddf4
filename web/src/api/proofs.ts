import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Proofs = Schemas['ProofsOutputBody'];
export type Control = Schemas['ControlBody'];
export type Proof = Schemas['ProofBody'];
export type Pack = Schemas['PackBody'];

/** proofs are which records prove the controls in a fiscal year, and the packs made of them. */
export const proofs = {
  of: (year: string, signal?: AbortSignal) => call<Proofs>('GET', `/api/proofs${year ? `?year=${year}` : ''}`, undefined, signal),
  packs: (signal?: AbortSignal) => call<Schemas['PacksOutputBody']>('GET', '/api/proof-packs', undefined, signal),
  ask: (year: number, controls: readonly string[]) => call<Pack>('POST', '/api/proof-packs', { year, controls }),
};

/** packFile is where a pack is fetched: it is made as it is sent. */
export const packFile = (id: string) => `/api/proof-packs/${encodeURIComponent(id)}/file`;

export type Governed = Schemas['GovernedBody'];

/** regulations are what the articles of a regulation govern, and what changed since the version before. */
export const regulations = {
  settings: (id: string, signal?: AbortSignal) => call<Schemas['GovernedOutputBody']>('GET', `/api/regulations/${encodeURIComponent(id)}/settings`, undefined, signal),
  comparison: (id: string, format: 'html' | 'pdf') => `/api/regulations/${encodeURIComponent(id)}/comparison?format=${format}`,
};

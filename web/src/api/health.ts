import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

/** Figures are what is measured of a camera now. */
export type Figures = Schemas['HealthBody'];
/** CoverDay is what one day of a camera was recorded. */
export type CoverDay = Schemas['CoverageBody']['days'][number];
export type CoverOf = Schemas['CoverageBody'];
export type Coverage = Schemas['CoverageOutputBody'];

export const health = {
  cameras: (signal?: AbortSignal) => call<Schemas['HealthOutputBody']>('GET', '/api/health/cameras', undefined, signal),
  coverage: (days: number) => call<Coverage>('GET', `/api/health/coverage?days=${days}`),
};

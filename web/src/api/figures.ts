import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Figures = Schemas['FiguresOutputBody'];
export type FigureSheet = Schemas['FigureSheetBody'];
export type FigureLine = Schemas['FigureLineBody'];
export type Figure = Schemas['FigureBody'];
export type Obligation = Schemas['ObligationBody'];

/** When is which figures: of a fiscal year, as known at the end of a day; empty: of today. */
export interface When {
  year: string;
  at: string; // YYYY-MM-DD
}

function query(w: { year: string; at: string; format?: string }): string {
  const q = new URLSearchParams();
  for (const [key, value] of Object.entries<string | undefined>(w)) if (value) q.set(key, value);
  return q.size > 0 ? `?${q}` : '';
}

export const figuresFile = (w: When, format: 'csv' | 'xlsx') => `/api/figures/table${query({ ...w, format })}`;

export const figures = { of: (w: When, signal?: AbortSignal) => call<Figures>('GET', `/api/figures${query(w)}`, undefined, signal) };

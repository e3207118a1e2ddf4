import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type PatrolMonth = Schemas['PatrolMonthOutputBody'];
export type Patrol = Schemas['PatrolBody'];
export type Slot = Schemas['SlotBody'];
export type OpenDay = Schemas['OpenDayBody'];

/** Walk is a day's patrols that found nothing. */
export interface Walk {
  unit: string;
  day: string; // YYYY-MM-DD
  slots?: string[]; // numbers; '' of none
  as_before?: boolean; // those of the business day before
  reported_to?: string;
}

export const patrols = {
  /** month is that of a unit; '*' is the first one may write for, or read. */
  month: (unit: string, month: string, signal?: AbortSignal) => call<PatrolMonth>('GET', `/api/patrol-months/${month}?unit=${encodeURIComponent(unit)}`, undefined, signal),
  walk: (w: Walk) => call<Schemas['WalkOutputBody']>('POST', '/api/patrol-days', w),
};

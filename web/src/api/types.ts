import type { Instant, Span } from '../time/instant.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Camera = Schemas['CameraBody'];
export type CameraState = Camera['state'];
export type SessionInfo = Schemas['SessionBody'];
export type System = Schemas['SystemOutputBody'];
export type Stream = 'main' | 'sub';

export interface Gap extends Span {
  cause: string;
}

/** Recordings are what is kept of one camera, and why the rest is not, up to a moment. */
export interface Recordings {
  spans: Span[];
  gaps: Gap[];
  until: Instant;
}

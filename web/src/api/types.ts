import type { Instant, Span } from '../time/instant.ts';

export type Stream = 'main' | 'sub';
export type CameraState = 'recording' | 'starting' | 'stopped' | 'planned' | 'unknown';

export interface Camera {
  id: string;
  number: string;
  name: string;
  kind: 'surveillance' | 'security';
  site: string;
  site_name: string;
  floor: string;
  room: string;
  sections: string[];
  state: CameraState;
  since: string;
  cause: string;
  actions: string[];
  purposes: string[];
  streams: string[];
  keep_days: number;
}

export interface Appointment {
  post: string;
  title: string;
  unit: string;
  unit_name: string;
  from: string;
}

export interface SessionInfo {
  login: string;
  name: string;
  appointments: Appointment[];
  purpose: string;
  purposes: string[];
  expires: string;
  relaxed: string[];
  zone: string;
}

export interface Gap extends Span {
  cause: string;
}

export interface Recordings {
  spans: Span[];
  gaps: Gap[];
  until: Instant;
}

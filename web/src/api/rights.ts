import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Simulated = Schemas['SimulateOutputBody'];
export type Draft = Schemas['DraftBody'];
export type Question = Omit<Schemas['SimulateInputBody'], '$schema'>;
export type RightsRow = Schemas['RightsRow'];
export type Right = Schemas['RightBody'];
export type Someone = Schemas['SomeoneBody'];
export type Cam = Schemas['CamBody'];
export type Change = Schemas['ChangeBody'];
export type PostChange = Schemas['PostChangeBody'];
export type Version = Schemas['VersionBody'];
export type VersionDetail = Schemas['VersionOutputBody'];
export type Grant = Schemas['GrantBody'];
export type NewGrant = Omit<Schemas['AddGrantInputBody'], '$schema'>;
export type Emergency = Schemas['EmergencyBody'];
export type Viewed = Schemas['ViewedBody'];
export type Ground = Schemas['GroundBody'];
export type Line = Schemas['LineBody'];

const version = (v: Pick<Version, 'kind' | 'number'>) => `/api/versions/${v.kind}/${v.number}`;

export const rights = {
  simulate: (q: Question, signal?: AbortSignal) => call<Simulated>('POST', '/api/access/simulate', q, signal),
  emergencies: () => call<Schemas['EmergenciesOutputBody']>('GET', '/api/access/emergency'),
  emergency: (id: string) => call<Schemas['EmergencyOutputBody']>('GET', `/api/access/emergency/${encodeURIComponent(id)}`),
  beginEmergency: (reason: string) => call<Schemas['NightBody']>('POST', '/api/access/emergency', { reason }),
  stopEmergency: () => call<undefined>('DELETE', '/api/access/emergency'),
  reviewEmergency: (id: string, finding: string) => call<undefined>('POST', `/api/access/emergency/${encodeURIComponent(id)}/review`, { finding }),
  grants: () => call<Schemas['GrantsOutputBody']>('GET', '/api/grants'),
  addGrant: (g: NewGrant) => call<Grant>('POST', '/api/grants', g),
  approveGrant: (id: string) => call<undefined>('POST', `/api/grants/${encodeURIComponent(id)}/approve`),
  refuseGrant: (id: string) => call<undefined>('POST', `/api/grants/${encodeURIComponent(id)}/refuse`),
  endGrant: (id: string) => call<undefined>('POST', `/api/grants/${encodeURIComponent(id)}/end`),
  versions: () => call<Schemas['VersionsOutputBody']>('GET', '/api/versions'),
  version: (v: Pick<Version, 'kind' | 'number'>) => call<VersionDetail>('GET', version(v)),
  accept: (v: Pick<Version, 'kind' | 'number'>, ground?: Ground) => call<undefined>('POST', `${version(v)}/accept`, ground ? { ground } : undefined),
  ground: (v: Pick<Version, 'kind' | 'number'>, ground: Ground) => call<undefined>('PUT', `${version(v)}/ground`, { ground }),
  refuse: (v: Pick<Version, 'kind' | 'number'>) => call<undefined>('POST', `${version(v)}/refuse`),
};

import { call } from './client.ts';
import type { components } from './schema.d.ts';
import type { SessionInfo } from './types.ts';

type Schemas = components['schemas'];

/** Half is a sign-in whose password was right and whose second factor is still to come. */
export type Half = Schemas['HalfBody'];
export type SignedIn = SessionInfo | Half;
export type Use = Schemas['UseBody'];
export type Factor = Schemas['FactorBody'];
export type Factors = Schemas['FactorsOutputBody'];
export type NewCode = Schemas['NewCodeOutputBody'];
export type Recovery = Schemas['RecoveryBody'];
export type StartPost = NonNullable<Schemas['StartOutputBody']['posts']>[number];

export interface KeyOptions {
  kind: 'create' | 'get';
  publicKey: PublicKeyCredentialCreationOptionsJSON | PublicKeyCredentialRequestOptionsJSON;
}

export interface StepUpWays {
  methods: ('webauthn' | 'totp' | 'password' | 'directory')[];
  publicKey?: PublicKeyCredentialRequestOptionsJSON;
}

/** isHalf reports whether something is still to come. */
export const isHalf = (s: SignedIn): s is Half => 'state' in s;

const of = (id: string) => encodeURIComponent(id);

export const security = {
  signIn: (login: string, password: string) => call<SignedIn>('POST', '/api/session', { login, password }),
  halfKey: () => call<KeyOptions>('POST', '/api/session/webauthn/begin'),
  finishWithKey: (key: unknown, label: string) => call<SignedIn>('POST', '/api/session/webauthn/finish', { key, label }),
  halfCode: () => call<NewCode>('POST', '/api/session/totp/begin'),
  finishWithCode: (code: string, label: string) => call<SignedIn>('POST', '/api/session/totp', { code, label }),
  askDirectory: (fresh: boolean) => call<{ url: string }>('POST', '/api/session/directory', { fresh }),
  finishDirectory: (query: string) => call<SignedIn>('POST', '/api/session/directory/finish', { query }),
  recover: (login: string, code: string, password: string) => call<SignedIn>('POST', '/api/session/recover', { login, code, password }),

  stepUpWays: () => call<StepUpWays>('POST', '/api/session/step-up/begin'),
  stepUp: (proof: { key?: unknown; code?: string; password?: string }) => call<{ until: string }>('POST', '/api/session/step-up/finish', proof),

  choosePassword: (current: string, password: string) => call<undefined>('PUT', '/api/me/password', { current, password }),
  uses: () => call<Schemas['UsesOutputBody']>('GET', '/api/me/sessions'),
  endUse: (id: string) => call<undefined>('DELETE', `/api/me/sessions/${of(id)}`),
  addToken: (label: string, hours: number) => call<Schemas['TokenOutputBody']>('POST', '/api/me/tokens', { label, hours }),
  confirmToken: (id: string) => call<undefined>('POST', `/api/me/tokens/${of(id)}/confirm`),
  factors: () => call<Factors>('GET', '/api/me/factors'),
  beginKey: () => call<KeyOptions>('POST', '/api/me/keys/begin'),
  addKey: (key: unknown, label: string) => call<Factor>('POST', '/api/me/keys', { key, label }),
  beginCode: () => call<NewCode>('POST', '/api/me/codes/begin'),
  addCode: (code: string, label: string) => call<Factor>('POST', '/api/me/codes', { code, label }),
  removeFactor: (id: string) => call<undefined>('DELETE', `/api/me/factors/${of(id)}`),

  recoveries: () => call<Schemas['RecoveriesOutputBody']>('GET', '/api/recoveries'),
  askRecovery: (login: string, reason: string) => call<Schemas['HalfCodeOutputBody']>('POST', '/api/recoveries', { login, reason }),
  approveRecovery: (id: string) => call<Schemas['HalfCodeOutputBody']>('POST', `/api/recoveries/${of(id)}/approve`),
  refuseRecovery: (id: string) => call<Schemas['HalfCodeOutputBody']>('POST', `/api/recoveries/${of(id)}/refuse`),
  allowCodes: (login: string, allowed: boolean) => call<undefined>('PUT', `/api/people/${of(login)}/codes`, { allowed }),

  checkStart: (code: string) => call<{ posts: StartPost[] }>('POST', '/api/start/check', { code }),
  start: (person: { code: string; post: StartPost; login: string; name: string; password: string }) => call<{ posts: StartPost[] }>('POST', '/api/start', person),
};

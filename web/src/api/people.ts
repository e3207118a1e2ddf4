import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Member = Schemas['MemberBody'];
export type Post = Schemas['PostBody'];
export type People = Schemas['PeopleOutputBody'];
export type Unit = Schemas['OrgUnitBody'];
export type Waiting = Schemas['PostsOutputBody'];
export type PostName = Schemas['AppointInputBody']['post'];
export type Draft = Schemas['ImportPeopleOutputBody'];
export type Effect = Schemas['FileEffectBody'];
export type FileProblem = Schemas['FileProblemBody'];
export type Outlook = Schemas['ReorganiseOutputBody'];
export type Reorganisation = Omit<Schemas['ReorganiseInputBody'], '$schema'>;
export type Kind = Post['kind'];

export interface Search {
  q: string;
  unit: string;
  post: string;
  day: string; // YYYY-MM-DD; "": today
  state: string;
}

const of = (id: string) => encodeURIComponent(id);

function query(fields: Record<string, string>): string {
  const q = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) if (value) q.set(key, value);
  return q.size > 0 ? `?${q}` : '';
}

export const people = {
  list: (s: Search, signal?: AbortSignal) => call<People>('GET', `/api/people${query({ ...s })}`, undefined, signal),
  add: (p: { login: string; name: string; kana: string; number: string }) => call<Member>('POST', '/api/people', p),
  edit: (p: Member) => call<Member>('PUT', `/api/people/${of(p.login)}`, { name: p.name, kana: p.kana, number: p.number, disabled: p.disabled }),
  setDirectory: (login: string, directory: boolean) => call<undefined>('PUT', `/api/people/${of(login)}/directory`, { directory }),
  units: (day: string) => call<{ units: Unit[] }>('GET', `/api/units${query({ day })}`),
  waiting: () => call<Waiting>('GET', '/api/appointments'),
  appoint: (a: { login: string; post: PostName; unit: string; kind: Kind; from?: string; to?: string }) => call<Post>('POST', '/api/appointments', a),
  approve: (id: string) => call<Post>('POST', `/api/appointments/${of(id)}/approve`),
  refuse: (id: string) => call<Post>('POST', `/api/appointments/${of(id)}/refuse`),
  /** take imports a file, or with dry only says what it would do. */
  take: (file: File, dry: boolean) => call<Draft>('POST', `/api/people/import?${new URLSearchParams({ name: file.name, dry: String(dry) })}`, file, AbortSignal.timeout(60_000)),
  template: (format: 'csv' | 'xlsx', filled: boolean) => `/api/people/template?format=${format}&filled=${filled}`,
  unitsFile: (format: 'csv' | 'xlsx' | 'yaml') => `/api/units/file?format=${format}`,
  preview: (r: Reorganisation) => call<Outlook>('POST', '/api/reorganisation/preview', r, AbortSignal.timeout(60_000)),
  reorganise: (r: Reorganisation) => call<Outlook>('POST', '/api/reorganisation', r, AbortSignal.timeout(60_000)),
  end: (id: string, day: string) => call<Post>('POST', `/api/appointments/${of(id)}/end`, day ? { day } : {}),
};

import { call } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type SavedFields = Pick<Schemas['SetFields'], 'name' | 'layout' | 'cameras'>;
export type SavedWall = SavedFields & Pick<Schemas['SetBody'], 'id' | 'updated'>;

/** desk are the saved walls of a person. */
export const desk = {
  sets: () => call<{ sets: SavedWall[] }>('GET', '/api/me/sets'),
  addSet: (s: SavedFields) => call<SavedWall>('POST', '/api/me/sets', s),
  changeSet: (id: string, s: SavedFields) => call<SavedWall>('PUT', `/api/me/sets/${encodeURIComponent(id)}`, s),
  removeSet: (id: string) => call<undefined>('DELETE', `/api/me/sets/${encodeURIComponent(id)}`),
};

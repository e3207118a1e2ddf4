import type { Text } from '../ja.ts';

export const settings: Text['settings'] = {
  page: 'Settings',
};

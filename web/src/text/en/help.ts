import type { Text } from '../ja.ts';

export const help: Text['help'] = {
  page: 'Help',
};

import type { Text } from '../ja.ts';

export const health: Text['health'] = {
  page: 'Camera health',
};

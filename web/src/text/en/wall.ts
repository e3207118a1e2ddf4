import type { Text } from '../ja.ts';

export const wall: Text['wall'] = {
  page: 'Live wall',
};

import type { Text } from '../ja.ts';

export const duty: Text['duty'] = {
  page: 'Duty check',
};

import type { Text } from '../ja.ts';

export const diagnostics: Text['diagnostics'] = {
  page: 'Connection check',
};

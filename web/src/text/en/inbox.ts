import type { Text } from '../ja.ts';

export const inbox: Text['inbox'] = {
  page: 'Inbox',
};

import type { Text } from '../ja.ts';

export const bookmarks: Text['bookmarks'] = {
  page: 'Bookmarks',
};

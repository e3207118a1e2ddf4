import type { Text } from '../ja.ts';

export const playback: Text['playback'] = {
  page: 'Playback',
};

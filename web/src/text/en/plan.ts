import type { Text } from '../ja.ts';

/** plan is the text of floor plans. */
export const plan: Text['plan'] = {
  name: (floor) => `Plan of ${floor}`,
  marks: { live: 'Normal', late: 'Late', stopped: 'Stopped', planned: 'Planned' },
};

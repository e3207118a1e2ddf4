import type { Camera } from '../api/types.ts';

/** PlanMark is what a camera's dot says: circle, triangle, square, hollow circle. */
export type PlanMark = 'live' | 'late' | 'stopped' | 'planned';

export const planMarks: readonly PlanMark[] = ['live', 'late', 'stopped', 'planned'];

/** markOf is the mark of a camera's own state. */
export function markOf(c: Camera): PlanMark {
  switch (c.state) {
    case 'recording': return 'live';
    case 'starting': return 'late';
    case 'stopped': return 'stopped';
    case 'planned':
    case 'unknown': return 'planned';
  }
}

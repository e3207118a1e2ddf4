import type { PlanMark } from '../../plan/mark.ts';

/** plan is the text of floor plans. */
export const plan = {
  name: (floor: string) => `${floor} 平面図`,
  marks: { live: '正常', late: '遅延', stopped: '停止', planned: '予定' } as Record<PlanMark, string>,
};

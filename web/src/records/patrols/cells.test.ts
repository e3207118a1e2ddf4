import { describe, expect, test } from 'vitest';
import type { PatrolMonth } from '../../api/patrols.ts';
import { rowsOf, step, sumOf } from './cells.ts';

const slot = { id: 's', label: 'R8枠-1', name: '午前', area: '1階', begin: '09:00', end: '09:10', from: '2026-04-01', until: '' };
const patrol = (day: string, of: string, state: string, findings = 0) => ({ id: day + of, label: 'R8巡-1', day, slot: of, state, by: 'designated', patroller: '例示　務', findings });
const month: PatrolMonth = {
  unit: 'koseki', unit_name: '戸籍住民分野', units: [], today: '2026-06-03', by: 'designated', heads: [], slots: [slot],
  days: ['01', '02', '03', '04'].map((d, i) => ({ day: `2026-06-${d}`, weekday: i + 1, closed: d === '02', holiday: '' })),
  patrols: [patrol('2026-06-01', 'R8枠-1', 'done', 1), patrol('2026-06-01', 'R8枠-1', 'reported'), patrol('2026-06-03', 'R8枠-9', 'done')],
};
const none = { name: '枠なし', area: '職場全体' };

describe('the month of patrols', () => {
  test('a box says what is most urgent in it; what belongs to no slot has a row of its own', () => {
    const rows = rowsOf(month, none);
    expect(rows.map((r) => r.name)).toEqual(['午前', '枠なし']);
    expect(rows[0]!.cells.map((c) => c.look)).toEqual(['told', 'empty', 'empty', 'future']);
    expect(rows[1]!.cells.map((c) => c.look)).toEqual(['empty', 'empty', 'fine', 'future']);
    expect(rowsOf({ ...month, slots: [], patrols: [] }, none)).toHaveLength(1);
  });

  test('business days until today are counted', () => {
    expect(sumOf(month)).toEqual({ done: 3, days: 2, of: 2, found: 1, told: 1, draft: 0 });
  });

  test('arrow keys stay inside', () => {
    expect(step('ArrowLeft', { row: 0, column: 0 }, 2, 4)).toEqual({ row: 0, column: 0 });
    expect(step('ArrowDown', { row: 0, column: 2 }, 2, 4)).toEqual({ row: 1, column: 2 });
    expect(step('End', { row: 1, column: 0 }, 2, 4)).toEqual({ row: 1, column: 3 });
    expect(step('a', { row: 1, column: 0 }, 2, 4)).toBeNull();
  });
});

import { expect, test } from 'vitest';
import type { Kind, Record } from '../../api/records.ts';
import { added, area, box, edges, isBox, kept, middle, moved, parsed, without, written, zonesOf, type Outline } from './outline.ts';

const room: Outline = [[500, 20], [610, 20], [610, 160], [500, 160]];

test('an outline is written as it was read', () => {
  expect(written(parsed('500,20 610,20 610,160 500,160'))).toBe('500,20 610,20 610,160 500,160');
  expect(parsed('500,20')).toEqual([]);
  expect(parsed('a,b c,d e,f')).toEqual([]);
  expect(parsed(undefined)).toEqual([]);
});

test('a rectangle is drawn from any corner', () => {
  expect(box([610, 160], [500, 20])).toEqual(room);
  expect(box([1, 1], [1, 9])).toEqual([]);
  expect(isBox(room)).toBe(true);
  expect(isBox(moved(room, 0, [490, 20]))).toBe(false);
  expect(edges(room)).toEqual({ x: 500, y: 20, w: 110, h: 140 });
  expect(area(room)).toBe(15400);
});

test('a corner is added where its side is nearest, stays in the plan, and goes', () => {
  expect(added(room, [555, 15])).toEqual([[500, 20], [555, 15], [610, 20], [610, 160], [500, 160]]);
  expect(added([[0, 0], [5, 5]], [9, 0])).toHaveLength(3);
  expect(kept([1007, -3], 1000, 650)).toEqual([1000, 0]);
  expect(kept([503, 22], 1000, 650)).toEqual([505, 20]);
  expect(without(room, 3)).toHaveLength(3);
});

test('words stand inside an outline, where it is wide', () => {
  const bent: Outline = [[0, 0], [100, 0], [100, 400], [900, 400], [900, 500], [0, 500]];
  const at = middle(bent);
  expect(at.w).toBeGreaterThan(99);
  expect(at.x > 0 && at.x < 900 && at.y > 0 && at.y < 500).toBe(true);
});

test('a zone has the terminals of its room and the exceptions of its unit', () => {
  const record = (values: object, more: object = {}) => ({ id: 'x', kind: '', unit: 'koseki', state: 'in_force', values, ...more }) as unknown as Record;
  const kind = { units: [{ id: 'koseki', name: '' }] } as unknown as Kind;
  const terminals = [record({ floor: '1F', room: '書庫' }), record({ floor: '2F', room: '書庫' })];
  const exceptions = [record({ zone: 'secure' }), record({ zone: 'business' }), record({ zone: 'secure' }, { unit: 'gomi' })];
  const [zone, ...others] = zonesOf(kind, [record({ floor: '1F', room: '書庫', zone: 'secure', plan: 'p', outline: '0,0 1,0 1,1' }), record({}, { state: 'ended' })], terminals, exceptions);
  expect(others).toEqual([]);
  expect(zone).toMatchObject({ type: 'secure', plan: 'p', terminals: 1, writes: true });
  expect(zone!.exceptions).toHaveLength(1);
});

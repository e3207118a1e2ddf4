import { expect, test } from 'vitest';
import { DAY, HOUR, SECOND } from '../time/instant.ts';
import { blocks, perBlock, stepFor } from './grid.ts';

test('a bucket is wide enough to be seen, and never finer than what is kept', () => {
  expect(stepFor({ from: 0, to: 2 * HOUR }, 1200)).toBe(20 * SECOND);
  expect(stepFor({ from: 0, to: SECOND }, 1200)).toBe(SECOND);
  expect(stepFor({ from: 0, to: 30 * DAY }, 1200)).toBe(2 * HOUR);
});

test('blocks cover the view up to now', () => {
  const size = SECOND * perBlock;
  expect(blocks({ from: 1.5 * size, to: 3.2 * size }, SECOND, 10 * size)).toEqual([1, 2, 3]);
  expect(blocks({ from: 1.5 * size, to: 3.2 * size }, SECOND, 2.5 * size)).toEqual([1, 2]);
});

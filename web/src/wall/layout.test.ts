import { expect, test } from 'vitest';
import { beside, gridOf, placesOf, smallest, tracks } from './layout.ts';

const stage = { width: 1632, height: 940 };

test('an even layout is as wide as it is high', () => {
  expect(gridOf('9', 3, stage)).toEqual({ columns: 3, rows: 3 });
  expect(placesOf('25', 3)).toBe(25);
});

test('a floor shows its pictures as large as they can be', () => {
  expect(gridOf('floor', 15, stage)).toEqual({ columns: 4, rows: 4 });
  expect(gridOf('floor', 2, stage)).toEqual({ columns: 2, rows: 1 });
  expect(gridOf('floor', 2, { width: 800, height: 1200 })).toEqual({ columns: 1, rows: 2 });
  expect(gridOf('floor', 3, { width: 1600, height: 400 })).toEqual({ columns: 3, rows: 1 });
  expect(gridOf('floor', 0, stage)).toEqual({ columns: 1, rows: 1 });
});

test('a place has nearly the shape of a picture', () => {
  expect(tracks({ columns: 2, rows: 1 }, { width: 1604, height: 900 })).toEqual({ width: 800, height: 450 });
  expect(tracks({ columns: 1, rows: 1 }, { width: 1700, height: 900 }).width).toBe(1600);
  expect(tracks({ columns: 3, rows: 3 }, { width: 1632, height: 940 }).width).toBeCloseTo(541.3, 1);
});

test('a floor has as many places as one sign-in may watch', () => {
  expect(placesOf('floor', 100)).toBe(36);
});

test('the smallest layout with room for all', () => {
  expect([0, 1, 2, 4, 5, 9, 10, 40].map((n) => smallest(n))).toEqual(['1', '1', '4', '4', '9', '9', '16', '25']);
});

test('arrows stay on the wall', () => {
  const grid = { columns: 3, rows: 2 };
  expect(beside(grid, 5, 0, 'left')).toBe(0);
  expect(beside(grid, 5, 2, 'right')).toBe(2);
  expect(beside(grid, 5, 1, 'down')).toBe(4);
  expect(beside(grid, 5, 2, 'down')).toBe(2);
  expect(beside(grid, 5, 4, 'up')).toBe(1);
});

import { expect, test } from 'vitest';
import { fitting } from './fitting.ts';

test('all pages, or as many as leave room for the button', () => {
  expect(fitting([50, 60, 70, 40], 180)).toBe(3);
  expect(fitting([50, 60, 70, 40], 179)).toBe(2);
  expect(fitting([50, 60, 70, 40], 149)).toBe(1);
  expect(fitting([50, 60, 70, 40], 10)).toBe(0);
  expect(fitting([40], 0)).toBe(0);
});

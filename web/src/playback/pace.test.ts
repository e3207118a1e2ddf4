import { expect, test } from 'vitest';
import { SECOND } from '../time/instant.ts';
import { Drift, deviation, dueAt, median, momentAt } from './pace.ts';

test('a playhead waits, then runs at its rate', () => {
  const p = { at: 100 * SECOND, when: 5_000, rate: 2 };
  expect(momentAt(p, 4_000)).toBe(100 * SECOND);
  expect(momentAt(p, 6_000)).toBe(102 * SECOND);
  expect(dueAt(p, 103 * SECOND)).toBe(6_500);
  expect(momentAt({ ...p, rate: -1 }, 6_000)).toBe(99 * SECOND);
});

test('a picture that comes 40 ms after it was due is 40 ms behind, whatever the rate', () => {
  const p = { at: 100 * SECOND, when: 5_000, rate: 1 };
  expect(deviation(p, { at: 101 * SECOND, presented: 6_040 })).toBe(-40_000);
  expect(deviation({ ...p, rate: 2 }, { at: 102 * SECOND, presented: 6_040 })).toBe(-80_000);
});

test('one late picture is no drift', () => {
  const d = new Drift();
  [1, 2, 3, -900_000].forEach((v, i) => d.add(v, i));
  expect(d.typical()).toBe(1.5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  d.clear();
  expect(d.typical()).toBeNull();
});

test('pacing shows in the best pictures, once there is enough to go by', () => {
  const d = new Drift();
  for (let i = 0; i < 20; i++) d.add(i % 4 === 0 ? -150_000 : -700_000, i * 66);
  expect(d.paced()).toBeNull();
  for (let i = 20; i < 40; i++) d.add(i % 4 === 0 ? -150_000 : -700_000, i * 66);
  expect(d.paced()).toBe(-150_000);
  for (let i = 40; i < 120; i++) d.add(0, i * 66);
  expect(d.paced()).toBe(0);
});

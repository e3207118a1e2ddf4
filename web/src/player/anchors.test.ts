import { expect, test } from 'vitest';
import { Anchors, ticks } from './anchors.ts';

test('a picture lies between anchors at its own rate', () => {
  const a = new Anchors();
  expect(a.at(0)).toBeNull();
  a.add({ rtp: 1000, at: 5_000_000, rate: 1 });
  a.add({ rtp: 91_000, at: 60_000_000, rate: -2 });
  expect(a.at(1000 + 45_000)).toBe(5_500_000);
  expect(a.at(91_000)).toBe(60_000_000);
  expect(a.at(181_000)).toBe(58_000_000);
});

test('timestamps wrap', () => {
  const a = new Anchors();
  a.add({ rtp: 0xffff_ffff - 89_999, at: 0, rate: 1 });
  expect(a.at(0)).toBe(1_000_000);
  expect(ticks(0xffff_ffff, 1)).toBe(2);
});

test('a newer anchor at or before an older one replaces it', () => {
  const a = new Anchors();
  a.add({ rtp: 1000, at: 1, rate: 1 });
  a.add({ rtp: 5000, at: 2, rate: 1 });
  a.add({ rtp: 5000, at: 9, rate: 0 });
  expect(a.at(95_000)).toBe(9);
});

import { expect, test } from 'vitest';
import { parseInstant } from '../time/instant.ts';
import { shownAs, typed } from './typed.ts';

const now = parseInstant('2017-07-12T14:05:12+09:00');
const at = parseInstant('2017-06-28T18:24:37.120+09:00');
const read = (text: string) => {
  const r = typed(text, at, now);
  return r.ok ? r.at : r.wrong;
};

test('dates and times as people write them', () => {
  const want = parseInstant('2017-06-28T18:24:37+09:00');
  for (const text of ['平成29年6月28日 18:24:37', 'H29.6.28 18:24:37', '2017/6/28 18:24:37', '2017年6月28日（水） 18:24:37', '６月２８日　１８：２４：３７', '2017年6月28日18時24分37秒', '20170628 182437']) {
    expect(read(text), text).toBe(want);
  }
});

test('what is left out is that of the moment one is at', () => {
  expect(read('18:30')).toBe(parseInstant('2017-06-28T18:30:00+09:00'));
  expect(read('9:05')).toBe(parseInstant('2017-06-28T09:05:00+09:00'));
  expect(read('7/1')).toBe(parseInstant('2017-07-01T18:24:37.120+09:00'));
  expect(read('12/24 10:00')).toBe(parseInstant('2016-12-24T10:00:00+09:00'));
});

test('what cannot be read says which part', () => {
  expect(read('2017/2/30 10:00')).toBe('day');
  expect(read('6/28 25:00')).toBe('clock');
  expect(read('25:00')).toBe('clock');
  expect(read('H29.13.1')).toBe('day');
  expect(read('あした')).toBe('both');
  expect(read('')).toBe('both');
});

test('what is shown can be typed', () => {
  const whole = parseInstant('2017-06-28T18:24:37+09:00');
  expect(shownAs(at, true, false)).toBe('平成29年6月28日 18:24:37');
  for (const era of [true, false]) for (const latin of [true, false]) expect(read(shownAs(at, era, latin))).toBe(whole);
});

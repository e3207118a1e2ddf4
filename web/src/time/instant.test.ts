import { expect, test } from 'vitest';
import { clock, formatInstant, parseInstant, stamp, wall } from './instant.ts';

test('microseconds survive', () => {
  for (const text of ['2017-06-28T09:24:37.120001Z', '1999-12-31T23:59:59.999999Z', '2017-06-28T09:24:37.000000Z']) {
    expect(formatInstant(parseInstant(text))).toBe(text);
  }
  expect(parseInstant('2017-06-28T18:24:37.12+09:00')).toBe(parseInstant('2017-06-28T09:24:37.120Z'));
  expect(parseInstant('2017-06-28')).toBeNaN();
});

test('clocks show Japanese time', () => {
  const at = parseInstant('2017-06-28T15:04:07.120Z');
  expect(clock(at)).toBe('00:04:07');
  expect(stamp(at)).toBe('2017-06-29 00:04:07.120');
  expect(wall(at).weekday).toBe(4);
});

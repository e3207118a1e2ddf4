import { expect, test } from 'vitest';
import { eraYear, instantOf, parseClock, parseDay } from './era.ts';
import { parseInstant } from './instant.ts';

test('years of eras', () => {
  expect(eraYear(parseInstant('2017-06-28T09:24:37Z'))).toBe('平成29年');
  expect(eraYear(parseInstant('2019-04-30T14:59:59Z'))).toBe('平成31年');
  expect(eraYear(parseInstant('2019-04-30T15:00:00Z'))).toBe('令和元年');
  expect(eraYear(parseInstant('1989-01-07T15:00:00Z'))).toBe('平成元年');
});

test('dates as people write them', () => {
  const day = { year: 2017, month: 6, day: 28 };
  for (const text of ['2017年6月28日', '2017/6/28', '2017-06-28', '平成29年6月28日', 'H29.6.28', 'h29/6/28', '20170628', '６月２８日', '6/28', '2017年6月28日（水）']) {
    expect(parseDay(text, 2017), text).toEqual(day);
  }
  expect(parseDay('令和元年5月1日', 2026)).toEqual({ year: 2019, month: 5, day: 1 });
  for (const text of ['', '2017/2/29', '29/6/28', '元年6月1日', 'X29.6.28', '6月']) expect(parseDay(text, 2017), text).toBeNull();
});

test('times of day', () => {
  expect(parseClock('18:24:37.120')).toBe(((18 * 60 + 24) * 60 + 37) * 1e6 + 120_000);
  for (const text of ['18:24', '1824', '18時24分', '１８：２４']) expect(parseClock(text), text).toBe((18 * 60 + 24) * 60e6);
  for (const text of ['', '24:00', '12:60', 'noon']) expect(parseClock(text), text).toBeNaN();
  expect(instantOf({ year: 2017, month: 6, day: 28 }, parseClock('18:24:37'))).toBe(parseInstant('2017-06-28T09:24:37Z'));
});

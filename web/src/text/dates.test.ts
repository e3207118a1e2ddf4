import { expect, test } from 'vitest';
import { parseInstant } from '../time/instant.ts';
import { enDates, jaDates } from './dates.ts';

const at = parseInstant('2019-05-01T00:00:00Z');

test('dates in each calendar', () => {
  expect(jaDates('western').date(at)).toBe('2019年5月1日（水）');
  expect(jaDates('era').date(at)).toBe('令和元年5月1日（水）');
  expect(jaDates('both').calendar(at)).toBe('2019年（令和元年）5月1日');
  expect(jaDates('era').month(parseInstant('2017-06-01T00:00:00Z'))).toBe('平成29年6月');
  expect(enDates('western').date(at)).toBe('Wed 1 May 2019');
  expect(enDates('era').calendar(at)).toBe('1 May Reiwa 1');
  expect(enDates('both').month(at)).toBe('May 2019 (Reiwa 1)');
  expect(jaDates('era').calendar(parseInstant('1920-01-01T00:00:00Z'))).toBe('1920年1月1日');
});

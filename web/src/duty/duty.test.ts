import { expect, test } from 'vitest';
import { parseInstant } from '../time/instant.ts';
import { begins, daysIn, formatMonth, monthOf, parseMonth, shifted, weeks } from './month.ts';
import { sheets } from './sheets.ts';

test('months', () => {
  expect(parseMonth('2017-06')).toEqual({ year: 2017, month: 6 });
  for (const text of ['', '2017', '2017-13', '2017-6', '2017-06-01']) expect(parseMonth(text), text).toBeNull();
  expect(formatMonth(shifted({ year: 2017, month: 1 }, -1))).toBe('2016-12');
  expect(formatMonth(shifted({ year: 2017, month: 12 }, 1))).toBe('2018-01');
  expect(monthOf(parseInstant('2017-06-30T15:00:00Z'))).toEqual({ year: 2017, month: 7 });
  expect(begins({ year: 2017, month: 7 })).toBe(parseInstant('2017-06-30T15:00:00Z'));
  expect([daysIn({ year: 2017, month: 2 }), daysIn({ year: 2020, month: 2 }), daysIn({ year: 2017, month: 7 })]).toEqual([28, 29, 31]);
});

test('weeks begin on Monday', () => {
  const june = weeks({ year: 2017, month: 6 }); // the 1st is a Thursday
  expect(june[0]).toEqual([null, null, null, 1, 2, 3, 4]);
  expect(june.at(-1)).toEqual([26, 27, 28, 29, 30, null, null]);
  expect(weeks({ year: 2021, month: 2 })).toHaveLength(4);
});

test('rows on sheets', () => {
  const laid = (n: number) => sheets(Array.from({ length: n }, (_, i) => i), 3, 5, () => 1).map((s) => [s.page, s.pages, s.first, s.rows.length]);
  expect(laid(0)).toEqual([[1, 1, 0, 0]]);
  expect(laid(3)).toEqual([[1, 1, 0, 3]]);
  expect(laid(4)).toEqual([[1, 2, 0, 3], [2, 2, 3, 1]]);
  expect(laid(13)).toEqual([[1, 3, 0, 3], [2, 3, 3, 5], [3, 3, 8, 5]]);
  expect(sheets([1, 1.5, 1, 1, 9, 1], 3, 5, (h) => h).map((s) => s.rows)).toEqual([[1, 1.5], [1, 1], [9], [1]]);
});

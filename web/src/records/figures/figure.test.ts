import { expect, test } from 'vitest';
import { change, dayOf, fiscalYear, monthEnd, percent, rate, yearOf } from './figure.ts';

const f = (done: number, late: number, missing: number, open: number) => ({ due: done + late + missing + open, done, late, missing, open, count: 0 });

test('a fiscal year is printed by the era it went on in', () => {
  expect([2017, 2018, 2019, 2026].map(fiscalYear)).toEqual(['平成29年度', '平成30年度', '令和元年度', '令和8年度']);
  expect(['2026-03-31', '2026-04-01', '2027-01-05'].map(yearOf)).toEqual([2025, 2026, 2026]);
});

test('what is still open does not count against anybody', () => {
  expect(percent(rate(f(8, 1, 1, 40)))).toBe('90.0％');
  expect(percent(rate(f(0, 0, 0, 3)))).toBe('－');
  expect(percent(rate(f(999, 0, 1, 0)))).toBe('99.9％');
  expect(percent(rate(f(1999, 0, 1, 0)))).toBe('99.9％'); // never rounded up to all
  expect(change(f(9, 0, 1, 0), f(8, 0, 2, 0))).toBe(10);
  expect(change(f(9, 0, 1, 0), undefined)).toBeNull();
});

test('dates are read as people write them', () => {
  expect(['R8.9.30', '2026/9/30', '令和8年9月30日', '', '9/31'].map((d) => dayOf(d, 2026))).toEqual(['2026-09-30', '2026-09-30', '2026-09-30', '', null]);
  expect([monthEnd('2026-11-26'), monthEnd('2026-03-01'), monthEnd('2027-01-31')]).toEqual(['2026-10-31', '2026-02-28', '2026-12-31']);
});

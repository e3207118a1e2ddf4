import { expect, test } from 'vitest';
import { parseInstant } from '../time/instant.ts';
import { dayOf, momentOf, spanOf, written } from './when.ts';

test('a time of a day in Japan, over midnight too', () => {
  expect(written(spanOf('2026-03-01', '08:30', '09:00'))).toEqual({ from: '2026-02-28T23:30:00.000000Z', to: '2026-03-01T00:00:00.000000Z' });
  expect(written(spanOf('2026-02-28', '23:00', '01:00')).to).toBe('2026-02-28T16:00:00.000000Z');
  const whole = spanOf('2026-03-01', '00:00', '00:00');
  expect(whole.to - whole.from).toBe(86_400_000_000);
  expect(spanOf('', '08:30', '09:00').from).toBeNaN();
});

test('days in words', () => {
  const at = parseInstant('2026-02-28T15:05:00Z');
  expect(dayOf(at, 'ja')).toBe('2026年3月1日');
  expect(momentOf(at, 'en')).toBe('2026-03-01 00:05');
});

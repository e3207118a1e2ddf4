import { expect, test } from 'vitest';
import { DAY, parseInstant } from '../time/instant.ts';
import { axisOf, isoDay, partOf, phaseOf, readDay } from './day.ts';

const now = parseInstant('2018-03-31T15:00:00Z'); // 1 April 2018 in Japan

test('days as people write them', () => {
  expect(isoDay(now)).toBe('2018-04-01');
  for (const text of ['2018/4/1', '平成30年4月1日', 'Ｈ30.4.1', '4/1', '20180401']) expect(readDay(text, now), text).toBe('2018-04-01');
  expect(readDay('  ', now)).toBe('');
  expect(readDay('来週', now)).toBeNull();
  expect(readDay('2018/2/30', now)).toBeNull();
});

test('a post stands as its time says', () => {
  const post = (from: string, to: string | null, state: 'accepted' | 'waiting' | 'refused' = 'accepted') => phaseOf({ from, to, state }, now);
  expect(post('2017-04-01T00:00:00Z', null)).toBe('now');
  expect(post('2018-04-02T00:00:00Z', null)).toBe('future');
  expect(post('2017-04-01T00:00:00Z', '2018-03-31T15:00:00Z')).toBe('past');
  expect(post('2018-05-01T00:00:00Z', '2018-05-01T00:00:00Z')).toBe('past'); // taken back before it began
  expect(post('2017-04-01T00:00:00Z', null, 'waiting')).toBe('waiting');
});

test('bars lie within the axis', () => {
  const posts = [{ from: '1990-04-01T00:00:00Z', to: null }, { from: '2018-03-01T00:00:00Z', to: '2018-03-31T15:00:00Z' }];
  const axis = axisOf(posts, now);
  expect(axis.from).toBe(now - 3650 * DAY);
  expect(partOf(posts[0]!, axis)).toEqual({ left: 0, width: 100 });
  const { left, width } = partOf(posts[1]!, axis);
  expect(left).toBeGreaterThan(90);
  expect(left + width).toBeLessThan(96);
});

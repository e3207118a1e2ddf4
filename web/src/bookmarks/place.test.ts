import { expect, test } from 'vitest';
import { parseInstant } from '../time/instant.ts';
import { read, wanted, write } from './place.ts';

test('the URL is the state', () => {
  for (const url of ['/bookmarks', '/bookmarks?q=%E7%AB%AF%E6%9C%AB&camera=a1-07&from=H29.6.28&whose=mine&still=1&id=7']) {
    expect(write(read(new URL(url, 'http://localhost').searchParams))).toBe(url);
  }
});

test('the last day counts whole, in western years and eras', () => {
  const q = (text: string) => wanted(read(new URLSearchParams(text)), 2017);
  expect(q('from=2017-06-01&to=H29.6.28')).toMatchObject({ from: parseInstant('2017-05-31T15:00:00Z'), to: parseInstant('2017-06-28T15:00:00Z') });
  expect(q('from=yesterday')).toMatchObject({ from: null, to: null, mine: false, still: false });
});

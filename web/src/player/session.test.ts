import { expect, test } from 'vitest';
import { parseInstant } from '../time/instant.ts';
import { answers } from './pending.ts';
import { parseMessage } from './session.ts';

const position = (at: string, more = '') => {
  const m = parseMessage(`{"type":"position","rtp":7,"at":"${at}","rate":1,"live":false,"camera":"a1-07","stream":"main"${more}}`);
  if (m?.type !== 'position') throw new Error('no position');
  return m;
};

test('messages are read; unknown ones are let go', () => {
  expect(position('2017-06-28T09:24:37.120001Z').at).toBe(parseInstant('2017-06-28T09:24:37.120001Z'));
  expect(parseMessage('{"type":"denied","reason":"no"}')).toEqual({ type: 'denied', code: '', reason: 'no' });
  expect(parseMessage('{"type":"news"}')).toBeNull();
});

test('a position answers what was asked, not what went before', () => {
  const at = parseInstant('2017-06-28T09:24:37Z');
  const seek = { kind: 'seek', at } as const;
  expect(answers(seek, position('2017-06-28T09:24:36.950Z', ',"sought":"2017-06-28T09:24:37.000000Z"'))).toBe(true);
  expect(answers(seek, position('2017-06-28T09:24:37Z'))).toBe(false);
  expect(answers(seek, position('2017-06-28T09:24:37Z', ',"sought":"2017-06-28T09:24:38Z"'))).toBe(false);
  expect(answers(seek, position('2017-06-28T09:20:00Z', ',"end":true'))).toBe(true);
  expect(answers({ kind: 'step', from: at, step: -1 }, position('2017-06-28T09:24:37.066Z'))).toBe(false);
  expect(answers({ kind: 'open', camera: 'a1-06', at }, position('2017-06-28T09:24:37Z', ',"sought":"2017-06-28T09:24:37Z"'))).toBe(false);
  expect(answers({ kind: 'open', camera: 'a1-07', at }, position('2017-06-28T09:24:37Z', ',"sought":"2017-06-28T09:24:37Z"'))).toBe(true);
});

import { expect, test } from 'vitest';
import type { Camera, SessionInfo } from '../api/types.ts';
import type { Place } from './place.ts';
import { largeOf, shownOf, slotsOf } from './slots.ts';

const camera = (id: string, change: Partial<Camera> = {}): Camera => ({
  id, number: id, name: id, kind: 'surveillance', site: 's', site_name: 's', floor: '', room: '', sections: [], state: 'recording', since: '', cause: '', actions: ['live', 'main', 'past'], purposes: ['incident'], streams: ['main', 'sub'], keep_days: 30, ...change,
});
const session = { purpose: 'incident' } as SessionInfo;
const cameras = [camera('a'), camera('b'), camera('p', { state: 'planned' }), camera('h', { actions: ['health'] })];
const slots = slotsOf(['a', '', 'b', 'x', 'p', 'h'], cameras);

test('what stands in a place', () => {
  expect(slots.map((s) => s.kind)).toEqual(['open', 'empty', 'open', 'unknown', 'shut', 'shut']);
  expect(slots.flatMap((s) => (s.kind === 'shut' ? [s.why] : []))).toEqual(['planned', 'no-live']);
});

test('only what is enlarged is seen, and has the main stream', () => {
  const shown = shownOf(slots, 2, false, session);
  expect(shown.map((s) => s && [s.want.camera, s.want.stream, s.seen])).toEqual([['a', 'sub', false], null, ['b', 'main', true], null, null, null]);
  expect(shownOf(slots, null, false, session)[0]!.want.stream).toBe('sub');
  expect(shownOf(slots, null, true, session)[0]!.want.stream).toBe('main');
  expect(shownOf(slots, null, true, { purpose: '' } as SessionInfo)[0]!.want.stream).toBe('sub');
});

test('four pictures are large ones on a large screen', () => {
  const place = (layout: Place['layout']): Place => ({ layout, cameras: [], big: null, set: '', every: null });
  expect(largeOf(place('4'), 4, { width: 1624, height: 940 })).toBe(true);
  expect(largeOf(place('4'), 4, { width: 1036, height: 580 })).toBe(false);
  expect(largeOf(place('1'), 1, { width: 1036, height: 580 })).toBe(true);
  expect(largeOf(place('9'), 9, { width: 1624, height: 940 })).toBe(false);
});

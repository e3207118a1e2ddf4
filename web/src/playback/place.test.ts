import { expect, test } from 'vitest';
import { parseInstant } from '../time/instant.ts';
import { columns, fitting, grown, read, visible, write } from './place.ts';

const at = parseInstant('2017-06-28T09:24:37.120Z');

test('an address is read back as it was written', () => {
  const p = { cameras: ['a1-07', 'a1-06'], reference: 'a1-06', at, layout: '9' } as const;
  expect(write(p)).toBe('/playback?cameras=a1-07,a1-06&ref=a1-06&layout=9&at=2017-06-28T09:24:37.12Z');
  expect(read(new URLSearchParams(write(p).split('?')[1]))).toEqual(p);
});

test('links to one camera and a moment lead here too', () => {
  expect(read(new URLSearchParams('camera=a1-07&at=2017-06-28T18:24:37.12%2B09:00'))).toEqual({ cameras: ['a1-07'], reference: 'a1-07', at, layout: '1' });
  expect(read(new URLSearchParams('cameras=a,b,,a&at=never&ref=z&layout=7'))).toEqual({ cameras: ['a', 'b'], reference: 'a', at: null, layout: '4' });
});

test('more cameras than tiles: those around the reference', () => {
  const cameras = ['a', 'b', 'c', 'd', 'e', 'f'];
  const p = { cameras, at, layout: '4' as const };
  expect(visible({ ...p, reference: 'a' })).toEqual(['a', 'b', 'c', 'd']);
  expect(visible({ ...p, reference: 'f' })).toEqual(['c', 'd', 'e', 'f']);
  expect(visible({ ...p, reference: 'f', layout: '1' })).toEqual(['f']);
  expect(grown({ ...p, reference: 'a' }, 5)).toBe('9');
  expect([fitting(0), fitting(5), fitting(17)]).toEqual(['1', '9', 'floor']);
  expect([columns('9', 3), columns('floor', 15)]).toEqual([3, 4]);
});

import { expect, test } from 'vitest';
import { free, put, read, reshape, same, seen, swap, take, write, type Place } from './place.ts';

const at = (query: string) => read(new URLSearchParams(query))!;
const base: Place = { layout: '4', cameras: ['a', '', 'c'], big: null, set: '', every: null };

test('an address and back', () => {
  const text = 'layout=9&cameras=a1-01,a1-02,,a1-04&big=2&set=s1&carousel=15';
  const p = at(text);
  expect(p).toEqual({ layout: '9', cameras: ['a1-01', 'a1-02', '', 'a1-04'], big: 1, set: 's1', every: 15 });
  expect(at(write(p).split('?')[1]!)).toEqual(p);
  expect(write({ ...base, cameras: ['a', '', ''] })).toBe('/wall?layout=4&cameras=a');
});

test('an address that says little or nonsense', () => {
  expect(read(new URLSearchParams('x=1'))).toBeNull();
  expect(at('cameras=a,b').layout).toBe('4');
  expect(at('layout=7&cameras=a,b,a').cameras).toEqual(['a', 'b', '']);
  expect(at('layout=4&cameras=a&big=9').big).toBeNull();
  expect(at('layout=4&carousel=1').every).toBe(5);
  expect(at('layout=4&carousel=900').every).toBe(60);
  expect(at('layout=4&carousel=no').every).toBeNull();
});

test('a camera has one place', () => {
  expect(put(base, 1, 'b').cameras).toEqual(['a', 'b', 'c']);
  expect(put(base, 3, 'd').cameras).toEqual(['a', '', 'c', 'd']);
  expect(put(base, 0, 'c').cameras).toEqual(['c', '', 'a']);
  expect(put(base, 1, 'a').cameras).toEqual(['', 'a', 'c']);
});

test('what is enlarged stays so where places change', () => {
  expect(swap({ ...base, big: 0 }, 0, 2)).toEqual({ ...base, cameras: ['c', '', 'a'], big: 2 });
  expect(take({ ...base, big: 0 }, 0).big).toBeNull();
});

test('a floor closes up, and makes room', () => {
  const floor: Place = { ...base, layout: 'floor', cameras: ['a', 'b', 'c'] };
  expect(take(floor, 1).cameras).toEqual(['a', 'c']);
  expect(take({ ...floor, big: 2 }, 0).big).toBe(1);
  expect(free(floor)).toBe(3);
  expect(free(base)).toBe(1);
  expect(free({ ...base, cameras: ['a', 'b', 'c', 'd'] })).toBeNull();
});

test('a smaller layout loses no camera', () => {
  const nine: Place = { ...base, layout: '9', cameras: ['a', 'b', 'c', 'd', 'e', 'f'] };
  const four = reshape(nine, '4');
  expect(seen(four)).toEqual(['a', 'b', 'c', 'd']);
  expect(seen(reshape(four, '9')).slice(0, 6)).toEqual(nine.cameras);
});

test('walls are the same whatever empty places end them', () => {
  expect(same(base, { layout: '4', cameras: ['a', '', 'c', ''] })).toBe(true);
  expect(same(base, { layout: '9', cameras: ['a', '', 'c'] })).toBe(false);
});

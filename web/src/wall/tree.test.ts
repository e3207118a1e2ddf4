import { expect, test } from 'vitest';
import type { Camera } from '../api/types.ts';
import { floorOf, grow, matches, pages } from './tree.ts';

const camera = (id: string, site: string, floor: string, room: string, name = id): Camera => ({
  id, number: id.toUpperCase(), name, kind: 'surveillance', site, site_name: `${site}庁舎`, floor, room, sections: [], state: 'recording', since: '', cause: '', actions: ['live'], purposes: [], streams: ['main'], keep_days: 30,
});
const all = [camera('a1-01', '本', '1F', '戸籍住民', '戸籍住民 窓口東'), camera('a1-10', '本', '1F', '税務（収納）'), camera('b1', '本', '5F', '住宅政策'), camera('c1', '野方', '', '窓口'), camera('c2', '野方', '', '窓口')];

test('sites, floors, rooms; a room that is all there is of a place is left out', () => {
  const sites = grow(all);
  expect(sites.map((s) => [s.name, s.cameras.length])).toEqual([['本庁舎', 3], ['野方庁舎', 2]]);
  expect(sites[0]!.branches.map((f) => [f.name, f.branches.map((r) => r.name)])).toEqual([['1F', ['戸籍住民', '税務（収納）']], ['5F', []]]);
  expect(sites[1]!.branches).toEqual([]);
  expect(floorOf(all[0]!)).toBe(sites[0]!.branches[0]!.key);
  expect(floorOf(all[3]!)).toBe(sites[1]!.key);
});

test('a search is blind to width, case and spaces, and knows what people call a floor', () => {
  const floor = (f: string) => f.replace(/^(\d+)F$/, '$1階');
  const found = (q: string) => all.filter((c) => matches(c, q, floor)).map((c) => c.id);
  expect(found('Ａ１－０１')).toEqual(['a1-01']);
  expect(found('1階 窓口')).toEqual(['a1-01']);
  expect(found('収納')).toEqual(['a1-10']);
  expect(found('nothing')).toEqual([]);
});

test('the carousel shows everything once', () => {
  expect(pages(all, 2)).toEqual([['a1-01', 'a1-10'], ['b1', 'c1'], ['c2']]);
  expect(pages([], 9)).toEqual([]);
});

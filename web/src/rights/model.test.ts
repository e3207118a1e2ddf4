import { expect, test } from 'vitest';
import type { Right, RightsRow } from '../api/rights.ts';
import { change, groups, line, placesOf } from './model.ts';

const right = (answer: Right['answer'], rule = 0, earlier = false): Right => ({ answer, rule, earlier });
const row = (login: string, post: string, unit: string, now: Right[], after?: Right[]): RightsRow => ({
  person: { login, name: login, posts: [{ post, title: post, unit, unit_name: unit, from: '2017-04-01T00:00:00.000000Z' }] },
  camera: { id: 'a1-07', number: 'A1-07', name: 'x', kind: 'surveillance', site_name: '本庁舎', floor: '1F' }, now, ...(after && { after }),
});

test('people of a post with the same rights are one group, heads by their unit', () => {
  const yes = [right('yes', 1)];
  const list = groups([row('a', 'crisis_management', 'x', yes), row('b', 'crisis_management', 'y', yes), row('c', 'department_head', 'x', yes), row('d', 'department_head', 'y', yes), row('e', 'auditor', 'z', [right('no')])]);
  expect(list.map((g) => g.people.map((p) => p.login).join(''))).toEqual(['ab', 'c', 'd', 'e']);
});

test('what a draft changes comes first, with its sign', () => {
  const list = groups([row('a', 'auditor', 'x', [right('yes')], [right('yes')]), row('b', 'clerk', 'x', [right('no')], [right('purpose', 2)])]);
  expect(list[0]!.gains).toEqual([0]);
  expect(change(right('yes'), right('purpose'))).toBe(-1);
  expect(change(right('yes', 0, true), right('yes'))).toBe(1);
  expect(change(right('no', 1), right('no', 2))).toBe(0);
});

test('cameras are counted by place', () => {
  const rows = [row('a', 'clerk', 'x', [right('yes'), right('no')]), row('a', 'clerk', 'x', [right('no'), right('purpose')])];
  expect(placesOf({ rows, actions: ['live', 'past'] })).toEqual([{ key: '本庁舎 1F', site: '本庁舎', floor: '1F', live: 1, past: 1, all: 2 }]);
});

test('a rule is known by its line', () => {
  expect(line('rules.csv:19: p, x')).toBe(19);
  expect(line('rules.csv: no rule allows it')).toBe(0);
});

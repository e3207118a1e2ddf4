import { expect, test } from 'vitest';
import type { Camera, SessionInfo } from '../api/types.ts';
import { pagesOf, startOf, startsOf } from './roles.ts';

const holding = (post: string): SessionInfo => ({
  login: 'x', name: 'x', directory: false, appointments: [{ post, title: post, unit: 'u', unit_name: 'u', from: '2017-04-01T00:00:00.000000Z' }], purpose: '', purposes: [], case: '', expires: '2017-04-02T00:00:00.000000Z', relaxed: [], zone: 'Asia/Tokyo', emergency: { offered: false, until: null },
});
const camera = (...actions: string[]) => ({ actions }) as Camera;

test('one begins on the page one wished for, also before the cameras are known', () => {
  const head = holding('department_head');
  expect(startOf(head, null, 'health')).toBe('health');
  expect(startOf(head, [camera('live', 'health')], 'health')).toBe('health');
  expect(startOf(head, [camera('live')], 'health')).toBe('wall');
  expect(startOf(head)).toBe('wall');
});

test('a page one may not open gives way to that of the post', () => {
  expect(startOf(holding('facilities'), null, 'wall')).toBe('health');
  expect(startOf(holding('clerk'), [], 'wall')).toBe('records');
  expect(startsOf(holding('clerk'), [])).toEqual(['inbox']);
  expect(pagesOf(holding('department_head'), [])).toEqual(['wall', 'oplog', 'records', 'survey', 'audit']);
  expect(pagesOf(holding('auditor'), [])).toContain('inquiries');
  expect(pagesOf(holding('clerk'), [camera('live', 'past')]).slice(0, 2)).toEqual(['wall', 'playback']);
  expect(pagesOf(holding('log_analyst'), [])).toEqual(['evidence', 'oplog', 'audit']);
  for (const post of ['clerk', 'executing_officer', 'crisis_management', 'facilities', 'administrator']) expect(pagesOf(holding(post), [])).not.toContain('oplog');
});

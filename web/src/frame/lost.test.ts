import { expect, test } from 'vitest';
import { endedPosts } from './lost.ts';

const post = (name: string, unit: string) => ({ post: name, unit, title: name, unit_name: unit, from: '2017-04-01T00:00:00.000000Z' });

test('posts that are not held any more', () => {
  const [head, acting, clerk] = [post('department_head', 'a'), post('general_manager', 'b'), post('clerk', 'c')];
  expect(endedPosts([head, acting], [acting, clerk])).toEqual([head]);
  expect(endedPosts([head], [head])).toEqual([]);
});

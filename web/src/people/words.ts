import type { Post } from '../api/people.ts';
import type { Text } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';

/** titleOf is the name of a post in the language in use. */
export const titleOf = (t: Text, p: { post: string; title: string }) => t.posts[p.post] ?? p.title;

/** whatOf is a post and where. */
export const whatOf = (t: Text, p: Post) => t.people.waiting.what(titleOf(t, p), p.unit_name);

/** periodOf is from when to when. */
export function periodOf(t: Text, p: Post): string {
  const from = t.calendar(parseInstant(p.from));
  return p.to === null ? t.people.posts.open(from) : t.people.posts.period(from, t.calendar(parseInstant(p.to)));
}

/** nameOf is a name beside other words: with a narrow space. */
export const nameOf = (name: string) => name.replace('　', ' ');

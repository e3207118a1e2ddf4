import type { Someone } from '../api/rights.ts';
import type { Text } from '../text/index.ts';
import { minutes, parseInstant } from '../time/instant.ts';
import type { Group } from './model.ts';

/** nameOf is a name with a narrow space. */
export const nameOf = (p: Someone) => p.name.replace('　', ' ');

const unitPosts = ['department_head', 'general_manager', 'executing_officer', 'clerk'];

/** titleOf is what somebody is: 区民サービス管理部 部長. */
export function titleOf(t: Text, p: Someone): string {
  if (p.posts.length === 0) return t.rights.sim.noPost;
  return p.posts.map((a) => `${unitPosts.includes(a.post) ? `${a.unit_name} ` : ''}${t.posts[a.post] ?? a.title}`).join('・');
}

/** groupOf is who a group of people is, in two lines. */
export function groupOf(t: Text, g: Group): [string, string] {
  const [first] = g.people;
  const n = g.people.length;
  return [titleOf(t, first!) + (n > 1 ? t.rights.people(n) : ''), t.rights.more(nameOf(first!), n)];
}

/** placeOf is where a camera hangs: 本庁舎 1階. */
export const placeOf = (t: Text, c: { site_name?: string; site?: string; floor: string }) => `${c.site_name ?? c.site ?? ''}${c.floor ? ` ${t.rail.floor(c.floor)}` : ''}`;

/** periodOf is from when to when something holds. */
export function periodOf(t: Text, g: { from: string; to: string | null }): string {
  const day = (at: string) => `${t.calendar(parseInstant(at))} ${minutes(parseInstant(at))}`;
  return t.rights.grants.range(day(g.from), g.to ? day(g.to) : t.rights.grants.forever);
}

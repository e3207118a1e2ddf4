import type { Cam, Change, Right, RightsRow, Simulated, Someone } from '../api/rights.ts';

/** Group is people with the same posts in the same place, whose rights are the same and for the same reasons. */
export interface Group {
  key: string;
  people: readonly Someone[];
  now: readonly Right[];
  after: readonly Right[] | null;
  gains: readonly number[]; // places of actions
  losses: readonly number[];
}

const rank = { no: 0, ask: 1, purpose: 2, yes: 3 };

/** change is 1 where a right grows, -1 where it shrinks, 0 where it stays. */
export function change(was: Right, is: Right): number {
  const by = rank[is.answer] - rank[was.answer];
  return by !== 0 ? Math.sign(by) : is.answer === 'no' ? 0 : Number(was.earlier ?? false) - Number(is.earlier ?? false);
}

const places = (r: RightsRow, sign: number) => (r.after ? r.now.flatMap((was, i) => (change(was, r.after![i]!) === sign ? [i] : [])) : []);

/** postsOf is who somebody is, to be told apart by. */
export const postsOf = (p: Someone) => p.posts.map((a) => `${a.post} ${a.unit}`).join(',');

/** groups puts equal rows together: first those with most rights, then as they came. */
export function groups(rows: readonly RightsRow[]): Group[] {
  const found = new Map<string, Group & { people: Someone[] }>();
  for (const r of rows) {
    const posts = r.person.posts.length === 0 ? r.person.login : r.person.posts.map((a) => a.post + (a.post === 'department_head' || a.post === 'general_manager' ? a.unit : '')).join(',');
    const key = JSON.stringify([posts, r.now, r.after ?? null]);
    const g = found.get(key);
    if (g) g.people.push(r.person);
    else found.set(key, { key, people: [r.person], now: r.now, after: r.after ?? null, gains: places(r, 1), losses: places(r, -1) });
  }
  const weight = (g: Group) => (g.after ?? g.now).reduce((n, r) => n + rank[r.answer], 0) + (g.gains.length + g.losses.length > 0 ? 1000 : 0);
  return [...found.values()].sort((a, b) => weight(b) - weight(a));
}

/** Place is a floor or facility: how many of its cameras somebody may see. */
export interface Place {
  key: string;
  site: string;
  floor: string;
  live: number;
  past: number;
  all: number;
}

const sees = (r: Right | undefined) => r !== undefined && rank[r.answer] >= rank.purpose;

/** placesOf counts a person's cameras by place, in the order of the rows. */
export function placesOf({ rows, actions }: Pick<Simulated, 'rows' | 'actions'>, after = false): Place[] {
  const [live, past] = [actions.indexOf('live'), actions.indexOf('past')];
  const found = new Map<string, Place>();
  for (const r of rows) {
    const key = `${r.camera.site_name} ${r.camera.floor}`;
    const p = found.get(key) ?? { key, site: r.camera.site_name, floor: r.camera.floor, live: 0, past: 0, all: 0 };
    const rights = after && r.after ? r.after : r.now;
    found.set(key, { ...p, all: p.all + 1, live: p.live + Number(sees(rights[live])), past: p.past + Number(sees(rights[past])) });
  }
  return [...found.values()];
}

/** byPerson puts the changes of one person together, in the order they came. */
export function byPerson(changes: readonly Change[]): { person: Someone; changes: Change[] }[] {
  const found = new Map<string, { person: Someone; changes: Change[] }>();
  for (const c of changes) {
    const one = found.get(c.person.login);
    if (one) one.changes.push(c);
    else found.set(c.person.login, { person: c.person, changes: [c] });
  }
  return [...found.values()];
}

/** numbers names cameras, the first few of them. */
export const numbers = (cameras: readonly Cam[], most: number) => cameras.slice(0, most).map((c) => c.number).join('、');

/** fewChanges says of one camera alone what changes. */
export const fewChanges = (changes: readonly Change[]) => changes.reduce((n, c) => n + c.cameras.length, 0);

/** line is the number of a rule in rules.csv; 0: there is none. */
export const line = (rule: string) => Number(/^rules\.csv:(\d+):/.exec(rule)?.[1] ?? 0);

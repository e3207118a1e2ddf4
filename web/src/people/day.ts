import type { Post } from '../api/people.ts';
import { instantOf, parseDay } from '../time/era.ts';
import { DAY, parseInstant, wall, type Instant } from '../time/instant.ts';

const two = (n: number) => String(n).padStart(2, '0');

/** isoDay is the day of an instant in Japan, YYYY-MM-DD. */
export function isoDay(at: Instant): string {
  const w = wall(at);
  return `${w.year}-${two(w.month)}-${two(w.day)}`;
}

/** readDay reads a day as people write it into YYYY-MM-DD; "" of nothing, null of what is none. */
export function readDay(text: string, now: Instant): string | null {
  if (!text.trim()) return '';
  const d = parseDay(text.trim(), wall(now).year);
  return d && `${d.year}-${two(d.month)}-${two(d.day)}`;
}

/** dayStart is the first instant of a YYYY-MM-DD in Japan. */
export function dayStart(iso: string): Instant {
  const [year, month, day] = iso.split('-').map(Number);
  return instantOf({ year: year!, month: month!, day: day! }, 0);
}

export type Phase = 'now' | 'future' | 'past' | 'waiting' | 'refused';

/** phaseOf is how a post stands at an instant. */
export function phaseOf(p: Pick<Post, 'state' | 'from' | 'to'>, at: Instant): Phase {
  if (p.state !== 'accepted') return p.state;
  if (p.to !== null && parseInstant(p.to) <= Math.max(at, parseInstant(p.from))) return 'past';
  return parseInstant(p.from) > at ? 'future' : 'now';
}

export interface Axis {
  from: Instant;
  to: Instant;
}

const year = 365 * DAY;

/** axisOf is the time over which posts are drawn: at most ten years back, and at least a year either way. */
export function axisOf(posts: readonly Pick<Post, 'from' | 'to'>[], now: Instant): Axis {
  const begins = posts.map((p) => parseInstant(p.from));
  const ends = posts.flatMap((p) => (p.to === null ? [] : [parseInstant(p.to)]));
  return { from: Math.max(now - 10 * year, Math.min(now - year, ...begins)), to: Math.min(now + 5 * year, Math.max(now + year / 2, ...begins, ...ends)) };
}

/** partOf is where a post lies on the axis, in percent; what lies outside is cut off. */
export function partOf(p: Pick<Post, 'from' | 'to'>, a: Axis): { left: number; width: number } {
  const at = (i: Instant) => Math.min(100, Math.max(0, ((i - a.from) / (a.to - a.from)) * 100));
  const left = at(parseInstant(p.from));
  const right = p.to === null ? 100 : at(parseInstant(p.to));
  return { left, width: Math.max(right - left, 0.8) };
}

const order: readonly Phase[] = ['waiting', 'now', 'future', 'past', 'refused'];

/** inOrder puts what can still change first; within, the newest first. */
export function inOrder(posts: readonly Post[], now: Instant): Post[] {
  return [...posts].sort((a, b) => order.indexOf(phaseOf(a, now)) - order.indexOf(phaseOf(b, now)) || parseInstant(b.from) - parseInstant(a.from));
}

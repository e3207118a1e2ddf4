// Instants are whole microseconds since 1970 UTC, as numbers: exact until the year 2255.
// Screens show Japan Standard Time, which has no summer time.

export type Instant = number;
export interface Span {
  from: Instant;
  to: Instant;
}

export const MILLISECOND = 1_000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const JST = 9 * HOUR;

const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** parseInstant reads RFC 3339 with up to microseconds; NaN where it is none. */
export function parseInstant(text: string): Instant {
  const m = RFC3339.exec(text);
  if (!m) return NaN;
  return Date.parse(`${m[1]}${m[3]}`) * MILLISECOND + Number((m[2] ?? '').padEnd(6, '0').slice(0, 6));
}

/** formatInstant writes RFC 3339 in UTC with microseconds. */
export function formatInstant(at: Instant): string {
  const second = Math.floor(at / SECOND);
  const rest = String(Math.round(at - second * SECOND)).padStart(6, '0');
  return `${new Date(second * 1000).toISOString().slice(0, 19)}.${rest}Z`;
}

export interface Wall {
  year: number;
  month: number;
  day: number;
  weekday: number; // 0: Sunday
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

/** wall is what clocks and calendars in Japan show. */
export function wall(at: Instant): Wall {
  const d = new Date(Math.floor((at + JST) / MILLISECOND));
  return {
    year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate(), weekday: d.getUTCDay(),
    hour: d.getUTCHours(), minute: d.getUTCMinutes(), second: d.getUTCSeconds(), ms: d.getUTCMilliseconds(),
  };
}

/** floorTo is the last instant at or before `at` whose Japanese wall time is a multiple of step since midnight (step ≤ a day). */
export function floorTo(at: Instant, step: number): Instant {
  return Math.floor((at + JST) / step) * step - JST;
}

const two = (n: number) => String(n).padStart(2, '0');

/** clock is 14:05:12. */
export function clock(at: Instant): string {
  const w = wall(at);
  return `${two(w.hour)}:${two(w.minute)}:${two(w.second)}`;
}

/** minutes is 14:05. */
export function minutes(at: Instant): string {
  const w = wall(at);
  return `${two(w.hour)}:${two(w.minute)}`;
}

/** thousandths is the part behind the second: 120. */
export function thousandths(at: Instant): string {
  return String(wall(at).ms).padStart(3, '0');
}

/** stamp is 2017-06-28 18:24:37.120. */
export function stamp(at: Instant): string {
  const w = wall(at);
  return `${w.year}-${two(w.month)}-${two(w.day)} ${two(w.hour)}:${two(w.minute)}:${two(w.second)}.${thousandths(at)}`;
}

/** monthDay is 6/28. */
export function monthDay(at: Instant): string {
  const w = wall(at);
  return `${w.month}/${w.day}`;
}

/** sameDay reports whether two instants lie on one Japanese calendar day. */
export function sameDay(a: Instant, b: Instant): boolean {
  return floorTo(a, DAY) === floorTo(b, DAY);
}

// The timeline as numbers: which stretch of time is in view, where things lie in pixels, which ticks
// and labels fit. It draws nothing and knows no browser.

import type { Gap } from '../api/types.ts';
import { DAY, HOUR, MINUTE, SECOND, floorTo, type Instant, type Span } from '../time/instant.ts';

export const shortest = SECOND;
const nowShare = 0.94; // where "now" stands in a view that follows it

export const length = (s: Span) => s.to - s.from;

/** Scale maps a stretch of time onto [0, width] px. */
export interface Scale {
  view: Span;
  width: number;
}

export const toX = ({ view, width }: Scale, at: Instant) => ((at - view.from) / length(view)) * width;
export const toAt = ({ view, width }: Scale, x: number): Instant => Math.round(view.from + (x / width) * length(view));

/** following is the view of that length which keeps now near its right edge. */
export function following(now: Instant, size: number): Span {
  const from = Math.round(now - size * nowShare);
  return { from, to: from + size };
}

/** centred is the view of that length around a moment; it does not reach far beyond now. */
export function centred(at: Instant, size: number, now: Instant): Span {
  return clamp({ from: Math.round(at - size / 2), to: Math.round(at + size / 2) }, now);
}

/** clamp moves a view back so that it follows now at most. */
export function clamp(view: Span, now: Instant): Span {
  const over = view.from - following(now, length(view)).from;
  return over > 0 ? { from: view.from - over, to: view.to - over } : view;
}

/** zoom makes the view longer (factor > 1) or shorter; the moment `about` stays where it is. */
export function zoom(view: Span, about: Instant, factor: number, longest: number, now: Instant): Span {
  const size = Math.min(longest, Math.max(shortest, length(view) * factor));
  const f = size / length(view);
  const from = Math.round(about - (about - view.from) * f);
  return clamp({ from, to: from + Math.round(size) }, now);
}

export function pan(view: Span, by: number, now: Instant): Span {
  return clamp({ from: Math.round(view.from + by), to: Math.round(view.to + by) }, now);
}

/** reveal moves the view by the least that brings a moment into it, with some room. */
export function reveal(view: Span, at: Instant, now: Instant): Span {
  const room = length(view) * 0.08;
  if (at >= view.from + room / 4 && at <= view.to - room / 4) return view;
  return at < view.from + room / 4 ? pan(view, at - room - view.from, now) : pan(view, at + room - view.to, now);
}

const steps = [SECOND / 10, SECOND / 5, SECOND / 2, SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY];

export interface Tick {
  at: Instant;
  label: 'day' | 'minute' | 'second' | 'fraction';
  major: boolean;
}

/** ticks are the round wall times in view, at least `room` px apart. */
export function ticks(scale: Scale, room: number): Tick[] {
  const perPx = length(scale.view) / scale.width;
  const wanted = room * perPx;
  const days = Math.ceil(wanted / DAY);
  const step = steps.find((s) => s >= wanted) ?? days * DAY;
  const out: Tick[] = [];
  for (let at = floorTo(scale.view.from, step); at <= scale.view.to; at += step) {
    if (at < scale.view.from) continue;
    const midnight = floorTo(at, DAY) === at;
    const label = midnight ? 'day' : step >= MINUTE ? 'minute' : step >= SECOND ? 'second' : 'fraction';
    out.push({ at, label, major: midnight || (step < DAY && at === floorTo(at, major(step))) });
  }
  return out;
}

const major = (step: number) => [SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, 30 * MINUTE, 3 * HOUR, DAY].find((m) => m > step && m >= 3 * step && m % step === 0) ?? DAY;

/** Bar is a stretch of the lane, px. */
export interface Bar<T> {
  x: number;
  w: number;
  of: T;
}

/** bars are the spans in view. Neighbours less than half a pixel apart become one where `join` is set. */
export function bars<T extends Span>(scale: Scale, spans: readonly T[], least: number, join: boolean): Bar<T>[] {
  const out: Bar<T>[] = [];
  for (const s of spans) {
    if (s.to <= scale.view.from || s.from >= scale.view.to) continue;
    const a = Math.max(0, toX(scale, s.from));
    const b = Math.min(scale.width, toX(scale, s.to));
    const last = out[out.length - 1];
    if (join && last && a - (last.x + last.w) < 0.5) last.w = Math.max(last.w, b - last.x);
    else out.push({ x: a, w: Math.max(least, b - a), of: s });
  }
  return out;
}

/** Label is a text centred on x, clear of the others. */
export interface Label {
  x: number;
  text: string;
  of: Gap;
}

/** Rows is how the lanes of several cameras lie below each other, px. */
export interface Rows {
  n: number;
  h: number; // of one row
  pad: number; // above the strip
  strip: number; // for activity, and the words of gaps
  bar: number; // for what is recorded
  shown: number; // height of the part of all rows that is on screen
}

const rowShapes = {
  roomy: { few: { h: 43, pad: 6, strip: 18, bar: 13 }, many: { h: 28, pad: 2, strip: 15, bar: 8 } },
  tight: { few: { h: 32, pad: 3, strip: 14, bar: 10 }, many: { h: 22, pad: 1, strip: 13, bar: 6 } },
};
const few = 4; // lanes that get their full height; of more, as many are on screen as fit into the same room

export function rows(n: number, tight: boolean): Rows {
  const shape = rowShapes[tight ? 'tight' : 'roomy'];
  const row = n <= few ? shape.few : shape.many;
  return { n, ...row, shown: Math.min(n * row.h, few * shape.few.h) };
}

/** Mark is a moment somebody noted. */
export interface Mark {
  id: string;
  at: Instant;
  text: string;
}

/** Flag is a mark on the line of ticks; its text is left out where the next flag is too near. */
export interface Flag {
  x: number;
  w: number;
  text: string;
  of: Mark;
}

const flagMark = 14; // px of a flag without text

/** flags place the marks in view, in order of time. */
export function flags(scale: Scale, marks: readonly Mark[], measure: (text: string) => number): Flag[] {
  const seen = marks.filter((m) => m.at >= scale.view.from && m.at <= scale.view.to).sort((a, b) => a.at - b.at);
  return seen.map((of, i) => {
    const x = toX(scale, of.at);
    const next = seen[i + 1];
    const room = (next ? toX(scale, next.at) : scale.width) - x - flagMark - 8;
    const w = of.text ? measure(of.text) : 0;
    const fits = w > 0 && w <= room;
    return { x, w: flagMark + (fits ? w + 4 : 0), text: fits ? of.text : '', of };
  });
}

/** labels place the texts of gaps, the longest gaps first, where they do not touch; the rest go unsaid here. */
export function labels(scale: Scale, gaps: readonly Bar<Gap>[], text: (g: Gap) => string, measure: (text: string) => number): Label[] {
  const taken: { a: number; b: number }[] = [];
  const out: Label[] = [];
  for (const g of [...gaps].sort((a, b) => length(b.of) - length(a.of))) {
    const words = text(g.of);
    const half = measure(words) / 2;
    if (half * 2 > scale.width) continue;
    const x = Math.min(scale.width - half, Math.max(half, g.x + g.w / 2));
    if (taken.some((t) => x - half < t.b + 8 && x + half > t.a - 8)) continue;
    taken.push({ a: x - half, b: x + half });
    out.push({ x, text: words, of: g.of });
  }
  return out;
}

/** explained leaves out what every camera has, the time before it was in operation and after it was erased, and joins gaps of one cause that touch. */
export function explained(gaps: readonly Gap[]): Gap[] {
  const out: Gap[] = [];
  for (const g of gaps) {
    const last = out[out.length - 1];
    if (nothingKept(g)) continue;
    if (last && last.cause === g.cause && last.to === g.from) out[out.length - 1] = { ...last, to: g.to };
    else out.push(g);
  }
  return out;
}

/** nothingKept reports whether a gap is drawn as empty, not as a fault. */
export function nothingKept(g: Gap): boolean {
  return g.cause === 'not-in-operation' || g.cause === 'not-configured' || g.cause === 'retention' || g.cause === 'quota';
}

/** gapAt is the gap a moment lies in. */
export function gapAt(gaps: readonly Gap[], at: Instant): Gap | undefined {
  return gaps.find((g) => g.from <= at && at < g.to);
}

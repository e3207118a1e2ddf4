import { MILLISECOND, SECOND, type Instant } from '../time/instant.ts';
import type { Phase } from '../player/screen.ts';

/** Pace is how a playhead runs: the moment `at` is due when performance.now() is `when`, ms, and from there on at a rate. */
export interface Pace {
  at: Instant;
  when: number;
  rate: number;
}

/** momentAt is where a playhead stands at that performance.now(). It waits at its first moment. */
export const momentAt = (p: Pace, now: number): Instant => Math.round(p.at + Math.max(0, now - p.when) * MILLISECOND * p.rate);

/** dueAt is when a moment is due, in performance.now(). */
export const dueAt = (p: Pace, at: Instant): number => p.when + (at - p.at) / MILLISECOND / p.rate;

/** deviation is how far, µs of footage, a picture is ahead of the playhead at the time it came on screen. */
export const deviation = (p: Pace, picture: Phase): number => picture.at - (p.at + (picture.presented - p.when) * MILLISECOND * p.rate);

const shown = 15; // pictures the skew is told from
const window = 3_000; // ms that are looked at for pacing
const enough = 8; // pictures in it

/**
 * Drift tells how far a player runs ahead of its pace. Two questions, two answers: what one sees is
 * typical; how the player is paced shows in its best pictures, for a busy computer makes pictures late, never early.
 */
export class Drift {
  private list: { d: number; at: number }[] = [];

  add(d: number, now: number) {
    this.list.push({ d, at: now });
    while (this.list.length > shown && this.list[0]!.at < now - window) this.list.shift();
  }

  clear() {
    this.list = [];
  }

  /** typical is the mean of the middle half of the last pictures, µs: screens come round in steps, and a median would jump by them. null before there are some pictures. */
  typical(): number | null {
    if (this.list.length < 3) return null;
    const last = this.list.slice(-shown).map((x) => x.d).sort((a, b) => a - b);
    const out = last.length >> 2;
    const middle = last.slice(out, last.length - out);
    return middle.reduce((sum, d) => sum + d, 0) / middle.length;
  }

  /** paced is how far ahead of its pace it is sent, µs; null before enough is known. */
  paced(): number | null {
    const list = this.list;
    if (list.length < enough || list[list.length - 1]!.at - list[0]!.at < window / 2) return null;
    return Math.max(...list.map((x) => x.d));
  }
}

export function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** tolerance is how far apart, µs of footage, pictures may be before one of them is brought back. */
export const tolerance = (rate: number) => Math.max(0.1 * SECOND, Math.abs(rate) * 0.1 * SECOND);

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

const samples = 15;

/** Drift tells how far a player runs ahead of its pace, from its last pictures: one that comes late by chance does not count. */
export class Drift {
  private list: number[] = [];

  add(d: number) {
    this.list.push(d);
    if (this.list.length > samples) this.list.shift();
  }

  clear() {
    this.list = [];
  }

  /** typical is the mean of the middle half, µs: screens come round in steps, and a median would jump by them. null before there are some pictures. */
  typical(): number | null {
    if (this.list.length < 3) return null;
    const out = this.list.length >> 2;
    const middle = [...this.list].sort((a, b) => a - b).slice(out, this.list.length - out);
    return middle.reduce((sum, d) => sum + d, 0) / middle.length;
  }
}

export function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** tolerance is how far apart, µs of footage, pictures may be before one of them is brought back. */
export const tolerance = (rate: number) => Math.max(0.1 * SECOND, Math.abs(rate) * 0.1 * SECOND);

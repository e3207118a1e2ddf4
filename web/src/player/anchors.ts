import type { Instant } from '../time/instant.ts';

/** Anchor ties a picture, by its RTP timestamp (90 kHz, 32 bits, wrapping), to its moment. */
export interface Anchor {
  rtp: number;
  at: Instant;
  rate: number; // seconds of footage per second from there on; 0: it stands still
}

const TICK = 1e6 / 90_000; // µs
const KEPT = 64;

/** ticks is how far b lies behind a, across the wrap. */
export function ticks(a: number, b: number): number {
  return (b - a) | 0;
}

/** Anchors maps pictures on screen to their moments. */
export class Anchors {
  private list: Anchor[] = []; // by rtp

  add(a: Anchor) {
    while (this.list.length > 0 && ticks(this.list[this.list.length - 1]!.rtp, a.rtp) <= 0) this.list.pop();
    this.list.push(a);
    if (this.list.length > KEPT) this.list.shift();
  }

  clear() {
    this.list = [];
  }

  /** at is the moment of the picture with that timestamp; null before the first anchor is known. */
  at(rtp: number): Instant | null {
    let a = this.list[0];
    if (!a) return null;
    for (const next of this.list) {
      if (ticks(next.rtp, rtp) < 0) break;
      a = next;
    }
    return Math.round(a.at + ticks(a.rtp, rtp) * TICK * a.rate);
  }
}

import { MILLISECOND, type Instant } from './instant.ts';

/**
 * ServerClock tells the server's time on this computer's monotonic clock, so that a wrong clock here
 * does not make pictures look old. Each sample is off by at most half its round trip; the best one counts,
 * and ages.
 */
export class ServerClock {
  private offset = Date.now() * MILLISECOND - performance.now() * MILLISECOND;
  private error = Infinity; // ms
  private sampled = 0;

  /** sample takes what the server said its time was, and performance.now() before asking and after the answer. */
  sample(at: Instant, before: number, after: number) {
    const error = (after - before) / 2;
    const aged = this.error + (after - this.sampled) * 1e-4; // clocks drift by at most 100 ppm
    if (error > aged) return;
    this.offset = at - ((before + after) / 2) * MILLISECOND;
    this.error = error;
    this.sampled = after;
  }

  now(): Instant {
    return Math.round(performance.now() * MILLISECOND + this.offset);
  }
}

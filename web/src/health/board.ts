import { serverClock } from '../api/client.ts';
import { health, type CoverOf, type Figures } from '../api/health.ts';
import type { Problem } from '../api/result.ts';
import type { Instant } from '../time/instant.ts';

/** Measured is what is known of the cameras: figures as of a moment, and days of record. */
export interface Measured {
  at: Instant | null; // of the figures; null: none yet
  figures: ReadonlyMap<string, Figures>;
  days: readonly string[]; // dates, the oldest first
  cover: ReadonlyMap<string, CoverOf> | null;
  error: Problem | null; // why the last question for figures was not answered
}

const often = 5_000; // ms between questions for figures
const seldom = 300_000; // ms between questions for days
const days = 30;

/** Board asks for figures and days of record as long as somebody looks: not while the page is hidden. */
export class Board {
  private state: Measured = { at: null, figures: new Map(), days: [], cover: null, error: null };
  private readonly listeners = new Set<() => void>();
  private timer = 0;
  private covered = -Infinity;
  private closed = false;

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  open() {
    document.addEventListener('visibilitychange', this.seen);
    void this.ask();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.seen);
  }

  /** ask asks now instead of later. */
  ask = async () => {
    clearTimeout(this.timer);
    if (performance.now() - this.covered > seldom) void this.askDays();
    const res = await health.cameras();
    if (this.closed) return;
    if (res.ok) this.set({ at: serverClock.now(), figures: new Map(res.value.cameras.map((c) => [c.id, c])), error: null });
    else this.set({ error: res.error });
    clearTimeout(this.timer);
    if (!document.hidden) this.timer = window.setTimeout(() => void this.ask(), often);
  };

  private async askDays() {
    this.covered = performance.now();
    const res = await health.coverage(days);
    if (this.closed) return;
    if (res.ok) this.set({ days: res.value.days, cover: new Map(res.value.cameras.map((c) => [c.id, c])) });
    else this.covered = -Infinity; // with the next figures
  }

  private readonly seen = () => {
    if (!document.hidden) void this.ask();
  };

  private set(change: Partial<Measured>) {
    this.state = { ...this.state, ...change };
    for (const f of this.listeners) f();
  }
}

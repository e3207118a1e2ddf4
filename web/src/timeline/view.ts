import { DAY, HOUR, MINUTE, SECOND, type Instant, type Span } from '../time/instant.ts';
import { centred, clamp, following, length, pan, reveal, zoom } from './model.ts';

export const sizes = { month: 30 * DAY, day: DAY, hours: 2 * HOUR, tens: 10 * MINUTE, seconds: 10 * SECOND } as const;
export type Size = keyof typeof sizes;

/** View is the stretch of time on screen; while it follows, it keeps now near its right edge. */
export class View {
  private free: Span | null = null;
  private size: number = sizes.hours;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly now: () => Instant, private readonly longest: number) {}

  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));
  /** length of the view, µs */
  get = () => this.size;

  span(): Span {
    const now = this.now();
    return this.free ? clamp(this.free, now) : following(now, this.size);
  }

  follow() {
    this.free = null;
    this.changed();
  }

  /** set shows that much time around a moment; null: at now. */
  set(size: number, about: Instant | null) {
    this.size = Math.min(size, this.longest);
    this.free = about === null ? null : centred(about, this.size, this.now());
    this.changed();
  }

  zoom(factor: number, about: Instant) {
    this.free = zoom(this.span(), about, factor, this.longest, this.now());
    this.size = length(this.free);
    this.changed();
  }

  pan(by: number) {
    this.free = pan(this.span(), by, this.now());
    this.changed();
  }

  /** reveal brings a moment into view: by the least way when it is at hand, in the middle when it is far. */
  reveal(at: Instant) {
    const span = this.span();
    const far = at < span.from || at > span.to;
    const to = far ? centred(at, this.size, this.now()) : reveal(span, at, this.now());
    if (to === span) return;
    this.free = to;
    this.changed();
  }

  private changed() {
    for (const f of this.listeners) f();
  }
}

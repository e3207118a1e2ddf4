/**
 * Carousel counts: which page of how many is shown, and when the next one comes. It stands still while
 * it is paused, and while nobody can see it.
 */
export class Carousel {
  private state = { page: 0, paused: false };
  private timer = 0;
  private readonly listeners = new Set<() => void>();

  /** every: seconds a page stays. */
  constructor(private count: number, private every: number, paused = false) {
    this.state = { page: 0, paused };
    document.addEventListener('visibilitychange', this.wind);
    this.wind();
  }

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.wind);
  }

  /** change takes another number of pages and another time; the page shown stays, where it still is one. */
  change(count: number, every: number) {
    this.count = count;
    this.every = every;
    this.set({ page: Math.min(this.state.page, Math.max(0, count - 1)) });
  }

  turn(by: 1 | -1) {
    this.set({ page: (this.state.page + by + this.count) % Math.max(1, this.count) });
  }

  pause(paused: boolean) {
    this.set({ paused });
  }

  private set(change: Partial<typeof this.state>) {
    this.state = { ...this.state, ...change };
    this.wind();
    for (const f of this.listeners) f();
  }

  private wind = () => {
    clearTimeout(this.timer);
    if (this.state.paused || document.hidden || this.count < 2) return;
    this.timer = window.setTimeout(() => this.turn(1), this.every * 1000);
  };
}

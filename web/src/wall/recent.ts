import { activity } from '../api/activity.ts';
import { api, serverClock } from '../api/client.ts';
import type { Recordings } from '../api/types.ts';
import { MINUTE, type Instant, type Span } from '../time/instant.ts';

export const window20 = 20 * MINUTE;
const buckets = 160;
const nowShare = 0.965; // where now stands in the bar
const every = 5_000; // ms

/** RecentState is what a tile's bar shows. */
export interface RecentState {
  kind: 'loading' | 'ready' | 'failed';
  view: Span;
  record: Recordings | null;
  activity: readonly number[]; // of equal width over [view.from, until); -1: nothing
  until: Instant; // up to when
}

/**
 * Recent is the last twenty minutes of a camera, or twenty minutes around an earlier moment one went to:
 * what is recorded, where it is missing and why, and where something moved. It lives while the bar is open.
 */
export class Recent {
  private state: RecentState;
  private readonly listeners = new Set<() => void>();
  private readonly stop = new AbortController();
  private timer = 0;
  private turn = 0;
  private around: Instant | null = null; // null: now

  constructor(private readonly camera: string) {
    this.state = { kind: 'loading', view: this.span(), record: null, activity: [], until: serverClock.now() };
    void this.refresh();
  }

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    this.stop.abort();
    clearTimeout(this.timer);
  }

  /** reveal brings a moment into view; null: now. */
  reveal(at: Instant | null) {
    const { view } = this.state;
    const room = window20 / 50;
    const recent = at === null || at > serverClock.now() - window20 * nowShare + room;
    const next = recent ? null : at;
    if (next === this.around || (next !== null && this.around !== null && next > view.from + room && next < view.to - room)) return;
    this.around = next;
    this.set({ view: this.span() });
    clearTimeout(this.timer);
    void this.refresh();
  }

  private span(): Span {
    const from = Math.round(this.around === null ? serverClock.now() - window20 * nowShare : this.around - window20 / 2);
    return { from, to: from + window20 };
  }

  private async refresh() {
    const turn = ++this.turn;
    const view = this.span();
    const until = Math.min(view.to, serverClock.now());
    const span = { from: view.from, to: until };
    const width = Math.max(1, Math.round((buckets * (until - view.from)) / window20));
    const [record, moved] = await Promise.all([api.recordings(this.camera, span, this.stop.signal), activity(this.camera, span, width, this.stop.signal)]);
    if (turn !== this.turn || this.stop.signal.aborted) return;
    if (record.ok) this.set({ kind: 'ready', view, record: record.value, activity: moved.ok ? moved.value : [], until });
    else if (this.state.kind === 'loading') this.set({ kind: 'failed' });
    this.timer = window.setTimeout(() => void this.refresh(), every);
  }

  private set(change: Partial<RecentState>) {
    this.state = { ...this.state, ...change };
    for (const f of this.listeners) f();
  }
}

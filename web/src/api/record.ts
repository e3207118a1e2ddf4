import { DAY, MINUTE, type Instant } from '../time/instant.ts';
import { api, serverClock } from './client.ts';
import type { Recordings } from './types.ts';

export type RecordState = { kind: 'loading' } | { kind: 'ready'; data: Recordings; behind: boolean } | { kind: 'failed' };

const tailEvery = 3_000; // ms
const tailFrom = 2 * MINUTE; // what is younger may still change
const wholeEvery = 5 * 60_000; // ms; older footage changes by retention only

/** Record is what is kept of one camera, over the whole time footage is kept; its end grows. */
export class Record {
  private state: RecordState = { kind: 'loading' };
  private readonly listeners = new Set<() => void>();
  private readonly stop = new AbortController();
  private timer = 0;
  private wholeAt = -Infinity;

  constructor(private readonly camera: string, private readonly days: number, private readonly every = tailEvery) {
    void this.refresh();
  }

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    this.stop.abort();
    clearTimeout(this.timer);
  }

  private async refresh() {
    const now = serverClock.now();
    const whole = this.state.kind !== 'ready' || performance.now() - this.wholeAt > wholeEvery;
    const from = whole || this.state.kind !== 'ready' ? now - this.days * DAY : this.state.data.until - tailFrom;
    if (!document.hidden) {
      const res = await api.recordings(this.camera, { from, to: now }, this.stop.signal);
      if (this.stop.signal.aborted) return;
      if (res.ok) {
        if (whole) this.wholeAt = performance.now();
        const data = this.state.kind === 'ready' ? splice(this.state.data, res.value, from) : res.value;
        this.set({ kind: 'ready', data, behind: false });
      } else if (this.state.kind === 'ready') this.set({ ...this.state, behind: true });
      else this.set({ kind: 'failed' });
    }
    this.timer = window.setTimeout(() => void this.refresh(), this.every);
  }

  private set(state: RecordState) {
    this.state = state;
    for (const f of this.listeners) f();
  }
}

/** splice replaces what lies at or behind `from` by the tail, joining spans and gaps that touch there. */
export function splice(old: Recordings, tail: Recordings, from: Instant): Recordings {
  const join = <T extends { from: Instant; to: Instant }>(a: T[], b: T[], same: (x: T, y: T) => boolean): T[] => {
    const kept = a.filter((s) => s.from < from).map((s) => (s.to > from ? { ...s, to: from } : s));
    const last = kept[kept.length - 1];
    const first = b[0];
    if (!last || !first || last.to < first.from || !same(last, first)) return [...kept, ...b];
    return [...kept.slice(0, -1), { ...last, to: first.to }, ...b.slice(1)];
  };
  return { spans: join(old.spans, tail.spans, () => true), gaps: join(old.gaps, tail.gaps, (x, y) => x.cause === y.cause), until: tail.until };
}

import type { ServerEvent } from './events.ts';
import { first } from './first.ts';
import type { Problem } from './result.ts';
import type { Camera } from './types.ts';

export type CamerasState = { kind: 'loading' } | { kind: 'ready'; cameras: Camera[] } | { kind: 'failed'; error: Problem };

const again = 2_000; // ms until a list that did not come is asked for again

/** Cameras is the list of cameras one may know of, kept up to date by events. */
export class Cameras {
  private state: CamerasState = { kind: 'loading' };
  private readonly listeners = new Set<() => void>();
  private timer = 0;
  private closed = false;

  constructor(private readonly signedOut: () => void) {}

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  load = async () => {
    clearTimeout(this.timer);
    const res = await first.cameras();
    if (this.closed) return;
    if (res.ok) return this.set({ kind: 'ready', cameras: res.value });
    if (res.error.status === 401) return this.signedOut();
    if (this.state.kind !== 'ready') this.set({ kind: 'failed', error: res.error });
    this.timer = window.setTimeout(() => void this.load(), again);
  };

  hear(e: ServerEvent) {
    if (this.state.kind !== 'ready') return;
    const { cameras } = this.state;
    if (e.kind === 'gone') return this.set({ kind: 'ready', cameras: cameras.filter((c) => c.id !== e.id) });
    if (e.kind !== 'camera') return;
    const old = cameras.find((c) => c.id === e.id);
    if (!old) return void this.load(); // one more may be seen now
    if (old.state === e.state && old.since === e.since && old.cause === e.cause) return;
    this.set({ kind: 'ready', cameras: cameras.map((c) => (c === old ? { ...c, state: e.state, since: e.since, cause: e.cause } : c)) });
  }

  private set(state: CamerasState) {
    this.state = state;
    for (const f of this.listeners) f();
  }
}

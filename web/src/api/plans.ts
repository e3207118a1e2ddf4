import { call } from './client.ts';
import type { Problem, Result } from './result.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type PlanDrawing = Schemas['Plan'];
export type PlansState = { kind: 'loading' } | { kind: 'ready'; plans: PlanDrawing[] } | { kind: 'failed'; error: Problem };

const load = (): Promise<Result<Schemas['PlansOutputBody']>> => call('GET', '/api/plans');

const again = 5_000; // ms until plans that did not come are asked for again

/** Plans are the drawn floors, asked for when the first page needs them. Drawings hardly change. */
export class Plans {
  private state: PlansState = { kind: 'loading' };
  private readonly listeners = new Set<() => void>();
  private asked = false;
  private closed = false;
  private timer = 0;

  get = () => this.state;

  /** subscribe also begins to load. */
  subscribe = (f: () => void) => {
    this.listeners.add(f);
    if (!this.asked) void this.load();
    return () => void this.listeners.delete(f);
  };

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  load = async () => {
    this.asked = true;
    clearTimeout(this.timer);
    const res = await load();
    if (this.closed) return;
    if (res.ok) return this.set({ kind: 'ready', plans: res.value.plans });
    if (this.state.kind !== 'ready') this.set({ kind: 'failed', error: res.error });
    this.timer = window.setTimeout(() => void this.load(), again);
  };

  private set(state: PlansState) {
    this.state = state;
    for (const f of this.listeners) f();
  }
}

import { call } from './client.ts';
import type { Problem, Result } from './result.ts';
import type { components } from './schema.d.ts';

export type SettingsValue = components['schemas']['SettingsBody'];
export type SettingsState = { kind: 'loading' } | { kind: 'ready'; settings: SettingsValue } | { kind: 'failed'; error: Problem };

const path = '/api/me/settings';
const again = 5_000; // ms until settings that did not come are asked for again

/** Settings are how a person likes to work, kept by the server: the same on every computer. */
export class Settings {
  private state: SettingsState = { kind: 'loading' };
  private readonly listeners = new Set<() => void>();
  private saving: Promise<unknown> = Promise.resolve();
  private closed = false;
  private timer = 0;

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  load = async () => {
    clearTimeout(this.timer);
    const res = await call<SettingsValue>('GET', path);
    if (this.closed || this.state.kind === 'ready') return;
    this.set(res.ok ? { kind: 'ready', settings: res.value } : { kind: 'failed', error: res.error });
    if (!res.ok) this.timer = window.setTimeout(() => void this.load(), again);
  };

  /** save changes some of them: at once here, and back again where the server did not take it. Changes go one after the other. */
  save(change: Partial<SettingsValue>): Promise<Result<SettingsValue>> {
    const turn = this.saving.then(() => this.put(change));
    this.saving = turn;
    return turn;
  }

  private async put(change: Partial<SettingsValue>): Promise<Result<SettingsValue>> {
    if (this.state.kind !== 'ready') {
      const res = await call<SettingsValue>('GET', path); // what is not changed must be known
      if (!res.ok) return res;
      this.set({ kind: 'ready', settings: res.value });
    }
    const before = this.state.kind === 'ready' ? this.state.settings : null;
    const settings = { ...before!, ...change };
    this.set({ kind: 'ready', settings });
    const res = await call<SettingsValue>('PUT', path, settings);
    if (!res.ok && before) this.set({ kind: 'ready', settings: before });
    return res;
  }

  private set(state: SettingsState) {
    if (this.closed) return;
    this.state = state;
    for (const f of this.listeners) f();
  }
}

import { call } from './client.ts';
import type { ServerEvent } from './events.ts';
import type { Problem } from './result.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export type Item = Schemas['ItemBody'];
export type InboxState = { kind: 'loading' } | { kind: 'ready'; items: Item[]; unread: number } | { kind: 'failed'; error: Problem };

/** Inbox is what waits for the person, kept up to date by events. */
export class Inbox {
  private state: InboxState = { kind: 'loading' };
  private readonly listeners = new Set<() => void>();
  private turn = 0; // an answer older than the newest question is let go

  get = () => this.state;
  unread = () => (this.state.kind === 'ready' ? this.state.unread : 0);
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    this.turn = -1;
  }

  load = async () => {
    if (this.turn < 0) return;
    const turn = ++this.turn;
    const res = await call<Schemas['InboxOutputBody']>('GET', '/api/inbox');
    if (turn !== this.turn) return;
    if (res.ok) this.set({ kind: 'ready', ...res.value });
    else if (this.state.kind !== 'ready') this.set({ kind: 'failed', error: res.error });
  };

  hear(e: ServerEvent) {
    if (e.kind === 'inbox' || e.kind === 'back') void this.load();
  }

  /** read notes that an item was looked at. */
  read(id: string) {
    const s = this.state;
    if (s.kind !== 'ready' || !s.items.some((i) => i.id === id && !i.read)) return;
    this.set({ kind: 'ready', items: s.items.map((i) => (i.id === id ? { ...i, read: true } : i)), unread: s.unread - 1 });
    void call<undefined>('POST', `/api/inbox/${encodeURIComponent(id)}/read`).then((res) => (res.ok ? undefined : this.load()));
  }

  private set(state: InboxState) {
    this.state = state;
    for (const f of this.listeners) f();
  }
}

import { bookmarks, type Bookmark, type Wanted } from '../api/bookmarks.ts';
import type { Problem } from '../api/result.ts';

export type Found = { kind: 'loading' } | { kind: 'ready'; bookmarks: Bookmark[]; more: boolean; busy: boolean } | { kind: 'failed'; error: Problem };

/** Finder is a search through bookmarks, page by page. What an older question answers is let go. */
export class Finder {
  private state: Found = { kind: 'loading' };
  private wanted: Wanted = {};
  private turn = new AbortController();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly signedOut: () => void) {}

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    this.turn.abort();
  }

  /** find searches anew; what was found before stays until the answer comes. */
  async find(wanted: Wanted) {
    this.wanted = wanted;
    if (this.state.kind === 'ready') this.set({ ...this.state, busy: true });
    else this.set({ kind: 'loading' });
    const found = await this.ask(wanted);
    if (found) this.set({ kind: 'ready', ...found, busy: false });
  }

  again = () => this.find(this.wanted);

  /** more adds the next page. */
  more = async () => {
    const s = this.state;
    const last = s.kind === 'ready' ? s.bookmarks.at(-1) : undefined;
    if (s.kind !== 'ready' || !s.more || s.busy || !last) return;
    this.set({ ...s, busy: true });
    const found = await this.ask({ ...this.wanted, before: last.id });
    if (found) this.set({ kind: 'ready', bookmarks: [...s.bookmarks, ...found.bookmarks], more: found.more, busy: false });
  };

  /** changed takes over one that was changed; null: it is gone. */
  changed(id: string, b: Bookmark | null) {
    if (this.state.kind !== 'ready') return;
    this.set({ ...this.state, bookmarks: this.state.bookmarks.flatMap((old) => (old.id !== id ? [old] : b ? [b] : [])) });
  }

  private async ask(wanted: Wanted) {
    this.turn.abort();
    const turn = (this.turn = new AbortController());
    const res = await bookmarks.find(wanted, AbortSignal.any([turn.signal, AbortSignal.timeout(8_000)]));
    if (turn.signal.aborted) return null;
    if (res.ok) return res.value;
    if (res.error.status === 401) this.signedOut();
    else this.set({ kind: 'failed', error: res.error });
    return null;
  }

  private set(state: Found) {
    this.state = state;
    for (const f of this.listeners) f();
  }
}

import { audit, type Entry, type Filter } from '../api/audit.ts';
import type { Problem } from '../api/result.ts';

export type LogState =
  | { kind: 'loading' }
  | { kind: 'failed'; error: Problem }
  | { kind: 'ready'; entries: readonly Entry[]; next: number; more: 'idle' | 'loading' | Problem };

const stubborn = 5; // pages without a row that are passed over by themselves, where hints are looked for

/** Log is the rows of a filter, read page by page for as long as somebody asks for more. */
export class Log {
  private state: LogState = { kind: 'loading' };
  private readonly heard = new Set<() => void>();
  private ending = new AbortController();

  constructor(private readonly filter: Filter) {}

  subscribe = (f: () => void) => {
    this.heard.add(f);
    return () => this.heard.delete(f);
  };
  get = () => this.state;

  open() {
    this.ending = new AbortController();
    void this.first();
  }

  close() {
    this.ending.abort();
  }

  /** again reads the newest page anew; what is shown stays meanwhile. */
  again = () => void this.first();

  /** more reads the next page. */
  more = () => {
    const { state: s } = this;
    if (s.kind === 'ready' && s.next > 0 && s.more !== 'loading') void this.next(s.entries, s.next);
  };

  private async first() {
    const res = await this.page(0);
    if (!res) return;
    if (!res.ok) return this.set({ kind: 'failed', error: res.error });
    await this.put(res.value.entries, res.value.next);
  }

  private async next(before: readonly Entry[], from: number) {
    this.set({ kind: 'ready', entries: before, next: from, more: 'loading' });
    const res = await this.page(from);
    if (!res) return;
    if (!res.ok) return this.set({ kind: 'ready', entries: before, next: from, more: res.error });
    await this.put([...before, ...res.value.entries], res.value.next, before.length);
  }

  /** put shows rows; where none came but more may, the next pages are read too. */
  private async put(entries: readonly Entry[], next: number, had = 0) {
    let list = entries;
    for (let i = 0; list.length === had && next > 0 && i < stubborn; i++) {
      const res = await this.page(next);
      if (!res) return;
      if (!res.ok) return this.set({ kind: 'ready', entries: list, next, more: res.error });
      list = [...list, ...res.value.entries];
      next = res.value.next;
    }
    this.set({ kind: 'ready', entries: list, next, more: 'idle' });
  }

  /** page is undefined where nobody waits for it any more. */
  private async page(before: number) {
    const { signal } = this.ending;
    const res = await audit.list(this.filter, before, AbortSignal.any([signal, AbortSignal.timeout(15_000)]));
    return signal.aborted ? undefined : res;
  }

  private set(s: LogState) {
    this.state = s;
    this.heard.forEach((f) => f());
  }
}

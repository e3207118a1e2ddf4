import { bookmarks, type Bookmark } from '../api/bookmarks.ts';
import type { Problem } from '../api/result.ts';
import { parseInstant, type Instant } from '../time/instant.ts';
import type { Mark } from '../timeline/model.ts';

/** Note is a bookmark with its moment as a number. */
export interface Note extends Mark {
  of: Bookmark;
}

export type NotesState = { kind: 'loading' } | { kind: 'ready'; notes: readonly Note[] } | { kind: 'failed'; error: Problem };

const again = 60_000; // ms; others add theirs too

/** Notes are the bookmarks of the cameras in the room, in order of time. */
export class Notes {
  private state: NotesState = { kind: 'loading' };
  private cameras: readonly string[] = [];
  private readonly listeners = new Set<() => void>();
  private stop = new AbortController();
  private timer = 0;

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    this.stop.abort();
    clearTimeout(this.timer);
  }

  show(cameras: readonly string[]) {
    if (cameras.join() === this.cameras.join()) return;
    this.cameras = cameras;
    void this.load();
  }

  load = async () => {
    this.close();
    const { signal } = (this.stop = new AbortController());
    this.timer = window.setTimeout(() => void this.load(), again);
    const all = await Promise.all(this.cameras.map((camera) => bookmarks.find({ camera }, AbortSignal.any([signal, AbortSignal.timeout(8_000)]))));
    if (signal.aborted) return;
    const failed = all.find((r) => !r.ok);
    if (failed && !failed.ok && this.state.kind !== 'ready') return this.set({ kind: 'failed', error: failed.error });
    const list = all.flatMap((r) => (r.ok ? r.value.bookmarks : []));
    this.set({ kind: 'ready', notes: list.map(note).sort((a, b) => a.at - b.at) });
  };

  /** put takes one that was added or changed. */
  put(b: Bookmark) {
    if (this.state.kind !== 'ready') return void this.load();
    this.set({ kind: 'ready', notes: [...this.state.notes.filter((n) => n.id !== b.id), note(b)].sort((x, y) => x.at - y.at) });
  }

  drop(id: string) {
    if (this.state.kind === 'ready') this.set({ kind: 'ready', notes: this.state.notes.filter((n) => n.id !== id) });
  }

  private set(state: NotesState) {
    this.state = state;
    for (const f of this.listeners) f();
  }
}

const note = (b: Bookmark): Note => ({ id: b.id, at: parseInstant(b.at), text: b.text, of: b });

/** nearest is the last note at or before a moment, within the list; −1: none. */
export function nearest(notes: readonly Note[], at: Instant): number {
  return notes.findLastIndex((n) => n.at <= at);
}

import { desk, type SavedFields, type SavedWall } from '../api/desk.ts';
import type { Problem, Result } from '../api/result.ts';

export type SetsState = { kind: 'none' } | { kind: 'loading' } | { kind: 'ready'; sets: readonly SavedWall[] } | { kind: 'failed'; error: Problem };

/** Sets are a person's saved walls. They are asked for when somebody first wants to see them. */
export class Sets {
  private state: SetsState = { kind: 'none' };
  private readonly listeners = new Set<() => void>();

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  /** need loads them, unless that was done or is under way. */
  need = () => {
    if (this.state.kind === 'none') void this.load();
  };

  load = async () => {
    this.set({ kind: 'loading' });
    const res = await desk.sets();
    this.set(res.ok ? { kind: 'ready', sets: res.value.sets } : { kind: 'failed', error: res.error });
  };

  add = (fields: SavedFields) => this.keep(desk.addSet(fields), (sets, s) => [...sets, s]);
  change = (id: string, fields: SavedFields) => this.keep(desk.changeSet(id, fields), (sets, s) => sets.map((x) => (x.id === id ? s : x)));
  remove = (id: string) => this.keep(desk.removeSet(id), (sets) => sets.filter((x) => x.id !== id));

  private async keep<T>(asked: Promise<Result<T>>, then: (sets: readonly SavedWall[], value: T) => readonly SavedWall[]): Promise<Result<T>> {
    const res = await asked;
    if (res.ok && this.state.kind === 'ready') this.set({ kind: 'ready', sets: then(this.state.sets, res.value) });
    else if (res.ok) void this.load();
    return res;
  }

  private set(state: SetsState) {
    this.state = state;
    for (const f of this.listeners) f();
  }
}

import { send, type Attached, type Sending } from '../../api/files.ts';
import type { Field } from '../../api/records.ts';
import type { Problem } from '../../api/result.ts';

/** Item is a file on its way, or one that did not get there. */
export interface Item {
  key: number;
  name: string;
  size: number;
  state: { kind: 'waiting' } | { kind: 'sending'; part: number } | { kind: 'failed'; why: Why };
}

/** Why a file is not taken: refused here for what can be seen of it, or by the server. */
export type Why = { kind: 'ending' | 'size' | 'empty' | 'many' } | { kind: 'server'; problem: Problem };

/** refusal is what can be seen before a file is sent. */
export function refusal(field: Field, file: Pick<File, 'name' | 'size'>, there: number): Why | null {
  const { endings, bytes, most } = field.filing ?? { endings: [], bytes: 0, most: 0 };
  if (!endings.some((e) => file.name.toLowerCase().endsWith(e))) return { kind: 'ending' };
  if (file.size === 0) return { kind: 'empty' };
  if (file.size > bytes) return { kind: 'size' };
  return there >= most ? { kind: 'many' } : null;
}

/** Queue sends files one after the other. What arrived is told; what did not stays in items until it is dismissed. */
export class Queue {
  #items: readonly Item[] = [];
  #files = new Map<number, File>();
  #listeners = new Set<() => void>();
  #now: Sending | null = null;
  #next = 1;
  #running = false;
  #closed = false;
  readonly #kind: string;
  readonly #field: Field;
  readonly #arrived: (file: Attached) => void;

  constructor(kind: string, field: Field, arrived: (file: Attached) => void) {
    this.#kind = kind;
    this.#field = field;
    this.#arrived = arrived;
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  get = () => this.#items;

  /** busy reports whether anything is still on its way. */
  busy = () => this.#items.some((i) => i.state.kind !== 'failed');

  /** add puts files in the queue; there is how many the field holds already. */
  add(files: Iterable<File>, there: number) {
    this.#closed = false;
    for (const file of files) {
      const coming = this.#items.filter((i) => i.state.kind !== 'failed').length;
      const why = refusal(this.#field, file, there + coming);
      const key = this.#next++;
      if (!why) this.#files.set(key, file);
      this.#put([...this.#items, { key, name: file.name, size: file.size, state: why ? { kind: 'failed', why } : { kind: 'waiting' } }]);
    }
    void this.#run();
  }

  /** dismiss takes an item out, broken off where it is on its way. */
  dismiss(key: number) {
    const sending = this.#items.find((i) => i.key === key)?.state.kind === 'sending';
    this.#files.delete(key);
    this.#put(this.#items.filter((i) => i.key !== key));
    if (sending) this.#now?.abort();
  }

  /** close breaks off what is on its way. */
  close() {
    this.#closed = true;
    this.#files.clear();
    this.#put([]);
    this.#now?.abort();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#waiting(); next && !this.#closed; next = this.#waiting()) {
      const { key } = next;
      const file = this.#files.get(key)!;
      this.#state(key, { kind: 'sending', part: 0 });
      this.#now = send(this.#kind, this.#field, file, (part) => this.#state(key, { kind: 'sending', part }));
      const res = await this.#now.done;
      this.#files.delete(key);
      if (!this.#items.some((i) => i.key === key)) continue; // dismissed
      if (res.ok) {
        this.#put(this.#items.filter((i) => i.key !== key));
        this.#arrived(res.value);
      } else this.#state(key, { kind: 'failed', why: { kind: 'server', problem: res.error } });
    }
    this.#running = false;
  }

  #waiting = () => this.#items.find((i) => i.state.kind === 'waiting');
  #state = (key: number, state: Item['state']) => this.#put(this.#items.map((i) => (i.key === key ? { ...i, state } : i)));
  #put(items: readonly Item[]) {
    this.#items = items;
    for (const l of this.#listeners) l();
  }
}

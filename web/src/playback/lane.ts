import { activity } from '../api/activity.ts';
import { serverClock } from '../api/client.ts';
import { Record } from '../api/record.ts';
import type { Recordings } from '../api/types.ts';
import { SECOND, type Span } from '../time/instant.ts';
import type { Strip } from '../timeline/draw.ts';
import { blocks, perBlock, stepFor } from './grid.ts';

const kept = 60; // blocks of one camera
const young = 30 * SECOND; // a block that ends later than this before now may still change
const renew = 5_000; // ms

interface Block {
  strip: Strip | null; // null: on its way
  asked: number; // performance.now()
  final: boolean;
}

/** Queue lets a few questions at a time through, the newest first: what came into view last is wanted most. */
class Queue {
  private waiting: (() => Promise<void>)[] = [];
  private running = 0;

  add(job: () => Promise<void>) {
    this.waiting.push(job);
    this.next();
  }

  private next() {
    if (this.running >= 2) return;
    const job = this.waiting.pop();
    if (!job) return;
    this.running++;
    void job().finally(() => {
      this.running--;
      this.next();
    });
  }
}

const queue = new Queue();

/** LaneData is what the timeline shows of one camera: what is recorded, and what moved. */
export class LaneData {
  readonly record: Record;
  private readonly blocks = new Map<string, Block>();
  private readonly stop = new AbortController();
  private shown: { key: string; strips: readonly Strip[] } = { key: '', strips: [] };
  private version = 0;

  constructor(readonly camera: string, days: number, every: number) {
    this.record = new Record(camera, days, every);
  }

  close() {
    this.stop.abort();
    this.record.close();
  }

  recordings(): Recordings | null {
    const state = this.record.get();
    return state.kind === 'ready' ? state.data : null;
  }

  /** activity are the strips of a view, as far as they are here; what is missing is asked for. The same array comes back until something changed. */
  activity(view: Span, width: number): readonly Strip[] {
    const step = stepFor(view, width);
    const numbers = blocks(view, step, serverClock.now());
    for (const n of numbers) this.want(step, n);
    const key = `${step} ${numbers.join()} ${this.version}`;
    if (key !== this.shown.key) {
      const strips = numbers.map((n) => this.blocks.get(`${step}/${n}`)?.strip).filter((s) => s != null);
      this.shown = { key, strips: strips.length > 0 ? strips : this.shown.strips };
    }
    return this.shown.strips;
  }

  private want(step: number, n: number) {
    const key = `${step}/${n}`;
    const b = this.blocks.get(key);
    const now = performance.now();
    if (b && (b.final || now - b.asked < renew)) return;
    this.blocks.set(key, { strip: b?.strip ?? null, asked: now, final: false });
    if (this.blocks.size > kept) this.blocks.delete(this.blocks.keys().next().value!);
    queue.add(() => this.fetch(key, step, n));
  }

  private async fetch(key: string, step: number, n: number) {
    if (this.stop.signal.aborted || !this.blocks.has(key)) return;
    const span = { from: n * step * perBlock, to: (n + 1) * step * perBlock };
    const final = span.to < serverClock.now() - young;
    const res = await activity(this.camera, span, perBlock, AbortSignal.any([this.stop.signal, AbortSignal.timeout(8_000)]));
    const b = this.blocks.get(key);
    if (!res.ok || !b) return; // asked again when it is looked at again
    this.blocks.set(key, { ...b, strip: { from: span.from, step, values: res.value }, final });
    this.version++;
  }
}

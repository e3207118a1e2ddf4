import { serverClock } from '../api/client.ts';
import type { Instant } from '../time/instant.ts';
import { codecs, device, echo, events, way, type Codecs, type Device, type Echo, type Way } from './probe.ts';

/** Piece is one thing measured. */
export type Piece<T> = { kind: 'waiting' } | { kind: 'done'; value: T } | { kind: 'failed'; why: string };

export interface Findings {
  at: Instant | null; // when all was measured
  device: Device;
  way: Piece<Way>;
  events: Piece<number>;
  udp: Piece<Echo>;
  tcp: Piece<Echo>;
  codecs: Piece<Codecs>;
}

const waiting = { kind: 'waiting' } as const;
const blank = (): Findings => ({ at: null, device: device(), way: waiting, events: waiting, udp: waiting, tcp: waiting, codecs: waiting });

/** Diagnosis measures one thing after the other, so that none disturbs another. */
export class Diagnosis {
  private state: Findings = blank();
  private readonly listeners = new Set<() => void>();
  private turn = 0;

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    this.turn++;
  }

  /** run measures everything anew. */
  run = async () => {
    const turn = ++this.turn;
    this.set(turn, blank());
    await this.measure(turn, 'codecs', codecs);
    await this.measure(turn, 'way', way);
    await this.measure(turn, 'events', events);
    await this.measure(turn, 'udp', () => echo('udp'));
    await this.measure(turn, 'tcp', () => echo('tcp'));
    this.set(turn, { at: serverClock.now() });
  };

  private async measure<K extends 'way' | 'events' | 'udp' | 'tcp' | 'codecs'>(turn: number, key: K, f: () => Promise<unknown>) {
    if (turn !== this.turn) return;
    const piece = await f().then((value) => ({ kind: 'done' as const, value }), (err: unknown) => ({ kind: 'failed' as const, why: err instanceof Error ? err.message : String(err) }));
    this.set(turn, { [key]: piece });
  }

  private set(turn: number, change: Partial<Findings>) {
    if (turn !== this.turn) return;
    this.state = { ...this.state, ...change };
    for (const f of this.listeners) f();
  }
}

import { holds, type Hold } from '../api/holds.ts';
import { parseInstant, type Instant } from '../time/instant.ts';
import type { Stretch } from '../timeline/draw.ts';

/** Kept is a hold in force with its moments as numbers. */
export interface Kept extends Stretch {
  of: Hold;
}

const again = 60_000; // ms; others place holds too
const none: readonly Kept[] = [];

/** Holds are the holds in force on the cameras in the room, for whoever may hold. */
export class Holds {
  private list: ReadonlyMap<string, readonly Kept[]> = new Map();
  private readonly listeners = new Set<() => void>();
  private wanted = false;
  private stop = new AbortController();
  private timer = 0;

  get = () => this.list;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));
  of = (camera: string): readonly Kept[] => this.list.get(camera) ?? none;
  at = (camera: string, moment: Instant): Kept | undefined => this.of(camera).find((k) => k.from <= moment && moment < k.to);

  close() {
    this.stop.abort();
    clearTimeout(this.timer);
  }

  /** show begins to ask where somebody may hold one of the cameras; nobody else is told of holds. */
  show(may: boolean) {
    if (may === this.wanted) return;
    this.wanted = may;
    if (may) void this.load();
    else this.close();
  }

  load = async () => {
    this.close();
    const { signal } = (this.stop = new AbortController());
    this.timer = window.setTimeout(() => void this.load(), again);
    const res = await holds.inForce(AbortSignal.any([signal, AbortSignal.timeout(8_000)]));
    if (signal.aborted || !res.ok) return;
    const list = new Map<string, Kept[]>();
    for (const h of res.value.holds) list.set(h.camera.id, [...(list.get(h.camera.id) ?? []), { from: parseInstant(h.from), to: parseInstant(h.to), label: h.case, of: h }]);
    this.list = list;
    for (const f of this.listeners) f();
  };
}

import type { Camera } from '../api/types.ts';
import { LaneData } from './lane.ts';

const tailEvery = 3_000; // ms between looks at the end of one record; of many, more seldom
const relaxed = 4; // cameras

/** Lanes keep what is recorded of the cameras in the room. */
export class Lanes {
  private list = new Map<string, LaneData>();
  private readonly listeners = new Set<() => void>();
  private version = 0;

  get = () => this.version;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  of(camera: string): LaneData | undefined {
    return this.list.get(camera);
  }

  /** show keeps the lanes of these cameras and lets go of the others. */
  show(cameras: readonly Camera[]) {
    const every = tailEvery * Math.max(1, Math.ceil(cameras.length / relaxed));
    const next = new Map(cameras.map((c) => {
      const old = this.list.get(c.id);
      if (old) return [c.id, old] as const;
      const lane = new LaneData(c.id, c.keep_days, every);
      lane.record.subscribe(this.changed);
      return [c.id, lane] as const;
    }));
    for (const [id, lane] of this.list) if (!next.has(id)) lane.close();
    this.list = next;
    this.changed();
  }

  close() {
    for (const lane of this.list.values()) lane.close();
    this.list.clear();
  }

  private changed = () => {
    this.version++;
    for (const f of this.listeners) f();
  };
}

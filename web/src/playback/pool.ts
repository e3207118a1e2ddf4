import { Player } from '../player/player.ts';

/** Pool makes players, and hands on the warm session of a camera that left to one that comes. */
export class Pool {
  private readonly spare: Player[] = [];
  private readonly stops = new Map<Player, () => void>();

  constructor(private readonly signedOut: () => void, private readonly heard: (p: Player) => void, private readonly seen: (p: Player) => void) {}

  take(): Player {
    const warm = this.spare.pop();
    if (warm) return warm;
    const p = new Player(this.signedOut);
    const stops = [p.subscribe(() => this.heard(p)), p.watch(() => this.seen(p))];
    this.stops.set(p, () => stops.forEach((stop) => stop()));
    return p;
  }

  give(p: Player) {
    this.spare.push(p);
  }

  /** settle closes what nobody took: a session that is open is a view that goes on. */
  settle() {
    for (const p of this.spare.splice(0)) this.end(p);
  }

  close() {
    for (const p of this.stops.keys()) this.end(p);
  }

  private end(p: Player) {
    this.stops.get(p)?.();
    this.stops.delete(p);
    p.close();
  }
}

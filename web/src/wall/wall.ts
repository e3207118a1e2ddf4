import { Player } from '../player/player.ts';
import type { Want } from '../player/session.ts';

/** Shown is what stands in one place of the wall. */
export interface Shown {
  want: Want; // live
  seen: boolean; // false: behind an enlarged picture
}

/** Seat is a player and the camera it shows. Its key stays when it moves, and when it changes the camera. */
export interface Seat {
  readonly key: number;
  readonly player: Player;
  readonly camera: string;
}

/** Tally counts the pictures that should be there. */
export interface Tally {
  total: number;
  received: number; // pictures come, or a past one is shown
  late: number;
  stopped: number;
}

export interface WallState {
  seats: readonly (Seat | null)[]; // by place
  spare: readonly Seat[]; // connected and asleep
  tally: Tally;
}

interface Chair {
  key: number;
  player: Player;
  camera: string;
  place: number | null; // null: spare
  seen: boolean;
  since: number; // spare for so long
  leave: () => void;
}

const spareMost = 12;
const atOnce = 38; // sessions; the server allows 40 a sign-in

/**
 * Wall keeps the players of a wall. A camera keeps its player, and so its connection, wherever it moves;
 * one that is no longer on the wall leaves its player, asleep, to the next camera that comes. What nobody
 * sees sleeps: spare players, those behind an enlarged picture, and all of them while the page is hidden.
 */
export class Wall {
  private chairs: Chair[] = [];
  private places = 0;
  private keys = 0;
  private turns = 0;
  private state: WallState = { seats: [], spare: [], tally: { total: 0, received: 0, late: 0, stopped: 0 } };
  private readonly listeners = new Set<() => void>();
  private signedOut: () => void = () => undefined;

  /** ended calls f when the server no longer knows who is signed in. */
  ended(f: () => void) {
    this.signedOut = f;
  }

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    document.removeEventListener('visibilitychange', this.restAll);
    for (const c of this.chairs) this.dismiss(c);
    this.chairs = [];
  }

  /** show puts on the wall what stands in each place; null: nothing that plays. */
  show(shown: readonly (Shown | null)[]) {
    if (this.turns++ === 0) document.addEventListener('visibilitychange', this.restAll);
    this.places = shown.length;
    const wanted = new Set(shown.map((s) => s?.want.camera));
    for (const c of this.chairs) if (c.place !== null && !wanted.has(c.camera)) c.since = this.turns;
    const free = this.chairs.filter((c) => !wanted.has(c.camera)).sort((a, b) => Number(useful(b)) - Number(useful(a)) || a.since - b.since);
    const taken = new Set<Chair>();
    shown.forEach((s, place) => {
      if (!s) return;
      const chair = this.chairs.find((c) => c.camera === s.want.camera) ?? pick(free, place) ?? this.hire();
      taken.add(chair);
      const back = chair.place === null && chair.camera === s.want.camera;
      Object.assign(chair, { place, seen: s.seen, camera: s.want.camera });
      steer(chair.player, s.want, back);
      this.rest(chair);
    });
    for (const c of this.chairs) if (!taken.has(c)) c.place = null;
    this.thin(taken.size);
    this.publish();
  }

  /** suspect is told that the server may be gone. */
  suspect = () => this.chairs.forEach((c) => c.player.suspect());
  /** hurry connects at once what waits to. */
  hurry = () => this.chairs.forEach((c) => c.player.hurry());

  private hire(): Chair {
    const player = new Player(() => this.signedOut());
    const chair: Chair = { key: ++this.keys, player, camera: '', place: null, seen: true, since: 0, leave: () => undefined };
    chair.leave = player.subscribe(() => {
      this.rest(chair);
      this.count();
    });
    this.chairs.push(chair);
    return chair;
  }

  private dismiss(c: Chair) {
    c.leave();
    c.player.close();
  }

  /** thin lets go of the players that have been spare for longest, and of those that show nothing. */
  private thin(taken: number) {
    const spare = this.chairs.filter((c) => c.place === null).sort((a, b) => b.since - a.since);
    const keep = spare.filter(useful).slice(0, Math.max(0, Math.min(spareMost, atOnce - taken)));
    for (const c of spare) {
      if (keep.includes(c)) this.rest(c);
      else this.dismiss(c);
    }
    this.chairs = this.chairs.filter((c) => c.place !== null || keep.includes(c));
  }

  private restAll = () => this.chairs.forEach((c) => this.rest(c));

  /** rest lets what nobody sees sleep, and wakes what somebody does. */
  private rest(c: Chair) {
    const { mode } = c.player.get();
    const seen = c.place !== null && c.seen;
    if (seen && !document.hidden) return c.player.wake();
    if (!seen && mode.kind === 'past' && mode.playing) c.player.pause();
    c.player.sleep();
  }

  private publish() {
    const seat = ({ key, player, camera }: Chair): Seat => this.known(key, camera) ?? { key, player, camera };
    const seats = Array.from({ length: this.places }, (_, place) => {
      const chair = this.chairs.find((c) => c.place === place);
      return chair ? seat(chair) : null;
    });
    this.set({ seats, spare: this.chairs.filter((c) => c.place === null).map(seat), tally: this.tally() });
  }

  /** known is the same seat as before, so that nothing is drawn anew that did not change. */
  private known(key: number, camera: string): Seat | undefined {
    const same = (s: Seat | null) => s !== null && s.key === key && s.camera === camera;
    return this.state.seats.find(same) ?? this.state.spare.find(same) ?? undefined;
  }

  private count() {
    const next = this.tally();
    const { tally } = this.state;
    if ((Object.keys(next) as (keyof Tally)[]).some((k) => next[k] !== tally[k])) this.set({ ...this.state, tally: next });
  }

  private tally(): Tally {
    const modes = this.chairs.filter((c) => c.place !== null).map((c) => c.player.get().mode);
    const live = modes.filter((m) => m.kind === 'live');
    const stopped = live.filter((m) => m.pulse === 'stopped').length;
    const past = modes.filter((m) => m.kind === 'past').length;
    return { total: modes.length, received: live.length - stopped + past, late: live.filter((m) => m.pulse === 'late').length, stopped };
  }

  private set(state: WallState) {
    this.state = state;
    for (const f of this.listeners) f();
  }
}

/** useful reports whether a player has a connection to go on with. */
const useful = (c: Chair) => ['live', 'past', 'opening'].includes(c.player.get().mode.kind);

/** pick takes the free player of the same place, which is on screen already, else the one that has been free for longest. */
function pick(free: Chair[], place: number): Chair | undefined {
  const i = free.findIndex((c) => c.place === place);
  return i >= 0 ? free.splice(i, 1)[0] : free.shift();
}

/** steer makes a player show a camera, or another stream of it; one that comes back to the wall comes back live. */
function steer(player: Player, want: Want, back: boolean) {
  const { want: now, mode } = player.get();
  if (!now || now.camera !== want.camera || mode.kind === 'idle') return player.show(want);
  const changed = now.stream !== want.stream || now.purpose !== want.purpose;
  if (mode.kind === 'refused') return changed ? player.show(want) : undefined;
  if (mode.kind === 'past' && back) return player.show(want);
  if (now.stream === want.stream) return;
  if (mode.kind === 'past') return player.show({ ...want, at: player.position() }, mode.playing);
  player.show(want);
}

import { serverClock } from '../api/client.ts';
import type { ServerEvent } from '../api/events.ts';
import type { Gap } from '../api/types.ts';
import type { Player } from '../player/player.ts';
import { MILLISECOND, SECOND, type Instant } from '../time/instant.ts';
import { far, Follower, within, type Seat } from './follower.ts';
import { median, momentAt, tolerance, type Pace } from './pace.ts';
import { Pool } from './pool.ts';
import { darkOf, joiningOf, same, type RoomState } from './roomstate.ts';

type Phase =
  | { kind: 'still' }
  | { kind: 'gathering'; then: number | null; since: number } // then: the rate to play at
  | { kind: 'stepping' }
  | { kind: 'running'; pace: Pace };

const look = 100; // ms
const together = 200; // ms from saying start to starting
const patience = 3_000; // ms a camera is waited for
const scrubEvery = { few: 40, many: 80 }; // ms between seeks while one drags
const manyFrom = 5;
const keysFrom = { cameras: 9, pictures: 40 }; // more cameras of a floor, or more cameras times speed, are shown by key frames
const atOnce = 8; // one in so many comes back into step at a time: it costs a group of pictures to decode
const edge = SECOND; // nearer to now there is no past yet

/**
 * Room is several cameras on one playhead. Invariant: while it stands every camera shows the picture of
 * one moment, or says that there is none; while it runs they start by the server's clock, and one that
 * strays is brought back.
 */
export class Room {
  private followers: Follower[] = [];
  private ref = '';
  private at: Instant;
  private rate = 1;
  private skip = true;
  private phase: Phase = { kind: 'still' };
  private dragging = false;
  private lastPush = 0;
  private pushTimer = 0;
  private floor = false;
  private thin = false;
  private readonly pool: Pool;
  private readonly listeners = new Set<() => void>();
  private readonly watchers = new Set<() => void>();
  private readonly timer = window.setInterval(() => this.tick(), look);
  private state: RoomState;
  private closed = false;
  private tending = false;
  private again = false;

  constructor(signedOut: () => void, at: Instant) {
    this.pool = new Pool(signedOut, (p) => this.heard(p), (p) => this.seen(p));
    this.at = at;
    this.state = this.describe();
  }

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));
  /** watch calls f whenever the position may have changed. */
  watch = (f: () => void) => (this.watchers.add(f), () => void this.watchers.delete(f));

  close() {
    this.closed = true;
    clearInterval(this.timer);
    clearTimeout(this.pushTimer);
    this.pool.close();
  }

  // --- who is in the room ---

  /** seats says which cameras are in the room. Those that stay keep their pictures, new ones take over warm sessions. floor: they are a whole floor. */
  seats(list: readonly Seat[], reference: string, floor: boolean) {
    const old = new Map(this.followers.map((f) => [f.seat.camera, f]));
    for (const f of this.followers) if (!list.some((s) => s.camera === f.seat.camera)) this.pool.give(f.player);
    this.ref = reference;
    this.floor = floor;
    const opening: Follower[] = [];
    this.followers = list.map((seat) => {
      const stays = old.get(seat.camera);
      const f = stays ?? new Follower(seat, this.pool.take());
      if (!stays || differs(stays.seat, seat)) opening.push(f);
      f.seat = seat;
      return f;
    });
    this.pool.settle();
    this.thinOut();
    const at = this.moment();
    for (const f of opening) f.open(at);
    this.tend();
  }

  reference(camera: string) {
    this.ref = camera;
    this.changed();
  }

  /** hear passes on what the server says of itself. */
  hear(e: ServerEvent) {
    for (const f of this.followers) {
      if (e.kind === 'away') f.player.suspect();
      if (e.kind === 'back') f.player.hurry();
    }
  }

  /** thinOut asks for key frames only where more cannot be shown: of many cameras of a floor, and of many pictures a second. */
  private thinOut() {
    const n = this.followers.length;
    this.thin = (this.floor && n > keysFrom.cameras) || n * Math.abs(this.rate) > keysFrom.pictures;
    for (const f of this.followers) f.player.keys(this.thin);
  }

  // --- where the playhead stands ---

  private get base(): Follower | null {
    return this.followers.find((f) => f.seat.camera === this.ref) ?? this.followers[0] ?? null;
  }

  /** position is the moment of the picture on screen of the reference; where there is none, that of the playhead. */
  position(): Instant {
    const f = this.base;
    const picture = f && !f.dark && !f.join ? f.player.picture() : null;
    if (this.phase.kind === 'gathering' || !picture) return this.moment();
    return picture.at;
  }

  /** moment is where the playhead is, whether or not there is a picture. */
  private moment(): Instant {
    return this.phase.kind === 'running' ? momentAt(this.phase.pace, performance.now()) : this.at;
  }

  /** seek leads all cameras to one moment; while one drags, they wait there. */
  seek(at: Instant, dragging = false) {
    this.at = Math.min(at, serverClock.now() - edge);
    const then = this.phase.kind === 'running' ? this.phase.pace.rate : this.phase.kind === 'gathering' ? this.phase.then : null;
    this.phase = { kind: 'gathering', then, since: performance.now() };
    this.dragging = dragging;
    for (const w of this.watchers) w();
    this.push();
  }

  /** release ends a drag. */
  release() {
    if (!this.dragging) return;
    this.dragging = false;
    this.tend();
  }

  /** push sends the cameras where the playhead is, not too often: of more only the last counts. */
  private push() {
    clearTimeout(this.pushTimer);
    const every = this.followers.length < manyFrom ? scrubEvery.few : scrubEvery.many;
    const wait = this.lastPush + every - performance.now();
    if (this.dragging && wait > 0) {
      this.pushTimer = window.setTimeout(() => this.push(), wait);
      return this.changed();
    }
    this.lastPush = performance.now();
    const { base } = this;
    base?.stand(this.at);
    for (const f of this.followers) if (f !== base) f.stand(this.at);
    this.tend();
  }

  jump(by: number) {
    this.seek((this.phase.kind === 'running' ? this.position() : this.at) + by);
  }

  step(by: 1 | -1) {
    const f = this.base;
    if (this.phase.kind === 'running' || (this.phase.kind === 'gathering' && this.phase.then !== null)) return this.pause();
    if (!f || f.dark || f.player.get().mode.kind !== 'past') return;
    this.phase = { kind: 'stepping' };
    f.player.step(by);
    this.changed();
  }

  // --- playing ---

  play(rate = this.rate) {
    this.rate = rate;
    this.thinOut();
    if (this.phase.kind === 'running') return this.change(this.phase.pace, rate);
    this.phase = { kind: 'gathering', then: rate, since: performance.now() };
    for (const f of this.followers) f.stand(this.at);
    this.tend();
  }

  pause() {
    if (this.phase.kind !== 'running' && this.phase.kind !== 'gathering') return;
    this.at = this.position();
    this.phase = { kind: 'gathering', then: null, since: performance.now() };
    this.push();
  }

  toggle() {
    if (this.state.playing) this.pause();
    else this.play();
  }

  skipGaps(on: boolean) {
    this.skip = on;
    this.tend();
  }

  /** change goes on at another rate, from where everybody is. */
  private change(pace: Pace, rate: number) {
    const now = performance.now();
    const next = { at: momentAt(pace, now), when: now, rate };
    this.phase = { kind: 'running', pace: next };
    for (const f of this.followers) {
      const late = f.join?.started || (f.dark && Math.sign(rate) !== Math.sign(pace.rate));
      f.drift.clear();
      if (f.playing) f.player.rate(rate);
      else if (late) f.rejoin(next, f.dark ? far(f.dark, rate) : null);
    }
    this.changed();
  }

  /** launch starts everybody who stands ready, at one instant of the server's clock. */
  private launch(rate: number) {
    const pace = { at: this.at, when: performance.now() + together, rate };
    this.phase = { kind: 'running', pace };
    for (const f of this.followers) if (f.settled && !f.dark) f.begin(pace);
  }

  // --- what is seen and heard ---

  private seen(p: Player) {
    const f = this.followers.find((x) => x.player === p);
    if (f && this.phase.kind === 'running' && f.playing) f.seen(this.phase.pace);
    if (f === this.base) for (const w of this.watchers) w();
  }

  private heard(p: Player) {
    const f = this.followers.find((x) => x.player === p);
    if (!f || this.closed) return;
    const told = f.notice();
    if (told) this.gap(f, told.gap);
    this.tend();
  }

  /** gap: a camera has nothing for a while. It waits at the far end. */
  private gap(f: Follower, gap: Gap) {
    if (this.phase.kind !== 'running') {
      if (within(gap, this.at)) f.dark = gap;
      return;
    }
    const { pace } = this.phase;
    if (f.join && !within(gap, f.join.at)) return;
    if (gap.to - gap.from < tolerance(pace.rate)) return; // shorter than what is brought back
    if (f.join) f.ahead = gap; // it lies behind the one the playhead is in
    else f.dark = gap;
    f.rejoin(pace, far(gap, pace.rate));
  }

  private tick() {
    this.tend();
    if (this.phase.kind === 'running' && !this.base?.playing) for (const w of this.watchers) w();
  }

  /** tend does what is due, and tells of what changed. */
  private tend() {
    if (this.tending) return void (this.again = true); // what is done here is heard of at once
    this.tending = true;
    do {
      this.again = false;
      this.due();
    } while (this.again);
    this.tending = false;
    this.changed();
  }

  private due() {
    switch (this.phase.kind) {
      case 'still':
      case 'gathering':
        this.gather();
        break;
      case 'stepping':
        this.follow();
        break;
      case 'running':
        this.run(this.phase.pace);
    }
  }

  private gather() {
    for (const f of this.followers) f.reconcile();
    if (this.phase.kind !== 'gathering' || this.dragging) return;
    const late = performance.now() - this.phase.since > patience;
    if (!late && this.followers.some((f) => !f.settled && !f.excused)) return;
    if (this.phase.then === null) this.phase = { kind: 'still' };
    else if (this.followers.some((f) => f.settled)) this.launch(this.phase.then);
  }

  /** follow leads the others to the picture the reference stepped to. */
  private follow() {
    const f = this.base;
    const mode = f?.player.get().mode;
    if (!f || mode?.kind !== 'past' || mode.seeking) return;
    const picture = f.player.picture();
    this.phase = { kind: 'gathering', then: null, since: performance.now() };
    if (!picture) return;
    this.at = picture.at;
    for (const other of this.followers) if (other !== f) other.stand(this.at);
    f.at(this.at);
  }

  private run(pace: Pace) {
    const now = performance.now();
    const moment = momentAt(pace, now);
    for (const f of this.followers) {
      f.tend(pace);
      f.pass(moment, pace.rate);
      if (f.player.get().mode.kind !== 'past' || f.join) continue;
      if (f.dark) f.rejoin(pace, far(f.dark, pace.rate));
      else if (f.stalled) f.rejoin(pace);
    }
    if (now > pace.when) this.level(pace);
    this.skipDark(moment, pace);
  }

  /** level brings back who strays. When all of them do, it was the playhead. */
  private level(pace: Pace) {
    const going = this.followers.filter((f) => f.playing).flatMap((f) => {
      const d = f.drift.paced();
      return d === null ? [] : [{ f, d }];
    });
    const slowed = this.base?.player.get().mode;
    if (slowed?.kind === 'past' && slowed.playing && this.base?.playing && slowed.rate !== pace.rate && performance.now() > pace.when + SECOND / MILLISECOND) {
      this.rate = slowed.rate; // the live edge is reached
      return this.change(pace, slowed.rate);
    }
    if (going.length === 0) return;
    const common = median(going.map((x) => x.d));
    if (Math.abs(common) > 3 * tolerance(pace.rate)) {
      for (const { f } of going) f.drift.clear();
      this.phase = { kind: 'running', pace: { ...pace, at: pace.at + common } };
      return;
    }
    let free = Math.ceil(this.followers.length / atOnce) - this.followers.filter((f) => f.join && !f.dark).length;
    for (const { f, d } of going.sort((a, b) => Math.abs(b.d - common) - Math.abs(a.d - common))) {
      if (Math.abs(d - common) <= tolerance(pace.rate)) f.calm();
      else if (free-- > 0) f.rejoin(pace);
    }
  }

  /** skipDark goes on behind a gap that every camera has; without skipping, the playhead runs through it, up to now. */
  private skipDark(moment: Instant, pace: Pace) {
    const there = this.followers.filter((f) => !f.excused);
    if (there.length === 0 || there.some((f) => !f.dark)) return this.halt(moment);
    const ends = there.map((f) => far(f.ahead ?? f.dark!, pace.rate));
    const end = pace.rate > 0 ? Math.min(...ends) : Math.max(...ends);
    if (this.skip && end < serverClock.now() - edge) this.seek(end);
    else this.halt(moment);
  }

  private halt(moment: Instant) {
    const over = this.followers.every((f) => {
      const { mode } = f.player.get();
      return f.excused || (mode.kind === 'past' && mode.ended);
    });
    if (!over && moment < serverClock.now() + edge) return;
    if (this.followers.some((f) => f.playing)) return;
    this.at = Math.min(moment, serverClock.now() - edge);
    this.phase = { kind: 'still' };
  }

  // --- how it is told ---

  /** skews are how far, µs of footage, each camera is ahead of the reference; null where that cannot be said. */
  skews(): Map<string, number | null> {
    const { base, phase } = this;
    const own = (f: Follower): number | null => {
      if (f.dark || f.join) return null;
      if (phase.kind === 'running') return f.playing && !this.thin && phase.pace.rate > 0 && phase.pace.rate <= 2 ? f.drift.typical() : null;
      return f.settled ? (f.player.picture()?.at ?? null) : null;
    };
    const zero = base && own(base);
    return new Map(this.followers.map((f) => {
      const d = own(f);
      return [f.seat.camera, d === null || zero == null ? null : d - zero];
    }));
  }

  private describe(): RoomState {
    const { phase, followers } = this;
    return {
      followers, reference: this.base, rate: this.rate, thin: this.thin, skip: this.skip,
      playing: phase.kind === 'running' || (phase.kind === 'gathering' && phase.then !== null),
      gathering: phase.kind === 'gathering' || phase.kind === 'stepping',
      dark: darkOf(followers), joining: joiningOf(followers),
    };
  }

  private changed() {
    const next = this.describe();
    if (this.closed || same(next, this.state)) return;
    this.state = next;
    for (const f of this.listeners) f();
    for (const f of this.watchers) f();
  }
}

const differs = (a: Seat, b: Seat) => a.stream !== b.stream || a.purpose !== b.purpose || a.refused?.code !== b.refused?.code;

import type { Problem } from '../api/result.ts';
import type { Gap, Stream } from '../api/types.ts';
import { serverClock } from '../api/client.ts';
import { Player, type Notice } from '../player/player.ts';
import { MILLISECOND, type Instant } from '../time/instant.ts';
import { deviation, Drift, dueAt, type Pace } from './pace.ts';

/** Seat is a camera in the room, and how it may be seen. */
export interface Seat {
  camera: string;
  stream: Stream;
  purpose: string;
  refused: Problem | null; // why it may not be seen
}

const startWithin = 20_000; // ms ahead; the server takes no more than a minute
const settleAfter = 700; // ms after a start until drift counts
const tooLate = 100; // ms behind the moment it was to start: then further ahead
const startsBy = 3_000; // ms after a start by which it has begun
const leads = { first: 500, most: 4_000 }; // ms of room to come back into step

/** Join is the way back to a playhead that runs: to stand on a moment, and start when it is due. */
interface Join {
  at: Instant;
  started: boolean;
}

/** Follower is one camera of the room: a player, and what the playhead wants of it. */
export class Follower {
  readonly drift = new Drift();
  /** there is nothing of this camera where the playhead stands */
  dark: Gap | null = null;
  /** the gap before the moment it waits at */
  ahead: Gap | null = null;
  join: Join | null = null;

  private asked: Instant | null = null; // where it is to stand
  private sent: Instant | null = null; // where it was last sent
  private noticed: Notice | null = null;
  private startsAt = 0; // performance.now()
  private lead = leads.first;

  constructor(public seat: Seat, readonly player: Player) {}

  /** open shows the camera, standing on a moment. */
  open(at: Instant) {
    this.asked = this.sent = at;
    this.dark = this.ahead = this.join = null;
    this.drift.clear();
    const want = { camera: this.seat.camera, stream: this.seat.stream, purpose: this.seat.purpose, at };
    if (this.seat.refused) this.player.refuse(want, this.seat.refused);
    else this.player.show(want, false);
  }

  /** stand sends it to a moment, where it waits. Until a camera is open, or while it is lost, that is only remembered. */
  stand(at: Instant) {
    this.asked = at;
    if (this.dark && !within(this.dark, at)) this.dark = null;
    this.ahead = this.join = null;
    this.drift.clear();
    this.reconcile();
  }

  /** at says that it stands on a moment: it went there by itself. */
  at(moment: Instant) {
    this.asked = this.sent = moment;
  }

  /** reconcile brings a player that has come up in line with what was asked meanwhile. */
  reconcile() {
    const { mode } = this.player.get();
    if (mode.kind !== 'past' || this.asked === null || (this.sent === this.asked && !mode.playing)) return;
    this.sent = this.asked;
    this.player.seek(this.asked, true);
  }

  /** settled: it stands on the picture asked for. */
  get settled(): boolean {
    const { mode } = this.player.get();
    return mode.kind === 'past' && !mode.playing && !mode.seeking && this.sent === this.asked;
  }

  /** excused: nobody waits for it. */
  get excused(): boolean {
    const { mode } = this.player.get();
    return mode.kind === 'refused' || mode.kind === 'lost' || mode.kind === 'idle';
  }

  get playing(): boolean {
    const { mode } = this.player.get();
    return mode.kind === 'past' && mode.playing && !this.join && !this.dark;
  }

  /** begin starts from where it stands, with the others. */
  begin(pace: Pace) {
    this.drift.clear();
    this.startsAt = pace.when;
    this.player.start(serverAt(pace.when), pace.rate, pace.at);
  }

  /** rejoin leads it to where the playhead will be in a moment, or to the far end of a gap. */
  rejoin(pace: Pace, edge: Instant | null = null) {
    const soon = Math.round(pace.at + (performance.now() + this.lead - pace.when) * MILLISECOND * pace.rate);
    const at = edge === null ? soon : pace.rate > 0 ? Math.max(edge, soon) : Math.min(edge, soon);
    if (edge === null) this.lead = Math.min(leads.most, this.lead * 2);
    this.drift.clear();
    this.join = { at, started: false };
    this.asked = this.sent = at;
    this.player.seek(at, true);
  }

  /** pass keeps dark true to the playhead: it leaves one gap, and may come into the next. */
  pass(moment: Instant, rate: number) {
    if (this.ahead && within(this.ahead, moment)) this.dark = this.ahead;
    if (this.dark && beyond(this.dark, moment, rate)) this.dark = null;
    if (this.ahead && beyond(this.ahead, moment, rate)) this.ahead = null;
  }

  /** tend carries on what rejoin began. */
  tend(pace: Pace) {
    const j = this.join;
    if (!j) return;
    const due = dueAt(pace, j.at);
    if (!j.started && this.settled && performance.now() > due + tooLate) return this.rejoin(pace);
    if (!j.started && this.settled && due - performance.now() < startWithin) {
      j.started = true;
      this.startsAt = due;
      this.player.start(serverAt(due), pace.rate, j.at);
    }
    const { mode } = this.player.get();
    const late = performance.now() - due;
    if (j.started && late > 0 && ((mode.kind === 'past' && mode.playing) || late > startsBy)) this.join = null;
  }

  /** stalled: it was to run, and stands. */
  get stalled(): boolean {
    const { mode } = this.player.get();
    return mode.kind === 'past' && !mode.playing && !mode.ended && !mode.seeking && !this.join && performance.now() > this.startsAt + startsBy;
  }

  /** notice returns a gap the player has told of since it was last asked. */
  notice(): { gap: Gap; sought: boolean } | null {
    const { notice } = this.player.get();
    if (notice === this.noticed) return null;
    this.noticed = notice;
    return notice?.kind === 'gap' ? notice : null;
  }

  /** seen takes the picture on screen into account. */
  seen(pace: Pace) {
    const picture = this.player.phase();
    if (picture && picture.presented > this.startsAt + settleAfter) this.drift.add(deviation(pace, picture), performance.now());
  }

  /** calm is said when it has kept in step for a while: coming back may be quick again. */
  calm() {
    this.lead = leads.first;
  }
}

/** within reports whether a moment lies in a gap. */
export const within = (g: Gap, at: Instant) => g.from <= at && at < g.to;
/** far is the end of a gap one comes to last. */
export const far = (g: Gap, rate: number): Instant => (rate > 0 ? g.to : g.from - 1);
const beyond = (g: Gap, at: Instant, rate: number) => (rate > 0 ? at >= g.to : at < g.from);

/** serverAt is a performance.now() on the server's clock. */
const serverAt = (now: number): Instant => serverClock.now() + Math.round((now - performance.now()) * MILLISECOND);

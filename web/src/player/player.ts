import type { Problem } from '../api/result.ts';
import type { Gap, Stream } from '../api/types.ts';
import { MILLISECOND, type Instant } from '../time/instant.ts';
import { answers, type Pending } from './pending.ts';
import { Line } from './line.ts';
import { Screen, type Phase } from './screen.ts';
import type { Message, Want } from './session.ts';

export type Pulse = 'fresh' | 'late' | 'stopped';

export type Mode =
  | { kind: 'idle' }
  | { kind: 'opening' } // no picture of this camera yet
  | { kind: 'live'; pulse: Pulse }
  | { kind: 'past'; playing: boolean; rate: number; seeking: boolean; ended: boolean }
  | { kind: 'lost'; tries: number; reason: string } // connecting again
  | { kind: 'refused'; error: Problem };

export type Notice = { kind: 'gap'; gap: Gap; sought: boolean } | { kind: 'denied'; code: string; detail: string };

export interface State {
  want: Want | null;
  mode: Mode;
  sent: { stream: Stream; keysOnly: boolean; reason: string } | null;
  notice: Notice | null;
}

const lateAfter = 2_000; // ms without a new picture
const stopAfter = 5_000;
const look = 200; // ms between looks at the clock
const unanswered = 4_000; // ms until a seek that found nothing is let go
const noticeFor = 8_000;

/**
 * Player shows one camera at a time in a video element, live or past, over one warm session, and gets
 * that session back when it breaks. What is on screen is always what the state says: pictures on the
 * way to the one asked for, and those of the camera before, are covered.
 */
export class Player {
  private state: State = { want: null, mode: { kind: 'idle' }, sent: null, notice: null };
  private readonly listeners = new Set<() => void>();
  private readonly watchers = new Set<() => void>();

  private readonly screen = new Screen((arrived) => this.settled(arrived), () => this.state.mode.kind === 'live');
  private pending: Pending[] = [];
  private askedAt = 0;
  private sought: Instant | null = null; // by the last seek
  private holding = false; // reconnecting to a paused picture: pause again once it is there
  private asleep = false;
  private keysOnly = false;

  private noticeAt = 0;
  private readonly clock = window.setInterval(() => this.tick(), look);

  private readonly line: Line;

  constructor(signedOut: () => void) {
    this.line = new Line({
      signedOut,
      want: () => this.state.want,
      opening: () => this.opening(),
      agreed: (media) => this.screen.play(media),
      opened: () => this.keysOnly && this.line.send({ type: 'keys', only: true }),
      message: (m) => this.hear(m),
      broke: () => this.broke(),
      waiting: (tries, reason) => {
        this.pending = [];
        this.set({ mode: { kind: 'lost', tries, reason } });
      },
      refused: (error) => this.state.want && this.refuse(this.state.want, error),
    });
    document.addEventListener('visibilitychange', this.onVisible);
  }

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));
  /** watch calls f whenever the picture on screen changes, up to 60 times a second. */
  watch = (f: () => void) => (this.watchers.add(f), () => void this.watchers.delete(f));
  /** picture is the moment of the picture on screen, and for how long (ms) no newer one has come. */
  picture(): { at: Instant; still: number } | null {
    return this.screen.shown === null ? null : { at: this.screen.shown, still: this.screen.still() };
  }
  /** position is where the viewer is: what was asked for, until it is shown. */
  position(): Instant | null {
    const last = this.pending[this.pending.length - 1];
    if (last && last.kind !== 'step' && last.at !== null) return last.at;
    return this.screen.shown ?? this.state.want?.at ?? null;
  }

  /** address is a moment that leads to the picture on screen: of one that runs it is known to some ticks only. */
  address(): Instant | null {
    const { mode } = this.state;
    const { shown } = this.screen;
    if (shown === null || (mode.kind === 'past' && !mode.playing)) return this.position();
    return shown + MILLISECOND;
  }

  /** phase is the picture on screen and when it came there, for how far two players are apart. */
  phase = (): Phase | null => this.screen.phase();

  attach = (video: HTMLVideoElement, cover: HTMLCanvasElement) => this.screen.attach(video, cover);

  close() {
    clearInterval(this.clock);
    document.removeEventListener('visibilitychange', this.onVisible);
    this.line.close();
  }

  /** show opens a camera, on the warm session where there is one. */
  show(want: Want, playing = true) {
    const same = this.state.want?.camera === want.camera;
    this.holding = !playing && want.at !== null;
    this.sought = want.at;
    this.set({ want, notice: null, sent: same ? this.state.sent : null });
    if (same && this.screen.shown !== null) this.screen.freeze();
    else this.screen.blank();
    this.asleep = false;
    if (!this.line.up) return this.line.connect();
    this.ask({ kind: 'open', camera: want.camera, at: want.at });
    this.line.send({ type: 'open', ...want });
    if (!same || this.state.mode.kind === 'refused') this.set({ mode: { kind: 'opening' } });
  }

  /** stop lets go of the camera. */
  stop() {
    this.drop();
    this.screen.blank();
    this.set({ want: null, mode: { kind: 'idle' }, sent: null, notice: null });
  }

  refuse(want: Want, error: Problem) {
    this.drop();
    this.screen.blank();
    this.set({ want, mode: { kind: 'refused', error }, sent: null, notice: null });
  }

  /** seek goes to a moment; with pause, it stays there. */
  seek(at: Instant, pause = false) {
    const want = this.state.want;
    if (!want) return;
    const mode = this.state.mode;
    this.set({ want: { ...want, at }, notice: null });
    if (!this.line.up || mode.kind === 'opening') return this.show({ ...want, at }, !pause && (mode.kind !== 'past' || mode.playing));
    this.screen.freeze();
    this.sought = at;
    this.ask({ kind: 'seek', at });
    this.line.send({ type: 'seek', at, pause });
    const past = mode.kind === 'past' ? mode : { playing: true, rate: 1 };
    this.set({ mode: { kind: 'past', playing: past.playing && !pause, rate: past.rate, seeking: true, ended: false } });
  }

  live() {
    const want = this.state.want;
    if (!want || this.state.mode.kind === 'live') return;
    this.set({ want: { ...want, at: null }, notice: null });
    if (!this.line.up) return this.show({ ...want, at: null });
    this.holding = false;
    this.screen.freeze();
    this.ask({ kind: 'open', camera: want.camera, at: null });
    this.line.send({ type: 'live' });
  }

  resume() {
    const mode = this.state.mode;
    if (mode.kind !== 'past') return;
    this.holding = false;
    this.line.send({ type: 'play' });
    this.set({ mode: { ...mode, playing: true, ended: false } });
  }

  pause() {
    const mode = this.state.mode;
    const at = this.address();
    if (mode.kind === 'live' && at !== null) {
      this.seek(at, true);
    } else if (mode.kind === 'past') {
      this.line.send({ type: 'pause' });
      this.set({ mode: { ...mode, playing: false } });
    }
  }

  rate(rate: number) {
    const mode = this.state.mode;
    if (mode.kind !== 'past') return;
    this.line.send({ type: 'rate', rate });
    if (!mode.playing) this.line.send({ type: 'play' });
    this.set({ mode: { ...mode, rate, playing: true, ended: false } });
  }

  /** start plays on at that instant of the server's clock, so that several start together: the moment `at`, in all of them, is due then. */
  start(when: Instant, rate: number, at: Instant) {
    const mode = this.state.mode;
    if (mode.kind !== 'past') return;
    this.holding = false;
    this.line.send({ type: 'rate', rate });
    this.line.send({ type: 'play', when, at });
    this.set({ mode: { ...mode, rate, playing: true, ended: false } });
  }

  /** keys asks for key frames only, which is all that a wall of many can show; it holds until it is taken back. */
  keys(only: boolean) {
    if (only === this.keysOnly) return;
    this.keysOnly = only;
    this.line.send({ type: 'keys', only });
  }

  /** sleep is for a picture nobody sees: live, the server sends nothing until wake, and the session stays. */
  sleep() {
    if (this.asleep || this.state.mode.kind !== 'live') return;
    this.asleep = true;
    this.line.send({ type: 'pause' });
  }

  /** wake shows the newest picture again; until it is there, none. */
  wake() {
    if (!this.asleep) return;
    this.asleep = false;
    if (this.state.mode.kind !== 'live' || !this.state.want) return;
    this.screen.blank();
    this.screen.restart();
    this.ask({ kind: 'open', camera: this.state.want.camera, at: null });
    this.line.send({ type: 'play' });
  }

  step(step: 1 | -1) {
    const mode = this.state.mode;
    if (mode.kind === 'live') return this.pause();
    if (mode.kind !== 'past' || this.screen.shown === null || !this.line.up) return;
    this.screen.freeze();
    this.ask({ kind: 'step', from: this.screen.shown, step });
    this.line.send({ type: 'step', step });
    this.set({ mode: { ...mode, playing: false, seeking: true, ended: false } });
  }

  /** suspect is told that the server may be gone: what does not move is connected anew. */
  suspect() {
    const { mode } = this.state;
    const moving = !this.asleep && (mode.kind === 'live' || (mode.kind === 'past' && mode.playing));
    this.line.suspect(() => moving && this.screen.still() <= 800);
  }

  /** hurry tries to connect at once instead of waiting. */
  hurry = () => this.line.hurry();

  // --- the session ---

  private opening() {
    const want = this.state.want;
    if (!want) return;
    this.pending = [];
    this.screen.expect(null);
    this.screen.forget();
    this.ask({ kind: 'open', camera: want.camera, at: want.at });
    if (this.state.mode.kind !== 'lost') this.set({ mode: { kind: 'opening' } });
  }

  private broke() {
    const { want, mode } = this.state;
    this.asleep = false;
    if (want && mode.kind === 'past' && this.screen.shown !== null) {
      this.holding = !mode.playing;
      this.set({ want: { ...want, at: this.position() } });
    }
    this.screen.freeze();
  }

  private drop() {
    this.line.drop();
    this.pending = [];
    this.screen.expect(null);
  }

  private hear(m: Message) {
    switch (m.type) {
      case 'position':
        return this.onPosition(m);
      case 'gap':
        return this.tell({ kind: 'gap', gap: m, sought: this.sought !== null && m.from <= this.sought && this.sought < m.to });
      case 'denied':
        return this.onDenied(m);
      case 'quality':
        return this.set({ sent: { stream: m.stream, keysOnly: m.mode === 'keys', reason: m.reason } });
      case 'replay':
        return this.replayed(m.rtp);
      case 'ended': // the line closes next, and asks again
    }
  }

  /** replayed: pictures were lost, and those up to that one come again. Nobody is to see them. */
  private replayed(rtp: number) {
    if (this.pending.length > 0) return;
    const { mode } = this.state;
    this.screen.freeze();
    this.screen.expect(rtp, mode.kind === 'past' && !mode.playing);
  }

  private onDenied(m: Extract<Message, { type: 'denied' }>) {
    const last = this.pending[this.pending.length - 1];
    const { want, mode } = this.state;
    if (want && (last?.kind === 'open' || mode.kind === 'opening')) {
      return this.refuse(want, { status: 403, code: m.code, detail: m.reason });
    }
    this.pending = [];
    this.screen.uncover();
    this.tell({ kind: 'denied', code: m.code, detail: m.reason });
    if (mode.kind === 'past') this.set({ mode: { ...mode, seeking: false } });
  }

  private onPosition(m: Extract<Message, { type: 'position' }>) {
    const want = this.state.want;
    if (!want || m.camera !== want.camera) return;
    this.screen.anchor({ rtp: m.rtp, at: m.at, rate: m.rate });
    const i = this.pending.findLastIndex((p) => answers(p, m));
    const stands = m.rate === 0 && !m.live;
    if (i >= 0) this.pending.splice(0, i + 1);
    if (i >= 0 || (stands && this.pending.length === 0 && this.screen.covered)) this.screen.expect(m.rtp, stands);
    if (this.pending.length === 0) this.adopt(m, i >= 0);
    this.screen.settle();
  }

  /** adopt takes over what the server says it does. */
  private adopt(m: Extract<Message, { type: 'position' }>, awaited: boolean) {
    this.line.well();
    if (m.live) {
      if (this.state.mode.kind === 'live') return;
      this.screen.restart();
      return this.set({ mode: { kind: 'live', pulse: 'fresh' } });
    }
    if (this.holding) {
      this.holding = false;
      const at = this.state.want?.at ?? m.at;
      this.ask({ kind: 'seek', at });
      this.line.send({ type: 'seek', at, pause: true });
      return;
    }
    const before = this.state.mode;
    const rate = m.rate !== 0 ? m.rate : before.kind === 'past' ? before.rate : 1;
    const mode: Mode = { kind: 'past', playing: m.rate !== 0, rate, seeking: this.screen.covered && (awaited || (before.kind === 'past' && before.seeking)), ended: m.end };
    if (JSON.stringify(mode) !== JSON.stringify(before)) this.set({ mode });
  }

  // --- the picture ---

  /** settled is told of every picture that comes. */
  private settled(arrived: boolean) {
    const { mode } = this.state;
    if (arrived && this.pending.length > 0) this.screen.refresh();
    else if (arrived) {
      this.screen.uncover();
      if (mode.kind === 'past' && mode.seeking) this.set({ mode: { ...mode, seeking: false } });
    }
    if (!this.screen.see()) return;
    for (const f of this.watchers) f();
    this.rest();
  }

  /** rest makes a paused picture the place one is at. */
  private rest() {
    const { want, mode } = this.state;
    const { shown } = this.screen;
    if (!want || mode.kind !== 'past' || mode.playing || mode.seeking || shown === null || want.at === shown) return;
    this.set({ want: { ...want, at: shown } });
  }

  private ask(p: Pending) {
    if (p.kind === 'open') this.pending = [];
    this.pending.push(p);
    this.screen.expect(null);
    this.askedAt = performance.now();
  }

  private onVisible = () => {
    if (!document.hidden) this.screen.restart(); // a hidden page is shown no pictures
  };

  private tick() {
    if (this.state.notice && performance.now() - this.noticeAt > noticeFor) this.set({ notice: null });
    if (this.pending.length > 0 && this.line.up && performance.now() - this.askedAt > unanswered) this.letGo();
    const { mode } = this.state;
    if (mode.kind !== 'live' || document.hidden || this.asleep) return;
    const still = this.screen.still();
    const pulse: Pulse = still > stopAfter ? 'stopped' : still > lateAfter ? 'late' : 'fresh';
    if (pulse !== mode.pulse) this.set({ mode: { ...mode, pulse } });
  }

  /** letGo stops waiting for a picture that does not come. */
  private letGo() {
    const { mode } = this.state;
    if (this.pending.some((p) => p.kind === 'open')) {
      this.askedAt = performance.now(); // the first picture of a camera is waited for; the page says so
      return;
    }
    this.pending = [];
    this.screen.uncover();
    if (mode.kind === 'past') this.set({ mode: { ...mode, seeking: false } });
  }

  private tell(notice: Notice) {
    this.noticeAt = performance.now();
    this.set({ notice });
  }

  private set(change: Partial<State>) {
    this.state = { ...this.state, ...change };
    for (const f of this.listeners) f();
  }
}

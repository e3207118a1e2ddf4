import type { Problem } from '../api/result.ts';
import type { Gap, Stream } from '../api/types.ts';
import { MILLISECOND, type Instant } from '../time/instant.ts';
import { Anchors, ticks } from './anchors.ts';
import { answers, type Pending } from './pending.ts';
import { Session, type Message, type Want } from './session.ts';

export type Pulse = 'fresh' | 'late' | 'stopped';

export type Mode =
  | { kind: 'idle' }
  | { kind: 'opening' } // no picture of this camera yet
  | { kind: 'live'; pulse: Pulse }
  | { kind: 'past'; playing: boolean; rate: number; seeking: boolean; ended: boolean }
  | { kind: 'lost'; tries: number; reason: string } // connecting again
  | { kind: 'refused'; error: Problem };

export type Notice = { kind: 'gap'; gap: Gap } | { kind: 'denied'; code: string; detail: string };

export interface State {
  want: Want | null;
  mode: Mode;
  sent: { stream: Stream; keysOnly: boolean; reason: string } | null;
  notice: Notice | null;
}

const lateAfter = 2_000; // ms without a new picture
const stopAfter = 5_000;
const moves = 300 * MILLISECOND; // less is no progress: a group of pictures sent again lies 1 ms apart
const look = 200; // ms between looks at the clock
const unanswered = 4_000; // ms until a seek that found nothing is let go
const noticeFor = 8_000;
const retries = [150, 400, 800]; // ms; the last one again and again

/** elements are where the picture is shown: the video, and a canvas over it that hides what is on the way. */
interface Elements {
  video: HTMLVideoElement;
  cover: HTMLCanvasElement;
}

/**
 * Player shows one camera at a time in a video element, live or past, over one warm session, and gets
 * that session back when it breaks. What is on screen is always what the state says: pictures on the
 * way to the one asked for, and those of the camera before, are covered.
 */
export class Player {
  private state: State = { want: null, mode: { kind: 'idle' }, sent: null, notice: null };
  private readonly listeners = new Set<() => void>();
  private readonly watchers = new Set<() => void>();

  private session: Session | null = null;
  private attempt = 0; // of connecting; an older one that comes late is let go
  private tries = 0;
  private timer = 0;
  private readonly anchors = new Anchors();
  private pending: Pending[] = [];
  private askedAt = 0;
  private arrived: number | null = null; // rtp of the picture that answers the last pending
  private holding = false; // reconnecting to a paused picture: pause again once it is there
  private goodbye = '';

  private elements: Elements | null = null;
  private covered = false;
  private rtp: number | null = null;
  private newest = -Infinity; // moment of the newest picture so far
  private movedAt = 0; // performance.now() when newer pictures came
  private shown: Instant | null = null;
  private noticeAt = 0;
  private readonly clock = window.setInterval(() => this.tick(), look);
  frames = 0; // shown since the beginning

  constructor(private readonly signedOut: () => void) {
    document.addEventListener('visibilitychange', this.onVisible);
    window.addEventListener('online', this.hurry);
  }

  get = () => this.state;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));
  /** watch calls f whenever the picture on screen changes, up to 60 times a second. */
  watch = (f: () => void) => (this.watchers.add(f), () => void this.watchers.delete(f));
  /** picture is the moment of the picture on screen, and for how long (ms) no newer one has come. */
  picture(): { at: Instant; still: number } | null {
    return this.shown === null ? null : { at: this.shown, still: performance.now() - this.movedAt };
  }
  /** position is where the viewer is: what was asked for, until it is shown. */
  position(): Instant | null {
    const last = this.pending[this.pending.length - 1];
    if (last && last.kind !== 'step' && last.at !== null) return last.at;
    return this.shown ?? this.state.want?.at ?? null;
  }

  /** address is a moment that leads to the picture on screen: of one that runs it is known to some ticks only. */
  address(): Instant | null {
    const { mode } = this.state;
    if (this.shown === null || (mode.kind === 'past' && !mode.playing)) return this.position();
    return this.shown + MILLISECOND;
  }

  attach = (video: HTMLVideoElement, cover: HTMLCanvasElement) => {
    this.elements = { video, cover };
    video.requestVideoFrameCallback(this.onFrame);
    if (this.session) this.present(this.session);
    return () => {
      video.srcObject = null;
      this.elements = null;
    };
  };

  close() {
    clearInterval(this.clock);
    document.removeEventListener('visibilitychange', this.onVisible);
    window.removeEventListener('online', this.hurry);
    this.drop();
  }

  /** show opens a camera, on the warm session where there is one. */
  show(want: Want, playing = true) {
    const same = this.state.want?.camera === want.camera;
    this.holding = !playing && want.at !== null;
    this.set({ want, notice: null, sent: same ? this.state.sent : null });
    if (same && this.shown !== null) this.freeze();
    else this.blank();
    this.tries = 0;
    if (!this.session) return this.connect();
    this.ask({ kind: 'open', camera: want.camera, at: want.at });
    this.session.send({ type: 'open', ...want });
    if (!same || this.state.mode.kind === 'refused') this.set({ mode: { kind: 'opening' } });
  }

  /** stop lets go of the camera. */
  stop() {
    this.drop();
    this.blank();
    this.set({ want: null, mode: { kind: 'idle' }, sent: null, notice: null });
  }

  refuse(want: Want, error: Problem) {
    this.drop();
    this.blank();
    this.set({ want, mode: { kind: 'refused', error }, sent: null, notice: null });
  }

  seek(at: Instant) {
    const want = this.state.want;
    if (!want) return;
    const mode = this.state.mode;
    this.set({ want: { ...want, at }, notice: null });
    if (!this.session || mode.kind === 'opening') return this.show({ ...want, at }, mode.kind !== 'past' || mode.playing);
    this.freeze();
    this.ask({ kind: 'seek', at, gap: false });
    this.session.send({ type: 'seek', at });
    const past = mode.kind === 'past' ? mode : { playing: true, rate: 1 };
    this.set({ mode: { kind: 'past', playing: past.playing, rate: past.rate, seeking: true, ended: false } });
  }

  live() {
    const want = this.state.want;
    if (!want || this.state.mode.kind === 'live') return;
    this.set({ want: { ...want, at: null }, notice: null });
    if (!this.session) return this.show({ ...want, at: null });
    this.holding = false;
    this.freeze();
    this.ask({ kind: 'open', camera: want.camera, at: null });
    this.session.send({ type: 'live' });
  }

  resume() {
    const mode = this.state.mode;
    if (mode.kind !== 'past') return;
    this.holding = false;
    this.session?.send({ type: 'play' });
    this.set({ mode: { ...mode, playing: true, ended: false } });
  }

  pause() {
    const mode = this.state.mode;
    const at = this.address();
    if (mode.kind === 'live' && at !== null) {
      this.seek(at);
      this.session?.send({ type: 'pause' });
      if (this.state.mode.kind === 'past') this.set({ mode: { ...this.state.mode, playing: false } });
    } else if (mode.kind === 'past') {
      this.session?.send({ type: 'pause' });
      this.set({ mode: { ...mode, playing: false } });
    }
  }

  rate(rate: number) {
    const mode = this.state.mode;
    if (mode.kind !== 'past') return;
    this.session?.send({ type: 'rate', rate });
    if (!mode.playing) this.session?.send({ type: 'play' });
    this.set({ mode: { ...mode, rate, playing: true, ended: false } });
  }

  step(step: 1 | -1) {
    const mode = this.state.mode;
    if (mode.kind === 'live') return this.pause();
    if (mode.kind !== 'past' || this.shown === null || !this.session) return;
    this.freeze();
    this.ask({ kind: 'step', from: this.shown, step });
    this.session.send({ type: 'step', step });
    this.set({ mode: { ...mode, playing: false, seeking: true, ended: false } });
  }

  /** suspect is told that the server may be gone: what does not move is connected anew. */
  suspect() {
    const moving = this.state.mode.kind === 'live' || (this.state.mode.kind === 'past' && this.state.mode.playing);
    const session = this.session;
    window.setTimeout(() => {
      if (!session || this.session !== session) return;
      if (!moving || performance.now() - this.movedAt > 800) this.lost();
    }, 600);
  }

  /** hurry tries to connect at once instead of waiting. */
  hurry = () => {
    if (this.state.mode.kind === 'lost') this.connect();
  };

  // --- the session ---

  private connect() {
    clearTimeout(this.timer);
    this.drop();
    const want = this.state.want;
    if (!want) return;
    const attempt = ++this.attempt;
    this.anchors.clear();
    this.rtp = null;
    this.ask({ kind: 'open', camera: want.camera, at: want.at });
    if (this.state.mode.kind !== 'lost') this.set({ mode: { kind: 'opening' } });
    void Session.open(want, { message: (m) => attempt === this.attempt && this.hear(m), lost: () => attempt === this.attempt && this.lost() })
      .then((res) => {
        if (attempt !== this.attempt) return res.ok && res.value.close();
        if (res.ok) {
          this.session = res.value;
          this.goodbye = '';
          return this.present(res.value);
        }
        this.failed(res.error);
      });
  }

  private failed(error: Problem) {
    if (error.status === 401) return this.signedOut();
    const final = error.status >= 400 && error.status < 500 && error.status !== 409 && error.status !== 429;
    if (final && this.state.want) return this.refuse(this.state.want, error);
    this.retry(error.detail);
  }

  private lost() {
    const { want, mode } = this.state;
    this.session?.close();
    this.session = null;
    this.tries = 0;
    if (!want) return;
    if (mode.kind === 'past' && this.shown !== null) {
      this.holding = !mode.playing;
      this.set({ want: { ...want, at: this.position() } });
    }
    this.freeze();
    this.retry(this.goodbye);
  }

  private retry(reason: string) {
    this.pending = [];
    this.session?.close();
    this.session = null;
    const delay = retries[Math.min(this.tries, retries.length - 1)]!;
    this.tries++;
    this.set({ mode: { kind: 'lost', tries: this.tries, reason } });
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.connect(), delay);
  }

  private drop() {
    clearTimeout(this.timer);
    this.attempt++;
    this.session?.close();
    this.session = null;
    this.pending = [];
    this.arrived = null;
  }

  private present(session: Session) {
    const video = this.elements?.video;
    if (!video) return;
    video.srcObject = session.media;
    video.play().catch(() => undefined); // refused only where a newer play() or a detach came first
  }

  private hear(m: Message) {
    switch (m.type) {
      case 'position':
        return this.onPosition(m);
      case 'gap':
        for (const p of this.pending) if (p.kind === 'seek') p.gap = true;
        return this.tell({ kind: 'gap', gap: m });
      case 'denied':
        return this.onDenied(m);
      case 'quality':
        return this.set({ sent: { stream: m.stream, keysOnly: m.mode === 'keys', reason: m.reason } });
      case 'ended':
        this.goodbye = m.reason; // the channel closes next; asking again tells whether the right is gone
    }
  }

  private onDenied(m: Extract<Message, { type: 'denied' }>) {
    const last = this.pending[this.pending.length - 1];
    const { want, mode } = this.state;
    if (want && (last?.kind === 'open' || mode.kind === 'opening')) {
      return this.refuse(want, { status: 403, code: m.code, detail: m.reason });
    }
    this.pending = [];
    this.uncover();
    this.tell({ kind: 'denied', code: m.code, detail: m.reason });
    if (mode.kind === 'past') this.set({ mode: { ...mode, seeking: false } });
  }

  private onPosition(m: Extract<Message, { type: 'position' }>) {
    const want = this.state.want;
    if (!want || m.camera !== want.camera) return;
    this.anchors.add({ rtp: m.rtp, at: m.at, rate: m.rate });
    const i = this.pending.findLastIndex((p) => answers(p, m));
    if (i >= 0) {
      this.pending.splice(0, i + 1);
      this.arrived = m.rtp;
    }
    if (this.pending.length === 0) this.adopt(m);
    this.settle();
  }

  /** adopt takes over what the server says it does. */
  private adopt(m: Extract<Message, { type: 'position' }>) {
    this.tries = 0;
    if (m.live) {
      if (this.state.mode.kind === 'live') return;
      this.newest = -Infinity;
      this.movedAt = performance.now();
      return this.set({ mode: { kind: 'live', pulse: 'fresh' } });
    }
    if (this.holding) {
      this.holding = false;
      const at = this.state.want?.at ?? m.at;
      this.session?.send({ type: 'pause' });
      this.ask({ kind: 'seek', at, gap: false });
      this.session?.send({ type: 'seek', at });
      return;
    }
    const before = this.state.mode;
    const rate = m.rate !== 0 ? m.rate : before.kind === 'past' ? before.rate : 1;
    const mode: Mode = { kind: 'past', playing: m.rate !== 0, rate, seeking: this.covered && this.arrived !== null, ended: m.end };
    if (JSON.stringify(mode) !== JSON.stringify(before)) this.set({ mode });
  }

  // --- the picture ---

  private onFrame = (_now: number, frame: VideoFrameCallbackMetadata) => {
    const elements = this.elements;
    if (!elements) return;
    elements.video.requestVideoFrameCallback(this.onFrame); // first: registered later, a picture is missed
    this.rtp = frame.rtpTimestamp ?? null;
    this.frames++;
    this.settle();
  };

  /** settle brings the screen in line with the newest picture. */
  private settle() {
    const { rtp } = this;
    if (rtp === null) return;
    if (this.arrived !== null && ticks(this.arrived, rtp) >= 0) {
      this.arrived = null;
      if (this.pending.length === 0) this.uncover();
      else this.freeze(true);
      const mode = this.state.mode;
      if (mode.kind === 'past' && mode.seeking && this.pending.length === 0) this.set({ mode: { ...mode, seeking: false } });
    }
    if (this.covered) return;
    this.shown = this.anchors.at(rtp);
    this.moved();
    for (const f of this.watchers) f();
    this.rest();
  }

  /** moved notes progress. Pictures alone are none: a camera fallen silent is replayed to a browser that asks again. */
  private moved() {
    const { mode } = this.state;
    if (this.shown === null || (mode.kind === 'live' && this.shown < this.newest + moves)) return;
    this.newest = this.shown;
    this.movedAt = performance.now();
  }

  /** rest makes a paused picture the place one is at. */
  private rest() {
    const { want, mode } = this.state;
    if (!want || mode.kind !== 'past' || mode.playing || mode.seeking || this.shown === null || want.at === this.shown) return;
    this.set({ want: { ...want, at: this.shown } });
  }

  private ask(p: Pending) {
    if (p.kind === 'open') this.pending = [];
    this.pending.push(p);
    this.arrived = null;
    this.askedAt = performance.now();
  }

  /** freeze keeps the picture on screen while the video below goes elsewhere. */
  private freeze(again = false) {
    const e = this.elements;
    if (!e || (this.covered && !again)) return;
    if (e.video.videoWidth > 0) {
      e.cover.width = e.video.videoWidth;
      e.cover.height = e.video.videoHeight;
      e.cover.getContext('2d')?.drawImage(e.video, 0, 0);
    }
    if (again && this.rtp !== null) this.shown = this.anchors.at(this.rtp);
    e.cover.hidden = false;
    this.covered = true;
  }

  /** blank covers the video with nothing. */
  private blank() {
    this.shown = null;
    this.covered = true;
    const e = this.elements;
    if (!e) return;
    e.cover.width = e.cover.height = 1;
    const draw = e.cover.getContext('2d');
    draw?.fillRect(0, 0, 1, 1);
    e.cover.hidden = false;
  }

  private uncover() {
    this.covered = false;
    if (this.elements) this.elements.cover.hidden = true;
  }

  private onVisible = () => {
    if (!document.hidden) this.movedAt = performance.now(); // a hidden page is shown no pictures
  };

  private tick() {
    if (this.state.notice && performance.now() - this.noticeAt > noticeFor) this.set({ notice: null });
    if (this.pending.length > 0 && this.session && performance.now() - this.askedAt > unanswered) this.letGo();
    const { mode } = this.state;
    if (mode.kind !== 'live' || document.hidden) return;
    const still = performance.now() - this.movedAt;
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
    this.uncover();
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

import type { Player } from '../player/player.ts';
import type { Want } from '../player/session.ts';
import { SECOND, type Instant } from '../time/instant.ts';

const lead = 5 * SECOND; // how long before a moment one begins to look
const standsFor = 1_500; // ms the picture of the moment stands before it plays
const comesWithin = 2_500; // ms for a picture of after a gap to come
const speeds = [1, 2, 4, 8, 16, 32, 64];

/** Scene is a moment to look at. */
export interface Scene {
  at: Instant;
  length: number; // µs, of what lasted
  missing: boolean; // nothing was recorded in it: one looks at what lies before and after
}

/**
 * Look is somebody looking at one moment after the other, on one warm session: the picture of the
 * moment stands for a little, then plays from shortly before. Whoever takes the controls keeps them.
 */
export class Look {
  private scene: Scene | null = null;
  private timer = 0;
  private waiting = false; // for the picture to stand, to play by itself then
  private untouched = false; // one stands at the moment, and nothing was played yet
  private bare = false; // no picture lies near the moment
  private bareTimer = 0;
  private readonly listeners = new Set<() => void>();
  private readonly unsubscribe: () => void;

  /** byItself: play without being asked to. */
  constructor(readonly player: Player, private readonly byItself: boolean) {
    this.unsubscribe = player.subscribe(this.hear);
  }

  /** nothing reports whether there is no picture to be seen of this moment, before it or after. */
  nothing = () => this.bare;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));

  close() {
    this.unsubscribe();
    this.hold();
    clearTimeout(this.bareTimer);
    this.player.close();
  }

  open(want: Want, scene: Scene) {
    this.hold();
    this.setBare(false);
    this.scene = scene;
    this.waiting = this.byItself;
    this.untouched = true;
    this.player.show({ ...want, at: this.standing(scene) }, false);
  }

  /** leave lets go of the picture: there is nothing to look at any more. */
  leave() {
    this.hold();
    this.scene = null;
    this.player.stop();
  }

  /** again plays from shortly before the moment. */
  again = () => this.playFrom(this.scene && this.scene.at - lead);
  /** after plays what came when the moment was over. */
  after = () => this.playFrom(this.scene && this.scene.at + this.scene.length);

  toggle = () => {
    const { untouched } = this;
    this.hold();
    const { mode } = this.player.get();
    if (mode.kind !== 'past') return;
    if (mode.playing) this.player.pause();
    else if (untouched) this.again();
    else this.player.resume();
  };

  pause = () => {
    this.hold();
    const { mode } = this.player.get();
    if (mode.kind === 'past' && mode.playing) this.player.pause();
  };

  jump(by: number) {
    this.hold();
    const at = this.player.position();
    if (at !== null && this.player.get().mode.kind === 'past') this.player.seek(at + by);
  }

  step(by: 1 | -1) {
    this.hold();
    this.player.step(by);
  }

  /** faster plays that way: at first at 1, then twice as fast each time. */
  faster(direction: 1 | -1) {
    this.hold();
    const { mode } = this.player.get();
    if (mode.kind !== 'past') return;
    const on = mode.playing && Math.sign(mode.rate) === direction ? Math.abs(mode.rate) : 0;
    this.player.rate(direction * (speeds.find((s) => s > on) ?? 64));
  }

  /** standing is where one stands at first; of a gap, on the last pictures before it. */
  private standing(scene: Scene): Instant {
    return scene.missing ? scene.at - lead : scene.at;
  }

  private playFrom(at: Instant | null) {
    this.hold();
    if (at === null || this.player.get().mode.kind !== 'past') return;
    this.player.seek(at);
    this.player.resume();
  }

  private hold() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.waiting = this.untouched = false;
  }

  private hear = () => {
    const { mode, notice } = this.player.get();
    if (mode.kind !== 'opening') this.setBare(false);
    else if (notice?.kind === 'gap' && this.bareTimer === 0) this.bareTimer = window.setTimeout(() => this.setBare(true), comesWithin);
    const stands = mode.kind === 'past' && !mode.playing && !mode.seeking && this.player.picture() !== null;
    if (!this.waiting || !stands || this.timer !== 0) return;
    this.timer = window.setTimeout(this.again, standsFor);
  };

  private setBare(bare: boolean) {
    clearTimeout(this.bareTimer);
    this.bareTimer = 0;
    if (bare === this.bare) return;
    this.bare = bare;
    for (const f of this.listeners) f();
  }
}

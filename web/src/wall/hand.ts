import { serverClock } from '../api/client.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import { mayPast, wanted } from '../person/rights.ts';
import type { Player } from '../player/player.ts';
import { SECOND, type Instant } from '../time/instant.ts';

const edge = 2 * SECOND; // nearer to now than this is live
const speeds = [1, 2, 4, 8, 16, 32, 64];

/** Need asks for a purpose where the past of a camera needs one, and goes on with it. */
export type Need = (cameras: readonly Camera[], then: (s: SessionInfo) => void) => void;

/** Hand is what mouse and keyboard do with the time of one tile. */
export class Hand {
  constructor(private readonly player: Player, private readonly camera: Camera, private readonly large: boolean, private readonly need: Need) {}

  get may(): boolean {
    return mayPast(this.camera);
  }

  /** seek shows the picture of that moment, on the session that stands; with pause, it stands still. */
  seek(at: Instant, pause = false, then?: () => void) {
    if (at > serverClock.now() - edge) return this.live();
    if (!this.may) return;
    this.need([this.camera], (s) => {
      const { want, mode } = this.player.get();
      const next = wanted(s, this.camera, at, this.large);
      const warm = want?.camera === next.camera && want.stream === next.stream && want.purpose === next.purpose && (mode.kind === 'live' || mode.kind === 'past');
      if (warm) this.player.seek(at, pause);
      else this.player.show(next, !pause && (mode.kind !== 'past' || mode.playing));
      then?.();
    });
  }

  jump(by: number) {
    const { want } = this.player.get();
    const base = want?.at === null ? (this.player.picture()?.at ?? serverClock.now()) : this.player.position();
    if (base === null || (want?.at === null && by > 0)) return;
    this.seek(base + by);
  }

  live() {
    const { want } = this.player.get();
    if (want?.at !== null) this.player.live();
  }

  toggle() {
    const { mode } = this.player.get();
    if (mode.kind === 'past' && mode.playing) this.player.pause();
    else if (mode.kind === 'past') this.player.resume();
    else if (mode.kind === 'live') this.stand();
  }

  pause() {
    const { mode } = this.player.get();
    if (mode.kind === 'live' || (mode.kind === 'past' && mode.playing)) this.toggle();
  }

  step(by: 1 | -1) {
    if (this.player.get().mode.kind === 'live') this.stand();
    else this.player.step(by);
  }

  /** faster plays in a direction, and twice as fast each time. */
  faster(direction: 1 | -1) {
    const { mode } = this.player.get();
    if (mode.kind === 'live' && direction < 0) return this.back();
    if (mode.kind !== 'past') return;
    const going = mode.playing && Math.sign(mode.rate) === direction ? Math.abs(mode.rate) : 0;
    this.player.rate(direction * (speeds.find((s) => s > going) ?? 64));
  }

  /** stand pauses at the live picture, which is the past from then on. */
  private stand() {
    if (this.may) this.need([this.camera], () => this.player.pause());
  }

  private back() {
    const at = this.player.picture()?.at;
    if (at !== undefined) this.seek(at - edge, false, () => this.player.rate(-1));
  }
}

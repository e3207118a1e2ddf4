import { Player } from '../player/player.ts';
import type { Instant } from '../time/instant.ts';
import type { Seat } from './follower.ts';

const rest = 120; // ms the pointer stays before a picture is asked for
const idle = 60_000; // ms a session is kept for the next look

/** Preview is one more picture, standing, for the moment under the pointer. It is a view like any other: asked for and written down. */
export class Preview {
  readonly player: Player;
  private timer = 0;
  private idleTimer = 0;
  private at: Instant | null = null;

  constructor(signedOut: () => void) {
    this.player = new Player(signedOut);
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.idleTimer);
    this.player.close();
  }

  /** point asks for the picture of a moment once the pointer rests, or at once while one drags. */
  point(seat: Seat, at: Instant, atOnce: boolean) {
    clearTimeout(this.timer);
    clearTimeout(this.idleTimer);
    if (atOnce) this.show(seat, at);
    else this.timer = window.setTimeout(() => this.show(seat, at), rest);
  }

  /** leave is said when the pointer is gone. */
  leave() {
    clearTimeout(this.timer);
    clearTimeout(this.idleTimer);
    this.idleTimer = window.setTimeout(() => this.player.stop(), idle);
  }

  private show(seat: Seat, at: Instant) {
    const { want, mode } = this.player.get();
    this.at = at;
    if (want?.camera === seat.camera && want.purpose === seat.purpose && mode.kind === 'past') return this.player.seek(at, true);
    if (mode.kind === 'opening' && want?.camera === seat.camera) return this.later();
    this.player.show({ camera: seat.camera, stream: seat.stream, purpose: seat.purpose, at }, false);
    this.later();
  }

  /** later goes to the latest moment once the first picture is there. */
  private later() {
    const stop = this.player.subscribe(() => {
      const { want, mode } = this.player.get();
      if (mode.kind === 'opening') return;
      stop();
      if (mode.kind === 'past' && want && this.at !== null && want.at !== this.at) this.player.seek(this.at, true);
    });
  }
}

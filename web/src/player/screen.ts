import { MILLISECOND, type Instant } from '../time/instant.ts';
import { Anchors, ticks, type Anchor } from './anchors.ts';

const moves = 300 * MILLISECOND; // less is no progress: a group of pictures sent again lies 1 ms apart

/** Phase is a picture and when it was put on screen: the way two screens are compared. */
export interface Phase {
  at: Instant; // moment of the picture
  presented: number; // performance.now() when it came on screen
}

/**
 * Screen is a video element, and a canvas over it that hides pictures on the way to the one asked for
 * and those of the camera before. It knows the moment of the picture one sees.
 */
export class Screen {
  /** moment of the picture on screen; null: none */
  shown: Instant | null = null;
  covered = true;

  private elements: { video: HTMLVideoElement; cover: HTMLCanvasElement } | null = null;
  private media: MediaStream | null = null;
  private readonly anchors = new Anchors();
  private rtp: number | null = null; // of the newest picture in the video
  private awaited: { rtp: number; exact: boolean } | null = null; // the picture asked for
  private newest = -Infinity; // moment of the newest picture so far
  private movedAt = 0; // performance.now() when it came
  private presented = 0; // performance.now() when the newest picture came on screen

  /** settled is called after every picture; arrived: it is the one awaited. */
  constructor(private readonly settled: (arrived: boolean) => void, private readonly live: () => boolean) {}

  attach(video: HTMLVideoElement, cover: HTMLCanvasElement): () => void {
    this.elements = { video, cover };
    video.requestVideoFrameCallback(this.onFrame);
    if (this.media) this.play(this.media);
    return () => {
      video.srcObject = null;
      this.elements = null;
    };
  }

  play(media: MediaStream) {
    this.media = media;
    const video = this.elements?.video;
    if (!video) return;
    video.srcObject = media;
    video.play().catch(() => undefined); // refused only where a newer play() or a detach came first
  }

  /** still is for how long no newer picture has come, ms. */
  still = () => performance.now() - this.movedAt;

  phase(): Phase | null {
    return this.shown === null ? null : { at: this.shown, presented: this.presented };
  }

  /** restart begins to count progress anew. */
  restart() {
    this.newest = -Infinity;
    this.movedAt = performance.now();
  }

  /** forget is for a new connection: its timestamps have nothing to do with the old ones. */
  forget() {
    this.anchors.clear();
    this.rtp = null;
    this.awaited = null;
  }

  anchor(a: Anchor) {
    this.anchors.add(a);
  }

  /** expect waits for the picture with that timestamp, or for none. exact: later ones are not it, but pictures on the way sent again. */
  expect(rtp: number | null, exact = false) {
    this.awaited = rtp === null ? null : { rtp, exact };
  }

  /** settle brings what is known in line with the newest picture. */
  settle() {
    if (this.rtp === null) return;
    const past = this.awaited === null ? -1 : ticks(this.awaited.rtp, this.rtp);
    const arrived = this.awaited?.exact ? past === 0 : past >= 0;
    if (arrived) this.awaited = null;
    this.settled(arrived);
  }

  /** see takes the picture in the video as the one on screen, unless it is covered. */
  see(): boolean {
    if (this.covered || this.rtp === null) return false;
    this.shown = this.anchors.at(this.rtp);
    this.progress();
    return true;
  }

  /** freeze keeps the picture on screen while the video below goes elsewhere. */
  freeze() {
    if (!this.covered) this.copy();
  }

  /** refresh shows the picture in the video and keeps that one. */
  refresh() {
    if (this.rtp !== null) this.shown = this.anchors.at(this.rtp);
    this.copy();
  }

  /** blank covers the video with nothing. */
  blank() {
    this.shown = null;
    this.covered = true;
    const cover = this.elements?.cover;
    if (!cover) return;
    cover.width = cover.height = 1;
    cover.getContext('2d')?.fillRect(0, 0, 1, 1);
    cover.hidden = false;
  }

  uncover() {
    this.covered = false;
    if (this.elements) this.elements.cover.hidden = true;
  }

  private copy() {
    const e = this.elements;
    if (!e) return;
    if (e.video.videoWidth > 0) {
      e.cover.width = e.video.videoWidth;
      e.cover.height = e.video.videoHeight;
      e.cover.getContext('2d')?.drawImage(e.video, 0, 0);
    }
    e.cover.hidden = false;
    this.covered = true;
  }

  private onFrame = (_now: number, frame: VideoFrameCallbackMetadata) => {
    if (!this.elements) return;
    this.elements.video.requestVideoFrameCallback(this.onFrame); // first: registered later, a picture is missed
    this.rtp = frame.rtpTimestamp ?? null;
    this.presented = frame.expectedDisplayTime;
    this.settle();
  };

  /** progress: pictures alone are none. A camera fallen silent is replayed to a browser that asks again. */
  private progress() {
    if (this.shown === null || (this.live() && this.shown < this.newest + moves)) return;
    this.newest = this.shown;
    this.movedAt = performance.now();
  }
}

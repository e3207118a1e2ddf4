import { problemOf, silence, type Result } from '../api/result.ts';
import type { Stream } from '../api/types.ts';
import { formatInstant, parseInstant, type Instant } from '../time/instant.ts';

/** Want is what a viewer wants to see; at null: live. */
export interface Want {
  camera: string;
  stream: Stream;
  at: Instant | null;
  purpose: string;
}

export type Command =
  | { type: 'play'; when?: Instant; at?: Instant }
  | { type: 'pause' }
  | { type: 'seek'; at: Instant; pause: boolean }
  | { type: 'rate'; rate: number }
  | { type: 'step'; step: 1 | -1 }
  | { type: 'live' }
  | { type: 'keys'; only: boolean }
  | ({ type: 'open' } & Want);

export type Message =
  | { type: 'position'; rtp: number; at: Instant; rate: number; live: boolean; camera: string; stream: Stream; end: boolean; sought: Instant | null }
  | { type: 'gap'; from: Instant; to: Instant; cause: string }
  | { type: 'replay'; rtp: number } // pictures up to that one are sent again
  | { type: 'ended'; reason: string }
  | { type: 'denied'; code: string; reason: string }
  | { type: 'quality'; stream: Stream; mode: 'all' | 'keys'; reason: string };

export interface SessionEvents {
  agreed(media: MediaStream): void; // pictures will come; said before any can
  message(m: Message): void;
  lost(): void; // the connection is gone; said once, not after close
}

const patience = 5_000; // ms for the answer to an offer
const grace = 1_500; // ms a broken path may take to mend

/** Session is one WHEP connection: a video track that comes, and the control channel that steers it. */
export class Session {
  private readonly media = new MediaStream();
  private location = '';
  private closed = false;
  private mending = 0;
  private readonly pc = new RTCPeerConnection();
  private readonly control: RTCDataChannel;
  private queue: string[] = [];

  private constructor(private readonly on: SessionEvents) {
    const { receiver } = this.pc.addTransceiver('video', { direction: 'recvonly' });
    if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
    this.media.addTrack(receiver.track);
    this.control = this.pc.createDataChannel('control', { ordered: true });
    this.control.onopen = () => {
      for (const text of this.queue.splice(0)) this.control.send(text);
    };
    this.control.onmessage = (e: MessageEvent<string>) => {
      const m = parseMessage(e.data);
      if (m && !this.closed) this.on.message(m);
    };
    this.control.onclose = () => this.lose();
    this.pc.onconnectionstatechange = () => this.watch();
  }

  /** open asks the server and answers when it has agreed; the picture comes after that. */
  static async open(want: Want, on: SessionEvents): Promise<Result<Session>> {
    const s = new Session(on);
    try {
      await s.pc.setLocalDescription();
      const query = new URLSearchParams({ stream: want.stream });
      if (want.at !== null) query.set('at', formatInstant(want.at));
      if (want.purpose) query.set('purpose', want.purpose);
      const res = await fetch(`/whep/${encodeURIComponent(want.camera)}?${query}`, {
        method: 'POST', body: s.pc.localDescription!.sdp, headers: { 'Content-Type': 'application/sdp' }, signal: AbortSignal.timeout(patience),
      });
      if (res.status !== 201) {
        s.close();
        return { ok: false, error: await problemOf(res) };
      }
      s.location = res.headers.get('Location') ?? '';
      const answer = await res.text();
      on.agreed(s.media); // a picture that stands comes once: there must be somewhere to show it by then
      await s.pc.setRemoteDescription({ type: 'answer', sdp: answer });
      return { ok: true, value: s };
    } catch {
      s.close();
      return { ok: false, error: silence };
    }
  }

  send(c: Command) {
    const text = JSON.stringify(c, (key, value: unknown) => (key !== 'at' && key !== 'when' ? value : typeof value === 'number' ? formatInstant(value) : undefined));
    if (this.control.readyState === 'open') this.control.send(text);
    else this.queue.push(text);
  }

  /** close ends the session, here and on the server. */
  close() {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.mending);
    if (!this.location) return this.pc.close();
    // Told first: a session whose connection goes ends by itself, and is not there to be ended then.
    fetch(this.location, { method: 'DELETE', keepalive: true, signal: AbortSignal.timeout(patience) }).catch(() => undefined).finally(() => this.pc.close());
  }

  private watch() {
    clearTimeout(this.mending);
    const state = this.pc.connectionState;
    if (state === 'failed' || state === 'closed') this.lose();
    if (state === 'disconnected') this.mending = window.setTimeout(() => this.lose(), grace);
  }

  private lose() {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.mending);
    this.pc.close();
    this.on.lost();
  }
}

/** parseMessage reads what the server says on the control channel; null for what is not known here. */
export function parseMessage(text: string): Message | null {
  const m = JSON.parse(text) as Record<string, unknown>;
  const word = (key: string) => {
    const v = m[key];
    return typeof v === 'string' ? v : '';
  };
  const time = (key: string) => parseInstant(word(key));
  switch (m.type) {
    case 'position':
      return { type: 'position', rtp: Number(m.rtp), at: time('at'), rate: Number(m.rate), live: m.live === true,
        camera: word('camera'), stream: m.stream as Stream, end: m.end === true, sought: m.sought === undefined ? null : time('sought') };
    case 'gap':
      return { type: 'gap', from: time('from'), to: time('to'), cause: word('cause') };
    case 'replay':
      return { type: 'replay', rtp: Number(m.rtp) };
    case 'ended':
      return { type: 'ended', reason: word('reason') };
    case 'denied':
      return { type: 'denied', code: word('code'), reason: word('reason') };
    case 'quality':
      return { type: 'quality', stream: m.stream as Stream, mode: m.mode === 'keys' ? 'keys' : 'all', reason: word('reason') };
    default:
      return null;
  }
}

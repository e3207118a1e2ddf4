import type { CameraState } from './types.ts';

export type ServerEvent =
  | { kind: 'camera'; id: string; state: CameraState; since: string; cause: string }
  | { kind: 'gone'; id: string }
  | { kind: 'session'; ended: boolean; expires?: string; reason?: string }
  | { kind: 'inbox'; unread: number }
  | { kind: 'away' } // the stream broke off; it is being opened again
  | { kind: 'back' };

const again = 800; // ms until a broken stream is opened again
const channelName = 'yagura-events';

/**
 * Events is the server's event stream. One tab of a browser holds it and passes what it hears to the
 * others (HTTP/1.1 allows six connections to a server); when that tab closes, another takes over.
 */
export class Events {
  private source: EventSource | null = null;
  private timer = 0;
  private away = false;
  private readonly channel = new BroadcastChannel(channelName);
  private readonly release = new AbortController();

  constructor(private readonly hear: (e: ServerEvent) => void) {
    this.channel.onmessage = (m: MessageEvent<ServerEvent>) => hear(m.data);
    const turn = () => new Promise<void>((done) => {
      if (this.release.signal.aborted) return done();
      this.release.signal.addEventListener('abort', () => done());
      this.open();
    });
    // Without locks (an insecure page) every tab has a stream of its own.
    if ('locks' in navigator) navigator.locks.request(channelName, { signal: this.release.signal }, turn).catch(() => undefined);
    else void turn();
  }

  close() {
    this.release.abort();
    clearTimeout(this.timer);
    this.source?.close();
    this.channel.close();
  }

  private tell(e: ServerEvent) {
    this.channel.postMessage(e);
    this.hear(e);
  }

  private open() {
    const source = new EventSource('/api/events');
    this.source = source;
    source.onopen = () => {
      if (this.away) this.tell({ kind: 'back' });
      this.away = false;
    };
    source.onerror = () => {
      source.close();
      if (this.release.signal.aborted) return;
      if (!this.away) this.tell({ kind: 'away' });
      this.away = true;
      this.timer = window.setTimeout(() => this.open(), again);
    };
    for (const kind of ['camera', 'gone', 'session', 'inbox'] as const) {
      source.addEventListener(kind, (m: MessageEvent<string>) => this.tell({ kind, ...(JSON.parse(m.data) as object) } as ServerEvent));
    }
  }
}

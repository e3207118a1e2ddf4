import type { Problem } from '../api/result.ts';
import { Session, type Command, type Message, type Want } from './session.ts';

export interface LineEvents {
  want(): Want | null; // what to connect for
  opening(): void;
  agreed(media: MediaStream): void; // pictures will come
  opened(): void;
  message(m: Message): void;
  broke(): void; // it stood, and is gone
  waiting(tries: number, reason: string): void; // it is tried again soon
  refused(error: Problem): void; // and not tried again
  signedOut(): void;
}

const retries = [150, 400, 800]; // ms; the last one again and again

/** Line keeps one session to the server standing: it connects, and connects again when that breaks. */
export class Line {
  private session: Session | null = null;
  private attempt = 0; // of connecting; an older one that comes late is let go
  private tries = 0;
  private timer = 0;
  private goodbye = '';

  constructor(private readonly on: LineEvents) {
    window.addEventListener('online', this.hurry);
  }

  close() {
    window.removeEventListener('online', this.hurry);
    this.drop();
  }

  /** up reports whether a session stands. */
  get up(): boolean {
    return this.session !== null;
  }

  send(c: Command) {
    this.session?.send(c);
  }

  connect() {
    this.drop();
    const want = this.on.want();
    if (!want) return;
    const attempt = ++this.attempt;
    const mine = () => attempt === this.attempt;
    this.on.opening();
    void Session.open(want, { agreed: (media) => mine() && this.on.agreed(media), message: (m) => mine() && this.hear(m), lost: () => mine() && this.lost() }).then((res) => {
      if (!mine()) return res.ok && res.value.close();
      if (!res.ok) return this.failed(res.error);
      this.session = res.value;
      this.goodbye = '';
      this.on.opened();
    });
  }

  /** well is said when pictures come: the next break begins with the shortest wait. */
  well() {
    this.tries = 0;
  }

  /** drop lets go of the session; nothing is tried again. */
  drop() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.attempt++;
    this.session?.close();
    this.session = null;
  }

  /** hurry tries to connect at once instead of waiting. */
  hurry = () => {
    if (this.timer !== 0) this.connect();
  };

  /** suspect is told that the server may be gone: the session is given up unless, a moment later, it shows itself well. */
  suspect(well: () => boolean) {
    const session = this.session;
    window.setTimeout(() => {
      if (session && this.session === session && !well()) this.lost();
    }, 600);
  }

  private hear(m: Message) {
    if (m.type === 'ended') this.goodbye = m.reason; // the channel closes next; asking again tells whether the right is gone
    this.on.message(m);
  }

  private failed(error: Problem) {
    if (error.status === 401) return this.on.signedOut();
    const final = error.status >= 400 && error.status < 500 && error.status !== 409 && error.status !== 429;
    if (final) return this.on.refused(error);
    this.retry(error.detail);
  }

  private lost() {
    this.session?.close();
    this.session = null;
    this.tries = 0;
    this.on.broke();
    this.retry(this.goodbye);
  }

  private retry(reason: string) {
    this.drop();
    const delay = retries[Math.min(this.tries, retries.length - 1)]!;
    this.tries++;
    this.on.waiting(this.tries, reason);
    this.timer = window.setTimeout(() => this.connect(), delay);
  }
}

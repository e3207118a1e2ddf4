import { Cameras } from '../api/cameras.ts';
import { api } from '../api/client.ts';
import { Events, type ServerEvent } from '../api/events.ts';
import { Inbox } from '../api/inbox.ts';
import { Plans } from '../api/plans.ts';
import { Settings } from '../api/settings.ts';
import { parseInstant, type Instant } from '../time/instant.ts';

/**
 * Desk is what a signed-in person has before them on every page: the cameras they may know of and what
 * waits for them, kept up to date, and the server's events. It lives from signing in to signing out.
 */
export class Desk {
  readonly cameras: Cameras;
  readonly inbox = new Inbox();
  readonly plans = new Plans();
  readonly settings = new Settings();
  private expiry: Instant | null = null;
  private readonly hearers = new Set<(e: ServerEvent) => void>();
  private readonly listeners = new Set<() => void>();
  private events: Events | null = null;

  constructor(private readonly leave: (because: string) => void) {
    this.cameras = new Cameras(this.ended);
  }

  /** ended is told by whoever hears first that the session is over; the server is asked why. */
  readonly ended = () => {
    void api.session().then((res) => this.leave(!res.ok && res.error.code === 'session-ended' ? res.error.detail : ''));
  };

  open() {
    void this.cameras.load();
    void this.settings.load();
    void this.inbox.load();
    this.events = new Events((e) => this.hear(e));
  }

  close() {
    this.events?.close();
    this.cameras.close();
    this.inbox.close();
    this.plans.close();
    this.settings.close();
  }

  /** expires is when the session ends, once that is near. */
  expires = () => this.expiry;
  subscribe = (f: () => void) => (this.listeners.add(f), () => void this.listeners.delete(f));
  /** listen calls f with every event of the server. */
  listen = (f: (e: ServerEvent) => void) => (this.hearers.add(f), () => void this.hearers.delete(f));

  private hear(e: ServerEvent) {
    this.cameras.hear(e);
    this.inbox.hear(e);
    if (e.kind === 'back') void this.cameras.load();
    if (e.kind === 'session' && e.ended) return this.ended();
    if (e.kind === 'session' && e.expires) {
      this.expiry = parseInstant(e.expires);
      for (const f of this.listeners) f();
    }
    for (const f of this.hearers) f(e);
  }
}

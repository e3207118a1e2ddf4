import './api/first.ts';
import { pageOf } from './url.ts';

const patience = 300; // ms

/**
 * begun is when drawing may begin. Nothing can be drawn before it is known who is signed in; a wall uses
 * the time to connect, and drawing, which keeps the browser busy, comes after that.
 */
export const begun: Promise<unknown> = pageOf(location.pathname) !== 'wall' ? Promise.resolve() : Promise.race([
  import('./wall/begin.ts').then((m) => m.begin()).catch(() => undefined),
  new Promise((done) => setTimeout(done, patience)),
]);

import { api } from './client.ts';

// What every page needs first is asked for at once and together, before anything is drawn; whoever is
// not signed in is told so by each. Each of these answers is given once; who asks again asks the server.

/** asked is what was asked for, whoever else takes the answers. */
export const asked = { session: api.session(), system: api.system(), cameras: api.cameras() };

const given = new Set<keyof typeof asked>();

function once<K extends keyof typeof asked>(what: K): boolean {
  const fresh = !given.has(what);
  given.add(what);
  return fresh;
}

export const first = {
  session: () => (once('session') ? asked.session : api.session()),
  system: () => (once('system') ? asked.system : api.system()),
  cameras: () => (once('cameras') ? asked.cameras : api.cameras()),

  /** forget is for when nobody is signed in: what was asked was not asked for whoever comes. */
  forget() {
    given.add('cameras');
  },
};

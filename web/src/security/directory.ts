import type { Problem } from '../api/result.ts';
import { security } from '../api/security.ts';

// Signing in at the page of the ward's directory. The browser leaves, and comes back to /signin/back with the
// answer in its query; where the person was, and what for, waits here meanwhile.

const key = 'yagura:left';
const home = '/';

/** Returned is what the directory sent the browser back with. */
export interface Returned {
  query: string;
  purpose: string;
}

interface Left {
  at: string;
  purpose: string;
}

/** goToDirectory leaves for the directory's page; it returns only where that does not work. fresh: it asks the person anew. */
export async function goToDirectory(purpose: string, fresh = false): Promise<Problem | null> {
  const res = await security.askDirectory(fresh);
  if (!res.ok) return res.error;
  sessionStorage.setItem(key, JSON.stringify({ at: location.pathname + location.search, purpose } satisfies Left));
  location.assign(res.value.url);
  return null;
}

/** cameBack takes the answer out of the URL, which goes back to where the person was: a page of ours. */
export function cameBack(): Returned | null {
  if (location.pathname !== '/signin/back') return null;
  const query = location.search.slice(1);
  const left = leftBehind();
  sessionStorage.removeItem(key);
  history.replaceState(null, '', left.at);
  return { query, purpose: left.purpose };
}

function leftBehind(): Left {
  const nothing = { at: home, purpose: '' };
  try {
    const left: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (typeof left !== 'object' || left === null || !('at' in left) || !('purpose' in left)) return nothing;
    const { at, purpose } = left;
    const ours = typeof at === 'string' && at.startsWith('/') && new URL(at, location.origin).origin === location.origin;
    return ours && typeof purpose === 'string' ? { at, purpose } : nothing;
  } catch {
    return nothing;
  }
}

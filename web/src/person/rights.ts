import type { Camera, SessionInfo, Stream } from '../api/types.ts';
import type { Want } from '../player/session.ts';
import type { Instant } from '../time/instant.ts';

/** stated reports whether the session's purpose is valid for the camera. */
export const stated = (s: SessionInfo, c: Camera) => s.purpose !== '' && c.purposes.includes(s.purpose);

/** wanted is what to ask the server for: the main stream where the right and the purpose allow it, and a large picture needs it. */
export function wanted(s: SessionInfo, c: Camera, at: Instant | null, large = true): Want {
  const purpose = stated(s, c) ? s.purpose : '';
  const main = c.streams.includes('main') && c.actions.includes('main') && (purpose !== '' || !c.streams.includes('sub'));
  const stream: Stream = (main && large) || !c.streams.includes('sub') ? 'main' : 'sub';
  return { camera: c.id, stream, at, purpose };
}

export const mayLive = (c: Camera) => c.actions.includes('live');
export const mayPast = (c: Camera) => c.actions.includes('past');

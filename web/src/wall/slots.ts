import type { Camera, SessionInfo } from '../api/types.ts';
import { mayLive, wanted } from '../person/rights.ts';
import { gridOf, tracks } from './layout.ts';
import type { Place } from './place.ts';
import type { Shown } from './wall.ts';

/** Slot is what stands in a place of the wall. */
export type Slot =
  | { kind: 'empty' }
  | { kind: 'unknown'; id: string }
  | { kind: 'shut'; camera: Camera; why: 'planned' | 'no-live' }
  | { kind: 'open'; camera: Camera };

export interface Size {
  width: number; // px
  height: number;
}

const wide = 720; // px; wider than this, a picture is worth the main stream

export function slotsOf(ids: readonly string[], cameras: readonly Camera[]): Slot[] {
  const known = new Map(cameras.map((c) => [c.id, c]));
  return ids.map((id): Slot => {
    if (!id) return { kind: 'empty' };
    const camera = known.get(id);
    if (!camera) return { kind: 'unknown', id };
    if (camera.state === 'planned') return { kind: 'shut', camera, why: 'planned' };
    return mayLive(camera) ? { kind: 'open', camera } : { kind: 'shut', camera, why: 'no-live' };
  });
}

/** largeOf reports whether the pictures of a wall are large ones, none of them enlarged. */
export const largeOf = (place: Place, n: number, stage: Size) => tracks(gridOf(place.layout, n, stage), stage).width > wide;

/** shownOf is what the players are to show. */
export function shownOf(slots: readonly Slot[], big: number | null, large: boolean, s: SessionInfo): (Shown | null)[] {
  return slots.map((slot, i) => (slot.kind === 'open' ? { want: wanted(s, slot.camera, null, large || big === i), seen: big === null || big === i } : null));
}

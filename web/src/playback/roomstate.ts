import type { Gap } from '../api/types.ts';
import type { Follower } from './follower.ts';

/** RoomState is what a screen shows of a room. */
export interface RoomState {
  followers: readonly Follower[];
  reference: Follower | null; // the others are measured by it
  playing: boolean; // or about to
  rate: number;
  gathering: boolean; // on the way to one picture
  thin: boolean; // key frames only
  skip: boolean; // gaps that all cameras have are skipped
  dark: ReadonlyMap<string, Gap>; // cameras of which there is nothing at the playhead
  joining: ReadonlySet<string>; // cameras that come back into step
}

/** darkOf are the gaps the playhead is in, by camera. */
export const darkOf = (list: readonly Follower[]) => new Map(list.filter((f) => f.dark).map((f) => [f.seat.camera, f.dark!]));

/** joiningOf are the cameras on their way back. */
export const joiningOf = (list: readonly Follower[]) => new Set(list.filter((f) => f.join && !f.dark).map((f) => f.seat.camera));

/** same reports whether a screen would show the same. */
export function same(a: RoomState, b: RoomState): boolean {
  const plain = (['followers', 'reference', 'playing', 'rate', 'gathering', 'thin', 'skip'] as const).every((k) => a[k] === b[k]);
  return plain && a.dark.size === b.dark.size && [...a.dark].every(([k, v]) => b.dark.get(k) === v)
    && a.joining.size === b.joining.size && [...a.joining].every((c) => b.joining.has(c));
}

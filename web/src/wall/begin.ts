import { asked } from '../api/first.ts';
import { read, seen } from './place.ts';
import { largeOf, shownOf, slotsOf, type Size } from './slots.ts';
import { Wall } from './wall.ts';

const unclaimed = 5_000; // ms until a wall nobody came for is let go

let begun: { wall: Wall; timer: number } | null = null;
let late = false; // a page has its wall

/** guess is about how large the stage will be. */
export const guess = (): Size => ({ width: innerWidth - 296, height: innerHeight - 180 });

/** begin connects what the address says as soon as the cameras are known, while the page is still being drawn. */
export async function begin() {
  const place = read(new URLSearchParams(location.search));
  if (!place || place.every !== null) return;
  const [session, cameras] = await Promise.all([asked.session, asked.cameras]);
  if (!session.ok || !cameras.ok || document.hidden || late) return;
  const wall = new Wall();
  const ids = seen(place);
  wall.show(shownOf(slotsOf(ids, cameras.value), place.big, largeOf(place, ids.length, guess()), session.value));
  begun = { wall, timer: window.setTimeout(() => (wall.close(), (begun = null)), unclaimed) };
}

/** prepared is the wall that was begun, if any. */
export const prepared = (): Wall | null => begun?.wall ?? null;

/** settled is said when a page has its wall, whichever it is. */
export function settled() {
  clearTimeout(begun?.timer);
  begun = null;
  late = true;
}

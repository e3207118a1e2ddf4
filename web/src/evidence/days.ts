import { serverClock } from '../api/client.ts';
import { instantOf, parseDay } from '../time/era.ts';
import { DAY, wall, type Instant } from '../time/instant.ts';

/** endOf is the end of a day as it was typed; null: it is none. */
export function endOf(text: string): Instant | null {
  const day = parseDay(text, wall(serverClock.now()).year);
  return day ? instantOf(day, 0) + DAY : null;
}

/** typeable is a day, ending at an instant or on its day, as endOf reads it. */
export function typeable(at: Instant): string {
  const w = wall(at - 1);
  return `${w.year}/${w.month}/${w.day}`;
}

import { DAY, wall, type Instant } from '../time/instant.ts';
import { instantOf } from '../time/era.ts';

// Months of Japan as the server writes them: YYYY-MM.

export interface Month {
  year: number;
  month: number; // from 1
}

/** parseMonth is null for what is no month. */
export function parseMonth(text: string): Month | null {
  const m = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  return m ? { year: Number(m[1]), month: Number(m[2]) } : null;
}

export const formatMonth = ({ year, month }: Month) => `${year}-${String(month).padStart(2, '0')}`;

export function monthOf(at: Instant): Month {
  const { year, month } = wall(at);
  return { year, month };
}

/** shifted is the month so many months on. */
export function shifted({ year, month }: Month, by: number): Month {
  const n = year * 12 + month - 1 + by;
  return { year: Math.floor(n / 12), month: (n % 12) + 1 };
}

export const begins = (m: Month): Instant => instantOf({ ...m, day: 1 }, 0);
export const ends = (m: Month): Instant => begins(shifted(m, 1));
export const daysIn = (m: Month) => (ends(m) - begins(m)) / DAY;

/** weeks are the days of a month in rows from Monday to Sunday; null lies outside. */
export function weeks(m: Month): (number | null)[][] {
  const before = (wall(begins(m)).weekday + 6) % 7;
  const days = daysIn(m);
  const rows = Math.ceil((before + days) / 7);
  return Array.from({ length: rows }, (_, row) => Array.from({ length: 7 }, (_, column) => {
    const day = row * 7 + column - before + 1;
    return day >= 1 && day <= days ? day : null;
  }));
}

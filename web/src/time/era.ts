import { wall, type Instant, type Wall } from './instant.ts';

// Japanese eras, newest first. A year of an era begins with the western one; the first runs from the
// day the era began.
const eras = [
  { name: '令和', latin: 'Reiwa', letter: 'R', from: [2019, 5, 1] },
  { name: '平成', latin: 'Heisei', letter: 'H', from: [1989, 1, 8] },
  { name: '昭和', latin: 'Showa', letter: 'S', from: [1926, 12, 25] },
] as const;

const before = (w: Pick<Wall, 'year' | 'month' | 'day'>, [y, m, d]: readonly [number, number, number]) => w.year * 10_000 + w.month * 100 + w.day < y * 10_000 + m * 100 + d;

/** eraOf is the era of a moment and its year in it; null before 昭和. */
export function eraOf(at: Instant): { name: string; latin: string; year: number } | null {
  const w = wall(at);
  const era = eras.find((e) => !before(w, e.from));
  return era ? { name: era.name, latin: era.latin, year: w.year - era.from[0] + 1 } : null;
}

/** eraYear is 令和8年, 平成元年; before 昭和 the western year. */
export function eraYear(at: Instant): string {
  const era = eraOf(at);
  return era ? `${era.name}${era.year === 1 ? '元' : era.year}年` : `${wall(at).year}年`;
}

const separators = '[年/.\\-]';
const form = new RegExp(`^(?:(令和|平成|昭和|[RHS])?(元|\\d{1,4})${separators})?(\\d{1,2})[月/.\\-](\\d{1,2})日?$`);

/** Day is a date of the calendar. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

/**
 * parseDay reads a date as people write it: 2017年6月28日, 2017/6/28, 平成29年6月28日, H29.6.28, 20170628,
 * 6/28 (of that year), also in full-width figures. null where it is none, or no day of the calendar.
 */
export function parseDay(text: string, thisYear: number): Day | null {
  const plain = text.normalize('NFKC').replace(/[\s（(].*$/, '').toUpperCase();
  const digits = /^(\d{4})(\d\d)(\d\d)$/.exec(plain);
  if (digits) return real(Number(digits[1]), Number(digits[2]), Number(digits[3]));
  const m = form.exec(plain);
  if (!m) return null;
  const year = m[2] === undefined ? thisYear : yearOf(m[1], m[2]);
  return year === null ? null : real(year, Number(m[3]), Number(m[4]));
}

function yearOf(era: string | undefined, year: string): number | null {
  const n = year === '元' ? 1 : Number(year);
  if (era === undefined) return year !== '元' && n >= 1900 ? n : null;
  const found = eras.find((e) => e.name === era || e.letter === era);
  return found && n >= 1 ? found.from[0] + n - 1 : null;
}

function real(year: number, month: number, day: number): Day | null {
  const d = new Date(Date.UTC(year, month - 1, day));
  return d.getUTCMonth() === month - 1 && d.getUTCDate() === day ? { year, month, day } : null;
}

/** parseClock reads 18:24, 18:24:37, 18:24:37.120, 1824, 18時24分; microseconds since midnight, NaN where it is none. */
export function parseClock(text: string): number {
  const plain = text.normalize('NFKC').trim().replace(/[時分]/g, ':').replace(/秒/, '').replace(/:$/, '');
  const m = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6}))?)?$/.exec(plain) ?? /^(\d\d)(\d\d)(\d\d)?$/.exec(plain) ?? /^(\d{1,2}):?$/.exec(plain);
  if (!m) return NaN;
  const [h, min, s] = [Number(m[1]), Number(m[2] ?? 0), Number(m[3] ?? 0)];
  if (h > 23 || min > 59 || s > 59) return NaN;
  return ((h * 60 + min) * 60 + s) * 1e6 + Number((m[4] ?? '').padEnd(6, '0') || 0);
}

/** instantOf is a day and a time of that day in Japan. */
export function instantOf(d: Day, sinceMidnight: number): Instant {
  return Date.UTC(d.year, d.month - 1, d.day) * 1000 - 9 * 3_600_000_000 + sinceMidnight;
}

import { eraOf, eraYear, instantOf, parseClock, parseDay, type Day } from '../time/era.ts';
import { DAY, clock, floorTo, wall, type Instant } from '../time/instant.ts';

export type Typed = { ok: true; at: Instant } | { ok: false; wrong: 'both' | 'day' | 'clock' };

/**
 * typed reads a date and a time as people write them: 平成29年6月28日 18:24:37, H29.6.28 18:24, 6/28, 18:24.
 * What is left out is that of the moment one is at; a date without a year lies before now.
 */
export function typed(text: string, at: Instant, now: Instant): Typed {
  const plain = text.normalize('NFKC').replace(/[（(].[)）]/, ' ').trim();
  const m = /^(\S+?)(?:\s+|日(?=\d))(\S+)$/.exec(plain);
  if (m) {
    const day = parseDay(/[月]/.test(m[1]!) && !m[1]!.endsWith('日') ? `${m[1]}日` : m[1]!, wall(now).year);
    const since = parseClock(m[2]!);
    if (!day) return { ok: false, wrong: 'day' };
    if (Number.isNaN(since)) return { ok: false, wrong: 'clock' };
    return { ok: true, at: past(day, since, m[1]!, now) };
  }
  const looksLikeClock = /^\d{1,2}(:|時)|^\d{6}$|^\d{4}$/.test(plain);
  const since = looksLikeClock ? parseClock(plain) : NaN;
  if (!Number.isNaN(since)) return { ok: true, at: floorTo(at, DAY) + since };
  const day = parseDay(plain, wall(now).year);
  if (day) return { ok: true, at: past(day, at - floorTo(at, DAY), plain, now) };
  return { ok: false, wrong: looksLikeClock ? 'clock' : /[/.年月-]/.test(plain) ? 'day' : 'both' };
}

/** past takes a day without a year to be the last such day. */
function past(day: Day, since: number, text: string, now: Instant): Instant {
  const at = instantOf(day, since);
  const yearless = /^\d{1,2}[月/.-]\d{1,2}日?$/.test(text);
  return yearless && at > now ? instantOf({ ...day, year: day.year - 1 }, since) : at;
}

/** shownAs writes a moment in a form that typed reads: 2017年6月28日 18:24:37, 平成29年6月28日 18:24:37; in Latin 2017/6/28, H29.6.28. */
export function shownAs(at: Instant, era: boolean, latin: boolean): string {
  const w = wall(at);
  const e = era ? eraOf(at) : null;
  const day = latin ? (e ? `${e.latin.slice(0, 1)}${e.year}.${w.month}.${w.day}` : `${w.year}/${w.month}/${w.day}`) : `${e ? eraYear(at) : `${w.year}年`}${w.month}月${w.day}日`;
  return `${day} ${clock(at)}`;
}

import { DAY, formatInstant, parseInstant, type Instant, type Span } from '../time/instant.ts';
import { wall } from '../time/instant.ts';

/** spanOf is the time from one clock time of a day in Japan to another; one that is not later is of the next day. NaN where there is none. */
export function spanOf(date: string, from: string, to: string): Span {
  const at = (time: string) => parseInstant(`${date}T${time}:00+09:00`);
  const span = { from: at(from), to: at(to) };
  return span.to <= span.from ? { from: span.from, to: span.to + DAY } : span;
}

export const written = (s: Span) => ({ from: formatInstant(s.from), to: formatInstant(s.to) });

const two = (n: number) => String(n).padStart(2, '0');

/** dayOf is the day of an instant in words. */
export function dayOf(at: Instant, lang: 'ja' | 'en'): string {
  const w = wall(at);
  return lang === 'ja' ? `${w.year}年${w.month}月${w.day}日` : `${w.year}-${two(w.month)}-${two(w.day)}`;
}

/** momentOf is the day and the time of an instant. */
export const momentOf = (at: Instant, lang: 'ja' | 'en') => `${dayOf(at, lang)} ${two(wall(at).hour)}:${two(wall(at).minute)}`;

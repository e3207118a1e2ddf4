import { eraOf } from '../time/era.ts';
import { wall, type Instant } from '../time/instant.ts';

/** Calendar is how screens count years: 西暦, 和暦, or both beside each other. */
export type Calendar = 'western' | 'era' | 'both';

/** Dates are how a language writes dates. */
export interface Dates {
  date: (at: Instant) => string; // with the day of the week
  calendar: (at: Instant) => string; // without it
  month: (at: Instant) => string;
}

/** year counts by the calendar; before 昭和 there is the western year only. */
function year(calendar: Calendar, at: Instant, western: (year: number) => string, era: (e: { name: string; latin: string; year: number }) => string, both: (western: string, era: string) => string): string {
  const w = western(wall(at).year);
  const e = calendar === 'western' ? null : eraOf(at);
  if (!e) return w;
  return calendar === 'era' ? era(e) : both(w, era(e));
}

const weekdays = ['日', '月', '火', '水', '木', '金', '土'];

/** jaDates writes 2017年6月28日（水）, 平成29年6月28日（水）, 2017年（平成29年）6月28日（水）. */
export function jaDates(calendar: Calendar): Dates {
  const month = (at: Instant) => `${year(calendar, at, (y) => `${y}年`, (e) => `${e.name}${e.year === 1 ? '元' : e.year}年`, (w, e) => `${w}（${e}）`)}${wall(at).month}月`;
  const day = (at: Instant) => `${month(at)}${wall(at).day}日`;
  return { month, calendar: day, date: (at) => `${day(at)}（${weekdays[wall(at).weekday]}）` };
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** enDates writes Wed 28 June 2017, Wed 28 June Heisei 29, Wed 28 June 2017 (Heisei 29). */
export function enDates(calendar: Calendar): Dates {
  const y = (at: Instant) => year(calendar, at, String, (e) => `${e.latin} ${e.year}`, (w, e) => `${w} (${e})`);
  const name = (at: Instant) => months[wall(at).month - 1]!;
  return {
    month: (at) => `${name(at)} ${y(at)}`,
    calendar: (at) => `${wall(at).day} ${name(at).slice(0, 3)} ${y(at)}`,
    date: (at) => `${days[wall(at).weekday]} ${wall(at).day} ${name(at)} ${y(at)}`,
  };
}

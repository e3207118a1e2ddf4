import type { Text } from '../text/index.ts';
import { clock, DAY, MINUTE, parseInstant, SECOND, type Instant } from '../time/instant.ts';
import type { IconName } from '../ui/Icon.tsx';
import { dayOf, percent, type Place, type Row, type Trouble } from './model.ts';

// What a row says, in words: for the screen, for the file, for search.

type Kind = Trouble['kind'] | 'fine' | 'planned';

/** kindOf is what a camera is called by. */
export function kindOf(r: Row): Kind {
  if (r.level === 'planned') return 'planned';
  return r.troubles[0]?.kind ?? 'fine';
}

export const looks: Record<Kind, { icon: IconName; tone: string }> = {
  stopped: { icon: 'off', tone: 'text-bad' }, unknown: { icon: 'help', tone: 'text-warn' }, unwritten: { icon: 'clock', tone: 'text-warn' }, starting: { icon: 'clock', tone: 'text-late' },
  gap: { icon: 'warn', tone: 'text-warn' }, repeated: { icon: 'warn', tone: 'text-warn' }, loss: { icon: 'activity', tone: 'text-late' }, clock: { icon: 'clock', tone: 'text-late' },
  fine: { icon: 'check', tone: 'text-ok' }, planned: { icon: 'ring', tone: 'text-text-3' },
};

export const causeOf = (t: Text, cause: string) => (cause ? (t.causes[cause] ?? cause) : t.health.why.noCause);

/** offsetOf is how far a camera's clock is off: +95 秒, −0.3 秒. */
export function offsetOf(t: Text, s: number): string {
  const abs = Math.abs(s);
  if (abs < 0.05) return t.seconds(0);
  const d = abs < 10 ? t.seconds(abs) : abs < 1000 ? t.health.why.seconds(Math.round(abs)) : t.duration(abs);
  return s < 0 ? t.health.why.behind(d) : t.health.why.ahead(d);
}

/** troubleOf is one trouble in words: what it is, and what belongs to it. */
export function troubleOf(t: Text, x: Trouble): [string, string] {
  const w = t.health.why;
  switch (x.kind) {
    case 'stopped': return [causeOf(t, x.cause), x.together > 1 ? w.together(x.together) : ''];
    case 'unknown': return [w.unknown, ''];
    case 'unwritten': return [w.unwritten, ''];
    case 'starting': return [w.starting, ''];
    case 'gap': return [causeOf(t, x.cause), w.longest(t.duration(x.longest))];
    case 'repeated': return [w.repeated(x.days), causeOf(t, x.cause)];
    case 'loss': return [w.loss((x.share * 100).toFixed(1)), ''];
    case 'clock': return [w.clock(offsetOf(t, x.offset)), ''];
  }
}

/** clearly is a trouble in one line. */
export const clearly = (t: Text, x: Trouble) => troubleOf(t, x).filter(Boolean).reduce((a, b) => t.clearly(a, b));

/** whyOf is the cause of a row in two lines, empty where all is well. */
export function whyOf(t: Text, r: Row): [string, string] {
  if (r.level === 'planned') return [t.health.why.planned, ''];
  const [first, ...rest] = r.troubles;
  if (!first) return ['', ''];
  const [main, more] = troubleOf(t, first);
  return [main, t.health.why.join([more, rest.length > 0 ? t.health.why.more(rest.length) : ''].filter(Boolean))];
}

/** sinceOf is when what is wrong began, null where that is not known. */
export function sinceOf(r: Row): Instant | null {
  const [x] = r.troubles;
  return x && 'since' in x ? x.since : null;
}

/** momentOf is a moment as short as it is clear: the time today, else the date. */
export function momentOf(t: Text, at: Instant, now: Instant): string {
  if (dayOf(at) === dayOf(now)) return clock(at);
  return now - at < 300 * DAY ? `${t.day(at)} ${clock(at).slice(0, 5)}` : t.calendar(at);
}

/** dateOf is a date of the record, as 2017-06-28, in words. */
export function dateOf(t: Text, day: string, now: Instant): string {
  if (day === dayOf(now)) return t.health.today;
  if (day === dayOf(now - DAY)) return t.health.yesterday;
  return t.day(parseInstant(`${day}T00:00:00+09:00`));
}

export const floorOf = (t: Text, site: string, floor: string) => (floor ? `${site} ${t.rail.floor(floor)}` : site);
export const placeName = (t: Text, p: Place) => floorOf(t, p.siteName, p.floor);

const fold = (s: string) => s.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** matches looks in number, name, place and cause, blind to width, case and spaces. */
export function matches(t: Text, r: Row, query: string): boolean {
  const c = r.camera;
  const text = fold([c.number, c.id, c.name, floorOf(t, c.site_name, c.floor), c.floor, c.room, t.health.words[kindOf(r)], ...whyOf(t, r)].join('\n'));
  return query.normalize('NFKC').split(/\s+/).every((word) => text.includes(fold(word)));
}

const iso = (at: string | null | undefined) => (at ? `${dayOf(parseInstant(at))} ${clock(parseInstant(at))}` : null);

/** tableOf is what the file has of rows: figures as figures, times of Japan. */
export function tableOf(t: Text, rows: readonly Row[]): (string | number | null)[][] {
  const round = (n: number | undefined, digits: number) => (n === undefined ? null : Number(n.toFixed(digits)));
  return [t.health.csv, ...rows.map((r) => {
    const { camera: c, figures: f, cover } = r;
    return [c.number, c.name, floorOf(t, c.site_name, c.floor), t.health.words[kindOf(r)], r.troubles.map((x) => clearly(t, x)).join(' / '), iso(c.since),
      cover && cover.share >= 0 ? Number(percent(cover.share)) : null, round(f?.kbps, 0), round(f?.fps, 1), round(f ? f.loss * 100 : undefined, 2), round(f?.clock_offset, 3), iso(f?.last_written)];
  })];
}

/** agoOf is how long ago a moment was; a moment a little ahead of this clock is now. */
export const agoOf = (t: Text, at: Instant, now: Instant) => t.duration(Math.max(now - at, 0) / SECOND);

/** calm is a duration that does not count seconds once it is long. */
export const calm = (t: Text, d: number) => t.duration(Math.max(d, 0) / SECOND >= 3600 ? Math.floor(d / MINUTE) * 60 : Math.max(d, 0) / SECOND);

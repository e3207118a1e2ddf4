import type { CoverOf, Figures } from '../api/health.ts';
import type { Camera } from '../api/types.ts';
import { MINUTE, parseInstant, SECOND, type Instant } from '../time/instant.ts';
import type { Measured } from './board.ts';

/** Trouble is one thing to look after. */
export type Trouble =
  | { kind: 'stopped'; since: Instant; cause: string; together: number } // together: cameras of the site, where all of them stopped alike
  | { kind: 'unknown'; since: Instant }
  | { kind: 'unwritten'; since: Instant } // the end of what is recorded
  | { kind: 'starting'; since: Instant }
  | { kind: 'gap'; day: string; longest: number; cause: string; resumed: Instant | null }
  | { kind: 'repeated'; days: number; cause: string }
  | { kind: 'loss'; share: number }
  | { kind: 'clock'; offset: number };

export type Level = 'stopped' | 'attention' | 'fine' | 'planned';

/** Row is a camera with everything known of it; what is worst stands first in troubles. */
export interface Row {
  camera: Camera;
  figures: Figures | null;
  cover: CoverOf | null;
  troubles: Trouble[];
  level: Level;
}

const patience = 30 * SECOND; // until something that should take a moment is worth a look
const lossy = 0.01; // share of packets
const skewed = 1; // s of the camera's clock
const recent = 2; // days in which a gap is worth a look
const week = 7;
const often = 3; // days of a week with gaps

/** rowsOf are the cameras whose health one may see, what matters first on top. */
export function rowsOf(cameras: readonly Camera[], m: Measured): Row[] {
  const mine = cameras.filter((c) => c.actions.includes('health'));
  const together = stoppedSites(mine);
  const rows = mine.map((camera): Row => {
    const figures = m.figures.get(camera.id) ?? null;
    const cover = m.cover?.get(camera.id) ?? null;
    const troubles = camera.state === 'planned' ? [] : troublesOf(camera, figures, cover, m, together.get(camera.site) ?? 1);
    return { camera, figures, cover, troubles, level: levelOf(camera, troubles) };
  });
  return rows.map((row, i) => ({ row, i })).sort((a, b) => compare(a.row, b.row) || a.i - b.i).map(({ row }) => row);
}

function levelOf(c: Camera, troubles: readonly Trouble[]): Level {
  if (c.state === 'planned') return 'planned';
  if (troubles.length === 0) return 'fine';
  return troubles[0]!.kind === 'stopped' ? 'stopped' : 'attention';
}

function troublesOf(c: Camera, f: Figures | null, cover: CoverOf | null, m: Measured, together: number): Trouble[] {
  const now = m.at ?? 0;
  const since = parseInstant(c.since);
  const out: Trouble[] = [];
  if (c.state === 'stopped') out.push({ kind: 'stopped', since, cause: c.cause, together });
  if (c.state === 'unknown') out.push({ kind: 'unknown', since });
  if (c.state === 'starting' && now - since > patience) out.push({ kind: 'starting', since });
  const written = f?.last_written ? parseInstant(f.last_written) : since;
  if (c.state === 'recording' && f && now - Math.max(written, since) > patience) out.push({ kind: 'unwritten', since: written });
  if (cover && out.length === 0) out.push(...gapsOf(cover, m.days, c.state === 'recording' ? since : null)); // else the gap is what is told already
  if (f && f.loss >= lossy) out.push({ kind: 'loss', share: f.loss });
  if (f && Math.abs(f.clock_offset) > skewed) out.push({ kind: 'clock', offset: f.clock_offset });
  return out;
}

const broken = (kind: string) => kind === 'gap' || kind === 'long';

function gapsOf(cover: CoverOf, days: readonly string[], resumed: Instant | null): Trouble[] {
  const last = cover.days.map((d, i) => ({ ...d, day: days[i] ?? '' })).slice(-week).filter((d) => broken(d.kind));
  const newest = last.at(-1);
  if (!newest) return [];
  if (days.slice(-recent).includes(newest.day)) return [{ kind: 'gap', day: newest.day, longest: newest.longest, cause: newest.cause, resumed: resumed && dayOf(resumed) === newest.day ? resumed : null }];
  return last.length >= often ? [{ kind: 'repeated', days: last.length, cause: newest.cause }] : [];
}

/** dayOf is the date of a moment in Japan, as 2017-06-28. */
export const dayOf = (at: Instant) => new Date(at / 1000 + 9 * 3_600_000).toISOString().slice(0, 10);

/** stoppedSites are the sites where every camera stopped within two minutes for one cause: a line is cut, not a camera broken. */
function stoppedSites(cameras: readonly Camera[]): Map<string, number> {
  const bySite = new Map<string, Camera[]>();
  for (const c of cameras) if (c.state !== 'planned') bySite.set(c.site, [...(bySite.get(c.site) ?? []), c]);
  const out = new Map<string, number>();
  for (const [site, list] of bySite) {
    const since = list.map((c) => parseInstant(c.since));
    const alike = list.every((c) => c.state === 'stopped' && c.cause === list[0]!.cause);
    if (list.length > 1 && alike && Math.max(...since) - Math.min(...since) <= 2 * MINUTE) out.set(site, list.length);
  }
  return out;
}

const ranks: readonly Trouble['kind'][] = ['stopped', 'unknown', 'unwritten', 'starting', 'gap', 'repeated', 'loss', 'clock'];
const levels: readonly Level[] = ['stopped', 'attention', 'fine', 'planned'];

/** weight sorts within one kind: what has lasted longest, or is largest, first. */
function weight(t: Trouble): number {
  switch (t.kind) {
    case 'stopped':
    case 'unknown':
    case 'unwritten':
    case 'starting': return Math.floor(t.since / MINUTE);
    case 'gap': return -(Date.parse(t.day) / 1000 + Math.min(t.longest, 86_000));
    case 'repeated': return -t.days;
    case 'loss': return -t.share;
    case 'clock': return -Math.abs(t.offset);
  }
}

function compare(a: Row, b: Row): number {
  const [x, y] = [a.troubles[0], b.troubles[0]];
  if (!x || !y || a.level !== b.level) return levels.indexOf(a.level) - levels.indexOf(b.level);
  return ranks.indexOf(x.kind) - ranks.indexOf(y.kind) || weight(x) - weight(y);
}

/** Place is a floor, or a site without floors. */
export interface Place {
  key: string;
  site: string;
  siteName: string;
  floor: string;
  rows: Row[]; // what matters first on top
}

export const placeOf = (c: Camera) => `${c.site}/${c.floor}`;

/** placesOf are the places of rows, the one that matters most first. */
export function placesOf(rows: readonly Row[]): Place[] {
  const out = new Map<string, Place>();
  for (const r of rows) {
    const c = r.camera;
    const p = out.get(placeOf(c));
    if (p) p.rows.push(r);
    else out.set(placeOf(c), { key: placeOf(c), site: c.site, siteName: c.site_name || c.site, floor: c.floor, rows: [r] });
  }
  return [...out.values()];
}

/** Sums are the figures of the whole; null where nothing is measured yet. */
export interface Sums {
  working: number; // cameras in operation
  recording: number;
  stopped: Row[];
  attention: Row[];
  planned: number;
  written: Instant | null; // the oldest end of record among those recording
  share: number | null; // mean over cameras
  gapDays: number; // days of cameras with gaps of a minute or more
  kbps: number;
  fps: number;
  clock: Row | null; // whose clock is off most
}

export function sumsOf(rows: readonly Row[]): Sums {
  const working = rows.filter((r) => r.level !== 'planned');
  const recording = working.filter((r) => r.camera.state === 'recording');
  const written = recording.flatMap((r) => (r.figures?.last_written ? [parseInstant(r.figures.last_written)] : []));
  const shares = rows.flatMap((r) => (r.cover && r.cover.share >= 0 ? [r.cover.share] : []));
  const total = (f: (r: Row) => number) => rows.reduce((sum, r) => sum + f(r), 0);
  const off = (r: Row) => Math.abs(r.figures?.clock_offset ?? 0);
  return {
    working: working.length, recording: recording.length,
    stopped: rows.filter((r) => r.level === 'stopped'), attention: rows.filter((r) => r.level === 'attention'), planned: rows.length - working.length,
    written: written.length > 0 ? Math.min(...written) : null,
    share: shares.length > 0 ? shares.reduce((a, b) => a + b, 0) / shares.length : null,
    gapDays: total((r) => r.cover?.days.filter((d) => broken(d.kind)).length ?? 0),
    kbps: total((r) => r.figures?.kbps ?? 0), fps: total((r) => r.figures?.fps ?? 0),
    clock: recording.reduce<Row | null>((worst, r) => (r.figures && off(r) > (worst ? off(worst) : -1) ? r : worst), null),
  };
}

/** percent never rounds up to the whole: 99.999 is 99.99. */
export const percent = (share: number) => (Math.floor(share * 10_000 + 1e-9) / 100).toFixed(2);

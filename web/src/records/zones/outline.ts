import type { Kind, Record, Values } from '../../api/records.ts';

// The outlines of zones: corners in the units of a floor plan, kept in a record as "x,y x,y x,y".

export type Corner = readonly [number, number];
export type Outline = readonly Corner[];

export const mostCorners = 24;

/** parsed reads an outline; none where the text holds none. */
export function parsed(text: unknown): Outline {
  if (typeof text !== 'string' || !/^\d+,\d+( \d+,\d+)+$/.test(text)) return [];
  return text.split(' ').map((pair) => pair.split(',').map(Number) as unknown as Corner);
}

export const written = (o: Outline) => o.map(([x, y]) => `${x},${y}`).join(' ');

/** box is a rectangle between two corners, in any order; none without area. */
export function box([ax, ay]: Corner, [bx, by]: Corner): Outline {
  const [x1, x2, y1, y2] = [Math.min(ax, bx), Math.max(ax, bx), Math.min(ay, by), Math.max(ay, by)];
  return x1 === x2 || y1 === y2 ? [] : [[x1, y1], [x2, y1], [x2, y2], [x1, y2]];
}

/** edges are left, top, right and bottom of an outline. */
export function edges(o: Outline): { x: number; y: number; w: number; h: number } {
  const xs = o.map((c) => c[0]);
  const ys = o.map((c) => c[1]);
  const [x, y] = o.length > 0 ? [Math.min(...xs), Math.min(...ys)] : [0, 0];
  return { x, y, w: o.length > 0 ? Math.max(...xs) - x : 0, h: o.length > 0 ? Math.max(...ys) - y : 0 };
}

/** isBox reports whether an outline is a rectangle with level sides. */
export function isBox(o: Outline): boolean {
  const { x, y, w, h } = edges(o);
  return o.length === 4 && w > 0 && h > 0 && o.every(([a, b]) => (a === x || a === x + w) && (b === y || b === y + h)) && new Set(o.map(String)).size === 4;
}

/** area is the surface of an outline. */
export const area = (o: Outline) => Math.abs(o.reduce((sum, [x, y], i) => sum + x * o[(i + 1) % o.length]![1] - y * o[(i + 1) % o.length]![0], 0)) / 2;

/** kept is a place within a plan, on its grid. */
export function kept([x, y]: Corner, width: number, height: number, grid = 5): Corner {
  const on = (v: number, most: number) => Math.min(Math.max(Math.round(v / grid) * grid, 0), most);
  return [on(x, width), on(y, height)];
}

/** without leaves a corner out; moved puts it elsewhere. */
export const without = (o: Outline, at: number): Outline => o.filter((_, i) => i !== at);
export const moved = (o: Outline, at: number, to: Corner): Outline => o.map((c, i) => (i === at ? to : c));

/** added takes a new corner in between those of the nearest side; the first three as they come. */
export function added(o: Outline, c: Corner): Outline {
  if (o.length >= mostCorners) return o;
  if (o.length < 3) return [...o, c];
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < o.length; i++) {
    const d = distance(c, o[i]!, o[(i + 1) % o.length]!);
    if (d < least) [best, least] = [i, d];
  }
  return [...o.slice(0, best + 1), c, ...o.slice(best + 1)];
}

/** distance is how far a place is from a line between two others. */
function distance([x, y]: Corner, [ax, ay]: Corner, [bx, by]: Corner): number {
  const long = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = long === 0 ? 0 : Math.min(Math.max(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long, 0), 1);
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

/** middle is a place inside an outline where words have room: half way down its widest part. */
export function middle(o: Outline): { x: number; y: number; w: number } {
  const { y, h } = edges(o);
  let best = { x: o[0]?.[0] ?? 0, y: o[0]?.[1] ?? 0, w: 0 };
  for (const part of [0.5, 0.35, 0.65, 0.2, 0.8]) {
    const level = y + h * part + 0.01;
    const xs = o.flatMap(([ax, ay], i) => {
      const [bx, by] = o[(i + 1) % o.length]!;
      return ay > level !== by > level ? [ax + ((bx - ax) * (level - ay)) / (by - ay)] : [];
    }).sort((a, b) => a - b);
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const w = xs[i + 1]! - xs[i]!;
      if (w > 1.4 * best.w) best = { x: xs[i]! + w / 2, y: level, w };
    }
  }
  return best;
}

export type ZoneType = 'public' | 'business' | 'secure';
export const zoneTypes: readonly ZoneType[] = ['public', 'business', 'secure'];

/** Zone is a record of one, as it is drawn. */
export interface Zone {
  record: Record;
  type: ZoneType;
  room: string;
  plan: string; // "": it is not drawn
  outline: Outline;
  terminals: number; // in its room, of those one may know
  exceptions: readonly Record[]; // for private devices, in force, of its unit and its kind of zone
  writes: boolean; // this person may draw it
}

/** text is a field of a record that holds text; '' where it is empty. */
export const text = (r: Record, field: string) => {
  const v = (r.values as Values)[field];
  return typeof v === 'string' ? v : '';
};

/** zonesOf are the zones of records that have not ended, with what applies there. */
export function zonesOf(kind: Kind, zones: readonly Record[], terminals: readonly Record[], exceptions: readonly Record[]): Zone[] {
  return zones.filter((r) => r.state !== 'ended').map((r) => {
    const type = (zoneTypes as readonly string[]).includes(text(r, 'zone')) ? (text(r, 'zone') as ZoneType) : 'business';
    const floor = text(r, 'floor');
    const room = text(r, 'room');
    return {
      record: r, type, room, plan: text(r, 'plan'), outline: parsed(text(r, 'outline')),
      terminals: terminals.filter((x) => text(x, 'floor') === floor && text(x, 'room') === room).length,
      exceptions: exceptions.filter((x) => x.unit === r.unit && text(x, 'zone') === type), writes: kind.units.some((u) => u.id === r.unit),
    };
  });
}

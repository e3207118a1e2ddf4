import type { PlanDrawing } from '../api/plans.ts';

// Geometry of a drawn floor, in units of the drawing (1000 wide, y downwards).

export type Spot = PlanDrawing['cameras'][number];

/** line is an SVG path through points; closed, back to the first. */
export const line = (points: readonly (readonly number[])[], closed = false) => `M${points.map((p) => p.join(' ')).join('L')}${closed ? 'z' : ''}`;

const rad = (degrees: number) => (degrees * Math.PI) / 180;

/** wedge is the field of view of a camera: a sector, or a whole disc. */
export function wedge({ x, y, angle, fov, reach }: Spot): string {
  if (fov >= 360) return `M${x - reach} ${y}a${reach} ${reach} 0 1 1 ${2 * reach} 0a${reach} ${reach} 0 1 1 ${-2 * reach} 0z`;
  const at = (d: number) => `${(x + reach * Math.cos(rad(d))).toFixed(1)} ${(y + reach * Math.sin(rad(d))).toFixed(1)}`;
  return `M${x} ${y}L${at(angle - fov / 2)}A${reach} ${reach} 0 ${fov > 180 ? 1 : 0} 1 ${at(angle + fov / 2)}z`;
}

/** nearest is the camera closest to a point, within some distance; null where there is none. */
export function nearest(spots: readonly Spot[], x: number, y: number, within: number): Spot | null {
  let best: Spot | null = null;
  let least = within;
  for (const s of spots) {
    const d = Math.hypot(s.x - x, s.y - y);
    if (d <= least) [best, least] = [s, d];
  }
  return best;
}

/** neighbour is the camera one comes to by an arrow key: near, and rather ahead than aside. */
export function neighbour(spots: readonly Spot[], from: Spot, dx: number, dy: number): Spot | null {
  let best: Spot | null = null;
  let least = Infinity;
  for (const s of spots) {
    const ahead = (s.x - from.x) * dx + (s.y - from.y) * dy;
    const aside = Math.abs((s.x - from.x) * dy) + Math.abs((s.y - from.y) * dx);
    if (ahead <= 0 || ahead + 2 * aside >= least) continue;
    [best, least] = [s, ahead + 2 * aside];
  }
  return best;
}

export interface Word {
  text: string;
  x: number;
  y: number;
}

/** widthOf is about how wide a text is: Latin letters are half as wide as Japanese ones. */
export const widthOf = (text: string, size: number) => [...text].reduce((sum, c) => sum + (c < '\u0400' ? 0.58 : 1), 0) * size;

/** area is the surface of a polygon. */
function area(points: readonly number[][]): number {
  return Math.abs(points.reduce((sum, [x, y], i) => {
    const [u, v] = points[(i + 1) % points.length]!;
    return sum + x! * v! - u! * y!;
  }, 0)) / 2;
}

const breadth = (points: readonly number[][]) => Math.max(...points.map((p) => p[0]!)) - Math.min(...points.map((p) => p[0]!));
const short = (text: string) => text.replace(/[（(].*$/, '');

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
const shifts = [0, -0.5, 0.5, -1, 1, -1.6, 1.6]; // lines up or down, where a camera is in the way
const apart = (a: Box, b: Box) => Math.abs(a.x - b.x) * 2 >= a.w + b.w || Math.abs(a.y - b.y) * 2 >= a.h + b.h;

/**
 * words are the texts that have room at a size: names of rooms, the largest room first, then, if asked for,
 * minor labels. None overlaps another or a camera's mark of that radius: it moves up or down a little, gives up
 * what stands in its brackets (also where it is wider than its room), then its place.
 */
export function words(plan: PlanDrawing, size: number, mark: number, minor: boolean): Word[] {
  const taken: Box[] = plan.cameras.map((c) => ({ x: c.x, y: c.y, w: 2 * mark, h: 2 * mark }));
  const rooms = plan.rooms.map((r) => ({ text: r.name, x: r.label[0]!, y: r.label[1]!, rank: -area(r.points), minor: false, most: breadth(r.points) }));
  const labels = plan.labels.map((l) => ({ ...l, rank: l.minor ? 1 : 0, most: Infinity }));
  const out: Word[] = [];
  for (const l of [...rooms, ...labels].sort((a, b) => a.rank - b.rank)) {
    if (l.minor && !minor) continue;
    for (const text of new Set([l.text, short(l.text)])) {
      const w = widthOf(text, size) + size / 3;
      if (w > l.most && text !== short(l.text)) continue;
      const x = Math.min(Math.max(l.x, w / 2), plan.width - w / 2);
      const box = shifts.map((d) => ({ x, y: l.y + d * size, w, h: size * 1.2 })).find((b) => taken.every((other) => apart(b, other)));
      if (!box) continue;
      taken.push(box);
      out.push({ text, x, y: box.y });
      break;
    }
  }
  return out;
}

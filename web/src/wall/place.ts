import { link } from '../url.ts';
import { layouts, most, placesOf, smallest, type Layout } from './layout.ts';

// What is on the wall is in its address, so that a link, a saved wall and the way back all lead to the same.

/** Place is what is on the wall. There may be more cameras than places: those wait until the layout has room again. */
export interface Place {
  layout: Layout;
  cameras: readonly string[]; // ids by place; "" is an empty place
  big: number | null; // the place that is enlarged
  set: string; // id of the saved wall it began with, or ""
  every: number | null; // the carousel turns after so many seconds; null: it does not
}

export const turns = { least: 5, usual: 15, most: 60 } as const; // seconds of the carousel

/** read is what an address says, or null where it says nothing of a wall. */
export function read(q: URLSearchParams): Place | null {
  if (!q.has('cameras') && !q.has('layout')) return null;
  const cameras = once((q.get('cameras') ?? '').split(',').map((id) => id.trim()));
  const layout = layouts.find((l) => l === q.get('layout')) ?? smallest(cameras.length);
  const big = Number(q.get('big')) - 1;
  const every = Number(q.get('carousel'));
  const places = placesOf(layout, cameras.length);
  return {
    layout, cameras, set: q.get('set') ?? '',
    big: Number.isInteger(big) && big >= 0 && big < places && places > 1 ? big : null,
    every: every > 0 ? Math.min(turns.most, Math.max(turns.least, Math.round(every))) : null,
  };
}

/** write is the address of a wall. */
export function write(p: Place): string {
  const query = link('wall', { layout: p.layout, set: p.set, big: p.big === null ? null : String(p.big + 1), carousel: p.every === null ? null : String(p.every) });
  return `${query}&cameras=${trim(p.cameras).map(encodeURIComponent).join(',')}`;
}

/** seen are the cameras that have a place, one entry for each place. */
export function seen(p: Place): string[] {
  return Array.from({ length: placesOf(p.layout, p.cameras.length) }, (_, i) => p.cameras[i] ?? '');
}

/** put gives a place to a camera; one that has a place already changes with what was there. */
export function put(p: Place, at: number, camera: string): Place {
  const was = p.cameras.indexOf(camera);
  if (was >= 0) return swap(p, was, at);
  const cameras = filled(p, at);
  cameras[at] = camera;
  return { ...p, cameras };
}

/** swap exchanges two places. */
export function swap(p: Place, a: number, b: number): Place {
  const cameras = filled(p, Math.max(a, b));
  [cameras[a], cameras[b]] = [cameras[b]!, cameras[a]!];
  const big = p.big === a ? b : p.big === b ? a : p.big;
  return { ...p, cameras, big };
}

/** take makes a place empty. A floor has no empty places: there the rest close up. */
export function take(p: Place, at: number): Place {
  const big = p.big === at ? null : p.big;
  if (p.layout === 'floor') return { ...p, cameras: p.cameras.filter((_, i) => i !== at), big: big !== null && big > at ? big - 1 : big };
  return { ...p, cameras: p.cameras.map((c, i) => (i === at ? '' : c)), big };
}

/** free is the first empty place, or null. A floor makes room for one more. */
export function free(p: Place): number | null {
  const i = seen(p).indexOf('');
  if (i >= 0) return i;
  return p.layout === 'floor' && p.cameras.length < most ? p.cameras.length : null;
}

/** reshape changes the layout and keeps the cameras. */
export function reshape(p: Place, layout: Layout): Place {
  return { ...p, layout, big: null, cameras: layout === 'floor' ? p.cameras.filter(Boolean) : p.cameras };
}

/** same reports whether two walls show the same. */
export function same(a: Pick<Place, 'layout' | 'cameras'>, b: Pick<Place, 'layout' | 'cameras'>): boolean {
  return a.layout === b.layout && trim(a.cameras).join() === trim(b.cameras).join();
}

function filled(p: Place, upTo: number): string[] {
  return Array.from({ length: Math.max(p.cameras.length, upTo + 1) }, (_, i) => p.cameras[i] ?? '');
}

function trim(cameras: readonly string[]): string[] {
  return cameras.slice(0, cameras.findLastIndex(Boolean) + 1);
}

/** once lets nobody stand in two places. */
function once(cameras: string[]): string[] {
  return cameras.map((c, i) => (cameras.indexOf(c) === i ? c : ''));
}

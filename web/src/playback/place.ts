import { formatInstant, parseInstant, type Instant } from '../time/instant.ts';
import { link } from '../url.ts';

/** Layouts of the room by the number of their tiles; "floor" has as many as there are cameras. */
export const layouts = ['1', '4', '9', '16', 'floor'] as const;
export type Layout = (typeof layouts)[number];

/** Most is how many cameras one may have in the room; a sign-in may open no more views, and the preview is one. */
export const most = 39;

/** Place is what an address says: which cameras, which of them the others are measured by, and which moment. */
export interface Place {
  cameras: readonly string[];
  reference: string; // id of one of the cameras; "" where there are none
  at: Instant | null; // null: the address names none
  layout: Layout;
}

export function read(q: URLSearchParams): Place {
  const ids = (q.get('cameras') ?? q.get('camera') ?? '').split(',').map((s) => s.trim()).filter(Boolean);
  const cameras = [...new Set(ids)].slice(0, most);
  const at = parseInstant(q.get('at') ?? '');
  const ref = q.get('ref') ?? '';
  const layout = layouts.find((l) => l === q.get('layout')) ?? fitting(cameras.length);
  return { cameras, reference: cameras.includes(ref) ? ref : (cameras[0] ?? ''), at: Number.isNaN(at) ? null : at, layout };
}

/** write is the address of a place; what it would say anyway is left out. */
export function write(p: Place): string {
  return link('playback', {
    cameras: p.cameras.join(','),
    ref: p.reference !== p.cameras[0] ? p.reference : null,
    layout: p.layout !== fitting(p.cameras.length) ? p.layout : null,
    at: p.at === null ? null : formatInstant(p.at).replace(/\.?0+Z$/, 'Z'),
  });
}

/** fitting is the smallest layout that holds so many. */
export function fitting(n: number): Layout {
  return layouts.find((l) => l !== 'floor' && n <= Number(l)) ?? 'floor';
}

/** visible are the cameras that have a tile: of more than fit, the reference and those around it. */
export function visible(p: Place): readonly string[] {
  const n = p.layout === 'floor' ? most : Number(p.layout);
  if (p.cameras.length <= n) return p.cameras;
  const i = p.cameras.indexOf(p.reference);
  const from = Math.min(Math.floor(i / n) * n, p.cameras.length - n);
  return p.cameras.slice(from, from + n);
}

/** grown is the layout when there is one camera more than before: never smaller. */
export function grown(p: Place, n: number): Layout {
  return p.layout === 'floor' || n <= Number(p.layout) ? p.layout : fitting(n);
}

/** columns is how many tiles stand side by side. */
export function columns(layout: Layout, n: number): number {
  return layout === 'floor' ? Math.ceil(Math.sqrt(Math.max(1, n))) : Math.sqrt(Number(layout));
}

import { SECOND, type Instant, type Span } from '../time/instant.ts';

// Activity is asked for in blocks of a fixed grid, so that moving the view by a little asks for little.

export const perBlock = 400; // buckets
const least = 2.5; // px of a bucket

const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200].map((s) => s * SECOND);

/** stepFor is the narrowest bucket that is wide enough to be seen. */
export function stepFor(view: Span, width: number): number {
  const wanted = ((view.to - view.from) / Math.max(1, width)) * least;
  return steps.find((s) => s >= wanted) ?? steps[steps.length - 1]!;
}

/** blocks are the numbers of the blocks that cover the view, as far as there is anything before now. */
export function blocks(view: Span, step: number, now: Instant): number[] {
  const size = step * perBlock;
  const out: number[] = [];
  for (let n = Math.floor(view.from / size); n * size < Math.min(view.to, now); n++) out.push(n);
  return out;
}

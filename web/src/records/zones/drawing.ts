import { useRef, useState, type PointerEvent } from 'react';
import type { PlanDrawing } from '../../api/plans.ts';
import type { Drawing } from './Draft.tsx';
import { added, box, isBox, kept, moved, type Corner, type Outline } from './outline.ts';

export type Shape = 'box' | 'polygon';

/** useDrawing is an outline in the making on a plan: a rectangle is pulled from corner to corner, a polygon takes corners one by one. */
export function useDrawing(plan: PlanDrawing, begin: Outline) {
  const [outline, set] = useState<Outline>(begin);
  const [shape, setShape] = useState<Shape>(begin.length === 0 || isBox(begin) ? 'box' : 'polygon');
  const from = useRef<Corner | null>(null); // where a rectangle was begun
  const held = useRef<number | null>(null); // a corner the pointer has
  const on = (at: [number, number]) => kept(at, plan.width, plan.height);
  const drawing: Drawing = {
    outline, set,
    grab: (corner) => {
      held.current = corner;
    },
    press: (at, e: PointerEvent) => {
      e.currentTarget.setPointerCapture(e.pointerId);
      if (held.current !== null) {
        if (shape === 'box' && isBox(outline)) [from.current, held.current] = [outline[(held.current + 2) % 4]!, null]; // the opposite corner stays
        return;
      }
      if (shape === 'box') from.current = on(at);
      else set(added(outline, on(at)));
    },
    drag: (at) => {
      if (from.current) set(box(from.current, on(at)));
      else if (held.current !== null) set(moved(outline, held.current, on(at)));
    },
    release: () => {
      from.current = held.current = null;
    },
  };
  return { drawing, outline, set, shape, setShape };
}

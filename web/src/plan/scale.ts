import { useLayoutEffect, useState, type RefObject } from 'react';
import type { PlanDrawing } from '../api/plans.ts';

/** useScale is how many pixels a unit of the drawing is wide. */
export function useScale(box: RefObject<HTMLDivElement | null>, plan: PlanDrawing): number {
  const [size, setSize] = useState({ w: 320, h: 1e6 });
  useLayoutEffect(() => {
    const el = box.current!;
    const look = () => setSize({ w: el.clientWidth, h: el.clientHeight });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(el);
    return () => observer.disconnect();
  }, [box]);
  return Math.max(Math.min(size.w / plan.width, size.h / plan.height), 0.05);
}

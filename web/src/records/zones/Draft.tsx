import type { KeyboardEvent, PointerEvent } from 'react';
import type { PlanDrawing } from '../../api/plans.ts';
import { line } from '../../plan/geometry.ts';
import { useText } from '../../text/index.ts';
import { kept, moved, without, type Outline } from './outline.ts';

/** Drawing is an outline that is being drawn, and what the pointer does to it. */
export interface Drawing {
  outline: Outline;
  set: (o: Outline) => void;
  press: (at: [number, number], e: PointerEvent) => void;
  drag: (at: [number, number]) => void;
  release: () => void;
  grab: (corner: number) => void; // the pointer took a corner
}

const arrows: Partial<{ [key: string]: [number, number] }> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const step = 10;

/** Draft is the outline with a handle at each corner, for pointer and keys. */
export function Draft({ drawing, plan, px }: { drawing: Drawing; plan: PlanDrawing; px: number }) {
  const t = useText();
  const w = t.zones.edit;
  const { outline, set } = drawing;
  const keys = (e: KeyboardEvent<SVGGElement>, i: number) => {
    const by = arrows[e.key];
    if (by) {
      const far = e.shiftKey ? 1 : step;
      set(moved(outline, i, kept([outline[i]![0] + by[0] * far, outline[i]![1] + by[1] * far], plan.width, plan.height, 1)));
    } else if (e.key === 'Delete' || e.key === 'Backspace') {
      set(without(outline, i));
    } else return;
    e.preventDefault();
  };
  return (
    <>
      {outline.length > 1 && <path d={line(outline, true)} role="img" aria-label={w.drawing} className="pointer-events-none fill-accent stroke-accent" fillOpacity=".18" strokeWidth={2.5 * px} strokeLinejoin="round" />}
      {outline.map(([x, y], i) => (
        <g key={i} role="button" tabIndex={0} aria-label={w.cornerAt(i + 1, x, y)} className="cursor-move outline-none [&:focus-visible_.ring]:visible" onKeyDown={(e) => keys(e, i)} onPointerDown={() => drawing.grab(i)}>
          <circle cx={x} cy={y} r={13 * px} fill="transparent" />
          <g className="ring invisible" fill="none"><circle cx={x} cy={y} r={11 * px} className="stroke-(--ring)" strokeWidth={3 * px} /><circle cx={x} cy={y} r={8.5 * px} className="stroke-(--ring-within)" strokeWidth={2 * px} /></g>
          <circle cx={x} cy={y} r={6 * px} className="fill-surface stroke-accent" strokeWidth={2 * px} />
        </g>
      ))}
    </>
  );
}

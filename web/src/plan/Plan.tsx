import { memo, useId, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { PlanDrawing } from '../api/plans.ts';
import type { Camera } from '../api/types.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { line, nearest, neighbour, wedge, widthOf, words, type Spot } from './geometry.ts';
import { markOf, type PlanMark } from './mark.ts';
import { useScale } from './scale.ts';

interface Props {
  /** The drawing, one of usePlans(). */
  plan: PlanDrawing;
  /** Cameras with a ring and a strong wedge; the first of them is where the keyboard enters. */
  selected?: readonly string[];
  /** Cameras whose wedge is in the colour of what is chosen: those on the wall, say. */
  shown?: readonly string[];
  /** What a camera's dot says; by default its state. */
  mark?: (c: Camera) => PlanMark;
  /** That state in words, for names and tips; by default t.state. */
  say?: (c: Camera) => string;
  /** Called with the camera clicked, or chosen by Enter or Space. Without it the plan is a picture. */
  choose?: (id: string, e: MouseEvent | KeyboardEvent) => void;
  /** Called with the camera under the pointer or the focus, and null when it leaves. */
  hover?: (id: string | null) => void;
  /** Width by height of the box; by default the drawing's own. Give one where plans take turns: nothing moves then. */
  aspect?: number;
  /** For the box, for instance a greatest height; it is as wide as its place and keeps its aspect. */
  className?: string;
}

/**
 * Plan draws one floor with the cameras a person may know of.
 *
 *     const plans = usePlans();
 *     <Plan plan={plan} selected={[id]} choose={setId} aspect={16 / 9} />
 *     <PlanLegend />
 *
 * It fills the width of its place. Text and dots keep their size on screen however large the drawing is
 * (text ≥ 10 px; minor labels give way first, and what has no room is left out). State is told by shape,
 * colour and name: circle, triangle, square, hollow circle. It works on light and dark.
 *
 * Keyboard: one dot is in the order of Tab; arrow keys go to the next camera in that direction, Home and
 * End to the first and last, Enter and Space choose. Only the keys used are kept from the page. A click takes
 * the nearest camera within 18 px.
 */
export function Plan({ plan, selected = none, shown = none, mark = markOf, say, choose, hover, aspect, className = '' }: Props) {
  const t = useText();
  const cameraOf = useCameraOf();
  const box = useRef<HTMLDivElement>(null);
  const scale = useScale(box, plan);
  const [pointed, setPointed] = useState<string | null>(null);
  const [focused, setFocused] = useState<{ id: string; seen: boolean } | null>(null);
  const spots = useMemo(() => plan.cameras.filter((s) => cameraOf(s.id)).sort((a, b) => a.y - b.y || a.x - b.x), [plan, cameraOf]);
  const entry = spots.find((s) => s.id === focused?.id) ?? spots.find((s) => selected.includes(s.id)) ?? spots[0];
  const point = (id: string | null) => {
    if (id === pointed) return;
    setPointed(id);
    hover?.(id);
  };
  const under = (e: MouseEvent) => {
    const m = (e.currentTarget as SVGSVGElement).getScreenCTM();
    return m && nearest(spots, (e.clientX - m.e) / m.a, (e.clientY - m.f) / m.d, 18 / m.a);
  };
  const keys = (e: KeyboardEvent, s: Spot) => {
    const to = arrows[e.key] ? neighbour(spots, s, ...arrows[e.key]!) : e.key === 'Home' ? spots[0] : e.key === 'End' ? spots.at(-1) : undefined;
    if (to === undefined && e.key !== 'Enter' && e.key !== ' ') return;
    e.preventDefault();
    e.stopPropagation();
    if (to) box.current?.querySelector<SVGGElement>(`[data-camera="${to.id}"]`)?.focus();
    else if (to === undefined) choose?.(s.id, e);
  };
  const words = say ?? ((c: Camera) => t.state[c.state]!);
  const told = spots.find((s) => s.id === (pointed ?? (focused?.seen ? focused.id : null)));
  const toldCamera = told && cameraOf(told.id);
  return (
    <div ref={box} className={`w-full ${className}`} style={{ aspectRatio: aspect ?? plan.width / plan.height }}>
      <svg viewBox={`0 0 ${plan.width} ${plan.height}`} role="group" aria-label={t.plan.name(plan.name)} className={`block size-full overflow-visible select-none ${pointed && choose ? 'cursor-pointer' : ''}`}
        onMouseMove={(e) => point(under(e)?.id ?? null)} onMouseLeave={() => point(null)}
        onClick={(e) => {
          const id = under(e)?.id ?? (e.target as Element).closest('[data-camera]')?.getAttribute('data-camera'); // a reader's click has no place
          if (id) choose?.(id, e);
        }}>
        <Drawing plan={plan} spots={spots} scale={scale} cameraOf={cameraOf} mark={mark} selected={selected} shown={shown} />
        {spots.map((s) => {
          const c = cameraOf(s.id)!;
          const chosen = selected.includes(s.id);
          const name = `${c.name} ${c.number} ${words(c)}`;
          const dot = <Dot spot={s} mark={mark(c)} scale={scale} ring={chosen} />;
          if (!choose) return <g key={s.id} role="img" aria-label={name}>{dot}</g>;
          return (
            <g key={s.id} role="button" data-camera={s.id} tabIndex={s === entry ? 0 : -1} aria-label={name} aria-pressed={chosen} className="outline-none [&:focus-visible_.halo]:visible"
              onFocus={(e) => (setFocused({ id: s.id, seen: e.currentTarget.matches(':focus-visible') }), hover?.(s.id))} onBlur={() => (setFocused(null), hover?.(null))} onKeyDown={(e) => keys(e, s)}>
              {dot}
            </g>
          );
        })}
        {told && toldCamera && <Tip plan={plan} spot={told} scale={scale} text={`${toldCamera.name}　${words(toldCamera)}`} />}
      </svg>
    </div>
  );
}

const none: readonly string[] = [];
const arrows: Partial<Record<string, [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const tones: Record<PlanMark, string> = { live: 'fill-ok', late: 'fill-late', stopped: 'fill-bad', planned: 'fill-text-3' };

interface DrawingProps {
  plan: PlanDrawing;
  spots: readonly Spot[];
  scale: number;
  cameraOf: (id: string) => Camera | null;
  mark: (c: Camera) => PlanMark;
  selected: readonly string[];
  shown: readonly string[];
}

/** Drawing is everything that is not to be pressed: rooms, walls, words, fields of view. */
const Drawing = memo(function Drawing({ plan, spots, scale, cameraOf, mark, selected, shown }: DrawingProps) {
  const inside = useId();
  const px = 1 / scale; // a pixel in units of the drawing
  const small = plan.width * scale < 400;
  const size = (small ? 10.5 : 12) * px;
  const texts = useMemo(() => words(plan, size, 8 * px, !small), [plan, size, px, small]);
  return (
    <g aria-hidden="true" strokeLinejoin="round" fill="none">
      <clipPath id={inside}><path d={line(plan.outline, true)} /></clipPath>
      <path d={line(plan.outline, true)} className="fill-raised" />
      <path d={plan.rooms.filter((r) => r.zone === 'public').map((r) => line(r.points, true)).join('')} className="fill-soft" opacity=".7" />
      <path d={plan.furniture.map((f) => line(f)).join('')} className="stroke-line" strokeWidth={px} />
      <path d={plan.walls.map((w) => line(w)).join('')} className="stroke-text-3" opacity=".55" strokeWidth={1.2 * px} strokeLinecap="round" />
      <path d={line(plan.outline, true)} className="stroke-text-3" strokeWidth={1.5 * px} />
      <path d={plan.doors.map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`).join('')} className="stroke-raised" strokeWidth={3 * px} />
      <g clipPath={`url(#${inside})`}>
        {spots.map((s) => {
          const chosen = selected.includes(s.id);
          const tone = chosen || shown.includes(s.id) ? 'fill-accent' : tones[mark(cameraOf(s.id)!)];
          return <path key={s.id} d={wedge(s)} className={tone} opacity={chosen ? 0.6 : 0.26} />;
        })}
      </g>
      {texts.map((w) => <text key={`${w.text}${w.x}${w.y}`} x={w.x} y={w.y} dy=".36em" textAnchor="middle" fontSize={size} strokeWidth={2.5 * px} className="fill-text-2 stroke-raised" paintOrder="stroke">{w.text}</text>)}
    </g>
  );
});

/** Dot is a camera: its shape says its state, a ring that it is selected, a halo that the keyboard is on it. */
function Dot({ spot: { x, y }, mark, scale, ring }: { spot: Spot; mark: PlanMark; scale: number; ring: boolean }) {
  const px = 1 / scale;
  const r = 5.5 * px;
  const edge = { strokeWidth: px, className: `${tones[mark]} stroke-raised` };
  return (
    <>
      <g className="halo invisible" fill="none"><circle cx={x} cy={y} r={12 * px} className="stroke-(--ring)" strokeWidth={3 * px} /><circle cx={x} cy={y} r={9.5 * px} className="stroke-(--ring-within)" strokeWidth={2 * px} /></g>
      <circle cx={x} cy={y} r={12 * px} fill="transparent" />
      {ring && <circle cx={x} cy={y} r={9.5 * px} className="fill-none stroke-accent" strokeWidth={2 * px} />}
      {mark === 'live' && <circle cx={x} cy={y} r={r} {...edge} />}
      {mark === 'late' && <path d={`M${x} ${y - 1.2 * r}L${x + 1.15 * r} ${y + 0.8 * r}H${x - 1.15 * r}z`} {...edge} />}
      {mark === 'stopped' && <rect x={x - 0.92 * r} y={y - 0.92 * r} width={1.84 * r} height={1.84 * r} {...edge} />}
      {mark === 'planned' && <circle cx={x} cy={y} r={r - 0.8 * px} className="fill-raised stroke-text-3" strokeWidth={1.6 * px} />}
    </>
  );
}

/** Tip names the camera under the pointer or the focus. */
function Tip({ plan, spot, scale, text }: { plan: PlanDrawing; spot: Spot; scale: number; text: string }) {
  const px = 1 / scale;
  const w = widthOf(text, 12 * px) + 16 * px;
  const x = Math.min(Math.max(spot.x, w / 2), Math.max(plan.width - w / 2, w / 2));
  const y = spot.y + (spot.y > 46 * px ? -28 : 28) * px;
  return (
    <g aria-hidden="true" className="pointer-events-none">
      <rect x={x - w / 2} y={y - 12 * px} width={w} height={24 * px} rx={4 * px} className="fill-text" />
      <text x={x} y={y} dy=".36em" textAnchor="middle" fontSize={12 * px} className="fill-surface font-bold">{text}</text>
    </g>
  );
}

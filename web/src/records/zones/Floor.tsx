import { memo, useId, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { PlanDrawing } from '../../api/plans.ts';
import { useCameraOf } from '../../person/person.ts';
import { line, widthOf, words } from '../../plan/geometry.ts';
import { useScale } from '../../plan/scale.ts';
import { useText } from '../../text/index.ts';
import { Draft, type Drawing } from './Draft.tsx';
import { Hatches, ink } from './Looks.tsx';
import { area, middle, type Zone } from './outline.ts';

interface Props {
  plan: PlanDrawing;
  zones: readonly Zone[]; // those on this plan
  chosen: string; // id of a record
  look: (id: string) => void; // under the pointer or the focus; '' when it leaves
  choose: (id: string) => void;
  drawing: Drawing | null; // an outline is being drawn: zones are only a background then
}

/**
 * Floor draws the zones of a floor on its plan: tint, hatch and words, the larger ones below. Tab goes from zone to zone in
 * the order of the list beside it; Enter and Space choose.
 */
export function Floor({ plan, zones, chosen, look, choose, drawing }: Props) {
  const t = useText();
  const z = t.zones;
  const box = useRef<HTMLDivElement>(null);
  const scale = useScale(box, plan);
  const px = 1 / scale;
  const id = useId();
  const svg = useRef<SVGSVGElement>(null);
  const at = (e: PointerEvent): [number, number] => {
    const m = svg.current!.getScreenCTM()!;
    return [(e.clientX - m.e) / m.a, (e.clientY - m.f) / m.d];
  };
  const keys = (e: KeyboardEvent, zone: Zone) => {
    if (e.key !== 'Enter' && e.key !== ' ') return;
    e.preventDefault();
    choose(zone.record.id);
  };
  return (
    <div ref={box} className="w-full" style={{ aspectRatio: plan.width / plan.height, maxHeight: '62vh' }}>
      <svg ref={svg} viewBox={`0 0 ${plan.width} ${plan.height}`} role="group" aria-label={t.plan.name(plan.name)} className={`block size-full touch-none overflow-visible select-none ${drawing ? 'cursor-crosshair' : ''}`}
        onPointerDown={drawing ? (e) => drawing.press(at(e), e) : undefined} onPointerMove={drawing ? (e) => drawing.drag(at(e)) : undefined} onPointerUp={drawing ? () => drawing.release() : undefined} onPointerCancel={drawing ? () => drawing.release() : undefined}>
        <Hatches id={id} px={px} />
        <path d={line(plan.outline, true)} className="fill-raised" />
        {[...zones].sort((a, b) => area(b.outline) - area(a.outline)).map((zone) => {
          const on = zone.record.id === chosen;
          const shape = <><path d={line(zone.outline, true)} className={ink[zone.type].fill} /><path d={line(zone.outline, true)} fill={`url(#${id}-${zone.type})`} className={ink[zone.type].stroke} strokeWidth={(on ? 3.5 : 1.5) * px} strokeLinejoin="round" strokeDasharray={zone.record.state === 'draft' ? `${6 * px} ${4 * px}` : undefined} /></>;
          if (drawing) return <g key={zone.record.id} aria-hidden="true" opacity={on ? 0.25 : 0.55}>{shape}</g>;
          return (
            <g key={zone.record.id} role="button" tabIndex={0} aria-pressed={on} aria-label={z.of(z.types[zone.type], zone.room, zone.record.state === 'draft' ? z.draft : '').trim()} className="cursor-pointer outline-none [&:focus-visible_.ring]:visible"
              onPointerEnter={() => look(zone.record.id)} onPointerLeave={() => look('')} onFocus={() => look(zone.record.id)} onBlur={() => look('')} onClick={() => choose(zone.record.id)} onKeyDown={(e) => keys(e, zone)}>
              {shape}
              <g className="ring invisible" fill="none" strokeLinejoin="round"><path d={line(zone.outline, true)} className="stroke-(--ring)" strokeWidth={6 * px} /><path d={line(zone.outline, true)} className="stroke-(--ring-within)" strokeWidth={2 * px} /></g>
            </g>
          );
        })}
        <Walls plan={plan} px={px} />
        {!drawing && zones.map((zone) => <Words key={zone.record.id} zone={zone} px={px} width={plan.width} />)}
        <Cameras plan={plan} px={px} />
        {drawing && words(plan, 11 * px, 6 * px, false).map((w) => <text key={`${w.text}${w.x}${w.y}`} aria-hidden="true" x={w.x} y={w.y} dy=".36em" textAnchor="middle" fontSize={11 * px} strokeWidth={2.5 * px} paintOrder="stroke" className="pointer-events-none fill-text-2 stroke-raised">{w.text}</text>)}
        {drawing && <Draft drawing={drawing} plan={plan} px={px} />}
      </svg>
    </div>
  );
}

/** Walls are what of the building is drawn over its zones. */
const Walls = memo(function Walls({ plan, px }: { plan: PlanDrawing; px: number }) {
  return (
    <g aria-hidden="true" fill="none" strokeLinejoin="round" className="pointer-events-none">
      <path d={plan.furniture.map((f) => line(f)).join('')} className="stroke-text-3" opacity=".35" strokeWidth={0.8 * px} />
      <path d={plan.walls.map((w) => line(w)).join('')} className="stroke-text-2" strokeWidth={1.5 * px} strokeLinecap="round" />
      <path d={line(plan.outline, true)} className="stroke-text-2" strokeWidth={2 * px} />
      <path d={plan.doors.map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`).join('')} className="stroke-raised" strokeWidth={3 * px} />
    </g>
  );
});

/** Words name a zone where it has room: its kind always, its room where that fits, and its terminals as small marks below. */
function Words({ zone, px, width }: { zone: Zone; px: number; width: number }) {
  const z = useText().zones;
  const size = 12.5 * px;
  const { x: mid, y, w } = middle(zone.outline);
  const whole = `${z.short[zone.type]}　${zone.room}`;
  const text = widthOf(whole, size) + 14 * px < w ? whole : z.short[zone.type];
  const wide = widthOf(text, size) + 12 * px;
  const x = Math.min(Math.max(mid, wide / 2), width - wide / 2);
  const columns = Math.max(Math.min(zone.terminals, Math.floor((w - 8 * px) / (11 * px)), 10), 1);
  return (
    <g aria-hidden="true" className="pointer-events-none">
      <rect x={x - wide / 2} y={y - 10.5 * px} width={wide} height={21 * px} rx={4 * px} className={`fill-surface ${ink[zone.type].stroke}`} strokeWidth={px} />
      <text x={x} y={y} dy=".36em" textAnchor="middle" fontSize={size} className={`font-bold ${ink[zone.type].text}`}>{text}</text>
      {Array.from({ length: zone.terminals }, (_, i) => {
        const row = Math.floor(i / columns);
        const many = Math.min(columns, zone.terminals - row * columns);
        return <path key={i} transform={`translate(${x + ((i % columns) - many / 2) * 11 * px} ${y + (15 + row * 12) * px}) scale(${px})`} d="M1 0h8v5.500H1zM3.500 8h3" className="fill-surface stroke-text-2" strokeWidth="1.200" />;
      })}
    </g>
  );
}

/** Cameras are those a person may know of, as everywhere. */
function Cameras({ plan, px }: { plan: PlanDrawing; px: number }) {
  const t = useText();
  const cameraOf = useCameraOf();
  return plan.cameras.map((s) => {
    const c = cameraOf(s.id);
    const turn = (s.angle * Math.PI) / 180;
    return (
      <g key={s.id} role="img" aria-label={`${t.zones.camera} ${c ? `${c.name} ${c.number}` : s.id}`} className="pointer-events-none">
        <path d={`M${s.x} ${s.y}l${Math.cos(turn) * 11 * px} ${Math.sin(turn) * 11 * px}`} className="stroke-text-2" strokeWidth={2 * px} />
        <circle cx={s.x} cy={s.y} r={4 * px} className="fill-text-2 stroke-surface" strokeWidth={px} />
      </g>
    );
  });
}

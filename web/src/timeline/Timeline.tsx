import { useEffect, useMemo, useRef, type PointerEvent, type RefObject } from 'react';
import { serverClock } from '../api/client.ts';
import type { Gap, Recordings } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { DAY, SECOND, type Instant, type Span } from '../time/instant.ts';
import { draw, flagLine, flagsOf, type Geometry, type Lane, type Scene } from './draw.ts';
import { length, toAt, type Mark } from './model.ts';
import type { View } from './view.ts';

/** Shown is what the timeline shows; it is asked for at every drawing. */
export interface Shown {
  lanes: readonly Lane[];
  kept: Recordings | null;
  marks: readonly Mark[];
  at: Instant | null;
  scroll: number;
}

interface Props {
  view: View;
  days: number; // footage is kept
  g: Geometry;
  shown: (view: Span, width: number) => Shown;
  seek: (at: Instant, dragging: boolean) => void; // again and again while one drags
  release: () => void; // a drag has ended
  point?: (at: Instant | null, x: number) => void; // where the pointer rests over the lanes
  disabled: boolean;
  at: Instant; // where the playhead stands, for those who hear it
  valueText: string;
}

/** Timeline is one canvas: ticks and flags, one lane a camera, and the whole time footage is kept below. */
export function Timeline({ view, days, g, shown, seek, release, point, disabled, at, valueText }: Props) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const hover = useRef<number | null>(null);
  const drag = useRef<'none' | 'scrub' | 'brush'>('none');
  const words = useMemo(() => ({ now: t.timeline.now, day: t.day, held: t.evidence.timeline,
    gap: (gap: Gap) => t.timeline.gap(t.causes[gap.cause] ?? gap.cause, t.duration(length(gap) / SECOND)) }), [t]);
  useDrawing(canvas, view, g, (width) => {
    const now = serverClock.now();
    const span = view.span();
    return { ...shown(span, width), detail: { view: span, width }, overview: { view: { from: now - days * DAY, to: now }, width }, now, hover: hover.current, words };
  });

  const latest = (e: { currentTarget: HTMLCanvasElement }) => shown(view.span(), e.currentTarget.clientWidth);
  const scale = (e: { currentTarget: HTMLCanvasElement }) => ({ view: view.span(), width: e.currentTarget.clientWidth });
  const brush = (e: PointerEvent<HTMLCanvasElement>, x: number) => {
    const now = serverClock.now();
    const at = toAt({ view: { from: now - days * DAY, to: now }, width: e.currentTarget.clientWidth }, x);
    view.set(view.get(), at);
    return at;
  };
  const down = (e: PointerEvent<HTMLCanvasElement>) => {
    if (e.button !== 0 || disabled) return;
    e.currentTarget.setPointerCapture(e.pointerId);
    const { offsetX: x, offsetY: y } = e.nativeEvent;
    const flag = y < flagLine && flagsOf(e.currentTarget.getContext('2d')!, scale(e), latest(e).marks).find((f) => x >= f.x - 3 && x <= f.x + f.w);
    if (flag) return seek(flag.of.at, false);
    drag.current = y >= g.overview.y - 10 ? 'brush' : 'scrub';
    seek(drag.current === 'brush' ? brush(e, x) : toAt(scale(e), x), true);
  };
  const move = (e: PointerEvent<HTMLCanvasElement>) => {
    const x = Math.min(e.currentTarget.clientWidth, Math.max(0, e.nativeEvent.offsetX));
    hover.current = drag.current !== 'brush' && e.nativeEvent.offsetY < g.overview.y - 10 ? x : null;
    point?.(hover.current === null ? null : toAt(scale(e), x), x);
    if (drag.current === 'scrub') seek(toAt(scale(e), x), true);
    if (drag.current === 'brush') seek(brush(e, x), true);
  };
  const up = () => {
    if (drag.current !== 'none') release();
    drag.current = 'none';
  };
  const leave = () => {
    hover.current = null;
    point?.(null, 0);
  };
  return (
    <canvas ref={canvas} role="slider" tabIndex={0} data-testid="timeline" aria-label={t.timeline.slider} aria-disabled={disabled}
      aria-valuemin={0} aria-valuemax={days * 86400} aria-valuenow={Math.min(days * 86400, Math.max(0, Math.round(days * 86400 - (serverClock.now() - at) / SECOND)))} aria-valuetext={valueText}
      onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onLostPointerCapture={up} onPointerLeave={leave}
      style={{ height: g.height }} className={`block w-full touch-none ${disabled ? 'cursor-not-allowed' : 'cursor-pointer'}`} />
  );
}

const paintEvery = 1000 / 30; // ms

/** useDrawing paints the scene when something in it has moved by a pixel, at most 30 times a second. */
function useDrawing(canvas: RefObject<HTMLCanvasElement | null>, view: View, g: Geometry, scene: (width: number) => Scene) {
  const latest = useRef(scene);
  useEffect(() => {
    latest.current = scene;
  });
  useEffect(() => {
    const el = canvas.current!;
    const c = el.getContext('2d')!;
    let frame = 0;
    let looked = 0;
    let last: unknown[] = [];
    const look = (time: number) => {
      frame = requestAnimationFrame(look);
      if (time - looked < paintEvery) return;
      looked = time;
      const s = latest.current(el.clientWidth);
      const ratio = devicePixelRatio;
      const next = [...visible(s), ratio];
      if (next.length === last.length && next.every((v, i) => v === last[i])) return;
      last = next;
      fit(el, s.detail.width * ratio, g.height * ratio);
      draw(c, g, s, ratio);
    };
    frame = requestAnimationFrame(look);
    const repaint = () => (last = []);
    document.fonts.addEventListener('loadingdone', repaint);
    const wheel = (e: WheelEvent) => {
      e.preventDefault();
      const scale = { view: view.span(), width: el.clientWidth };
      if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) view.pan(((e.deltaX || e.deltaY) / scale.width) * length(scale.view));
      else view.zoom(Math.exp(e.deltaY * 0.0015), toAt(scale, e.offsetX));
    };
    el.addEventListener('wheel', wheel, { passive: false });
    return () => {
      cancelAnimationFrame(frame);
      document.fonts.removeEventListener('loadingdone', repaint);
      el.removeEventListener('wheel', wheel);
    };
  }, [canvas, view, g]);
}

/** visible is what tells one drawing from another: moments in whole pixels, the rest as it is. */
function visible(s: Scene): unknown[] {
  const px = (at: number) => Math.round((at / length(s.detail.view)) * s.detail.width);
  return [px(s.detail.view.from), length(s.detail.view), s.detail.width, px(s.now), s.at === null ? null : px(s.at),
    s.at === null ? 0 : Math.floor(s.at / SECOND), s.hover, s.scroll, s.kept, s.marks, s.words, ...s.lanes.flatMap((l) => [l.record, l.activity, l.current, l.held])];
}

function fit(el: HTMLCanvasElement, width: number, height: number) {
  if (el.width !== Math.round(width)) el.width = Math.round(width);
  if (el.height !== Math.round(height)) el.height = Math.round(height);
}

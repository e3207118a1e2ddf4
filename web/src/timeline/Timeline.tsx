import { useEffect, useMemo, useRef, useSyncExternalStore, type PointerEvent, type RefObject } from 'react';
import { serverClock } from '../api/client.ts';
import type { Record, RecordState } from '../api/record.ts';
import type { Gap } from '../api/types.ts';
import type { Player } from '../player/player.ts';
import { useText } from '../text/index.ts';
import { DAY, SECOND, clock, type Instant } from '../time/instant.ts';
import { draw, type Geometry, type Scene } from './draw.ts';
import { gapAt, length, explained, toAt } from './model.ts';
import type { View } from './view.ts';

interface Props {
  player: Player;
  record: Record;
  view: View;
  days: number;
  tight: boolean;
  seek: (at: Instant) => void;
  disabled: boolean;
}

const roomy: Geometry = { height: 156, ticks: { y: 0, h: 40 }, gaps: 60, lane: { y: 66, h: 16 }, overview: { y: 112, h: 12, labels: 144 } };
const close: Geometry = { height: 128, ticks: { y: 0, h: 34 }, gaps: 50, lane: { y: 55, h: 13 }, overview: { y: 90, h: 11, labels: 118 } };

/** geometry of the timeline at a density; its height never depends on what is in it. */
export const geometry = (tight: boolean) => (tight ? close : roomy);

export function Timeline({ player, record, view, days, tight, seek, disabled }: Props) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const hover = useRef<number | null>(null);
  const drag = useRef<'none' | 'scrub' | 'brush'>('none');
  const g = geometry(tight);
  const state = useSyncExternalStore(record.subscribe, record.get);
  const { want } = useSyncExternalStore(player.subscribe, player.get);

  const words = useMemo(() => ({ now: t.timeline.now, day: t.day,
    gap: (gap: Gap) => t.timeline.gap(t.causes[gap.cause] ?? gap.cause, t.duration(length(gap) / SECOND)) }), [t]);
  useDrawing(canvas, view, g, (width) => {
    const now = serverClock.now();
    return { detail: { view: view.span(), width }, overview: { view: { from: now - days * DAY, to: now }, width },
      record: state.kind === 'ready' ? state.data : null, at: player.position(), now, hover: hover.current, words };
  });

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
    drag.current = y >= g.overview.y - 10 ? 'brush' : 'scrub';
    seek(drag.current === 'brush' ? brush(e, x) : toAt(scale(e), x));
  };
  const move = (e: PointerEvent<HTMLCanvasElement>) => {
    const x = Math.min(e.currentTarget.clientWidth, Math.max(0, e.nativeEvent.offsetX));
    hover.current = e.nativeEvent.offsetY < g.overview.y - 10 ? x : null;
    if (drag.current === 'scrub') seek(toAt(scale(e), x));
    if (drag.current === 'brush') seek(brush(e, x));
  };
  const up = () => {
    drag.current = 'none';
  };
  const at = player.position() ?? serverClock.now();
  return (
    <div className="relative min-w-0 grow">
      <canvas ref={canvas} role="slider" tabIndex={0} data-testid="timeline" aria-label={t.timeline.slider} aria-disabled={disabled}
        aria-valuemin={0} aria-valuemax={days * 86400} aria-valuenow={Math.round(days * 86400 - (serverClock.now() - at) / SECOND)}
        aria-valuetext={valueText(t, at, want?.at === null, state)}
        onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onPointerLeave={() => (hover.current = null)}
        style={{ height: g.height }} className={`block w-full touch-none ${disabled ? 'cursor-not-allowed' : 'cursor-pointer'}`} />
      {state.kind !== 'ready' && (
        <p role="status" className="pointer-events-none absolute inset-x-0 text-center text-xs leading-none text-text-2" style={{ top: g.lane.y + 1 }}>
          {state.kind === 'loading' ? t.timeline.loading : t.timeline.failed}
        </p>
      )}
    </div>
  );
}

function valueText(t: ReturnType<typeof useText>, at: Instant, live: boolean, state: RecordState): string {
  const gap = state.kind === 'ready' ? gapAt(explained(state.data.gaps), at) : undefined;
  const where = live ? t.view.live : `${t.date(at)} ${clock(at)}`;
  return gap ? `${where} ${t.timeline.gapAt(t.causes[gap.cause] ?? gap.cause)}` : where;
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
      if (next.every((v, i) => v === last[i])) return;
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
    s.at === null ? 0 : Math.floor(s.at / SECOND), s.hover, s.record, s.words];
}

function fit(el: HTMLCanvasElement, width: number, height: number) {
  if (el.width !== Math.round(width)) el.width = Math.round(width);
  if (el.height !== Math.round(height)) el.height = Math.round(height);
}

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { usePerson } from '../person/person.ts';
import { mayPast, stated } from '../person/rights.ts';
import { useText } from '../text/index.ts';
import { MINUTE, SECOND, clock, thousandths, type Instant, type Span } from '../time/instant.ts';
import { geometry, type Geometry } from '../timeline/draw.ts';
import { explained, gapAt, length, type Mark } from '../timeline/model.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import { sizes, type Size, type View } from '../timeline/view.ts';
import { Picture } from '../tile/Picture.tsx';
import { useTight } from '../ui/time.ts';
import type { Gap } from '../api/types.ts';
import { keepFocus } from './Bar.tsx';
import type { Control } from './control.ts';

const noMarks: readonly Mark[] = [];

/** TimePane is the timeline of all cameras in the room, with the picture under the pointer. */
export function TimePane({ control }: { control: Control }) {
  const t = useText();
  const tight = useTight();
  const { room, view, lanes, notes, holds, cameras, reference, days } = control;
  const past = useMemo(() => cameras.filter(mayPast), [cameras]);
  const g = useMemo(() => geometry(Math.max(1, past.length), tight), [past.length, tight]);
  const names = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<{ at: Instant; x: number } | null>(null);
  useSyncExternalStore(lanes.subscribe, lanes.get);
  useSyncExternalStore(holds.subscribe, holds.get);
  const state = useSyncExternalStore(notes.subscribe, notes.get);
  const marks = state.kind === 'ready' ? state.notes : noMarks;
  const whole = useSyncExternalStore(room.watch, () => Math.floor(room.position() / SECOND) * SECOND);
  useFollowing(control);
  const record = reference ? (lanes.of(reference.id)?.recordings() ?? null) : null;
  const shown = (span: Span, width: number) => ({
    lanes: past.map((c) => {
      const lane = lanes.of(c.id);
      return { record: lane?.recordings() ?? null, activity: lane?.activity(span, width) ?? none, current: c === reference, held: holds.of(c.id) };
    }),
    kept: record, marks, at: room.position(), scroll: names.current?.scrollTop ?? 0,
  });
  const gap = record ? gapAt(explained(record.gaps), whole) : undefined;
  const held = reference && holds.at(reference.id, whole);
  const text = `${t.date(whole)} ${clock(whole)}${held ? ` ${t.evidence.timeline(held.label)}` : ''}${gap ? ` ${t.timeline.gapAt(t.causes[gap.cause] ?? gap.cause)}` : ''}`;
  const wait = past.some((c) => lanes.of(c.id)?.record.get().kind === 'failed') ? t.timeline.failed : past.some((c) => lanes.of(c.id)?.recordings() == null) ? t.timeline.loading : '';
  return (
    <section aria-label={t.timeline.label} className="relative flex flex-none border-t border-line bg-surface px-4 pb-2 tight:px-3 tight:pb-1">
      <div className="relative w-[180px] flex-none tight:w-[164px]" style={{ height: g.height }}>
        <Sizes view={view} at={() => room.position()} />
        <Names refer={names} control={control} g={g} />
        <p className="absolute flex items-baseline gap-2 font-bold tight:text-[13px]" style={{ top: g.overview.y + g.overview.h / 2 - 9 }}>{t.timeline.overview(days)}<span className="text-xs font-normal text-text-3">{t.timeline.overviewNote}</span></p>
      </div>
      <div className="relative min-w-0 grow">
        <Timeline view={view} days={days} g={g} shown={shown} seek={control.seek} release={() => room.release()} point={(at, x) => setHover(at === null ? null : { at, x })} disabled={past.length === 0} at={whole} valueText={text} />
        <p role="status" className={`pointer-events-none absolute right-0 bottom-0 text-xs text-text-2 ${wait ? '' : 'sr-only'}`}>{wait}</p>
        {hover && reference && <Glimpse control={control} at={hover.at} x={hover.x} gap={record ? (gapAt(record.gaps, hover.at) ?? null) : null} />}
      </div>
    </section>
  );
}

const none: never[] = [];

function Names({ refer, control, g }: { refer: React.RefObject<HTMLDivElement | null>; control: Control; g: Geometry }) {
  const t = useText();
  const { cameras, reference } = control;
  const past = cameras.filter(mayPast);
  const small = g.rows.h < 30;
  const line = { lineHeight: `${g.rows.h - 1}px` }; // what has no room beside the name is cut off with its line
  return (
    <div ref={refer} role="group" aria-label={t.playback.lanes.label} className="absolute inset-x-0 overflow-y-auto" style={{ top: g.head, height: g.rows.shown }}>
      {past.map((c) => (
        <button key={c.id} type="button" aria-pressed={c === reference} title={t.playback.rail.choose(c.name)} onMouseDown={keepFocus} onClick={() => control.measureBy(c.id)} style={{ height: g.rows.h }}
          className={`flex w-full flex-wrap gap-x-2 overflow-hidden border-t border-[#20262d] pr-2 text-left whitespace-nowrap focus-inside ${past.length > 1 ? 'aria-pressed:bg-[#171e2c]' : ''} ${small ? 'text-xs' : 'tight:text-[13px]'}`}>
          <b className="max-w-full truncate" style={line}>{c.name}</b><span className="text-xs text-text-3" style={line}>{c.number}</span>
        </button>
      ))}
    </div>
  );
}

const followEvery = 250; // ms

/** useFollowing turns the page when the playhead runs out of it; who looks elsewhere is left in peace. */
function useFollowing({ room, view }: Control) {
  useEffect(() => {
    let inside = true;
    const timer = setInterval(() => {
      const at = room.position();
      const span = view.span();
      const now = at >= span.from && at <= span.to - length(span) * 0.02;
      if (!now && inside && room.get().playing) view.reveal(at);
      inside = now || (inside && room.get().playing);
    }, followEvery);
    return () => clearInterval(timer);
  }, [room, view]);
}

function Sizes({ view, at }: { view: View; at: () => Instant }) {
  const t = useText();
  const size = useSyncExternalStore(view.subscribe, view.get);
  return (
    <div role="group" aria-label={t.timeline.zoom} onMouseDown={keepFocus} className="absolute top-2.5 left-0 inline-flex overflow-hidden rounded-8 border border-line bg-raised text-xs tight:top-1.5">
      {(Object.keys(sizes) as Size[]).map((s) => (
        <button key={s} type="button" aria-pressed={size === sizes[s]} onClick={() => view.set(sizes[s], at())}
          className="h-[26px] min-w-6 border-r border-line px-1.5 whitespace-nowrap text-text-2 last:border-0 hover:bg-soft focus-inside aria-pressed:bg-accent-soft aria-pressed:font-bold aria-pressed:text-accent aria-pressed:shadow-[inset_0_-2px_0_currentColor] tight:h-6 tight:px-[3px]">{t.timeline.spans[s]}</button>
      ))}
    </div>
  );
}

/** Glimpse is the picture of the reference at the moment under the pointer. It is asked for when the pointer rests, and only with a purpose. */
function Glimpse({ control, at, x, gap }: { control: Control; at: Instant; x: number; gap: Gap | null }) {
  const t = useText();
  const { session } = usePerson();
  const { preview, reference, room } = control;
  const width = useTight() ? 190 : 232;
  const fine = length(control.view.span()) < MINUTE;
  const { player } = preview;
  const { mode } = useSyncExternalStore(player.subscribe, player.get);
  const may = reference !== null && mayPast(reference) && stated(session, reference) && !gap;
  const seat = reference ? control.seatOf(reference, '4') : null;
  const latest = useRef({ seat, preview });
  useEffect(() => {
    latest.current = { seat, preview };
  });
  useEffect(() => {
    if (may && latest.current.seat) preview.point(latest.current.seat, at, room.get().gathering);
  }, [may, at, preview, room, reference?.id]);
  useEffect(() => () => latest.current.preview.leave(), []);
  const ready = may && mode.kind === 'past' && !mode.seeking;
  const words = t.playback.preview;
  return (
    <div role="img" aria-label={`${words.label} ${clock(at)}`} data-testid="glimpse" data-ready={ready} className="pointer-events-none absolute bottom-full z-10 mb-1.5 overflow-hidden rounded-6 border-2 border-white bg-black" style={{ width, left: `clamp(0px, ${x - width / 2}px, calc(100% - ${width}px))` }}>
      <div className="relative aspect-video">
        {may && <div className={ready ? '' : 'opacity-40'}><Picture player={player} /></div>}
        {gap && <p className="hatch absolute inset-0 grid place-items-center px-3 text-center text-[13px] leading-[1.5] text-warn">{words.gap(t.causes[gap.cause] ?? gap.cause, t.duration(length(gap) / SECOND))}</p>}
        {!gap && !may && <p className="hatch absolute inset-0 grid place-items-center px-3 text-center text-[13px] text-text-2">{words.none}</p>}
      </div>
      <p className="absolute inset-x-0 bottom-0 flex items-baseline gap-2 bg-black/70 px-2 py-0.5 text-xs text-white"><b className="text-sm">{clock(at)}</b>{fine && <span className="-ml-2 text-[#c4c8cd]">.{thousandths(at)}</span>}<span className="truncate">{reference?.name}</span></p>
    </div>
  );
}

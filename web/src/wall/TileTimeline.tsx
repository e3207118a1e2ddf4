import { useEffect, useRef, useState, useSyncExternalStore, type PointerEvent } from 'react';
import { serverClock } from '../api/client.ts';
import type { Camera } from '../api/types.ts';
import type { Player } from '../player/player.ts';
import { useText } from '../text/index.ts';
import { MINUTE, SECOND, clock, floorTo, formatInstant, minutes, type Instant, type Span } from '../time/instant.ts';
import { explained, length } from '../timeline/model.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { onLook } from '../ui/time.ts';
import { follow, link } from '../url.ts';
import type { Hand } from './hand.ts';
import { Recent, type RecentState } from './recent.ts';
import type { Seat } from './wall.ts';

const share = (v: Span, at: Instant) => Math.min(1, Math.max(0, (at - v.from) / length(v)));
const percent = (n: number) => `${(n * 100).toFixed(2)}%`;

interface Props {
  seat: Seat;
  camera: Camera;
  hand: Hand;
  close?: (() => void) | undefined;
}

/** TileTimeline is the tile's own way from now to then: the last twenty minutes, and back. */
export function TileTimeline({ seat: { player }, camera, hand, close }: Props) {
  const t = useText();
  const state = useSyncExternalStore(player.subscribe, player.get);
  const recent = useRecent(camera, player);
  const past = state.want?.at !== null && state.mode.kind !== 'refused';
  const playing = state.mode.kind === 'past' ? state.mode.playing : state.mode.kind === 'live';
  const w = t.wall.time;
  return (
    <div data-still="" data-testid="tile-timeline" role="group" aria-label={w.label(camera.name)} className="absolute inset-x-0 bottom-0 rounded-b-4 bg-[#0d1115f0] px-2.5 pt-1 pb-1 text-white group-focus-visible/tile:pb-2.5">
      <div className="flex h-8 items-center gap-1 whitespace-nowrap @max-[340px]:h-7 @max-[340px]:gap-0.5">
        <Key icon="back10" label={w.back} press={() => hand.jump(-10 * SECOND)} />
        <Key icon="stepBack" label={w.stepBack} press={() => hand.step(-1)} wide />
        <Key icon={playing ? 'pause' : 'play'} label={playing ? w.pause : w.play} press={() => hand.toggle()} strong />
        <Key icon="stepForward" label={w.stepForward} press={() => hand.step(1)} wide off={!past} />
        <Key icon="forward10" label={w.forward} press={() => hand.jump(10 * SECOND)} off={!past} />
        <Moment player={player} past={past} />
        <span className="grow" />
        <OpenPast camera={camera} player={player} />
        {past && (
          <button type="button" onClick={() => hand.live()} className="flex h-7 items-center gap-1.5 rounded-6 bg-primary px-2.5 font-bold hover:bg-primary-hover focus-inside @max-[340px]:h-6 @max-[340px]:px-1.5 @max-[340px]:text-xs">{w.live}<span className="flex @max-[420px]:hidden"><Kbd>End</Kbd></span></button>
        )}
        {close && !past && <Key icon="close" label={w.close} press={close} />}
      </div>
      {recent && <Lane recent={recent} player={player} hand={hand} camera={camera} />}
    </div>
  );
}

/** useRecent follows the camera while the bar is there, around the moment on screen. */
function useRecent(camera: Camera, player: Player): Recent | null {
  const [recent, setRecent] = useState<Recent | null>(null);
  useEffect(() => {
    const r = new Recent(camera.id);
    const reveal = () => r.reveal(player.get().want?.at === null ? null : player.position());
    reveal();
    setRecent(r);
    const stop = onLook(reveal);
    return () => (stop(), r.close(), setRecent(null));
  }, [camera.id, player]);
  return recent;
}

function Key({ icon, label, press, strong = false, wide = false, off = false }: { icon: IconName; label: string; press: () => void; strong?: boolean; wide?: boolean; off?: boolean }) {
  return (
    <button type="button" aria-label={label} title={label} disabled={off} onClick={press}
      className={`grid size-7 flex-none place-items-center rounded-6 hover:bg-ink-3 focus-inside disabled:text-[#5b636d] disabled:hover:bg-transparent @max-[340px]:size-6 ${strong ? 'bg-ink-3' : ''} ${wide ? '@max-[400px]:hidden' : ''}`}><Icon name={icon} className="size-[18px]" /></button>
  );
}

/** Moment is the time of the picture on screen and how far back that is; written past React. */
function Moment({ player, past }: { player: Player; past: boolean }) {
  const t = useText();
  const time = useRef<HTMLElement>(null);
  const behind = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const put = (el: HTMLElement | null, text: string) => {
      if (el && el.textContent !== text) el.textContent = text;
    };
    const write = () => {
      const at = player.position() ?? player.picture()?.at ?? null;
      put(time.current, at === null ? '--:--:--' : clock(at));
      put(behind.current, at === null || !past ? '' : t.wall.time.behind(t.duration(Math.max(0, (serverClock.now() - at) / SECOND))));
    };
    write();
    const stops = [player.watch(write), player.subscribe(write), onLook(write)];
    return () => stops.forEach((stop) => stop());
  }, [player, past, t]);
  return (
    <span className="ml-1.5 flex min-w-0 items-baseline gap-2 @max-[340px]:ml-1">
      <b ref={time} data-testid="tile-moment" className="text-base @max-[340px]:text-[13px]" />
      <span ref={behind} className="truncate text-xs text-[#c4c8cd] @max-[470px]:hidden" />
    </span>
  );
}

/** OpenPast leads to the page of playback, at the moment on screen. */
function OpenPast({ camera, player }: { camera: Camera; player: Player }) {
  const t = useText();
  const address = () => {
    const at = player.get().want?.at === null ? serverClock.now() - MINUTE : (player.address() ?? serverClock.now());
    return link('playback', { cameras: camera.id, at: formatInstant(at).replace(/\.?0+Z$/, 'Z') });
  };
  return (
    <a href={link('playback', { cameras: camera.id })} onClick={(e) => ((e.currentTarget.href = address()), follow(e))} onAuxClick={(e) => (e.currentTarget.href = address())}
      aria-label={t.wall.time.open} title={t.wall.time.open} className="grid size-7 flex-none place-items-center rounded-6 text-[#c4c8cd] hover:bg-ink-3 focus-inside @max-[260px]:hidden"><Icon name="open" className="size-[18px]" /></a>
  );
}

function Lane({ recent, player, hand, camera }: { recent: Recent; player: Player; hand: Hand; camera: Camera }) {
  const t = useText();
  const state = useSyncExternalStore(recent.subscribe, recent.get);
  const scrub = useScrub(recent, player, hand);
  const w = t.wall.time;
  const at = player.position() ?? serverClock.now();
  return (
    <div role="slider" tabIndex={0} aria-label={w.slider} data-testid="tile-lane" aria-valuemin={0} aria-valuemax={1200} aria-valuenow={Math.round(share(state.view, at) * 1200)}
      aria-valuetext={player.get().want?.at === null ? t.view.live : clock(at)} {...scrub} className="relative mt-0.5 cursor-pointer touch-none rounded-4 pt-0.5 focus-inside">
      <Activity state={state} />
      <Bars state={state} />
      <Heads recent={recent} player={player} />
      <Ticks view={state.view} />
      {state.kind !== 'ready' && <p role="status" className="absolute inset-x-0 top-2.5 text-center text-xs leading-none text-[#e3e6ea]">{state.kind === 'loading' ? w.loading : w.failed}</p>}
      <span className="sr-only">{camera.name}</span>
    </div>
  );
}

/** Activity is where something moved, from the sizes of the pictures. */
function Activity({ state }: { state: RecentState }) {
  const { activity, view, until } = state;
  const width = (1000 * share(view, until)) / Math.max(1, activity.length);
  const bars = activity.map((v, i) => (v > 0 ? `M${(i * width).toFixed(1)} 20v${(-Math.max(1, (v / 1000) * 20)).toFixed(1)}h${(width * 0.6).toFixed(1)}V20z` : '')).join('');
  return <svg viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true" className="block h-3.5 w-full @max-[340px]:h-2.5"><path d={bars} fill="#9db7f9" /></svg>;
}

/** Bars are what is recorded, and in stripes what is missing. */
function Bars({ state: { record, view } }: { state: RecentState }) {
  const t = useText();
  const place = (s: Span, least = 0) => ({ left: percent(share(view, s.from)), width: `max(${least}px, ${percent(share(view, s.to) - share(view, s.from))})` });
  const within = (s: Span) => s.to > view.from && s.from < view.to;
  return (
    <div className="relative h-2 overflow-hidden rounded-[2px] bg-[#23282f]">
      {record?.spans.filter(within).map((s) => <span key={s.from} className="absolute inset-y-0 bg-[#4a63a8]" style={place(s)} />)}
      {record && explained(record.gaps).filter(within).map((g) => (
        <span key={g.from} title={t.wall.time.gap(t.causes[g.cause] ?? g.cause, t.duration(length(g) / SECOND))} className="gap-hatch absolute inset-y-0" style={place(g, 3)} />
      ))}
    </div>
  );
}

/** Heads are the playhead and the line of now; they move past React. */
function Heads({ recent, player }: { recent: Recent; player: Player }) {
  const head = useRef<HTMLSpanElement>(null);
  const now = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const move = (el: HTMLElement | null, at: Instant) => {
      const left = percent(share(recent.get().view, at));
      if (el && el.style.left !== left) el.style.left = left;
    };
    const write = () => {
      const time = serverClock.now();
      move(now.current, time);
      move(head.current, player.get().want?.at === null ? time : (player.position() ?? time));
    };
    write();
    const stops = [player.watch(write), player.subscribe(write), recent.subscribe(write), onLook(write)];
    return () => stops.forEach((stop) => stop());
  }, [recent, player]);
  return (
    <>
      <span ref={now} className="pointer-events-none absolute top-0 h-[26px] w-0.5 -translate-x-px bg-[#51b883] @max-[340px]:h-[22px]" />
      <span ref={head} className="playhead pointer-events-none absolute top-[-3px] h-[30px] w-0.5 -translate-x-px rounded-full bg-white @max-[340px]:h-[26px]" />
    </>
  );
}

/** Ticks are the full five minutes, and now. */
function Ticks({ view }: { view: Span }) {
  const t = useText();
  const marks: Instant[] = [];
  for (let at = floorTo(view.from, 5 * MINUTE) + 5 * MINUTE; at < view.to; at += 5 * MINUTE) marks.push(at);
  const now = share(view, serverClock.now());
  const clear = (x: number) => x > 0.03 && x < 0.97 && (now >= 1 || Math.abs(x - now) > 0.1);
  return (
    <div aria-hidden="true" className="relative mt-0.5 h-3.5 text-xs leading-[14px] text-[#b7bdc4] @max-[260px]:hidden">
      {marks.filter((at) => clear(share(view, at))).map((at) => <span key={at} className="absolute -translate-x-1/2" style={{ left: percent(share(view, at)) }}>{minutes(at)}</span>)}
      {now < 1 && <span className="absolute -translate-x-2/3 whitespace-nowrap text-green-300" style={{ left: percent(now) }}>{t.wall.time.now}</span>}
    </div>
  );
}

/** useScrub shows the picture under the pointer, exactly; let go, it runs on from there if it ran before. */
function useScrub(recent: Recent, player: Player, hand: Hand) {
  const drag = useRef<{ playing: boolean; next: Instant; frame: number } | null>(null);
  const moment = (e: PointerEvent<HTMLElement>): Instant => {
    const r = e.currentTarget.getBoundingClientRect();
    const { view } = recent.get();
    return Math.round(view.from + ((e.clientX - r.left) / r.width) * length(view));
  };
  const go = () => {
    if (!drag.current) return;
    drag.current.frame = 0;
    hand.seek(drag.current.next, true);
  };
  const soon = (e: PointerEvent<HTMLElement>) => {
    if (!drag.current) return;
    drag.current.next = moment(e);
    drag.current.frame ||= requestAnimationFrame(go);
  };
  return {
    onPointerDown: (e: PointerEvent<HTMLElement>) => {
      if (e.button !== 0) return;
      e.currentTarget.setPointerCapture(e.pointerId);
      const { mode } = player.get();
      drag.current = { playing: mode.kind !== 'past' || mode.playing, next: 0, frame: 0 };
      soon(e);
    },
    onPointerMove: soon,
    onPointerUp: () => {
      if (drag.current?.frame) go();
      if (drag.current?.playing) player.resume();
      drag.current = null;
    },
    onPointerCancel: () => (drag.current = null),
  };
}

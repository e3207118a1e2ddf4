import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type DragEvent, type PointerEvent, type ReactNode } from 'react';
import type { Camera } from '../api/types.ts';
import type { Player, State } from '../player/player.ts';
import { usePurpose } from '../purpose/purpose.tsx';
import { useText, type Text } from '../text/index.ts';
import { Badge, ageOf } from '../tile/Badge.tsx';
import { NoticeLine, Over } from '../tile/Over.tsx';
import { Viewer } from '../tile/Viewer.tsx';
import { Picture, PictureClock } from '../tile/Picture.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { dragged, type Drag } from './drag.ts';
import type { Hand } from './hand.ts';
import { TileTimeline } from './TileTimeline.tsx';
import type { Seat } from './wall.ts';

/** Deeds are what one may do with a tile besides looking at it. */
export interface Deeds {
  select: (place: number) => void;
  enlarge: (place: number) => void;
  take: (place: number) => void;
  drop: (place: number, d: Drag) => void;
  pull: (key: number | null) => void; // opens the timeline of a seat
}

export interface TileProps {
  place: number;
  selected: boolean;
  target: boolean; // what is being moved goes here
  area: { big: boolean; hidden: boolean };
  deeds: Deeds;
}

interface Playing extends TileProps {
  seat: Seat;
  camera: Camera;
  hand: Hand;
  pulled: boolean;
  overlay: boolean;
}

/** nameOf is what people call a camera: where it hangs, its name, its number. */
export function whole(t: Text, c: Camera): string {
  const floor = c.floor && t.rail.floor(c.floor);
  return t.wall.tile.name([floor, c.room && c.name.startsWith(c.room) ? '' : c.room, c.name, c.number]);
}

const roomy = 150; // px; in a lower tile the pointer alone opens nothing
const edgeHeight = 34;
const paneHeight = 88;

/** Tile is a picture on the wall. It is drawn anew when its state changes, never for a frame. */
export function Tile(props: Playing) {
  const { seat, camera, hand, place, selected, pulled, overlay, deeds } = props;
  const { player } = seat;
  const state = useSyncExternalStore(player.subscribe, player.get);
  const { ask } = usePurpose();
  const [near, setNear] = useState(false); // the pointer is at the lower edge
  const { mode, want } = state;
  const past = mode.kind === 'past';
  const open = hand.may && (pulled || near || (past && selected));
  const edge = mode.kind === 'live' && mode.pulse === 'late' ? 'shadow-[inset_0_0_0_2px_#ffd43d99]' : '';
  const live = want?.at !== null ? () => hand.live() : undefined;
  const nearness = (e: PointerEvent<HTMLElement>) => {
    if (e.buttons !== 0) return; // something is dragged
    const r = e.currentTarget.getBoundingClientRect();
    setNear(r.height > roomy && e.clientY > r.bottom - (open ? paneHeight : edgeHeight));
  };
  return (
    <Frame {...props} camera={camera} mode={mode.kind} stop={state} player={player} leave={() => setNear(false)} move={nearness}>
      <Picture player={player} fit="picture-fit" />
      <Over player={player} state={state} camera={camera} remedies={{ askPurpose: () => ask([camera]), ...(live ? { live } : { retry: () => want && player.show(want) }) }} />
      {edge && <div className={`pointer-events-none absolute inset-0 rounded-4 ${edge}`} />}
      <Head name={camera.name} number={camera.number}><Badge player={player} mode={mode} down={camera.state === 'stopped' && want?.at === null} /></Head>
      {!open && pictured(state) && (
        <div className="pointer-events-none absolute inset-x-0 bottom-0 flex items-end gap-3 rounded-b-4 bg-linear-to-b from-transparent to-black/65 px-2.5 pt-4 pb-1.5 text-xs whitespace-nowrap text-white @max-[260px]:px-1.5 @max-[260px]:pb-1">
          {overlay && <Viewer camera={camera} />}
          {overlay && <span className="ml-auto"><PictureClock player={player} /></span>}
        </div>
      )}
      <Buttons place={place} camera={camera} big={props.area.big} deeds={deeds} pull={hand.may ? () => deeds.pull(pulled ? null : seat.key) : null} />
      <NoticeLine state={state} className={open ? 'bottom-24' : 'bottom-8'} />
      {open && <TileTimeline seat={seat} camera={camera} hand={hand} close={pulled ? () => deeds.pull(null) : undefined} />}
    </Frame>
  );
}

/** pictured reports whether there is a picture to put names over. */
const pictured = ({ mode }: State) => mode.kind === 'past' || (mode.kind === 'live' && mode.pulse !== 'stopped');

interface FrameProps extends TileProps {
  camera: Camera | null;
  mode: string;
  player?: Player;
  stop?: State;
  move?: (e: PointerEvent<HTMLElement>) => void;
  leave?: () => void;
  children: ReactNode;
}

/** Frame is what every place with a camera has: a name, the focus, and that it can be moved. */
function Frame({ place, selected, target, area, deeds, camera, mode, player, stop, move, leave, children }: FrameProps) {
  const t = useText();
  const spoken = useSpoken(t, player ?? null, stop ?? null, camera);
  const [over, setOver] = useState(false);
  const drop = useDrop(place, deeds, setOver);
  const start = (e: DragEvent<HTMLElement>) => {
    if (!camera || grip.current?.closest('[data-still]')) return e.preventDefault();
    dragged.give(e.dataTransfer, { camera: camera.id, place }, `${camera.name} ${camera.number}`);
  };
  const grip = useRef<Element | null>(null);
  return (
    <section id={`tile-${place}`} role="group" tabIndex={0} aria-labelledby={`name-${place}`} data-place={place} data-mode={mode} data-camera={camera?.id}
      draggable={camera !== null} onPointerDownCapture={(e) => (grip.current = e.target as Element)} onDragStart={start} {...drop}
      onFocus={(e) => (deeds.select(place), e.target === e.currentTarget && spoken.refresh())} onDoubleClick={(e) => !(e.target as Element).closest('[data-still], button, a') && deeds.enlarge(place)}
      onPointerMove={move} onPointerLeave={leave}
      className={`group/tile relative min-h-0 min-w-0 overflow-hidden rounded-4 bg-ink-2 [container-type:size] focus-visible:shadow-none focus-visible:outline-0 ${area.hidden ? 'hidden' : ''}`}>
      <span ref={spoken.ref} id={`name-${place}`} className="sr-only">{camera ? whole(t, camera) : ''}</span>
      {children}
      {selected && <div className="pointer-events-none absolute inset-0 rounded-4 border-3 border-blue-400 group-focus-visible/tile:hidden" />}
      <div className="pointer-events-none absolute inset-0 hidden rounded-4 border-4 border-yellow-300 shadow-[inset_0_0_0_2px_#000] group-focus-visible/tile:block" />
      {(over || target) && <Landing place={place} />}
    </section>
  );
}

/** Landing marks where something being moved would go. */
function Landing({ place }: { place: number }) {
  const t = useText();
  return (
    <div data-testid="landing" className="pointer-events-none absolute inset-0 grid place-items-center rounded-4 border-4 border-dashed border-blue-300 bg-[#0a0c0fd9] text-white">
      <span className="flex items-center gap-2 rounded-8 bg-[#0d1115eb] px-3 py-1.5 font-bold"><Icon name="swap" />{t.wall.place(place + 1)}</span>
    </div>
  );
}

/** useDrop takes what is dragged here. */
function useDrop(place: number, deeds: Deeds, setOver: (over: boolean) => void) {
  return {
    onDragOver: (e: DragEvent) => {
      if (!dragged.is(e.dataTransfer)) return;
      e.preventDefault();
      setOver(true);
    },
    onDragLeave: (e: DragEvent) => !e.currentTarget.contains(e.relatedTarget as Node | null) && setOver(false),
    onDrop: (e: DragEvent) => {
      const d = dragged.take(e.dataTransfer);
      setOver(false);
      if (!d) return;
      e.preventDefault();
      deeds.drop(place, d);
    },
  };
}

/** useSpoken keeps the name a screen reader says: with the state, and the age of the picture as it is when the tile gets the focus. */
function useSpoken(t: Text, player: Player | null, state: State | null, camera: Camera | null) {
  const ref = useRef<HTMLSpanElement>(null);
  const kind = state?.mode.kind === 'live' ? state.mode.pulse : state?.mode.kind;
  const refresh = useCallback(() => {
    if (!ref.current || !camera) return;
    const { view } = t;
    const age = player && ageOf(player);
    const word = kind ? { fresh: view.live, late: view.late, stopped: view.stopped, past: view.past, lost: view.lost, refused: view.refused, opening: view.opening, idle: view.opening }[kind] : '';
    const aged = age !== null && (kind === 'fresh' || kind === 'late' || kind === 'past');
    const how = aged ? t.wall.tile.live(word, kind === 'past' ? view.ago(t.duration(age)) : t.seconds(age)) : word;
    ref.current.textContent = t.wall.tile.name([whole(t, camera), how]);
  }, [t, player, camera, kind]);
  useEffect(refresh, [refresh]);
  return { ref, refresh };
}

/** Head is the name over a picture. The name gives way last: the number goes first. */
export function Head({ name, number, children }: { name: string; number: string; children?: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 flex items-start gap-2 rounded-t-4 bg-linear-to-b from-black/75 to-transparent py-1.5 pr-1.5 pb-4 pl-2.5 whitespace-nowrap text-white @max-[260px]:gap-1 @max-[260px]:p-1 @max-[260px]:pb-3 @max-[260px]:pl-2">
      <span className="flex h-[22px] min-w-0 grow flex-wrap gap-x-2 overflow-hidden leading-[22px]">
        <b className="max-w-full truncate text-[15px] @max-[260px]:text-[13px]" title={name}>{name}</b>
        <span className="text-xs leading-[23px] text-[#dfe3e8]">{number}</span>
      </span>
      {children}
    </div>
  );
}

/** Buttons come with the pointer or the focus. */
function Buttons({ place, camera, big, deeds, pull }: { place: number; camera: Camera; big: boolean; deeds: Deeds; pull: (() => void) | null }) {
  const t = useText().wall.tile;
  return (
    <span data-still="" className="invisible absolute top-[33px] right-1.5 flex gap-1 group-focus-within/tile:visible group-hover/tile:visible @max-[260px]:top-7 @max-[260px]:right-1">
      {pull && <Small icon="history" label={t.timeLong(camera.name)} tip={t.time} press={pull} />}
      <Small icon={big ? 'shrink' : 'full'} label={(big ? t.shrinkLong : t.enlargeLong)(camera.name)} tip={big ? t.shrink : t.enlarge} press={() => deeds.enlarge(place)} />
      {!big && <Small icon="close" label={t.removeLong(camera.name)} tip={t.remove} press={() => deeds.take(place)} />}
    </span>
  );
}

export function Small({ icon, label, tip, press }: { icon: IconName; label: string; tip: string; press: () => void }) {
  return (
    <button type="button" aria-label={label} title={tip} onClick={press} className="grid size-6 place-items-center rounded-4 bg-[#0d1115d9] text-white hover:bg-ink-3 focus-inside"><Icon name={icon} className="size-4" /></button>
  );
}

/** Shut is a place whose camera plays nothing: it is not in operation yet, not known, or not for this post. */
export function Shut({ title, why, icon, camera, id, ...props }: TileProps & { title: string; why: string; icon: IconName; camera: Camera | null; id: string }) {
  const t = useText();
  return (
    <Frame {...props} camera={camera} mode="shut">
      <div className="hatch absolute inset-0 flex flex-col items-center justify-center gap-1 px-4 pt-5 text-center leading-[1.5] @max-[420px]:text-[13px] @max-[260px]:text-xs">
        <p className="flex items-center gap-2 text-lg font-bold text-[#c4c8cd] @max-[420px]:text-base @max-[260px]:text-[13px]"><Icon name={icon} className="size-5" />{title}</p>
        <p className="text-[#c4c8cd] @max-[230px]:hidden">{why}</p>
      </div>
      <Head name={camera?.name ?? id} number={camera?.number ?? ''} />
      <div className="absolute right-2 bottom-1.5 flex">
        <span data-still="" className="invisible group-focus-within/tile:visible group-hover/tile:visible"><Small icon="close" label={t.wall.tile.removeLong(camera?.name ?? id)} tip={t.wall.tile.remove} press={() => props.deeds.take(props.place)} /></span>
      </div>
    </Frame>
  );
}

/** Vacant is a place without a camera. */
export function Vacant({ place, selected, target, area, deeds }: TileProps) {
  const t = useText();
  const [over, setOver] = useState(false);
  return (
    <section id={`tile-${place}`} role="group" tabIndex={0} aria-label={`${t.wall.place(place + 1)} ${t.wall.empty}`} data-place={place} data-mode="empty"
      onFocus={() => deeds.select(place)} {...useDrop(place, deeds, setOver)}
      className={`group/tile relative grid min-h-0 min-w-0 place-items-center overflow-hidden rounded-4 border border-dashed border-line [container-type:size] focus-visible:shadow-none focus-visible:outline-0 ${area.hidden ? 'hidden' : ''}`}>
      <div className="flex flex-col items-center gap-1.5 px-4 text-center leading-[1.5] text-text-3">
        <Icon name="plus" className="size-6 stroke-[1.3] @max-[260px]:size-4" />
        <span className="@max-[260px]:text-xs">{t.wall.empty}</span>
        <span className="text-[13px] @max-[300px]:hidden">{t.wall.emptyHint}</span>
      </div>
      {selected && <div className="pointer-events-none absolute inset-0 rounded-4 border-3 border-blue-400 group-focus-visible/tile:hidden" />}
      <div className="pointer-events-none absolute inset-0 hidden rounded-4 border-4 border-yellow-300 shadow-[inset_0_0_0_2px_#000] group-focus-visible/tile:block" />
      {(over || target) && <Landing place={place} />}
    </section>
  );
}

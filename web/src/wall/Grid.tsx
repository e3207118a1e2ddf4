import { useLayoutEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import type { Camera } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { Picture } from '../tile/Picture.tsx';
import { parseInstant } from '../time/instant.ts';
import type { Hand } from './hand.ts';
import { stageElement } from './focus.ts';
import { tracks, type Grid as Shape } from './layout.ts';
import type { Size, Slot } from './slots.ts';
import { Shut, Tile, Vacant, type Deeds } from './Tile.tsx';
import type { Seat, Wall, WallState } from './wall.ts';

interface Props {
  players: Wall;
  slots: readonly Slot[];
  shape: Shape;
  big: number | null;
  selected: number | null;
  target: number | null;
  pulled: number | null;
  overlay: boolean;
  deeds: Deeds;
  handOf: (seat: Seat, camera: Camera) => Hand;
  size: Size;
  measure: (size: Size) => void;
}

/**
 * Grid is the stage. A tile belongs to a player and moves with it, so no picture starts anew where only
 * places change; players without a place stay, unseen, with their connection.
 */
export function Grid({ players, slots, shape, big, selected, target, pulled, overlay, deeds, handOf, size, measure }: Props) {
  const t = useText();
  const stage = useRef<HTMLDivElement>(null);
  const state = useSyncExternalStore(players.subscribe, players.get);
  useSize(stage, measure);
  const seats = seated(state, slots);
  const shown = new Set(seats.map((s) => s?.key));
  const spare = [...state.seats, ...state.spare].filter((s): s is Seat => s !== null && !shown.has(s.key));
  const tile = (slot: Slot, place: number): ReactNode => {
    const seat = seats[place];
    const base = { place, selected: place === selected, target: place === target, area: { big: big === place, hidden: big !== null && big !== place }, deeds };
    switch (slot.kind) {
      case 'empty':
        return <Vacant key={`place ${place}`} {...base} />;
      case 'unknown':
        return <Shut key={`place ${place}`} {...base} camera={null} id={slot.id} icon="lock" title={t.wall.tile.unknown} why={t.wall.tile.unknownWhy} />;
      case 'shut':
        return <Shut key={`place ${place}`} {...base} camera={slot.camera} id={slot.camera.id} {...shutWords(t, slot)} />;
      case 'open':
        if (!seat) return <Vacant key={`place ${place}`} {...base} />;
        return <Tile key={seat.key} {...base} seat={seat} camera={slot.camera} hand={handOf(seat, slot.camera)} pulled={pulled === seat.key} overlay={overlay} />;
    }
  };
  const grid = big === null ? shape : { columns: 1, rows: 1 };
  const { width, height } = tracks(grid, size);
  return (
    <div ref={stage} id={stageElement} className="relative grid min-h-0 grow place-content-center gap-1 bg-bg p-1" style={{ gridTemplateColumns: `repeat(${grid.columns}, ${width}px)`, gridTemplateRows: `repeat(${grid.rows}, ${height}px)` }}>
      {slots.map(tile)}
      {spare.map((s) => <div key={s.key} hidden><Picture player={s.player} fit="picture-fit" /></div>)}
    </div>
  );
}

/** seated finds the player of each place: the camera's own, else the one that will take it over. */
function seated(state: WallState, slots: readonly Slot[]): (Seat | null)[] {
  const all = [...state.seats, ...state.spare].filter((s): s is Seat => s !== null);
  const wanted = new Set(slots.map((s) => (s.kind === 'open' ? s.camera.id : '')));
  return slots.map((slot, place) => {
    if (slot.kind !== 'open') return null;
    const before = state.seats[place];
    return all.find((s) => s.camera === slot.camera.id) ?? (before && !wanted.has(before.camera) ? before : null);
  });
}

function shutWords(t: ReturnType<typeof useText>, { camera, why }: Extract<Slot, { kind: 'shut' }>) {
  const w = t.wall.tile;
  if (why === 'no-live') return { icon: 'lock', title: w.unknown, why: w.noLive } as const;
  const from = parseInstant(camera.since);
  return { icon: 'ring', title: w.planned, why: from > Date.now() * 1000 ? w.plannedFrom(t.calendar(from)) : w.plannedSoon } as const;
}

/** useSize tells how large the stage is, before it is first seen. */
function useSize(ref: { current: HTMLElement | null }, measure: Props['measure']) {
  useLayoutEffect(() => {
    const el = ref.current!;
    const look = () => measure({ width: el.clientWidth - 8, height: el.clientHeight - 8 });
    look();
    const watch = new ResizeObserver(look);
    watch.observe(el);
    return () => watch.disconnect();
  }, [ref, measure]);
}

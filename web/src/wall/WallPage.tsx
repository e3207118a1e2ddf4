import { useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Camera } from '../api/types.ts';
import { useCameras, usePerson } from '../person/person.ts';
import { useOverlay } from '../person/settings.ts';
import { usePurpose } from '../purpose/purpose.tsx';
import { useText, type Text } from '../text/index.ts';
import { useArrangement, type Arrangement } from './arrange.ts';
import { Empty, ListFailed } from './Empty.tsx';
import { Foot } from './Foot.tsx';
import { guess, prepared, settled } from './begin.ts';
import { Grid } from './Grid.tsx';
import { Hand } from './hand.ts';
import { KeyList } from './KeyList.tsx';
import { useKeys } from './keys.ts';
import { gridOf } from './layout.ts';
import { same } from './place.ts';
import { Rail, RailSkeleton } from './Rail.tsx';
import { Sets } from './sets.ts';
import { largeOf, shownOf, slotsOf } from './slots.ts';
import { Tools } from './Tools.tsx';
import { floorOf } from './tree.ts';
import { Wall, type Seat } from './wall.ts';

/** WallPage is the wall of live pictures. */
export default function WallPage() {
  const { session, desk } = usePerson();
  const list = useCameras();
  const cameras = list.kind === 'ready' ? list.cameras : null;
  const wall = useArrangement(session, cameras);
  if (cameras?.length === 0) return <Empty session={session} />;
  if (list.kind === 'failed') return <main className="flex min-h-0 grow"><ListFailed error={list.error} retry={() => void desk.cameras.load()} /></main>;
  return cameras && wall.place ? <Room cameras={cameras} wall={wall} /> : <Skeleton />;
}

function Room({ cameras, wall }: { cameras: readonly Camera[]; wall: Arrangement }) {
  const t = useText();
  const { session, desk } = usePerson();
  const { need } = usePurpose();
  const overlay = useOverlay();
  const players = usePlayers(desk);
  const [sets] = useState(() => new Sets());
  const [size, setSize] = useState(guess);
  const [help, setHelp] = useState(false);
  const [pulled, setPulled] = useState<number | null>(null);
  const { ids, selected } = wall;
  const place = wall.place!;

  const slots = useMemo(() => slotsOf(ids, cameras), [ids, cameras]);
  const shape = gridOf(place.layout, ids.length, size);
  const large = largeOf(place, ids.length, size);
  const shown = useMemo(() => shownOf(slots, place.big, large, session), [slots, place.big, large, session]);
  useLayoutEffect(() => players.show(shown), [players, shown]);
  const handOf = useHands(large || place.big !== null, need);

  const state = useSyncExternalStore(players.subscribe, players.get);
  const slot = selected === null ? undefined : slots[selected];
  const seat = selected === null ? null : state.seats[selected];
  const hand = slot?.kind === 'open' && seat?.camera === slot.camera.id ? handOf(seat, slot.camera) : null;
  const name = (at: number) => cameras.find((c) => c.id === ids[at])?.name ?? t.wall.place(at + 1);
  const moving = useKeys({ wall, grid: shape, hand, name, pull: () => seat && hand?.may && setPulled(pulled === seat.key ? null : seat.key), help: () => setHelp(true) });
  const there = slots.flatMap((s) => (s.kind === 'open' || s.kind === 'shut' ? [s.camera] : []));
  const deeds = { select: wall.select, enlarge: wall.enlarge, take: wall.take, drop: wall.drop, pull: setPulled };
  const saved = useSaved(sets, place.set);
  return (
    <>
      <div className="flex min-h-0 grow">
        <Rail cameras={cameras} wall={wall} sets={sets} />
        <main className="flex min-w-0 grow flex-col">
          <Tools wall={wall} players={players} sets={sets} saved={saved} shown={there} title={titleOf(t, wall, there, saved)} floor={floorButton(t, wall, cameras, there)} />
          <Grid players={players} slots={slots} shape={shape} big={place.big} selected={selected} target={moving?.to ?? null} pulled={pulled} overlay={overlay} deeds={deeds} handOf={handOf} size={size} measure={setSize} />
        </main>
      </div>
      <Foot shown={there} help={() => setHelp(true)} />
      <p role="status" className="sr-only">{wall.said}</p>
      {help && <KeyList close={() => setHelp(false)} />}
    </>
  );
}

/** usePlayers is the wall's players; they live as long as the page. */
function usePlayers(desk: ReturnType<typeof usePerson>['desk']): Wall {
  const [players] = useState(() => prepared() ?? new Wall());
  useEffect(() => {
    settled();
    players.ended(desk.ended);
    const stop = desk.listen((e) => {
      if (e.kind === 'away') players.suspect();
      if (e.kind === 'back') players.hurry();
    });
    return () => (stop(), players.close());
  }, [desk, players]);
  return players;
}

/** useHands is the hand of each tile; the same one while nothing about it changes. */
function useHands(large: boolean, need: ReturnType<typeof usePurpose>['need']): (seat: Seat, camera: Camera) => Hand {
  return useMemo(() => {
    const known = new Map<string, Hand>();
    return (seat, camera) => {
      const key = `${seat.key} ${camera.id} ${camera.actions.join()}`;
      const hand = known.get(key) ?? new Hand(seat.player, camera, large, need);
      known.set(key, hand);
      return hand;
    };
  }, [large, need]);
}

function useSaved(sets: Sets, id: string) {
  const state = useSyncExternalStore(sets.subscribe, sets.get);
  useEffect(() => {
    if (id) sets.need();
  }, [id, sets]);
  return state.kind === 'ready' ? (state.sets.find((s) => s.id === id) ?? null) : null;
}

const floorName = (t: Text, c: Camera) => [c.site_name, c.floor && t.rail.floor(c.floor)].filter(Boolean).join(' ');

/** titleOf is what the wall shows, in words: its name, or the floor. */
function titleOf(t: Text, wall: Arrangement, shown: readonly Camera[], saved: ReturnType<typeof useSaved>): string {
  if (saved && wall.place) return same(saved, wall.place) ? saved.name : saved.name + t.wall.changed;
  const floors = new Set(shown.map(floorOf));
  return floors.size === 1 && !wall.tour ? floorName(t, shown[0]!) : t.wall.page;
}

/** floorButton shows all cameras of the floor in focus. */
function floorButton(t: Text, wall: Arrangement, cameras: readonly Camera[], shown: readonly Camera[]) {
  const all = cameras.filter((c) => floorOf(c) === wall.floor);
  return all.length > 0 ? { name: floorName(t, all[0]!), whole: shown.every((c) => floorOf(c) === wall.floor), show: () => wall.line(all, 'floor') } : null;
}

function Skeleton() {
  const t = useText();
  return (
    <>
      <div className="flex min-h-0 grow">
        <RailSkeleton />
        <main className="flex min-w-0 grow flex-col">
          <div className="flex h-12 flex-none items-center border-b border-line bg-surface px-4 tight:h-[42px] tight:px-3"><h1 className="text-base">{t.wall.page}</h1></div>
          <div className="grid min-h-0 grow grid-cols-3 grid-rows-3 gap-1 p-1">{Array.from({ length: 9 }, (_, i) => <div key={i} className="rounded-4 bg-ink-2" />)}</div>
        </main>
      </div>
      <div className="h-[30px] flex-none border-t border-line bg-surface tight:h-[26px]" />
    </>
  );
}

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { SavedWall } from '../api/desk.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import { mayLive } from '../person/rights.ts';
import { useText } from '../text/index.ts';
import { go, useQuery } from '../url.ts';
import { Carousel } from './carousel.ts';
import type { Drag } from './drag.ts';
import { focusTile, onTile } from './focus.ts';
import { most, placesOf, type Layout } from './layout.ts';
import { free, put, read, reshape, seen, swap, take, turns, write, type Place } from './place.ts';
import { floorOf, pages } from './tree.ts';

export type Tour = { page: number; count: number; paused: boolean };

/** Arrangement is what is on the wall, and every way to change it. All changes go through the address. */
export interface Arrangement {
  place: Place | null; // null: not known yet
  ids: readonly string[]; // by place; "" is empty
  selected: number | null;
  floor: string | null; // the key of the floor in focus
  tour: Tour | null; // of the carousel
  said: string; // for screen readers

  select: (place: number | null) => void;
  look: (floor: string) => void;
  say: (text: string) => void;
  choose: (camera: string) => void; // from the rail
  drop: (place: number, d: Drag) => void;
  swap: (a: number, b: number) => void;
  take: (place: number) => void;
  enlarge: (place: number) => void;
  layout: (l: Layout) => void;
  line: (cameras: readonly Camera[], layout?: Layout) => void; // shows these
  open: (s: SavedWall) => void;
  named: (set: string) => void;
  every: (seconds: number | null) => void;
  turn: (by: 1 | -1) => void;
  pause: (paused: boolean) => void;
}

const remembered = (login: string) => `wall:${login}`;

export function useArrangement(session: SessionInfo, cameras: readonly Camera[] | null): Arrangement {
  const t = useText();
  const place = usePlace(session, cameras);
  const [picked, select] = useState<number | null>(null);
  const [looked, look] = useState<string | null>(null);
  const [said, say] = useState('');
  const mine = useMemo(() => (cameras ?? []).filter((c) => mayLive(c) && c.state !== 'planned'), [cameras]);
  const [carousel, tour, page] = useCarousel(place, mine);
  const ids = useMemo(() => (place ? (page ? seen({ ...place, cameras: page }) : seen(place)) : []), [place, page]);
  const selected = picked !== null && picked < ids.length ? picked : null;
  const name = useCallback((id: string | undefined) => cameras?.find((c) => c.id === id)?.name ?? id ?? '', [cameras]);
  const floor = looked ?? floorOfWall(cameras, ids, selected);

  // What is shown now, without the carousel: a change begins from there.
  const still = useMemo<Place | null>(() => place && (page ? { ...place, cameras: page, every: null } : place), [place, page]);
  const change = (next: Place, text: string) => {
    go(write(next));
    say(text);
  };
  const focusStays = (at: number) => {
    if (onTile() !== null) focusTile(at);
    if (selected !== null) select(at);
  };

  return {
    place, ids, selected, floor, tour, said, say,
    select: (at) => (select(at), at !== null && look(null)),
    look,
    choose: (id) => {
      if (!still) return;
      const was = ids.indexOf(id);
      if (was >= 0) return (select(was), say(t.wall.say.already(name(id), was + 1)));
      const room = free(still);
      const at = selected !== null && !(still.big !== null && still.big !== selected) ? selected : (still.big ?? room ?? ids.length - 1);
      const vacant = ids[at] === '' || at >= ids.length;
      const next = put(still, at, id);
      change(next, t.wall.say.put(name(id), at + 1));
      if (selected !== null && vacant) select(free(next) ?? at);
    },
    drop: (at, d) => still && change(put(still, at, d.camera), t.wall.say.put(name(d.camera), at + 1)),
    swap: (a, b) => {
      if (!still || a === b) return;
      change(swap(still, a, b), t.wall.say.swapped(name(ids[a]), t.wall.place(b + 1)));
      focusStays(b);
    },
    take: (at) => {
      if (!still || !ids[at]) return;
      const next = take(still, at);
      change(next, t.wall.say.taken(name(ids[at])));
      focusStays(Math.min(at, placesOf(next.layout, next.cameras.length) - 1));
    },
    enlarge: (at) => {
      if (!place || ids.length < 2 || !ids[at]) return;
      const big = place.big === at ? null : at;
      if (page) carousel?.pause(true);
      go(write({ ...(page ? { ...place, cameras: page, every: null } : place), big }));
      say(big === null ? t.wall.say.shrunk : t.wall.say.enlarged(name(ids[at])));
      focusStays(at);
    },
    layout: (l) => place && change(reshape(place, l), t.wall.say.layout(t.wall.layouts[l])),
    line: (list, l) => {
      const shown = list.filter((c) => c.actions.length > 0).slice(0, most).map((c) => c.id);
      select(null);
      change({ layout: l ?? fitting(shown.length), cameras: shown, big: null, set: '', every: null }, t.cameras(shown.length));
    },
    open: (s) => (select(null), change({ layout: s.layout, cameras: s.cameras, big: null, set: s.id, every: null }, s.name)),
    named: (set) => place && go(write({ ...place, set }), true),
    every: (seconds) => {
      if (!place) return;
      if (seconds === null) go(write(still ?? place));
      else go(write({ ...place, big: null, every: Math.min(turns.most, Math.max(turns.least, seconds)) }), place.every !== null);
    },
    turn: (by) => carousel?.turn(by),
    pause: (paused) => (carousel?.pause(paused), say(paused ? t.wall.say.paused : '')),
  };
}

/** fitting is the layout for so many cameras: one of the even ones where it comes out, else a grid that fits. */
const fitting = (n: number): Layout => (n === 1 || n === 4 || n === 9 || n === 16 || n === 25 ? (String(n) as Layout) : 'floor');

/** usePlace is what the address says. Without it one finds the wall one left on this computer, or the first cameras one has. */
function usePlace(session: SessionInfo, cameras: readonly Camera[] | null): Place | null {
  const query = useQuery();
  const place = useMemo(() => read(query), [query]);
  const key = remembered(session.login);
  useEffect(() => {
    if (place) localStorage.setItem(key, location.search);
    else if (cameras && cameras.length > 0 && location.pathname === '/wall') go(write(before(key, cameras) ?? first(cameras)), true);
  }, [place, cameras, key]);
  return place;
}

function before(key: string, cameras: readonly Camera[]): Place | null {
  const place = read(new URLSearchParams(localStorage.getItem(key) ?? ''));
  if (!place) return null;
  const known = place.cameras.map((id) => (cameras.some((c) => c.id === id) ? id : ''));
  return known.some(Boolean) ? { ...place, cameras: known, every: null } : null;
}

const atFirst = 9;

function first(cameras: readonly Camera[]): Place {
  const watched = cameras.filter(mayLive);
  const all = watched.length > 0 ? watched : cameras;
  const floor = all.length <= atFirst ? all : all.filter((c) => floorOf(c) === floorOf(all[0]!));
  const shown = floor.slice(0, atFirst).map((c) => c.id);
  return { layout: fitting(shown.length), cameras: shown, big: null, set: '', every: null };
}

function floorOfWall(cameras: readonly Camera[] | null, ids: readonly string[], selected: number | null): string | null {
  const id = (selected !== null && ids[selected]) || ids.find(Boolean);
  const c = cameras?.find((x) => x.id === id) ?? cameras?.[0];
  return c ? floorOf(c) : null;
}

/** useCarousel turns through all cameras one may watch, a wall at a time, while the address says so. */
function useCarousel(place: Place | null, cameras: readonly Camera[]): [Carousel | null, Tour | null, string[] | null] {
  const every = place?.every ?? null;
  const portion = place ? Math.min(25, placesOf(place.layout, place.layout === 'floor' ? 9 : 0)) : 1;
  const all = useMemo(() => pages(cameras, portion), [cameras, portion]);
  const [carousel, setCarousel] = useState<Carousel | null>(null);
  const on = every !== null && all.length > 0;
  useEffect(() => {
    if (!on) return;
    const c = new Carousel(1, 60, matchMedia('(prefers-reduced-motion: reduce)').matches);
    setCarousel(c);
    return () => (c.close(), setCarousel(null));
  }, [on]);
  useEffect(() => {
    if (every !== null) carousel?.change(all.length, every);
  }, [carousel, all.length, every]);
  const state = useSyncExternalStore(carousel?.subscribe ?? nothing, carousel?.get ?? stopped);
  const tour = useMemo(() => (on ? { page: Math.min(state.page, all.length - 1), count: all.length, paused: state.paused } : null), [on, state, all.length]);
  return [carousel, tour, tour ? all[tour.page]! : null];
}

const none = { page: 0, paused: true };
const stopped = () => none;
const nothing = () => () => undefined;

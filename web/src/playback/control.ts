import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { nextActivity } from '../api/activity.ts';
import { serverClock } from '../api/client.ts';
import type { Problem } from '../api/result.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import { useCameraOf, useCameras, usePerson } from '../person/person.ts';
import { mayPast, stated, wanted } from '../person/rights.ts';
import { usePurpose } from '../purpose/purpose.tsx';
import { DAY, MINUTE, type Instant } from '../time/instant.ts';
import { View } from '../timeline/view.ts';
import { go, link, pageOf, useQuery } from '../url.ts';
import type { Seat } from './follower.ts';
import { Holds } from './holds.ts';
import { Lanes } from './lanes.ts';
import { Notes } from './notes.ts';
import { grown, most, read, visible, write, type Layout, type Place } from './place.ts';
import { Preview } from './preview.ts';
import { Room } from './room.ts';

const nothingSaid = MINUTE; // ago: where one begins when the address names no moment
const keptDays = 30;

/** Control is what mouse and keyboard do in the room. The address leads; what is done here is written into it. */
export interface Control {
  room: Room;
  view: View;
  lanes: Lanes;
  notes: Notes;
  holds: Holds;
  preview: Preview;
  place: Place;
  cameras: readonly Camera[]; // in the room, as far as one may know of them
  unknown: readonly string[]; // ids of the address that are none
  reference: Camera | null;
  days: number; // footage is kept
  seek: (at: Instant, dragging?: boolean) => void;
  jump: (by: number) => void; // µs
  activity: (direction: 1 | -1) => Promise<Instant | null | Problem>;
  measureBy: (id: string) => void;
  arrange: (layout: Layout) => void;
  enlarge: (id?: string) => void; // and back again
  add: (ids: readonly string[]) => void;
  remove: (id: string) => void;
  open: (ids: readonly string[], layout?: Layout) => void;
  live: () => void;
  askPurpose: () => void;
  seatOf: (c: Camera, layout: Layout) => Seat;
}

export function useControl(): Control {
  const { session, desk } = usePerson();
  const list = useCameras();
  const cameraOf = useCameraOf();
  const query = useQuery();
  const place = useMemo(() => read(query), [query]);
  const parts = useParts(place, desk.ended);
  const { room, view } = parts;
  const known = list.kind === 'ready';
  const cameras = useMemo(() => place.cameras.map(cameraOf).filter((c) => c !== null), [place.cameras, cameraOf]);
  const reference = cameraOf(place.reference) ?? cameras[0] ?? null;
  const written = useRef(place.at);

  useEffect(() => desk.listen((e) => room.hear(e)), [desk, room]);
  useSeats(parts, place, cameras, session);
  useLed(parts, place, cameras.length > 0, written);
  const { askPurpose } = useAsked(known ? cameras : none, session);

  /** move changes the place and stays at the moment. */
  const move = useCallback((p: Partial<Place>, replace = false) => {
    written.current = place.cameras.length > 0 ? room.position() : place.at;
    go(write({ ...place, at: written.current, ...p }), replace);
  }, [place, room]);
  const seek = useCallback((at: Instant, dragging = false) => {
    room.seek(at, dragging);
    if (!dragging) view.reveal(at);
  }, [room, view]);
  const activity = useCallback(async (direction: 1 | -1) => {
    if (!reference) return null;
    const res = await nextActivity(reference.id, room.position(), direction);
    if (!res.ok) return res.error;
    if (res.value !== null) seek(res.value);
    return res.value;
  }, [reference, room, seek]);
  const enlarged = useRef<Layout>('4');
  return {
    ...parts, place, cameras, reference, seek, activity, askPurpose, seatOf: (c, layout) => seatOf(session, c, layout),
    unknown: known ? place.cameras.filter((id) => !cameraOf(id)) : none,
    days: Math.max(keptDays, ...cameras.map((c) => c.keep_days)),
    jump: (by) => seek(room.position() + by),
    measureBy: (id) => move({ reference: id }, true),
    arrange: (layout) => move({ layout, ...(layout === 'floor' && reference ? { cameras: floorOf(reference, list.kind === 'ready' ? list.cameras : none) } : {}) }),
    enlarge: (id) => {
      if (place.layout !== '1') enlarged.current = place.layout;
      move({ layout: place.layout === '1' ? enlarged.current : '1', ...(id && { reference: id }) });
    },
    add: (ids) => {
      const next = [...new Set([...place.cameras, ...ids])].slice(0, most);
      move({ cameras: next, layout: place.cameras.length === 0 ? read(new URLSearchParams({ cameras: next.join() })).layout : grown(place, next.length) });
    },
    remove: (id) => {
      const next = place.cameras.filter((c) => c !== id);
      move({ cameras: next, reference: id === place.reference ? (next[0] ?? '') : place.reference });
    },
    open: (ids, layout) => {
      const p = read(new URLSearchParams({ cameras: ids.join() }));
      move({ cameras: p.cameras, reference: p.reference, layout: layout ?? p.layout });
    },
    live: () => go(link('wall', { layout: place.layout, cameras: visible(place).join(',') })),
  };
}

const none: never[] = [];

type Parts = Pick<Control, 'room' | 'view' | 'lanes' | 'notes' | 'holds' | 'preview'>;

/** useParts are what lives as long as the page. */
function useParts(place: Place, ended: () => void): Parts {
  const [parts] = useState<Parts>(() => {
    const at = place.at ?? serverClock.now() - nothingSaid;
    const view = new View(() => serverClock.now(), keptDays * DAY);
    view.set(view.get(), at);
    return { room: new Room(ended, at), view, lanes: new Lanes(), notes: new Notes(), holds: new Holds(), preview: new Preview(ended) };
  });
  useEffect(() => () => {
    parts.room.close();
    parts.lanes.close();
    parts.notes.close();
    parts.holds.close();
    parts.preview.close();
  }, [parts]);
  return parts;
}

/** seatOf is how a camera is shown: the main stream where it is alone and may be seen. */
function seatOf(s: SessionInfo, c: Camera, layout: Layout): Seat {
  const want = wanted(s, c, null);
  const stream = layout === '1' || !c.streams.includes('sub') ? want.stream : 'sub';
  const refused = !mayPast(c) ? { status: 403, code: 'no-live', detail: '' } : !stated(s, c) ? { status: 400, code: 'purpose-required', detail: '' } : null;
  return { camera: c.id, stream, purpose: want.purpose, refused };
}

/** useSeats keeps the room, its lanes and its notes in line with the address. */
function useSeats({ room, lanes, notes, holds }: Parts, place: Place, cameras: readonly Camera[], session: SessionInfo) {
  const shown = visible(place);
  const seats = cameras.filter((c) => shown.includes(c.id)).map((c) => seatOf(session, c, place.layout));
  const key = JSON.stringify(seats);
  const floor = place.layout === 'floor';
  useEffect(() => room.seats(seats, place.reference, floor), [room, key, floor]);
  useEffect(() => room.reference(place.reference), [room, place.reference]);
  const past = cameras.filter(mayPast);
  const ids = past.map((c) => c.id).join();
  useEffect(() => {
    lanes.show(past);
    notes.show(past.map((c) => c.id));
  }, [lanes, notes, ids]);
  const mayHold = past.some((c) => c.actions.includes('hold'));
  useEffect(() => holds.show(mayHold), [holds, mayHold]);
}

/** useLed follows the address to a moment, and writes into it where one rests. */
function useLed({ room, view }: Parts, place: Place, any: boolean, written: { current: Instant | null }) {
  useEffect(() => {
    if (place.at === null || place.at === written.current) return;
    written.current = place.at;
    room.seek(place.at);
    view.reveal(place.at);
  }, [place.at, room, view, written]);
  const state = useSyncExternalStore(room.subscribe, room.get);
  const { playing, gathering } = state;
  useEffect(() => {
    if (!any || playing || gathering || pageOf(location.pathname) !== 'playback') return;
    const now = read(new URLSearchParams(location.search));
    written.current = room.position();
    go(write({ ...now, at: written.current }), true);
  }, [any, playing, gathering, state, room, written]);
}

/** useAsked asks for a purpose once for what is in the room. */
function useAsked(cameras: readonly Camera[], session: SessionInfo) {
  const { need, ask } = usePurpose();
  const past = cameras.filter(mayPast);
  const lacking = past.some((c) => !stated(session, c));
  const ids = past.map((c) => c.id).join();
  const asked = useRef('');
  useEffect(() => {
    if (!lacking || asked.current === ids) return;
    asked.current = ids;
    need(past, () => undefined);
  }, [lacking, ids, need]);
  return { askPurpose: () => ask(past.length > 0 ? past : cameras) };
}

/** floorOf are the cameras of the same floor whose past may be seen, the given one first among equals. */
export function floorOf(c: Camera, all: readonly Camera[]): string[] {
  return all.filter((o) => o.site === c.site && o.floor === c.floor && mayPast(o)).map((o) => o.id).slice(0, most);
}

/** nearTo are cameras of the same room, then of the same floor, that are not in the room yet. */
export function nearTo(c: Camera, all: readonly Camera[], without: readonly string[]): Camera[] {
  const there = all.filter((o) => o.site === c.site && o.floor === c.floor && mayPast(o) && !without.includes(o.id));
  return [...there.filter((o) => o.room === c.room), ...there.filter((o) => o.room !== c.room)];
}


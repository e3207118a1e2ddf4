import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { serverClock } from '../api/client.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import { Player } from '../player/player.ts';
import { SECOND, type Instant } from '../time/instant.ts';
import { mayLive, mayPast, stated, wanted } from '../person/rights.ts';
import { usePurpose } from '../purpose/purpose.tsx';
import { goTo, read, useSearch } from './place.ts';

const edge = 2 * SECOND; // nearer to now than this is live

/** Control is what mouse and keyboard do with the player: it keeps the URL, and asks for a purpose where the past needs one. */
export interface Control {
  player: Player;
  camera: Camera | null;
  choose: (id: string | null) => void;
  seek: (at: Instant) => void;
  jump: (by: number) => void; // µs
  live: () => void;
  toggle: () => void;
  rate: (rate: number) => void;
  step: (by: 1 | -1) => void;
  askPurpose: () => void;
}

export function useControl(player: Player, session: SessionInfo, cameras: readonly Camera[] | null): Control {
  const search = useSearch();
  const place = useMemo(() => read(search), [search]);
  const camera = cameras?.find((c) => c.id === place.camera) ?? null;
  const { need, ask } = usePurpose();
  const state = useSyncExternalStore(player.subscribe, player.get);
  const known = cameras !== null;
  const cameraID = camera?.id;

  // withPurpose runs f at once, or when a purpose has been chosen.
  const withPurpose = useCallback((f: (s: SessionInfo) => void) => {
    if (camera) need([camera], f);
  }, [camera, need]);

  const past = useCallback((at: Instant) => {
    if (!camera || !mayPast(camera)) return;
    withPurpose((s) => {
      const { want, mode } = player.get();
      const next = wanted(s, camera, at);
      const warm = want?.camera === camera.id && want.stream === next.stream && want.purpose === next.purpose && mode.kind !== 'refused' && mode.kind !== 'idle';
      if (warm) player.seek(at);
      else player.show(next);
      goTo({ camera: camera.id, at }, want?.at !== null);
    });
  }, [camera, player, withPurpose]);

  // The URL leads; what this page does itself, the player has done before.
  useEffect(() => {
    if (!known) return;
    const { want } = player.get();
    if (!place.camera) return player.stop();
    if (want?.camera === place.camera && want.at === place.at) return;
    if (!camera) return player.refuse({ camera: place.camera, stream: 'sub', at: place.at, purpose: '' }, { status: 404, code: 'no-camera', detail: '' });
    const next = wanted(session, camera, place.at);
    if (place.at === null ? !mayLive(camera) : !mayPast(camera)) return player.refuse(next, { status: 403, code: 'no-live', detail: '' });
    if (place.at !== null && !stated(session, camera)) {
      player.refuse(next, { status: 400, code: 'purpose-required', detail: '' });
      need([camera], (s) => player.show(wanted(s, camera, place.at), false));
      return;
    }
    player.show(next, place.at === null);
    // Only a change of place, and the arrival or loss of its camera, open anything.
  }, [place, known, cameraID, player]);

  // A paused picture is a place.
  const resting = state.mode.kind === 'past' && !state.mode.playing && !state.mode.seeking ? (state.want?.at ?? null) : null;
  useEffect(() => {
    const { want } = player.get();
    if (resting !== null && want && read(location.search).camera === want.camera) goTo({ camera: want.camera, at: resting }, true);
  }, [resting, player]);

  useEffect(() => {
    if (camera) upgrade(player, session, camera);
  }, [player, session, camera]);

  const live = useCallback(() => {
    if (!camera) return;
    const { mode } = player.get();
    if (mode.kind === 'refused' || mode.kind === 'idle') player.show(wanted(session, camera, null));
    else player.live();
    goTo({ camera: camera.id, at: null });
  }, [camera, player, session]);

  const jump = useCallback((by: number) => {
    const { want } = player.get();
    const base = want?.at === null ? serverClock.now() : player.position();
    if (base === null) return;
    if (base + by > serverClock.now() - edge) return want?.at === null ? undefined : live();
    past(base + by);
  }, [player, past, live]);

  const rate = useCallback((r: number) => {
    const { mode } = player.get();
    if (mode.kind === 'past') return player.rate(r);
    if (r < 0 && mode.kind === 'live') withPurpose(() => {
      const at = player.picture()?.at;
      if (at === undefined) return;
      past(at);
      player.rate(r);
    });
  }, [player, past, withPurpose]);

  const toggle = useCallback(() => {
    const { mode } = player.get();
    if (mode.kind === 'past' && mode.playing) return player.pause();
    if (mode.kind === 'past') return player.resume();
    if (mode.kind === 'live' && camera && mayPast(camera)) withPurpose(() => player.pause());
  }, [player, camera, withPurpose]);

  const step = useCallback((by: 1 | -1) => {
    if (player.get().mode.kind === 'live') toggle();
    else player.step(by);
  }, [player, toggle]);

  return {
    player, camera, seek: (at) => (at > serverClock.now() - edge ? live() : past(at)), jump, live, toggle, rate, step,
    choose: (id) => goTo({ camera: id, at: null }),
    askPurpose: () => camera && ask([camera]),
  };
}

/** upgrade opens the main stream once a purpose allows it. */
function upgrade(player: Player, s: SessionInfo, camera: Camera) {
  const { want, mode } = player.get();
  const next = wanted(s, camera, null);
  if (mode.kind === 'live' && want && want.stream !== next.stream) player.show(next);
}

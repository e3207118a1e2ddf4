import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { CamerasState } from '../api/cameras.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import type { Desk } from './desk.ts';

/** Person is who is signed in, and what every page may ask of them. */
export interface Person {
  session: SessionInfo;
  desk: Desk;
  change: (s: SessionInfo) => void; // the session, as the server answered it
  leave: (why: 'new' | 'ended', because?: string) => void;
  toggleLanguage: () => void;
}

export const PersonContext = createContext<Person | null>(null);

/** usePerson is the person signed in; only inside the frame. */
export function usePerson(): Person {
  const p = useContext(PersonContext);
  if (!p) throw new Error('nobody is signed in here');
  return p;
}

/** useCameras is the list of cameras and how it stands. */
export function useCameras(): CamerasState {
  const { cameras } = usePerson().desk;
  return useSyncExternalStore(cameras.subscribe, cameras.get);
}

const none: readonly Camera[] = [];

/** useKnown are the cameras, none until they are there. */
export function useKnown(): readonly Camera[] {
  const list = useCameras();
  return list.kind === 'ready' ? list.cameras : none;
}

/** useCameraOf finds cameras by id. */
export function useCameraOf(): (id: string) => Camera | null {
  const known = useKnown();
  return useMemo(() => {
    const byID = new Map(known.map((c) => [c.id, c]));
    return (id: string) => byID.get(id) ?? null;
  }, [known]);
}

export const holds = (s: SessionInfo, ...posts: string[]) => s.appointments.some((a) => posts.includes(a.post));

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import type { SessionInfo } from '../api/types.ts';
import { usePerson } from '../person/person.ts';

type Appointment = SessionInfo['appointments'][number];

/** Lost is what one could see and no longer can: posts that ended, and how many cameras. */
export interface Lost {
  posts: readonly Appointment[];
  cameras: number;
}

/** endedPosts are the posts of before that are not held any more. */
export const endedPosts = (before: readonly Appointment[], after: readonly Appointment[]) => before.filter((a) => !after.some((b) => b.post === a.post && b.unit === a.unit));

const settles = 300; // ms: the server tells of cameras one by one

/** useLost notices when cameras go that one could see, and asks the server which posts one still holds. */
export function useLost(): [Lost | null, () => void] {
  const { session, desk, change } = usePerson();
  const [lost, setLost] = useState<Lost | null>(null);
  const gone = useRef(0);
  const look = useEffectEvent(async () => {
    const cameras = gone.current;
    gone.current = 0;
    const res = await api.session();
    if (!res.ok) return; // whoever is signed out is told otherwise
    const posts = endedPosts(session.appointments, res.value.appointments);
    setLost((old) => ({ posts: [...(old?.posts ?? []), ...posts], cameras: (old?.cameras ?? 0) + cameras }));
    change(res.value);
  });
  useEffect(() => {
    let timer = 0;
    const stop = desk.listen((e) => {
      if (e.kind !== 'gone') return;
      gone.current++;
      clearTimeout(timer);
      timer = window.setTimeout(() => void look(), settles);
    });
    return () => (stop(), clearTimeout(timer));
  }, [desk]);
  return [lost, () => setLost(null)];
}

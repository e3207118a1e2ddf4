import { useCallback, useEffect, useRef, useState } from 'react';
import { duty, type Round, type Verdict } from '../api/duty.ts';
import type { Problem } from '../api/result.ts';
import { useCameraOf, usePerson } from '../person/person.ts';
import { mayPast, stated, wanted } from '../person/rights.ts';
import { Player } from '../player/player.ts';
import { usePurpose } from '../purpose/purpose.tsx';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { useToast } from '../ui/Toast.tsx';
import { go, link } from '../url.ts';
import { Contact } from './Contact.tsx';
import { Look } from './look.ts';
import { Moments } from './Moments.tsx';
import { unmarked } from './RoundPage.tsx';
import { RoundKeys } from './RoundKeys.tsx';
import { Scene } from './Scene.tsx';
import { useRoundKeys } from './keys.ts';
import { resultOf, sceneOf } from './why.ts';

/** dutyPurpose is what a view of the duty is for, where no other purpose was stated. */
export const dutyPurpose = 'deterrence_check';

/** Watching is a round being looked through. */
export function Watching({ round, n, put, again }: { round: Round; n: number; put: (r: Round) => void; again: () => void }) {
  const t = useText();
  const moment = round.moments.find((m) => m.n === n)!;
  const look = useLook();
  const { camera, askPurpose } = useScene(look, round, n);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const [reporting, setReporting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [helping, setHelping] = useState(false);
  const [toast, say] = useToast();
  const turn = useCallback((to: number) => {
    setRefusal(null);
    go(link('duty', { round: round.id, n: String(to) }), true);
  }, [round.id]);
  const next = useCallback((r: Round) => {
    const to = unmarked(r, n);
    if (to === null) go(link('duty', { round: r.id }), true);
    else turn(to);
  }, [n, turn]);
  const mark = async (result: Verdict) => {
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    const res = await duty.mark(round.id, n, result, moment.note);
    setBusy(false);
    if (!res.ok) return setRefusal(res.error);
    const marked = res.value.moments.find((m) => m.n === n)!;
    say(t.duty.round.marked(resultOf(t, marked)));
    put(res.value);
    if (result === 'fine' || marked.report) return next(res.value);
    look.pause();
    setReporting(true);
  };
  const close = (sent: boolean) => {
    setReporting(false);
    if (sent) again();
    next(round);
  };
  const step = (by: 1 | -1) => round.moments.some((m) => m.n === n + by) && turn(n + by);
  useRoundKeys(look, { mark: (v) => void mark(v), step, help: () => setHelping(true) });
  return (
    <div className="flex min-h-0 grow">
      <Moments round={round} n={n} turn={turn} />
      <Scene look={look} round={round} moment={moment} camera={camera} busy={busy} refusal={refusal} askPurpose={askPurpose} mark={(v) => void mark(v)} help={() => setHelping(true)} />
      {reporting && <Contact camera={moment.camera} at={parseInstant(moment.at)} round={round.id} moment={n} close={close} />}
      {helping && <RoundKeys close={() => setHelping(false)} />}
      {toast}
    </div>
  );
}

/** useLook is one warm session for the whole round. */
function useLook(): Look {
  const { desk } = usePerson();
  const [look] = useState(() => new Look(new Player(desk.ended), !matchMedia('(prefers-reduced-motion: reduce)').matches));
  useEffect(() => {
    const stop = desk.listen((e) => {
      if (e.kind === 'away') look.player.suspect();
      if (e.kind === 'back') look.player.hurry();
    });
    return () => (stop(), look.close());
  }, [desk, look]);
  return look;
}

/** useScene opens the moment one is at, once a purpose allows it. */
function useScene(look: Look, round: Round, n: number) {
  const { session } = usePerson();
  const { need } = usePurpose();
  const moment = round.moments.find((m) => m.n === n)!;
  const camera = useCameraOf()(moment.camera);
  const cameraID = camera?.id;
  const opened = useRef('');
  const open = useCallback(() => {
    if (!camera) return look.leave();
    const scene = sceneOf(moment);
    if (!mayPast(camera)) return look.player.refuse(wanted(session, camera, scene.at), { status: 403, code: 'no-live', detail: '' });
    if (!stated(session, camera)) look.player.refuse(wanted(session, camera, scene.at), { status: 400, code: 'purpose-required', detail: '' });
    need([camera], (s) => {
      const key = `${n} ${camera.id} ${s.purpose}`;
      if (opened.current === key) return;
      opened.current = key;
      look.open(wanted(s, camera, scene.at), scene);
    }, undefined, dutyPurpose);
    // What matters of camera and session is in the effect's own list.
  }, [look, n, camera, session, moment, need]);
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => latest.current(), [n, cameraID, session.purpose]);
  return { camera, askPurpose: () => latest.current() };
}

import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { serverClock } from '../api/client.ts';
import { Record } from '../api/record.ts';
import type { Camera } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { DAY, clock } from '../time/instant.ts';
import { geometry } from '../timeline/draw.ts';
import { explained, gapAt } from '../timeline/model.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import { sizes, View, type Size } from '../timeline/view.ts';
import { useTight } from '../ui/time.ts';
import type { Control } from './control.ts';
import { mayPast } from '../person/rights.ts';
import { Transport, keepFocus } from './Transport.tsx';

/** Kept is what is recorded of the camera on screen, and the stretch of it in view. */
export interface Kept {
  record: Record;
  view: View;
}

export const KeptContext = createContext<Kept | null>(null);
export const useKept = () => useContext(KeptContext);

/** useKeptOf follows one camera's record. */
export function useKeptOf(camera: Camera | null): Kept | null {
  const [kept, setKept] = useState<Kept | null>(null);
  const id = camera && mayPast(camera) ? camera.id : null;
  const days = camera?.keep_days ?? 0;
  useEffect(() => {
    if (id === null) return;
    const record = new Record(id, days);
    setKept({ record, view: new View(() => serverClock.now(), days * DAY) });
    return () => (record.close(), setKept(null));
  }, [id, days]);
  return kept;
}

/** TimePane is the timeline and the buttons of playback. It is as high without a camera as with one. */
export function TimePane({ camera, control }: { camera: Camera | null; control: Control }) {
  const t = useText();
  const tight = useTight();
  const kept = useKept();
  return (
    <>
      <section aria-label={t.timeline.label} className="flex flex-none border-t border-line bg-surface px-4 pb-1 tight:px-3" style={{ minHeight: geometry(1, tight).height + 5 }}>
        {camera && kept && <Lanes camera={camera} kept={kept} control={control} tight={tight} />}
        {!camera && <p className="m-auto text-[13px] text-text-3">{t.timeline.none}</p>}
        {camera && !mayPast(camera) && <p className="m-auto text-text-2">{t.timeline.noPast}</p>}
      </section>
      <Transport camera={camera} control={control} />
    </>
  );
}

const noMarks: never[] = [];
const noActivity: never[] = [];

function Lanes({ camera, kept, control, tight }: { camera: Camera; kept: Kept; control: Control; tight: boolean }) {
  const t = useText();
  const g = useMemo(() => geometry(1, tight), [tight]);
  const { player } = control;
  const state = useSyncExternalStore(kept.record.subscribe, kept.record.get);
  const { want } = useSyncExternalStore(player.subscribe, player.get);
  useFollowing(control, kept.view);
  const data = state.kind === 'ready' ? state.data : null;
  const at = player.position() ?? serverClock.now();
  const gap = data ? gapAt(explained(data.gaps), at) : undefined;
  const where = want?.at === null ? t.view.live : `${t.date(at)} ${clock(at)}`;
  const shown = () => ({ lanes: [{ record: data, activity: noActivity, current: true }], kept: data, marks: noMarks, at: player.position(), scroll: 0 });
  return (
    <>
      <div className="relative w-[180px] flex-none tight:w-[164px]" style={{ height: g.height }}>
        <Sizes view={kept.view} at={() => (player.get().want?.at === null ? null : player.position())} />
        <p className="absolute flex items-baseline gap-2 truncate pr-3 font-bold tight:text-[13px]" style={{ top: g.head + g.rows.h / 2 - 9 }}>{t.timeline.lane}<span className="text-xs font-normal text-text-3">{camera.number}</span></p>
        <p className="absolute flex items-baseline gap-2 font-bold tight:text-[13px]" style={{ top: g.overview.y + g.overview.h / 2 - 9 }}>{t.timeline.overview(camera.keep_days)}<span className="text-xs font-normal text-text-3">{t.timeline.overviewNote}</span></p>
      </div>
      <div className="relative min-w-0 grow">
        <Timeline view={kept.view} days={camera.keep_days} g={g} shown={shown} seek={control.seek} disabled={!mayPast(camera)}
          valueText={gap ? `${where} ${t.timeline.gapAt(t.causes[gap.cause] ?? gap.cause)}` : where} />
        {state.kind !== 'ready' && (
          <p role="status" className="pointer-events-none absolute inset-x-0 text-center text-xs leading-none text-text-2" style={{ top: g.head + g.rows.pad + g.rows.strip }}>
            {state.kind === 'loading' ? t.timeline.loading : t.timeline.failed}
          </p>
        )}
      </div>
    </>
  );
}

/** useFollowing keeps the playhead in view: now while live, the moment on screen in the past. */
function useFollowing({ player }: Control, view: View) {
  const live = useSyncExternalStore(player.subscribe, () => player.get().want?.at === null);
  useEffect(() => {
    if (live) return view.follow();
    const reveal = () => {
      const at = player.position();
      if (at !== null) view.reveal(at);
    };
    reveal();
    const timer = setInterval(reveal, 500);
    return () => clearInterval(timer);
  }, [live, player, view]);
}

function Sizes({ view, at }: { view: View; at: () => number | null }) {
  const t = useText();
  const size = useSyncExternalStore(view.subscribe, view.get);
  return (
    <div role="group" aria-label={t.timeline.zoom} onMouseDown={keepFocus} className="absolute top-1.5 left-0 inline-flex overflow-hidden rounded-8 border border-line bg-raised text-xs tight:top-1">
      {(Object.keys(sizes) as Size[]).map((s) => (
        <button key={s} type="button" aria-pressed={size === sizes[s]} onClick={() => view.set(sizes[s], at())}
          className="h-[26px] border-r border-line px-1.5 whitespace-nowrap text-text-2 last:border-0 hover:bg-soft focus-inside aria-pressed:bg-accent-soft aria-pressed:font-bold aria-pressed:text-accent aria-pressed:shadow-[inset_0_-2px_0_currentColor] tight:h-6 tight:px-[3px]">{t.timeline.spans[s]}</button>
      ))}
    </div>
  );
}

import { useEffect, useRef, type ReactNode } from 'react';
import type { PlanDrawing } from '../api/plans.ts';
import { useCameraOf, useKnown } from '../person/person.ts';
import { Plan } from '../plan/Plan.tsx';
import { PlanLegend } from '../plan/PlanLegend.tsx';
import { usePlans } from '../plan/plans.ts';
import { useText } from '../text/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { Bones } from '../ui/Nothing.tsx';
import type { Arrangement } from './arrange.ts';
import { floorOf } from './tree.ts';

const keyOf = (p: PlanDrawing) => (p.floor ? `${p.site}/${p.floor}` : p.site);
const aspect = 1.85; // of the box; floors take turns in it

/** FloorPlan is the plan of the floor in focus, small, at the foot of the rail. */
export function FloorPlan({ wall }: { wall: Arrangement }) {
  const t = useText();
  const state = usePlans();
  const plan = state.kind === 'ready' ? state.plans.find((p) => keyOf(p) === wall.floor) : undefined;
  const camera = useKnown().find((c) => floorOf(c) === wall.floor);
  const name = plan?.name ?? (camera && [camera.site_name, camera.floor && t.rail.floor(camera.floor)].filter(Boolean).join(' '));
  const here = plan?.cameras.filter((c) => wall.ids.includes(c.id)).length ?? 0;
  if (!name || (state.kind === 'ready' && state.plans.length === 0)) return null;
  return (
    <section aria-label={t.wall.rail.plan} className="flex flex-none flex-col gap-2 border-t border-line p-3 tight:gap-1 tight:p-2">
      <div className="flex min-h-5 items-baseline gap-2">
        <h2 className="min-w-0 grow truncate text-sm" title={name}>{name}</h2>
        {plan && <span className="flex-none text-xs text-text-3">{t.wall.rail.here(here)}</span>}
      </div>
      {plan ? <OnWall plan={plan} wall={wall} /> : <p className={`grid w-full place-items-center rounded-6 text-[13px] text-text-3 ${state.kind === 'loading' ? 'bone' : 'bg-raised'}`} style={{ aspectRatio: aspect }}>{state.kind === 'loading' ? '' : state.kind === 'failed' ? t.wall.rail.planFailed : t.wall.rail.noPlan}</p>}
      <PlanLegend className="flex-wrap gap-y-0.5! tight:gap-2" names={t.wall.rail.legend} />
    </section>
  );
}

function OnWall({ plan, wall, fixed = true }: { plan: PlanDrawing; wall: Arrangement; fixed?: boolean }) {
  const selected = wall.selected === null ? '' : wall.ids[wall.selected];
  return <Plan plan={plan} {...(fixed && { aspect })} selected={selected ? [selected] : []} shown={wall.ids} choose={wall.choose} />;
}

/** Plans are all floors one may know of, to choose cameras from. */
export function Plans({ wall }: { wall: Arrangement }): ReactNode {
  const t = useText();
  const state = usePlans();
  const cameraOf = useCameraOf();
  const list = useRef<HTMLUListElement>(null);
  const ready = state.kind === 'ready';
  useEffect(() => {
    if (ready) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'start' });
  }, [ready, wall.floor]);
  if (state.kind === 'loading') return <Bones rows={5} />;
  if (state.kind === 'failed' || state.plans.length === 0) return <p className="px-4 py-6 text-center leading-[1.7] text-text-2">{state.kind === 'failed' ? t.wall.rail.planFailed : t.wall.rail.noPlan}</p>;
  return (
    <>
      <ul ref={list} aria-label={t.wall.rail.plan} className="min-h-0 grow overflow-y-auto px-3 pb-3 tight:px-2">
        {state.plans.map((p) => {
          const cameras = p.cameras.flatMap((s) => cameraOf(s.id) ?? []);
          return (
            <li key={p.id} aria-current={keyOf(p) === wall.floor || undefined} className="flex flex-col gap-1 border-b border-soft py-2 last:border-b-0">
              <div className="flex items-center gap-2">
                <h2 className="min-w-0 grow truncate text-sm" title={p.name}>{p.name}</h2>
                <button type="button" aria-label={t.wall.rail.show(p.name)} onClick={() => (wall.look(keyOf(p)), wall.line(cameras, 'floor'))} className="flex h-6 flex-none items-center gap-1 rounded-6 border border-line bg-raised px-1.5 text-xs hover:bg-soft"><Icon name="grid" className="size-3.5" />{t.wall.rail.showShort}</button>
              </div>
              <OnWall plan={p} wall={wall} fixed={false} />
            </li>
          );
        })}
      </ul>
      <div className="flex-none border-t border-line p-2"><PlanLegend className="flex-wrap gap-y-0.5! tight:gap-2" names={t.wall.rail.legend} /></div>
    </>
  );
}

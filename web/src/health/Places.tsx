import type { PlanMark } from '../plan/mark.ts';
import { Plan } from '../plan/Plan.tsx';
import { PlanLegend } from '../plan/PlanLegend.tsx';
import { usePlans } from '../plan/plans.ts';
import { useText } from '../text/index.ts';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { Place, Row } from './model.ts';
import { kindOf, looks, placeName } from './words.ts';

interface Props {
  places: readonly Place[]; // what matters first on top
  chosen: string; // "": all
  choose: (key: string) => void;
  marked: string; // camera
  open: (id: string) => void;
  hover: (id: string | null) => void;
}

const aspect = 1000 / 640;

/** Places is the plan of one place with states, and the list of places with what is worst in each. */
export function Places({ places, chosen, choose, marked, open, hover }: Props) {
  const t = useText();
  const w = t.health.places;
  const plans = usePlans();
  const planOf = (p: Place) => (plans.kind === 'ready' ? plans.plans.find((x) => x.site === p.site && x.floor === p.floor) : undefined);
  const shown = places.find((p) => p.key === chosen) ?? places.find((p) => p.rows.some((r) => r.camera.id === marked)) ?? places.find(planOf) ?? places[0];
  const plan = shown && planOf(shown);
  const rowOf = new Map(places.flatMap((p) => p.rows.map((r) => [r.camera.id, r] as const)));
  const mark = (id: string): PlanMark => marks[rowOf.get(id)?.level ?? 'planned'];
  return (
    <Card title={shown ? placeName(t, shown) : w.title} className="min-[1080px]:h-full" body="flex flex-col"
      tools={shown && <PlanLegend counts={count(shown)} names={{ late: t.health.kpi.attention }} className="tight:gap-2" />}>
      <div className="flex-none px-4 py-2 tight:px-3">
        {plan
          ? <Plan plan={plan} aspect={aspect} selected={marked ? [marked] : []} mark={(c) => mark(c.id)} say={(c) => (rowOf.has(c.id) ? t.health.words[kindOf(rowOf.get(c.id)!)] : t.state[c.state]!)} choose={open} hover={hover} />
          : <p role="status" className="grid w-full place-items-center rounded-6 bg-raised text-[13px] text-text-3" style={{ aspectRatio: aspect }}>{plans.kind === 'loading' ? w.planLoading : plans.kind === 'failed' ? w.planFailed : w.noPlan}</p>}
      </div>
      <ul aria-label={w.label} className="grid min-h-0 auto-rows-[30px] content-start overflow-y-auto px-4 pb-2.5 tight:auto-rows-[26px] tight:px-3 tight:pb-1.5 max-[1079px]:overflow-visible">
        <PlaceItem name={w.all} on={chosen === ''} choose={() => choose('')} count={places.reduce((n, p) => n + p.rows.length, 0)} row={null} />
        {places.map((p) => <PlaceItem key={p.key} name={placeName(t, p)} on={p.key === chosen} choose={() => choose(p.key === chosen ? '' : p.key)} count={p.rows.length} row={p.rows[0]!} />)}
      </ul>
    </Card>
  );
}

const marks: Record<Row['level'], PlanMark> = { fine: 'live', attention: 'late', stopped: 'stopped', planned: 'planned' };

function count(p: Place): Partial<Record<PlanMark, number>> {
  const out: Partial<Record<PlanMark, number>> = {};
  for (const r of p.rows) out[marks[r.level]] = (out[marks[r.level]] ?? 0) + 1;
  return out;
}

function PlaceItem({ name, on, choose, count: n, row }: { name: string; on: boolean; choose: () => void; count: number; row: Row | null }) {
  const t = useText();
  const kind = row && kindOf(row);
  return (
    <li className="min-w-0 border-t border-soft">
      <button type="button" aria-pressed={on} onClick={choose} title={name} className="flex size-full items-center gap-1.5 rounded-4 text-left whitespace-nowrap hover:bg-raised focus-inside aria-pressed:font-bold aria-pressed:text-accent tight:text-[13px]">
        <span className="min-w-0 grow truncate">{name}</span>
        {kind && <span className={`inline-flex flex-none items-center gap-1 text-[13px] font-bold ${looks[kind].tone}`}><Icon name={looks[kind].icon} className="size-3.5" />{t.health.words[kind]}</span>}
        <span className="w-9 flex-none text-right text-text-3">{t.cameras(n)}</span>
      </button>
    </li>
  );
}

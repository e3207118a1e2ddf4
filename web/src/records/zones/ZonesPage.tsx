import { useState, type ReactNode } from 'react';
import { every, printed, zonePlans } from '../../api/forms.ts';
import type { PlanDrawing } from '../../api/plans.ts';
import { records, type Kind, type Record } from '../../api/records.ts';
import { useAnswer } from '../../person/answer.ts';
import { useText } from '../../text/index.ts';
import { follow } from '../../url.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../../ui/Nothing.tsx';
import { Page } from '../../ui/Page.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { Form } from '../Form.tsx';
import { to, type Place } from '../place.ts';
import { useDrawing } from './drawing.ts';
import { Editor } from './Editor.tsx';
import { Floor } from './Floor.tsx';
import { ZoneLegend } from './Looks.tsx';
import { written, zonesOf, type Outline, type Zone } from './outline.ts';
import { ZoneFacts, ZoneList } from './ZoneList.tsx';

interface Props {
  kind: Kind;
  place: Place;
  change: (change: Partial<Place>) => void;
  rail: ReactNode;
}

const link = 'inline-flex h-9 items-center gap-1.5 rounded-8 border border-line bg-raised px-3 whitespace-nowrap text-text hover:bg-soft tight:h-8';

/** ZonesPage is the zones of the ward on its floor plans: what applies where, and the outlines of one's own. */
export function ZonesPage({ kind, place, change, rail }: Props) {
  const t = useText();
  const z = t.zones;
  const [toast, say] = useToast();
  const { answer, again } = useAnswer('zone plans', async (s) => {
    const [plans, zones, terminals, exceptions] = await Promise.all([zonePlans(s), every('zone', '', s), every('terminal', 'in_use', s), every('device-exception', 'valid', s)]);
    if (!plans.ok) return plans;
    if (!zones.ok) return zones;
    if (!terminals.ok) return terminals;
    return exceptions.ok ? { ok: true as const, value: { plans: plans.value.plans, zones: zonesOf(kind, zones.value, terminals.value, exceptions.value) } } : exceptions;
  });
  const ready = answer.kind === 'ready' ? answer.value : null;
  const on = (plan: PlanDrawing) => ready?.zones.filter((x) => x.plan === plan.id).length ?? 0;
  const plan = ready && (ready.plans.find((p) => p.id === place.month) ?? ready.plans.find((p) => ready.zones.some((x) => x.writes && x.plan === p.id)) ?? ready.plans.find((p) => on(p) > 0) ?? ready.plans[0]);
  return (
    <Page title={z.page} lead={z.lead} tools={
      <>
        {ready && plan && <Select aria-label={z.plan} value={plan.id} onChange={(e) => change({ month: e.target.value, record: '' })}>{ready.plans.map((p) => <option key={p.id} value={p.id}>{z.planOption(p.name, on(p))}</option>)}</Select>}
        {plan && on(plan) > 0 && <a className={link} href={printed('zone', 'plan', { where: `plan:${plan.id}` })} target="_blank" rel="noopener" title={t.forms.opens}><Icon name="print" className="size-4" />{z.printPlan}</a>}
        <a className={link} href={to('zone')} onClick={follow}><Icon name="list" className="size-4" />{z.list}</a>
      </>
    }>
      <div className="grid min-h-0 grow grid-cols-[216px_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[900px]:grid-cols-1">
        {rail}
        {answer.kind === 'loading' && <Card title={z.plan}><Bones rows={8} /></Card>}
        {answer.kind === 'failed' && <Card title={z.plan}><Failed error={answer.error} retry={again} /></Card>}
        {ready && (plan ? <OnPlan key={plan.id} kind={kind} plan={plan} zones={ready.zones} chosen={place.record} choose={(record) => change({ record })} done={() => (again(), say(z.edit.saved))} /> : <Card title={z.plan}><Nothing icon="list" title={z.none} /></Card>)}
      </div>
      {toast}
    </Page>
  );
}

type Doing = { what: 'look' } | { what: 'draw'; zone: Zone | null } | { what: 'write'; outline: Outline };

function OnPlan({ kind, plan, zones, chosen, choose, done }: { kind: Kind; plan: PlanDrawing; zones: readonly Zone[]; chosen: string; choose: (record: string) => void; done: () => void }) {
  const t = useText();
  const z = t.zones;
  const [looked, look] = useState('');
  const [doing, setDoing] = useState<Doing>({ what: 'look' });
  const here = zones.filter((x) => x.plan === plan.id && x.outline.length > 2);
  const undrawn = zones.filter((x) => x.writes && (x.plan === '' || x.outline.length < 3));
  const zone = zones.find((x) => x.record.id === (looked || chosen)) ?? null;
  const stop = () => setDoing({ what: 'look' });
  const saved = (r: Record) => (stop(), choose(r.id), done());
  const finished = async (target: Zone | null, outline: Outline, reason: string): Promise<string> => {
    if (!target) return setDoing({ what: 'write', outline }), '';
    const res = await records.change(target.record, { plan: plan.id, outline: written(outline) }, reason);
    if (res.ok) return saved(res.value), '';
    return res.error.fields?.map((p) => p.text[t.lang] || p.text.ja).join(' ') ?? (res.error.status === 0 ? t.noAnswer : res.error.detail);
  };
  if (doing.what === 'draw') return <Drawn plan={plan} zones={here} zone={doing.zone} kind={kind} finished={(o, reason) => finished(doing.zone, o, reason)} cancel={stop} />;
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_minmax(300px,360px)] gap-4 tight:gap-2.5 max-[1100px]:grid-cols-1">
      <Card title={plan.name} className="self-start" body="flex flex-col gap-3 px-4 py-4 tight:px-3 tight:py-3">
        <Floor plan={plan} zones={here} chosen={chosen} look={look} choose={choose} drawing={null} />
        <ZoneLegend cameras={plan.cameras.length > 0} />
      </Card>
      <section aria-label={z.here} className="flex min-h-0 flex-col rounded-8 border border-line bg-surface">
        {doing.what === 'write' ? (
          <Form kind={kind} record={null} open begin={{ unit: kind.units[0]?.id ?? '', values: { floor: plan.floor || plan.site_name, plan: plan.id, outline: written(doing.outline) } }} done={saved} cancel={stop} />
        ) : (
          <>
            <ZoneFacts zone={zone} draw={(x) => setDoing({ what: 'draw', zone: x })} />
            <ZoneList here={here} undrawn={undrawn} chosen={chosen} choose={choose} look={look} />
            {kind.writes && <div className="flex-none border-t border-soft px-4 py-3 tight:px-3 tight:py-2"><Button look="primary" onClick={() => setDoing({ what: 'draw', zone: null })}><Icon name="plus" className="size-4" />{z.add}</Button></div>}
          </>
        )}
      </section>
    </div>
  );
}

/** Drawn is the plan with an outline in the making, and its numbers. */
function Drawn({ plan, zones, zone, kind, finished, cancel }: { plan: PlanDrawing; zones: readonly Zone[]; zone: Zone | null; kind: Kind; finished: (o: Outline, reason: string) => Promise<string>; cancel: () => void }) {
  const z = useText().zones;
  const { drawing, outline, set, shape, setShape } = useDrawing(plan, zone?.plan === plan.id ? zone.outline : []);
  const title = zone ? z.edit.title(zone.room) : z.edit.fresh;
  const state = kind.states.find((s) => s.id === zone?.record.state);
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_minmax(300px,360px)] gap-4 tight:gap-2.5 max-[1100px]:grid-cols-1">
      <Card title={plan.name} className="self-start" body="flex flex-col gap-3 px-4 py-4 tight:px-3 tight:py-3">
        <Floor plan={plan} zones={zones} chosen={zone?.record.id ?? ''} look={() => undefined} choose={() => undefined} drawing={drawing} />
        <ZoneLegend cameras={plan.cameras.length > 0} />
      </Card>
      <section aria-label={title} className="flex min-h-0 flex-col rounded-8 border border-line bg-surface">
        <h2 className="flex h-11 flex-none items-center border-b border-soft px-4 text-base tight:h-[38px] tight:px-3 tight:text-[15px]"><span className="truncate">{title}</span></h2>
        <Editor plan={plan} title={title} outline={outline} set={set} shape={shape} setShape={setShape} correcting={zone !== null && !state?.open} fresh={zone === null} save={(reason) => finished(outline, reason)} cancel={cancel} />
      </section>
    </div>
  );
}

import { useState } from 'react';
import { file, records, type Kind, type Record } from '../api/records.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { seesFigures, seesProofs } from '../person/roles.ts';
import { useText } from '../text/index.ts';
import { follow } from '../url.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { useToast } from '../ui/Toast.tsx';
import { CodePage } from './CodePage.tsx';
import { CopyDialog } from './CopyDialog.tsx';
import { FiguresPage } from './figures/FiguresPage.tsx';
import { Form } from './Form.tsx';
import { FormsMenu } from './FormsMenu.tsx';
import { InductionBatch } from './InductionBatch.tsx';
import { List } from './List.tsx';
import { Owed } from './Owed.tsx';
import { Paper } from './Paper.tsx';
import { ProofsPage } from './proofs/ProofsPage.tsx';
import { PatrolMonth } from './patrols/PatrolMonth.tsx';
import { AwarenessWeeks } from './weeks/AwarenessWeeks.tsx';
import { ZonesPage } from './zones/ZonesPage.tsx';
import { to, usePlace } from './place.ts';
import { Sheet } from './Sheet.tsx';
import { TakeDialog } from './TakeDialog.tsx';

/** groups are the kinds as the navigation shows them; a kind that is in none stands in the last. */
const groups = {
  daily: ['patrol', 'patrol-slot', 'patrol-designation', 'awareness', 'awareness-material', 'finding'],
  staff: ['induction', 'training-material', 'memo-policy', 'memo-issue', 'device-exception', 'official-mobile'],
  place: ['business-calendar', 'zone', 'terminal', 'information-system', 'regulation'],
  isms: ['isms-scope', 'isms-document', 'isms-asset', 'isms-risk', 'isms-control', 'internal-audit', 'management-review', 'milestone'],
  people: ['notice', 'consultation', 'inspection', 'complaint', 'disclosure'],
} as const;

/** RecordsPage is the ward's other records: what one owes, and every kind as a list with its sheets. */
export default function RecordsPage() {
  const { answer, again } = useAnswer('record kinds', records.kinds);
  const t = useText();
  if (answer.kind !== 'ready') return <Page title={t.records.page}><Card title={t.records.kinds}>{answer.kind === 'loading' ? <Bones rows={8} /> : <Failed error={answer.error} retry={again} />}</Card></Page>;
  return <Kinds kinds={answer.value.kinds} />;
}

function Kinds({ kinds }: { kinds: readonly Kind[] }) {
  const t = useText();
  const [place, change] = usePlace();
  const [toast, say] = useToast();
  const [turn, setTurn] = useState(0); // of the lists: one more when something changed
  const [taking, setTaking] = useState(false);
  const [copying, setCopying] = useState(false);
  if (place.kind === 'proofs') return <ProofsPage rail={<Rail kinds={kinds} now="proofs" />} />;
  if (place.kind === 'figures') return <FiguresPage rail={<Rail kinds={kinds} now="figures" />} />;
  if (place.kind === 'code') return <CodePage rail={<Rail kinds={kinds} now="code" />} />;
  const kind = kinds.find((k) => k.id === place.kind) ?? null;
  const told = (text: string) => (setTurn((n) => n + 1), say(text));
  if (kind && place.paper && place.record) return <Paper kind={kind} id={place.record} back={() => change({ paper: false })} />;
  if (kind?.id === 'patrol' && place.view === 'month') return <PatrolMonth kind={kind} place={place} change={change} />;
  if (kind?.id === 'awareness' && place.view === 'weeks') return <AwarenessWeeks place={place} change={change} writes={kinds.some((k) => k.id === 'awareness-material' && k.writes)} />;
  if (kind?.id === 'zone' && place.view === 'plan') return <ZonesPage kind={kind} place={place} change={change} rail={<Rail kinds={kinds} now="plan" />} />;
  if (kind?.id === 'induction' && place.view === 'batch' && kind.writes) return <InductionBatch kind={kind} done={(text) => (told(text), change({ view: '' }))} />;
  const written = (r: Record) => (change({ record: r.id }), told(t.records.form.saved));
  return (
    <Page title={kind ? kind.name[t.lang] : t.records.owed} lead={kind ? kind.note[t.lang] || t.records.lead : t.records.lead} tools={kind && <Tools kind={kind} add={() => change({ record: 'new' })} take={() => setTaking(true)} copy={() => setCopying(true)} />}>
      <div className="grid min-h-0 grow grid-cols-[216px_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[900px]:grid-cols-1">
        <Rail kinds={kinds} now={place.kind} />
        <div className={`grid min-h-0 gap-4 tight:gap-2.5 ${place.record ? 'grid-cols-[minmax(0,5fr)_minmax(0,6fr)] max-[1100px]:grid-cols-1' : ''}`}>
          {kind ? <List key={kind.id} kind={kind} place={place} change={change} turn={turn} /> : <Owed kinds={kinds} turn={turn} told={told} />}
          {kind && place.record && (
            <section aria-label={place.record === 'new' ? t.records.form.create(kind.name[t.lang]) : `${kind.name[t.lang]}　${t.records.sheet.values}`} className="flex min-h-0 min-w-0 flex-col rounded-8 border border-line bg-surface">
              {place.record === 'new' ? (
                <>
                  <h2 className="flex h-11 flex-none items-center border-b border-soft px-4 text-base tight:h-[38px] tight:px-3 tight:text-[15px]">{t.records.form.create(kind.name[t.lang])}</h2>
                  <Form kind={kind} record={null} open {...(place.unit && { begin: { unit: place.unit, values: {} } })} done={written} cancel={() => change({ record: '' })} />
                </>
              ) : <Sheet key={place.record} kind={kind} id={place.record} close={() => change({ record: '' })} print={() => change({ paper: true, record: place.record })} told={told} />}
            </section>
          )}
        </div>
      </div>
      {kind && copying && <CopyDialog kind={kind} close={() => setCopying(false)} done={(text) => (setCopying(false), told(text))} />}
      {kind && taking && <TakeDialog kind={kind} close={() => setTaking(false)} done={(text) => (setTaking(false), told(text))} />}
      {toast}
    </Page>
  );
}

function Tools({ kind, add, take, copy }: { kind: Kind; add: () => void; take: () => void; copy: () => void }) {
  const t = useText();
  const w = t.records.list;
  const [place] = usePlace();
  const { state, unit, q, from, to: until, where } = place;
  const give = (format: 'csv' | 'xlsx') => file(kind.id, format, { state, unit, q, from, to: until, where: where ?? '' });
  const look = 'inline-flex h-9 items-center gap-1.5 rounded-8 border border-line bg-raised px-3 whitespace-nowrap text-text hover:bg-soft tight:h-8';
  return (
    <>
      <span className="text-text-3 max-[1400px]:sr-only">{w.give}</span>
      <a className={look} href={give('xlsx')} download aria-label={`${w.give} ${w.xlsx}`}><Icon name="download" className="size-4" />{w.xlsx}</a>
      <a className={look} href={give('csv')} download aria-label={`${w.give} ${w.csv}`}><Icon name="download" className="size-4" />{w.csv}</a>
      {kind.id === 'patrol' && <a className={look} href={to('patrol', { view: 'month', unit })} onClick={follow}><Icon name="calendar" className="size-4" />{t.patrols.page}</a>}
      {kind.id === 'zone' && <a className={look} href={to('zone', { view: 'plan' })} onClick={follow}><Icon name="list" className="size-4" />{t.zones.page}</a>}
      {kind.id === 'awareness' && <a className={look} href={to('awareness', { view: 'weeks' })} onClick={follow}><Icon name="calendar" className="size-4" />{t.weeks.page}</a>}
      <FormsMenu kind={kind} search={{ state, unit, q, from, to: until, where: where ?? '' }} />
      {kind.writes && kind.id === 'induction' && <a className={look} href={to('induction', { view: 'batch' })} onClick={follow}>{t.debts.batch.button}</a>}
      {kind.writes && kind.plan && <Button look="quiet" onClick={copy}>{t.debts.copy.button}</Button>}
      {kind.id === 'terminal' && <a className={`${look} aria-[current]:border-accent aria-[current]:font-bold aria-[current]:text-accent`} aria-current={place.where === 'camera:' || undefined} href={to('terminal', { where: place.where ? '' : 'camera:', state: place.where ? '' : 'in_use' })} onClick={follow}><Icon name="off" className="size-4" />{t.records.list.uncovered}</a>}
      {kind.writes && <Button look="outline" onClick={take}>{w.take}</Button>}
      {kind.writes && <Button look="primary" onClick={add}><Icon name="plus" className="size-4" />{w.add}</Button>}
    </>
  );
}

/** Rail leads to what is owed and to each kind. */
function Rail({ kinds, now }: { kinds: readonly Kind[]; now: string }) {
  const t = useText();
  const { session } = usePerson();
  const item = 'flex h-8 flex-none items-center rounded-6 px-2.5 hover:bg-soft aria-[current]:bg-accent-soft aria-[current]:font-bold aria-[current]:text-accent tight:h-[30px]';
  const of = (ids: readonly string[]) => ids.flatMap((id) => kinds.filter((k) => k.id === id));
  const known = Object.values(groups).flat() as string[];
  const rest = kinds.filter((k) => !known.includes(k.id));
  return (
    <nav aria-label={t.records.kinds} className="flex min-h-0 flex-col gap-3 overflow-auto rounded-8 border border-line bg-surface p-2.5 max-[900px]:max-h-44">
      <a href={to('')} onClick={follow} aria-current={now === '' ? 'page' : undefined} className={item}>{t.records.owed}</a>
      {seesFigures(session) && <a href={to('figures')} onClick={follow} aria-current={now === 'figures' ? 'page' : undefined} className={item}>{t.figures.page}</a>}
      <a href={to('code')} onClick={follow} aria-current={now === 'code' ? 'page' : undefined} className={item}>{t.forms.code.page}</a>
      {Object.entries(groups).map(([name, ids]) => {
        const list = name === 'people' ? [...of(ids), ...rest] : of(ids);
        const month = name === 'daily' && list.some((k) => k.id === 'patrol');
        return list.length > 0 && (
          <div key={name}>
            <h2 className="px-2.5 pb-0.5 text-[13px] font-bold text-text-3">{t.records.groups[name as keyof typeof groups]}</h2>
            {name === 'isms' && seesProofs(session) && <a href={to('proofs')} onClick={follow} aria-current={now === 'proofs' ? 'page' : undefined} className={item}>{t.proofs.page}</a>}
            {month && <a href={to('patrol', { view: 'month' })} onClick={follow} className={item}>{t.patrols.page}</a>}
            {month && <a href={to('awareness', { view: 'weeks' })} onClick={follow} className={item}>{t.weeks.page}</a>}
            {name === 'place' && list.some((k) => k.id === 'zone') && <a href={to('zone', { view: 'plan' })} onClick={follow} aria-current={now === 'plan' ? 'page' : undefined} className={item}>{t.zones.page}</a>}
            {list.map((k) => <a key={k.id} href={to(k.id)} onClick={follow} aria-current={now === k.id ? 'page' : undefined} className={item}><span className="truncate">{k.name[t.lang]}</span></a>)}
          </div>
        );
      })}
    </nav>
  );
}

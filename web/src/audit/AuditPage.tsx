import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { audit, type Filter, type Reach } from '../api/audit.ts';
import { useAnswer } from '../person/answer.ts';
import { holds, useCameraOf, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useToast } from '../ui/Toast.tsx';
import { Chain } from './Chain.tsx';
import { Detail } from './Detail.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { Filters } from './Filters.tsx';
import { Ledger } from './Ledger.tsx';
import { Log } from './log.ts';
import { everything, filterOf, useView, type View } from './query.ts';
import { Rows } from './Rows.tsx';
import { Seals } from './Seals.tsx';

/** AuditPage is 閲覧の記録: who looked at what, when and why. Who may read which rows is the server's to say. */
export default function AuditPage() {
  const t = useText();
  const [view, change] = useView();
  const [toast, say] = useToast();
  const [saving, setSaving] = useState(false);
  const { answer } = useAnswer('audit people', audit.people);
  const reach = answer.kind === 'ready' ? answer.value : null;
  const filter = filterOf(view);
  const seals = holds(usePerson().session, 'crisis_management', 'auditor');
  const tools = (
    <>
      {reach && <Scope view={view} change={change} reach={reach} seals={seals} />}
      <Button look="quiet" onClick={() => change({ print: 'views' })} disabled={!filter}><Icon name="print" className="size-4" />{t.audit.ledger.open}</Button>
      <Button onClick={() => setSaving(true)} disabled={!filter}><Icon name="download" className="size-4" />{t.audit.export.open}</Button>
    </>
  );
  if (view.print && filter) return <Ledger key={JSON.stringify(filter)} view={view} change={change} filter={filter} />;
  return (
    <Page title={t.audit.page} lead={<Lead view={view} reach={reach} />} tools={tools}>
      <Chain />
      {view.seals && seals ? <Seals say={say} /> : <Narrowed view={view} change={change} reach={reach} filter={filter} />}
      {saving && filter && <ExportDialog filter={filter} close={() => setSaving(false)} done={() => (setSaving(false), say(t.audit.export.done))} />}
      {toast}
    </Page>
  );
}

interface Shown {
  view: View;
  change: (c: Partial<View>) => void;
  reach: Reach | null;
}

function Narrowed({ view, change, reach, filter }: Shown & { filter: Filter | null }) {
  const t = useText();
  return (
    <>
      <Filters view={view} change={change} reach={reach} />
      {filter ? <List key={JSON.stringify(filter)} filter={filter} view={view} change={change} /> : <Card title={t.audit.table} className="grow" body="grow flex flex-col"><Nothing icon="calendar" title={t.audit.filters.badDay} /></Card>}
    </>
  );
}

/** Scope chooses between all one may read, one's own, and the sealed cases. */
function Scope({ view, change, reach, seals }: Shown & { reach: Reach; seals: boolean }) {
  const { scope: s, seals: x } = useText().audit;
  const wide = reach.all || reach.floors;
  if (!wide && !seals) return null;
  const choices = [wide && { value: 'all', text: reach.all ? s.all : s.floors }, { value: 'me', text: s.me }, seals && { value: 'seals', text: x.tab }].filter((c) => c !== false);
  const value = view.seals ? 'seals' : view.actor === 'me' || !wide ? 'me' : 'all';
  return <Segment label={s.label} value={value} choose={(v) => change({ seals: v === 'seals', actor: v === 'me' && wide ? 'me' : '' })} choices={choices} />;
}

/** Lead says whose rows these are. */
function Lead({ view, reach }: { view: View; reach: Reach | null }) {
  const t = useText();
  const l = t.audit.lead;
  const { session } = usePerson();
  const camera = useCameraOf()(view.camera);
  if (!reach) return null;
  const person = view.actor && view.actor !== 'me' ? (reach.people.find((p) => p.login === view.actor)?.name.replace('　', ' ') ?? (view.actor === session.login ? session.name.replace('　', ' ') : view.actor)) : '';
  if (person || view.camera) return <>{[person && l.person(person), view.camera && l.camera(camera?.name ?? view.camera)].filter(Boolean).join('・')}</>;
  return <>{view.actor === 'me' || !(reach.all || reach.floors) ? l.own : reach.all ? l.all : l.floors}</>;
}

function List({ filter, view, change }: { filter: Filter; view: View; change: (c: Partial<View>) => void }) {
  const t = useText();
  const [log] = useState(() => new Log(filter));
  useEffect(() => {
    log.open();
    return () => log.close();
  }, [log]);
  const state = useSyncExternalStore(log.subscribe, log.get);
  const entries = state.kind === 'ready' ? state.entries : [];
  const found = useMemo(() => entries.find((e) => e.seq === view.entry) ?? null, [entries, view.entry]);
  const narrowed = Object.values({ ...filter, actor: filter.actor === 'me' ? '' : filter.actor }).some(Boolean);
  return (
    <Card title={t.audit.table} note={state.kind === 'ready' && t.audit.shown(entries.length, state.next > 0)} tools={<Button look="quiet" size="small" onClick={log.again}><Icon name="sync" className="size-4" />{t.audit.again}</Button>} className="min-h-[280px] grow" body="grow overflow-auto flex flex-col">
      {state.kind === 'loading' && <Bones rows={8} />}
      {state.kind === 'failed' && <Failed error={state.error} retry={log.again} />}
      {state.kind === 'ready' && entries.length === 0 && state.next === 0 && (
        <Nothing icon="search" title={narrowed ? t.audit.none : t.audit.nothing} action={narrowed && <Button onClick={() => change({ ...everything, actor: view.actor === 'me' ? 'me' : '' })}>{t.audit.filters.clear}</Button>}>{narrowed ? t.audit.noneWhy : t.audit.nothingWhy}</Nothing>
      )}
      {entries.length > 0 && <Rows entries={entries} open={(entry) => change({ entry })} marked={view.entry} />}
      {state.kind === 'ready' && state.next > 0 && <More next={state.next} log={log} busy={state.more === 'loading'} failed={typeof state.more === 'object'} hinted={filter.hinted} />}
      {view.entry > 0 && <Detail key={view.entry} seq={view.entry} entry={found} close={() => change({ entry: 0 })} ask={(about) => change({ ...everything, ...about })} />}
    </Card>
  );
}

/** More reads the next page when it comes into sight, or when it is pressed. */
function More({ next, log, busy, failed, hinted }: { next: number; log: Log; busy: boolean; failed: boolean; hinted: boolean }) {
  const t = useText();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const el = ref.current;
    if (!el || hinted || failed) return; // looking far back for hints is asked for, page by page
    const seen = new IntersectionObserver((es) => es.some((e) => e.isIntersecting) && log.more(), { rootMargin: '200px' });
    seen.observe(el);
    return () => seen.disconnect();
  }, [log, hinted, failed, next]);
  return <div ref={ref} className="flex flex-none justify-center px-4 py-3"><Button look="quiet" disabled={busy} onClick={log.more}>{busy ? t.ui.loading : failed ? t.ui.retry : hinted ? t.audit.further : t.audit.more}</Button></div>;
}

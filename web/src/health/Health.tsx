import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { serverClock } from '../api/client.ts';
import { useCameras, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import { Board, type Measured } from './board.ts';
import { csv } from './csv.ts';
import { Detail } from './Detail.tsx';
import { dayOf, placeOf, placesOf, rowsOf, sumsOf, type Row } from './model.ts';
import { Places } from './Places.tsx';
import { useView, type View } from './query.ts';
import { Rows } from './Rows.tsx';
import { StripLegend } from './Strip.tsx';
import { Totals } from './Totals.tsx';
import { matches, tableOf } from './words.ts';

const few = 10; // rows that are shown before normal cameras are asked for

/** Health is the page カメラ稼働状況: what does not record, since when, and why. It shows no footage. */
export default function Health() {
  const t = useText();
  const { desk } = usePerson();
  const list = useCameras();
  const board = useBoard();
  const m = useSyncExternalStore(board.subscribe, board.get);
  const cameras = list.kind === 'ready' ? list.cameras : null;
  const rows = useMemo(() => (cameras ? rowsOf(cameras, m) : null), [cameras, m]);
  if (list.kind === 'failed') return <Page title={t.health.title}><Card title={t.health.all}><Failed error={list.error} retry={() => void desk.cameras.load()} /></Card></Page>;
  if (!rows) return <Page title={t.health.title}><Card title={t.health.all} className="grow"><Bones rows={9} /></Card></Page>;
  if (rows.length === 0) return <NotHere cameras={cameras!.length} />;
  return <Overview rows={rows} measured={m} />;
}

function useBoard(): Board {
  const [board] = useState(() => new Board());
  const { desk } = usePerson();
  useEffect(() => {
    board.open();
    const stop = desk.listen((e) => e.kind === 'back' && void board.ask());
    return () => (stop(), board.close());
  }, [board, desk]);
  return board;
}

/** NotHere says why there is nothing: no camera in one's charge, or no right. */
function NotHere({ cameras }: { cameras: number }) {
  const t = useText();
  const { session } = usePerson();
  const heads = session.appointments.some((a) => a.post === 'department_head' || a.post === 'general_manager');
  const units = session.appointments.map((a) => a.unit_name).filter(Boolean).join('・');
  return (
    <Page title={t.health.title}>
      <section className="grid grow place-items-center rounded-8 border border-line bg-surface">
        {heads && cameras === 0 ? <Nothing icon="camera" heading="h2" title={t.empty.title}>{t.empty.body(units)}</Nothing> : <Nothing icon="lock" heading="h2" title={t.health.refused}>{t.health.refusedWhy}</Nothing>}
      </section>
    </Page>
  );
}

function Overview({ rows, measured: m }: { rows: readonly Row[]; measured: Measured }) {
  const t = useText();
  const [view, change] = useView();
  const [hovered, setHovered] = useState<string | null>(null);
  const sums = useMemo(() => sumsOf(rows), [rows]);
  const places = useMemo(() => placesOf(rows), [rows]);
  const inPlace = useMemo(() => rows.filter((r) => !view.place || placeOf(r.camera) === view.place), [rows, view.place]);
  const found = useMemo(() => inPlace.filter((r) => (!view.state || r.level === view.state) && (!view.q.trim() || matches(t, r, view.q.trim()))), [t, inPlace, view.state, view.q]);
  const detail = rows.find((r) => r.camera.id === view.camera);
  const open = (camera: string) => change({ camera });
  return (
    <Page title={t.health.title} lead={<span className="tight:hidden">{t.health.lead}</span>} tools={<Tools view={view} change={change} rows={inPlace} found={found} />}>
      <p role="status" className="sr-only">{t.health.summary(sums.stopped.length, sums.attention.length)}</p>
      {m.error && m.error.status !== 401 && <Note tone="late" alert>{t.health.stale(m.at === null ? '－' : clock(m.at))}</Note>}
      <Totals sums={sums} measured={m} />
      <div className="grid min-h-[400px] flex-1 grid-cols-[minmax(0,1fr)_440px] grid-rows-[minmax(0,1fr)] gap-3 tight:grid-cols-[minmax(0,1fr)_300px] tight:gap-2.5 max-[1079px]:flex-none max-[1079px]:grid-cols-1! max-[1079px]:grid-rows-none!">
        <List found={found} measured={m} view={view} change={change} open={open} marked={view.camera || (hovered ?? '')} />
        <Places places={places} chosen={view.place} choose={(place) => change({ place })} marked={view.camera || (hovered ?? '')} open={open} hover={setHovered} />
      </div>
      {detail && <Detail key={detail.camera.id} row={detail} measured={m} close={() => change({ camera: '' })} />}
    </Page>
  );
}

interface ToolsProps {
  view: View;
  change: (c: Partial<View>) => void;
  rows: readonly Row[]; // of the place
  found: readonly Row[];
}

function Tools({ view, change, rows, found }: ToolsProps) {
  const t = useText();
  const f = t.health.filter;
  const count = (level: Row['level']) => rows.filter((r) => r.level === level).length;
  return (
    <>
      <div className="relative">
        <Icon name="search" className="pointer-events-none absolute top-[9px] left-2.5 size-[18px] text-text-3 tight:top-2 tight:size-4" />
        <Input type="search" aria-label={f.searchLabel} placeholder={f.search} value={view.q} onChange={(e) => change({ q: e.target.value })} autoComplete="off" className="w-[260px] pl-9! tight:w-[232px] tight:pl-8!" />
      </div>
      <Segment label={f.state} value={view.state || 'all'} choose={(v) => change({ state: v === 'all' || v === 'planned' ? '' : v })}
        choices={[{ value: 'all' as const, text: f.all, count: rows.length }, { value: 'stopped' as const, text: f.stopped, count: count('stopped') }, { value: 'attention' as const, text: f.attention, count: count('attention') }, { value: 'fine' as const, text: f.fine, count: count('fine') }] satisfies { value: Row['level'] | 'all'; text: string; count: number }[]} />
      <Button look="quiet" title={t.health.exportLong} aria-label={t.health.exportLong} onClick={() => save(found)}><Icon name="download" />{t.health.export}</Button>
    </>
  );

  function save(list: readonly Row[]) {
    const now = serverClock.now();
    const url = URL.createObjectURL(new Blob([csv(tableOf(t, list))], { type: 'text/csv;charset=utf-8' }));
    const a = document.createElement('a');
    a.href = url;
    a.download = t.health.file(dayOf(now), clock(now).slice(0, 5).replace(':', ''));
    a.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

interface ListProps {
  found: readonly Row[];
  measured: Measured;
  view: View;
  change: (c: Partial<View>) => void;
  open: (id: string) => void;
  marked: string;
}

/** List is the table, with normal cameras folded away until asked for. */
function List({ found, measured, view, change, open, marked }: ListProps) {
  const t = useText();
  const troubled = found.filter((r) => r.level === 'stopped' || r.level === 'attention').length;
  const narrowed = view.state !== '' || view.q.trim() !== '';
  const whole = view.all || narrowed || found.length <= Math.max(few, troubled);
  const shown = whole ? found : found.slice(0, Math.max(few, troubled));
  const fine = found.filter((r) => r.level === 'fine').length;
  return (
    <Card title={troubled > 0 ? t.health.first : t.health.all} className="min-[1080px]:h-full" body="flex grow flex-col"
      note={<Chip tone={found.some((r) => r.level === 'stopped') ? 'bad' : troubled > 0 ? 'warn' : 'ok'}>{troubled > 0 ? t.health.found(troubled) : narrowed ? t.health.found(found.length) : t.health.fineTitle}</Chip>} tools={<StripLegend className="max-[1240px]:hidden" />}>
      {found.length === 0
        ? <Nothing icon="search" title={t.health.none} action={<Button onClick={() => change({ q: '', state: '', place: '' })}>{t.health.reset}</Button>} />
        : <div className="min-h-0 grow overflow-auto"><Rows rows={shown} measured={measured} open={open} marked={marked} /></div>}
      {!narrowed && fine > 0 && (found.length > shown.length || view.all) && (
        <div className="flex-none border-t border-soft px-4 py-2.5 tight:px-3 tight:py-1">
          <Button look="plain" size="small" className="-ml-2.5" aria-expanded={view.all} onClick={() => change({ all: !view.all })}>{view.all ? t.health.showFew : t.health.showAll(fine)}</Button>
        </div>
      )}
    </Card>
  );
}

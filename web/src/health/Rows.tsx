import { useText } from '../text/index.ts';
import type { Instant } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { useSeconds } from '../ui/time.ts';
import type { Measured } from './board.ts';
import { percent, type Row } from './model.ts';
import { Strip } from './Strip.tsx';
import { calm, dateOf, floorOf, kindOf, looks, momentOf, sinceOf, whyOf } from './words.ts';

interface Props {
  rows: readonly Row[];
  measured: Measured;
  open: (id: string) => void;
  marked: string; // camera
}

/** Rows is the table of cameras. A click anywhere in a row, or its name, opens the details. */
export function Rows({ rows, measured: m, open, marked }: Props) {
  const t = useText();
  const c = t.health.columns;
  const today = m.at ?? 0;
  const days = m.days.length > 0 ? c.cover(short(t, m.days[0]!), short(t, m.days.at(-1)!)) : c.coverShort;
  const columns: Column<Row>[] = [
    { head: c.state, cell: (r) => <Status row={r} />, className: 'w-[112px] tight:w-[96px]' },
    { head: c.camera, cell: (r) => <Name row={r} open={open} />, names: true, align: 'left', className: 'w-[25%]' },
    { head: c.why, cell: (r) => <Why row={r} /> },
    { head: c.since, cell: (r) => <Since row={r} now={today} />, className: 'w-[128px] tight:w-[104px]' },
    { head: days, cell: (r) => <Strip cover={r.cover} days={m.days} stopped={r.camera.state === 'stopped'} today={today} />, className: 'w-[200px] tight:w-[164px]' },
    { head: c.share, cell: (r) => (r.cover ? (r.cover.share < 0 ? '－' : percent(r.cover.share)) : ''), align: 'right', className: 'w-[88px] tight:w-[76px]' },
    { head: c.now, cell: (r) => <Now row={r} />, align: 'right', className: 'w-[112px] pr-4! tight:w-[92px] tight:pr-3!' },
  ];
  return (
    <Table label={t.health.table} columns={columns} rows={rows} keyOf={(r) => r.camera.id} selected={(r) => r.camera.id === marked}
      className="table-fixed max-[900px]:w-[900px] [&_tbody_:is(td,th)]:h-[62px]! [&_tbody_:is(td,th)]:tight:h-[55px]! [&_tbody_tr]:relative [&_tbody_tr]:cursor-pointer [&_tbody_tr:hover]:bg-raised [&_tbody_tr[aria-current]]:bg-accent-soft [&_:is(td,th):first-child]:pl-4! [&_:is(td,th):first-child]:tight:pl-3!" />
  );
}

const short = (t: ReturnType<typeof useText>, day: string) => t.day(Date.parse(`${day}T00:00:00+09:00`) * 1000);

/** Status is the state of a camera, icon and word. */
export function Status({ row }: { row: Row }) {
  const t = useText();
  const kind = kindOf(row);
  return <span className={`inline-flex items-center gap-1.5 font-bold whitespace-nowrap tight:gap-1 ${looks[kind].tone}`}><Icon name={looks[kind].icon} className="size-[15px]" />{t.health.words[kind]}</span>;
}

function Name({ row: { camera: c }, open }: { row: Row; open: (id: string) => void }) {
  const t = useText();
  return (
    <>
      <button type="button" onClick={() => open(c.id)} title={c.name} className="block max-w-full truncate rounded-4 text-left font-bold after:absolute after:inset-0 after:content-['']">{c.name}</button>
      <span className="mt-0.5 block truncate text-xs text-text-3">{floorOf(t, c.site_name, c.floor)}・{c.number}</span>
    </>
  );
}

function Why({ row }: { row: Row }) {
  const [why, more] = whyOf(useText(), row);
  if (!why) return <span className="text-text-3" aria-hidden="true">－</span>;
  return <><span className="block truncate" title={why}>{why}</span>{more && <span className="mt-0.5 block truncate text-xs text-text-3" title={more}>{more}</span>}</>;
}

function Since({ row, now }: { row: Row; now: Instant }) {
  const t = useText();
  const since = sinceOf(row);
  const [x] = row.troubles;
  if (since !== null) return <>{momentOf(t, since, now)}<Lasting since={since} /></>;
  if (x?.kind !== 'gap') return <span className="text-text-3" aria-hidden="true">－</span>;
  return <>{dateOf(t, x.day, now)}{x.resumed !== null && <span className="mt-0.5 block text-xs text-text-3">{t.health.resumed(momentOf(t, x.resumed, now))}</span>}</>;
}

/** Lasting is for how long, and it runs. */
function Lasting({ since }: { since: Instant }) {
  const t = useText();
  return <span className="mt-0.5 block text-xs text-text-3">{calm(t, useSeconds() - since)}</span>;
}

function Now({ row: { figures: f, camera: c } }: { row: Row }) {
  const t = useText();
  if (!f || c.state !== 'recording') return <span className="text-text-3" aria-hidden="true">－</span>;
  return <>{t.health.kbps(Math.round(f.kbps).toLocaleString('ja-JP'))}<span className="mt-0.5 block text-xs text-text-3">{t.health.fps(f.fps.toFixed(1))}</span></>;
}


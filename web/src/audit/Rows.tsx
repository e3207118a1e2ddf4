import type { Entry } from '../api/audit.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Chip } from '../ui/Chip.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { Strip } from './Strip.tsx';
import { actionOf, chipOf, iconOf, isView, seenOf, until, whyOf } from './words.ts';

/** Rows is the table of the log. A click anywhere in a row, or its time, opens the details. */
export function Rows({ entries, open, marked }: { entries: readonly Entry[]; open: (seq: number) => void; marked: number }) {
  const t = useText();
  const c = t.audit.columns;
  const columns: Column<Entry>[] = [
    { head: c.when, cell: (e) => <When entry={e} open={open} />, names: true, align: 'left', className: 'w-[148px] tight:w-[132px]' },
    { head: c.who, cell: (e) => <Two over={<b className="font-bold">{e.actor_name.replace('　', ' ') || '－'}</b>} under={e.actor_title} />, className: 'w-[164px] tight:w-[138px]' },
    { head: c.what, cell: (e) => <What entry={e} />, className: 'w-[178px] tight:w-[158px]' },
    { head: c.camera, cell: (e) => <Where entry={e} />, className: 'w-[19%]' },
    { head: c.seen, cell: (e) => <About entry={e} /> },
    { head: c.purpose, cell: (e) => <Two over={(t.purpose.names[e.purpose] ?? e.purpose) || <None />} under={e.case} />, className: 'w-[156px] tight:w-[136px]' },
    { head: c.hints, cell: (e) => <Hints entry={e} />, className: 'w-[190px] pr-4! tight:w-[166px] tight:pr-3!' },
  ];
  return (
    <Table label={t.audit.table} columns={columns} rows={entries} keyOf={(e) => e.id} selected={(e) => e.seq === marked}
      className="table-fixed max-[1100px]:w-[1100px] [&_tbody_:is(td,th)]:h-[60px]! [&_tbody_:is(td,th)]:tight:h-[54px]! [&_tbody_tr]:cursor-pointer [&_tbody_tr:hover]:bg-raised [&_tbody_tr[aria-current]]:bg-accent-soft [&_:is(td,th):first-child]:pl-4! [&_:is(td,th):first-child]:tight:pl-3!" />
  );
}

const None = () => <span className="text-text-3" aria-hidden="true">－</span>;

function Two({ over, under }: { over: React.ReactNode; under?: React.ReactNode }) {
  return <><span className="block truncate">{over}</span>{under && <span className="mt-0.5 block truncate text-xs text-text-3">{under}</span>}</>;
}

function When({ entry: e, open }: { entry: Entry; open: (seq: number) => void }) {
  const t = useText();
  const at = parseInstant(e.time);
  const ended = e.ended ? parseInstant(e.ended) : null;
  return (
    <>
      <button type="button" onClick={() => open(e.seq)} className="block max-w-full truncate rounded-4 text-left font-bold after:absolute after:inset-0 after:content-['']">{t.day(at)} {clock(at)}</button>
      <span className="mt-0.5 block truncate text-xs text-text-3">{ended !== null ? `～${until(t, at, ended)}` : isView(e) && e.outcome === 'ok' ? t.audit.running : t.audit.seq(e.seq)}</span>
    </>
  );
}

function What({ entry: e }: { entry: Entry }) {
  const t = useText();
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Icon name={iconOf(e)} className="size-[18px] text-text-2" />
      <span className="min-w-0">
        <span className="block truncate" title={actionOf(t, e.action)}>{actionOf(t, e.action)}</span>
        {e.outcome !== 'ok' && <span className="mt-0.5 block text-xs font-bold text-warn">{t.audit.outcomes[e.outcome]}</span>}
        {e.outcome === 'ok' && e.end_reason && <span className="mt-0.5 block truncate text-xs text-text-3" title={whyOf(t, e.end_reason)}>{whyOf(t, e.end_reason)}</span>}
      </span>
    </span>
  );
}

function Where({ entry: e }: { entry: Entry }) {
  const camera = useCameraOf()(e.camera);
  if (!e.camera) return <None />;
  return <Two over={camera?.name ?? e.camera} under={camera ? camera.number : undefined} />;
}

/** About is the footage that was seen; of what is no view, its details. */
function About({ entry: e }: { entry: Entry }) {
  const t = useText();
  const seen = seenOf(e);
  if (seen) return <Strip seen={seen} />;
  const at = e.at ? `${t.calendar(parseInstant(e.at))} ${clock(parseInstant(e.at))}` : '';
  if (isView(e)) return <Two over={e.at ? at : t.audit.live} under={e.outcome === 'ok' ? (e.ended ? t.audit.nothingSeen : t.audit.notYet) : e.detail} />;
  return e.detail || at ? <span className="block truncate text-text-2" title={e.detail}>{e.detail || at}</span> : <None />;
}

function Hints({ entry: e }: { entry: Entry }) {
  const t = useText();
  if (e.hints.length === 0) return <None />;
  return <span className="flex flex-wrap gap-1 overflow-hidden">{e.hints.slice(0, 2).map((h) => <Chip key={h.kind} tone="late">{chipOf(t, h)}</Chip>)}{e.hints.length > 2 && <Chip tone="late">＋{e.hints.length - 2}</Chip>}</span>;
}

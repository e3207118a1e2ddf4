import { useEffect } from 'react';
import { holds, type Hold } from '../api/holds.ts';
import { serverClock } from '../api/client.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { DAY, clock, parseInstant, sameDay } from '../time/instant.ts';
import { Card } from '../ui/Card.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Segment } from '../ui/Segment.tsx';
import { Table } from '../ui/Table.tsx';
import { follow, go, link, useQuery } from '../url.ts';
import { HoldCard } from './HoldCard.tsx';

const shows = ['open', 'closed', 'all'] as const;
type Show = (typeof shows)[number];

const isOpen = (h: Hold) => h.state === 'held' || h.state === 'release_asked';
const soon = 7 * DAY;

/** HoldsPane is the ledger of footage that is kept from being erased. */
export function HoldsPane({ say }: { say: (what: string) => void }) {
  const t = useText();
  const w = t.evidence;
  const { desk } = usePerson();
  const query = useQuery();
  const id = query.get('hold');
  const { answer, again } = useAnswer('holds', holds.list);
  useEffect(() => desk.listen((e) => e.kind === 'inbox' && again()), [desk, again]);
  const changed = (what: string) => {
    say(what);
    again();
    void desk.inbox.load();
  };
  const all = answer.kind === 'ready' ? answer.value.holds : [];
  const chosen = all.find((h) => h.id === id) ?? null;
  const show = shows.find((s) => s === query.get('show')) ?? (chosen && !isOpen(chosen) ? 'all' : 'open');
  const rows = all.filter((h) => show === 'all' || isOpen(h) === (show === 'open'));
  if (answer.kind === 'failed') return <Failed error={answer.error} retry={again} />;
  return (
    <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_minmax(0,25rem)] gap-4 tight:grid-cols-[minmax(0,1fr)_minmax(0,20rem)] tight:gap-2.5 max-[1079px]:flex-none max-[1079px]:grid-cols-1">
      <Card title={w.ledger} body="flex min-h-0 grow flex-col overflow-auto" tools={<Segment<Show> label={w.filters.label} value={show} choose={(s) => go(link('evidence', { show: s, hold: id }), true)} choices={shows.map((s) => ({ value: s, text: w.filters[s], ...(s === 'open' && answer.kind === 'ready' && { count: all.filter(isOpen).length }) }))} />}>
        {answer.kind === 'loading' && <Bones />}
        {answer.kind === 'ready' && (rows.length === 0 ? <Nothing icon="lock" title={w.none[show]}>{w.noneBody}</Nothing> : <Ledger rows={rows} id={id} show={show} />)}
      </Card>
      {chosen ? <HoldCard key={chosen.id} hold={chosen} changed={changed} /> : <Card title={w.hold} body="flex grow flex-col"><Nothing icon="lock" title={id && answer.kind === 'ready' ? w.gone : w.pick} heading="p" /></Card>}
    </div>
  );
}

function Ledger({ rows, id, show }: { rows: readonly Hold[]; id: string | null; show: Show }) {
  const t = useText();
  const w = t.evidence;
  return (
    <Table<Hold> label={w.ledger} rows={rows} keyOf={(h) => h.id} selected={(h) => h.id === id} columns={[
      { head: w.columns.case, names: true, cell: (h) => <a href={link('evidence', { show: show === 'open' ? null : show, hold: h.id })} onClick={follow} className="font-bold text-accent after:absolute after:inset-0 hover:underline">{h.case || w.noCase}</a> },
      { head: w.columns.camera, cell: (h) => <span className="flex items-baseline gap-2"><span className="max-w-44 truncate">{h.camera.name}</span><span className="text-[13px] text-text-3">{h.camera.number}</span></span> },
      { head: w.columns.range, cell: (h) => rangeOf(t, h) },
      { head: w.columns.reason, className: 'w-full max-w-0 max-[1439px]:hidden', cell: (h) => <span className="block truncate text-text-2">{h.reason}</span> },
      { head: w.columns.placed, className: 'max-[1359px]:hidden', cell: (h) => h.placed_name.replace('　', ' ') },
      { head: w.columns.until, cell: (h) => <Until hold={h} /> },
      { head: w.columns.state, cell: (h) => <State hold={h} /> },
    ]} />
  );
}

/** rangeOf is the footage a hold keeps. */
export function rangeOf(t: ReturnType<typeof useText>, h: Hold): string {
  const [a, b] = [parseInstant(h.from), parseInstant(h.to)];
  return `${t.calendar(a)} ${t.range(clock(a), sameDay(a, b) ? clock(b) : `${t.calendar(b)} ${clock(b)}`)}`;
}

function Until({ hold: h }: { hold: Hold }) {
  const t = useText();
  const until = parseInstant(h.until);
  const left = until - serverClock.now();
  const near = isOpen(h) && left < soon;
  return <span className={near ? 'font-bold text-warn' : ''}>{t.calendar(until - 1)}{near && <span className="pl-1.5 text-[13px] font-normal">{t.evidence.left(Math.max(0, Math.floor(left / DAY)))}</span>}</span>;
}

const tones: Record<Hold['state'], Tone> = { held: 'hold', release_asked: 'late', released: 'plain', ended: 'plain' };

export function State({ hold: h }: { hold: Hold }) {
  return <Chip tone={tones[h.state]} icon={isOpen(h) ? 'lock' : 'check'}>{useText().evidence.states[h.state]}</Chip>;
}

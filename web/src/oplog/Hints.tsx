import { countsFile, oplog, type Hint, type HintState, type Overview } from '../api/oplog.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Field.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { follow } from '../url.ts';
import { HintCard } from './HintCard.tsx';
import { Files, HintChip } from './Marks.tsx';
import { to, usePlace } from './place.ts';
import { amount, byDeadline, figureName, noon, staffName, wanted } from './say.ts';

const states: readonly HintState[] = ['new', 'asked', 'necessary', 'look', 'footage', 'handed', 'done'];
const most = 1000; // that the server gives

/** Hints is the list of what is unusual, oldest due first, and the one that is open. */
export function Hints({ overview, say }: { overview: Overview; say: (text: string) => void }) {
  const t = useText();
  const w = t.oplog;
  const { desk } = usePerson();
  const [place, change] = usePlace();
  const asked = { state: '', rule: place.rule, unit: place.unit };
  const { answer, again } = useAnswer(`hints ${place.rule} ${place.unit}`, (signal) => oplog.hints(asked, signal));
  const all = answer.kind === 'ready' ? answer.value.hints : [];
  const list = all.filter((h) => wanted(h, place.state)).sort(byDeadline);
  const changed = (what: string) => {
    say(what);
    again();
    void desk.inbox.load();
  };
  const limited = place.state !== '' || place.rule !== '' || place.unit !== '';
  return (
    <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[1079px]:flex-none max-[1079px]:grid-cols-1 print:hidden">
      <Card title={w.hints.list} note={answer.kind === 'ready' && w.hints.count(list.length, list.filter((h) => h.late).length)} body="flex min-h-0 grow flex-col" tools={<Files of={(f) => countsFile('hints', { from: '', to: '', unit: place.unit, business: '' }, f)} hint={w.counts.masked(overview.least)} />}>
        <Filters overview={overview} />
        <div className="flex min-h-0 grow flex-col overflow-auto">
          {answer.kind === 'loading' && <Bones rows={8} />}
          {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
          {answer.kind === 'ready' && (list.length > 0 ? <List list={list} />
            : <Nothing icon="check" title={limited ? w.hints.nothing : w.hints.none} action={limited && <Button onClick={() => change({ state: '', rule: '', unit: '' })}>{w.filter.clear}</Button>}>{!limited && w.hints.noneWhy}</Nothing>)}
          {all.length >= most && <p className="px-4 py-2 text-[13px] text-text-3">{w.hints.most}</p>}
        </div>
      </Card>
      {place.hint ? <HintCard key={place.hint} id={place.hint} overview={overview} changed={changed} /> : <Card title={w.parts.hints} body="flex grow flex-col"><Nothing icon="search" title={w.hints.pick} heading="p" /></Card>}
    </div>
  );
}

function Filters({ overview }: { overview: Overview }) {
  const t = useText();
  const w = t.oplog.filter;
  const [place, change] = usePlace();
  return (
    <div className="flex flex-none gap-2 border-b border-soft px-4 py-2 tight:px-3">
      <Select aria-label={w.state} value={place.state} onChange={(e) => change({ state: e.target.value })} className="flex-1">
        <option value="">{w.open}</option><option value="late">{w.late}</option><option value="all">{w.all}</option>
        {states.map((s) => <option key={s} value={s}>{t.oplog.states[s]}</option>)}
      </Select>
      <Select aria-label={w.rule} value={place.rule} onChange={(e) => change({ rule: e.target.value })} className="flex-1">
        <option value="">{w.anyRule}</option>
        {Object.entries(t.requests.rules).map(([r, says]) => <option key={r} value={r}>{`${r}　${says}`}</option>)}
      </Select>
      <Select aria-label={w.unit} value={place.unit} onChange={(e) => change({ unit: e.target.value })} className="flex-1">
        <option value="">{w.anyUnit}</option>
        {overview.units.map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}
      </Select>
    </div>
  );
}

function List({ list }: { list: readonly Hint[] }) {
  const t = useText();
  const w = t.oplog.hints;
  const [place] = usePlace();
  const figure = (h: Hint) => h.figures[0] && `${figureName(t, h.figures[0])} ${amount(h.figures[0].id, h.figures[0].value)}`;
  return (
    <Table<Hint> dense label={w.list} rows={list} keyOf={(h) => h.id} selected={(h) => h.id === place.hint} columns={[
      { head: w.heads.due, className: 'w-16', cell: (h) => (h.due ? <span className={h.late ? 'font-bold text-bad' : ''} title={h.late ? w.late : undefined}>{t.day(noon(h.due))}{h.late && <span className="sr-only">{w.late}</span>}</span> : <span className="text-text-3">{w.noDue}</span>) },
      { head: w.heads.hint, names: true, className: 'max-w-0 w-2/5', cell: (h) => <a href={to({ ...place, hint: h.id })} onClick={follow} aria-label={w.open(h.rule, h.name[t.lang], staffName(h.staff))} className="block truncate text-accent after:absolute after:inset-0"><b>{h.rule}</b>　{h.name[t.lang]}</a> },
      { head: w.heads.staff, className: 'max-w-[164px]', cell: (h) => <span className="block truncate" title={staffName(h.staff)}>{staffName(h.staff)}</span> },
      { head: w.heads.figure, className: 'max-w-0 w-1/3 max-[1600px]:hidden', cell: (h) => <span className="block truncate text-text-2" title={figure(h)}>{figure(h)}</span> },
      { head: w.heads.state, className: 'w-36', cell: (h) => <HintChip state={h.state} /> },
    ]} />
  );
}

import { useState } from 'react';
import { serverClock } from '../../api/client.ts';
import { weeks, type Weeks } from '../../api/weeks.ts';
import { useAnswer } from '../../person/answer.ts';
import { eraYear, instantOf } from '../../time/era.ts';
import { wall } from '../../time/instant.ts';
import { useText } from '../../text/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Field, Input, Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../../ui/Nothing.tsx';
import { Page } from '../../ui/Page.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { follow } from '../../url.ts';
import { to, type Place } from '../place.ts';
import { Matrix } from './Matrix.tsx';
import { YearPaper } from './YearPaper.tsx';

/** fiscal is the fiscal year of now, by the year in which it begins. */
function fiscal(): number {
  const { year, month } = wall(serverClock.now());
  return month < 4 ? year - 1 : year;
}

/** AwarenessWeeks is awareness week by week: the word of the week, confirmed in one click, and the boxes of the year. */
export function AwarenessWeeks({ place, change, writes }: { place: Place; change: (change: Partial<Place>) => void; writes: boolean }) {
  const t = useText();
  const w = t.weeks;
  const now = fiscal();
  const year = /^\d{4}$/.test(place.month) ? Number(place.month) : now;
  const { answer, again } = useAnswer(`weeks ${year}`, (s) => weeks.year(year, s));
  const [toast, say] = useToast();
  const value = answer.kind === 'ready' ? answer.value : null;
  const turn = (n: number) => change({ month: String(year + n) });
  if (place.paper && value) return <YearPaper weeks={value} back={() => change({ paper: false })} />;
  return (
    <Page title={w.page} tools={
      <>
        <Pager label={w.pager} back={{ label: w.earlier, go: () => turn(-1) }} forward={{ label: w.later, go: year < now ? () => turn(1) : null }}>{w.year(year, eraYear(instantOf({ year, month: 5, day: 1 }, 0)))}</Pager>
        <Button look="quiet" onClick={() => change({ paper: true })}><Icon name="print" className="size-4" />{w.print}</Button>
        <a href={to('awareness')} onClick={follow} className="inline-flex h-9 items-center gap-1.5 rounded-8 border border-line bg-raised px-3 whitespace-nowrap hover:bg-soft tight:h-8"><Icon name="list" className="size-4" />{w.list}</a>
      </>
    }>
      {!value ? <Card title={w.bars} className="grow">{answer.kind === 'failed' ? <Failed error={answer.error} retry={again} /> : <Bones rows={8} />}</Card> : (
        <>
          <Word weeks={value} writes={writes} told={(n) => (say(w.saved(n)), again())} />
          <Matrix weeks={value} />
        </>
      )}
      {toast}
    </Page>
  );
}

/** Word is 今週の一言: what it says, and a button for each unit in which it was not read out yet. */
function Word({ weeks: v, writes, told }: { weeks: Weeks; writes: boolean; told: (n: number) => void }) {
  const w = useText().weeks;
  const write = writes && <a href={to('awareness-material', { record: 'new' })} onClick={follow} title={w.writeNote} className="text-accent underline underline-offset-3">{w.write}</a>;
  const confirmed = v.units.filter((u) => u.told).length;
  if (!v.word) return <Card title={w.word} tools={write}><Nothing icon="info" title={w.none}>{w.noneWhy}</Nothing></Card>;
  return (
    <Card title={w.word} note={w.out(v.word.day)} tools={<>{v.units.length > 1 && <Chip tone={confirmed === v.units.length ? 'ok' : 'key'}>{w.confirmed(confirmed, v.units.length)}</Chip>}{write}</>} className="flex-none">
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(280px,400px)] gap-6 max-[900px]:grid-cols-1">
        <div>
          <h3 className="text-lg leading-[1.5]">{v.word.title}</h3>
          <p className="mt-1 border-l-4 border-accent-line pl-3 leading-[1.8] whitespace-pre-wrap">{v.word.words}</p>
          {v.word.text && <p className="mt-2 line-clamp-4 leading-[1.7] whitespace-pre-wrap text-text-2">{v.word.text}</p>}
        </div>
        {v.units.some((u) => u.writes) && <Confirm weeks={v} told={told} />}
      </div>
    </Card>
  );
}

function Confirm({ weeks: v, told }: { weeks: Weeks; told: (n: number) => void }) {
  const t = useText();
  const w = t.weeks;
  const [method, setMethod] = useState('morning_meeting');
  const [present, setPresent] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const own = v.units.filter((u) => u.writes);
  const left = own.filter((u) => !u.told);
  const tell = async (units: string[]) => {
    setBusy(true);
    setError('');
    const res = await weeks.tell(units, [method], Number(present) || 0);
    setBusy(false);
    if (res.ok) told(units.length);
    else setError(res.error.status === 0 ? t.noAnswer : res.error.detail);
  };
  return (
    <div className="flex flex-col gap-3">
      {left.length > 0 && (
        <div className="flex items-end gap-3">
          <Field label={w.method} className="grow">{(wiring) => <Select {...wiring} value={method} onChange={(e) => setMethod(e.target.value)}>{Object.entries(w.methods).map(([id, name]) => <option key={id} value={id}>{name}</option>)}</Select>}</Field>
          <Field label={w.present} className="w-24">{(wiring) => <Input {...wiring} inputMode="numeric" value={present} onChange={(e) => setPresent(e.target.value.replace(/\D/g, ''))} />}</Field>
        </div>
      )}
      <div className="flex max-h-40 flex-wrap gap-2 overflow-auto p-0.5">
        {left.length > 3 && <Button look="primary" size="large" disabled={busy} onClick={() => void tell(left.map((u) => u.unit))}>{w.doneAll(left.length)}</Button>}
        {left.length <= 3 && left.map((u) => <Button key={u.unit} look="primary" size="large" disabled={busy} aria-label={w.doneIn(u.name)} onClick={() => void tell([u.unit])}><Icon name="check" className="size-5" />{own.length > 1 ? w.doneIn(u.name) : w.done}</Button>)}
        {own.filter((u) => u.told).map((u) => <a key={u.unit} href={to('awareness', { record: u.told })} onClick={follow} aria-label={w.open(u.name)} className="inline-flex h-8 items-center gap-1.5 rounded-6 bg-ok-bg px-2.5 text-ok underline-offset-3 hover:underline"><Icon name="check" className="size-4" />{w.told}{own.length > 1 && `　${u.name}`}</a>)}
      </div>
      {error && <p role="alert" className="text-bad">＊{error}</p>}
    </div>
  );
}

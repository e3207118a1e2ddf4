import { useEffect, useState } from 'react';
import { requests, type Requested } from '../api/requests.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { useSeconds } from '../ui/time.ts';
import { follow, go, link, useQuery } from '../url.ts';
import { AskDialog } from './AskDialog.tsx';
import { RequestCard } from './RequestCard.tsx';

const place = (request: string | null) => link('evidence', { tab: 'requests', request });

/** RequestsPane is 映像確認依頼, as who asks and who looks see them. */
export function RequestsPane({ say }: { say: (what: string) => void }) {
  const t = useText();
  const w = t.requests;
  const { desk } = usePerson();
  const query = useQuery();
  const number = query.get('request');
  const { answer, again } = useAnswer('footage requests', requests.list);
  const [asking, setAsking] = useState(() => query.get('ask') !== null);
  useEffect(() => desk.listen((e) => e.kind === 'inbox' && again()), [desk, again]);
  const changed = (what: string) => {
    say(what);
    again();
    void desk.inbox.load();
  };
  if (answer.kind === 'failed') return <Failed error={answer.error} retry={again} />;
  const asks = answer.kind === 'ready' && answer.value.asks;
  const list = answer.kind === 'ready' ? answer.value.requests : [];
  return (
    <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[1079px]:flex-none max-[1079px]:grid-cols-1">
      <Card title={w.list} note={list.length > 0 ? w.count(list.length) : undefined} body="flex min-h-0 grow flex-col overflow-auto" tools={asks && <Button size="small" look="primary" onClick={() => setAsking(true)}><Icon name="send" className="size-4" />{w.asking.open}</Button>}>
        {answer.kind === 'loading' && <Bones />}
        {answer.kind === 'ready' && (list.length === 0 ? <Nothing icon="search" title={w.none}>{w.noneBody}</Nothing> : <List list={list} number={number} />)}
      </Card>
      {number ? <RequestCard key={number} number={number} changed={changed} /> : <Card title={w.one} body="flex grow flex-col"><Nothing icon="search" title={w.pick} heading="p" /></Card>}
      {asking && <AskDialog query={query} close={() => setAsking(false)} done={(n) => {
        setAsking(false);
        changed(w.asking.done(n));
        go(place(n), true);
      }} />}
    </div>
  );
}

function List({ list, number }: { list: readonly Requested[]; number: string | null }) {
  const t = useText();
  const w = t.requests;
  const when = (q: Requested) => `${t.calendar(parseInstant(q.events[0]!))} ${clock(parseInstant(q.events[0]!))}`;
  return (
    <Table<Requested> label={w.list} rows={list} keyOf={(q) => q.number} selected={(q) => q.number === number} columns={[
      { head: w.columns.number, names: true, cell: (q) => <a href={place(q.number)} onClick={follow} className="font-bold text-accent after:absolute after:inset-0 hover:underline">{q.number}</a> },
      { head: w.columns.rules, cell: (q) => q.rules.join('・') },
      { head: w.columns.terminal, cell: (q) => q.terminal },
      { head: w.columns.first, className: 'max-[1439px]:hidden', cell: when },
      { head: w.columns.due, cell: (q) => <Due request={q} /> },
      { head: w.columns.state, cell: (q) => <RequestState request={q} /> },
    ]} />
  );
}

function Due({ request: q }: { request: Requested }) {
  const t = useText();
  const late = q.state !== 'done' && parseInstant(q.due) < useSeconds();
  return <span className={late ? 'font-bold text-bad' : ''} title={late ? t.requests.overdue : undefined}>{t.day(parseInstant(q.due))}</span>;
}

const tones: Record<Requested['state'], Tone> = { waiting: 'late', looking: 'key', done: 'ok' };

export function RequestState({ request: q }: { request: Requested }) {
  const w = useText().requests;
  return <Chip tone={q.outcome === 'unclear' || q.outcome === 'nothing' ? 'plain' : tones[q.state]} icon={q.state === 'done' ? 'check' : q.state === 'looking' ? 'eye' : 'clock'}>{q.outcome ? w.outcomes[q.outcome] : w.states[q.state]}</Chip>;
}

import { useState, type ReactNode } from 'react';
import { review, type ReviewItem, type ReviewMonth } from '../api/review.ts';
import { parseMonth } from '../duty/month.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager } from '../ui/Pager.tsx';
import { Segment } from '../ui/Segment.tsx';
import { follow, go, link, useQuery } from '../url.ts';
import { ItemPanel } from './ItemPanel.tsx';
import { ItemRows } from './ItemRows.tsx';
import { todo } from './words.ts';

interface Props {
  months: readonly ReviewMonth[];
  month: string;
  tools: ReactNode;
  say: (text: string) => void;
  changed: () => void;
}

type Which = 'todo' | 'asked' | 'settled' | 'all';

/** Month is a month's sample: what is left to decide, and one item of it. */
export function Month({ months, month, tools, say, changed }: Props) {
  const t = useText();
  const w = t.review;
  const q = useQuery();
  const { answer, again } = useAnswer(`review ${month}`, (signal) => review.month(month, signal));
  const items = answer.kind === 'ready' ? answer.value.items : [];
  const which = (['asked', 'settled', 'all'] as const).find((x) => x === q.get('which')) ?? 'todo';
  const of: Record<Which, (i: ReviewItem) => boolean> = { todo, asked: (i) => i.state === 'asked', settled: (i) => i.state === 'fine' || i.state === 'done', all: () => true };
  const shown = items.filter(of[which]);
  const item = items.find((i) => i.n === Number(q.get('item') ?? 0)) ?? null;
  const to = (c: { month?: string; which?: Which; item?: number }) => link('review', { month: c.month ?? month, which: (c.which ?? which) === 'todo' ? null : (c.which ?? which), item: c.item ? String(c.item) : null });
  const at = months.findIndex((m) => m.month === month);
  const done = (text: string) => {
    say(text);
    again();
    changed();
  };
  const named = parseMonth(month)!;
  const turn = (by: number) => (months[at + by] ? () => go(to({ month: months[at + by]!.month })) : null);
  return (
    <Page title={w.page} lead={answer.kind === 'ready' && <Lead month={answer.value.month} />} tools={
      <>
        {tools}
        <Pager label={w.month} back={{ label: w.earlier, go: turn(1) }} forward={{ label: w.later, go: turn(-1) }}>{t.duty.month(named.year, named.month)}</Pager>
        <Save month={month} say={say} />
        <a href={link('review', { month, print: '1' })} onClick={follow} className="px-1 text-accent underline underline-offset-3 hover:no-underline">{w.paper}</a>
      </>
    }>
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_430px] gap-4 tight:grid-cols-[minmax(0,1fr)_392px] tight:gap-2.5 max-[1079px]:flex max-[1079px]:flex-none max-[1079px]:flex-col">
        <Card title={w.sample} tools={<Segment<Which> label={w.which.label} value={which} choose={(v) => go(to({ which: v }))} choices={(['todo', 'asked', 'settled', 'all'] as const).map((v) => ({ value: v, text: w.which[v], ...(answer.kind === 'ready' && { count: items.filter(of[v]).length }) }))} />} body="grow overflow-hidden flex flex-col">
          {answer.kind === 'loading' && <Bones rows={8} />}
          {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
          {answer.kind === 'ready' && shown.length === 0 && <Nothing icon="check" title={w.nothing[which]} />}
          {shown.length > 0 && <ItemRows key={which} items={shown} selected={item?.n ?? 0} open={(n) => go(to({ item: n }))} done={done} />}
        </Card>
        {item ? <ItemPanel key={`${item.n} ${item.state}`} item={item} done={done} /> : <section className="flex rounded-8 border border-line bg-surface"><Nothing icon="list" title={w.pick} /></section>}
      </div>
    </Page>
  );
}

function Lead({ month: m }: { month: ReviewMonth }) {
  const t = useText();
  return <span title={t.review.seed(m.seed, m.log_row)}>{t.review.drawn(t.calendar(parseInstant(m.drawn)), m.views, m.items)}</span>;
}

function Save({ month, say }: { month: string; say: (text: string) => void }) {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const res = await review.save(month);
    setBusy(false);
    say(res.ok ? t.review.saved : res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
  };
  return <Button disabled={busy} onClick={() => void save()}><Icon name="download" className="size-4" />{t.review.save}</Button>;
}

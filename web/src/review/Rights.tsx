import { useState, type ReactNode } from 'react';
import { inventory, type RightsLine, type RightsReview, type RightsReviews } from '../api/inventory.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import { follow, go, link, useQuery } from '../url.ts';
import { CloseDialog, ObjectDialog } from './RightsDialogs.tsx';
import { RightsRows } from './RightsRows.tsx';
import { RightsPaper } from './RightsPaper.tsx';

/** Rights is アクセス権棚卸: who held which rights on a day, and what the heads say of it. */
export function Rights({ tools, say, toast }: { tools: ReactNode; say: (text: string) => void; toast: ReactNode }) {
  const t = useText();
  const w = t.review.rights;
  const q = useQuery();
  const { desk } = usePerson();
  const { answer, again } = useAnswer('rights reviews', inventory.list);
  const [error, setError] = useState('');
  const done = (text: string) => {
    setError('');
    say(text);
    again();
    void desk.inbox.load();
  };
  const take = async () => {
    const res = await inventory.take();
    if (res.ok) return done(w.taken);
    setError(res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
  };
  const list = answer.kind === 'ready' ? answer.value.reviews : [];
  const one = list.find((r) => r.id === q.get('rights')) ?? list[0];
  if (one && q.has('print')) return <RightsPaper review={one} />;
  return (
    <Page title={w.page} lead={one && <Lead review={one} />} tools={<>{tools}{one && answer.kind === 'ready' && <Tools list={answer.value} one={one} done={done} take={() => void take()} />}</>}>
      {error && <Note tone="bad" alert>{error}</Note>}
      {one ? <Lines key={one.id} review={one} done={done} /> : (
        <Card title={w.page} className="grow" body="grow flex flex-col">
          {answer.kind === 'loading' && <Bones rows={8} />}
          {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
          {answer.kind === 'ready' && <Nothing icon="list" title={w.none} action={answer.value.may_take && <Button look="primary" onClick={() => void take()}>{w.take}</Button>}>{w.noneWhy}</Nothing>}
        </Card>
      )}
      {toast}
    </Page>
  );
}

const count = (r: RightsReview, f: (l: RightsLine) => boolean) => r.lines.filter(f).length;

function Lead({ review: r }: { review: RightsReview }) {
  const t = useText();
  const w = t.review.rights;
  const done = r.lines.length - r.left;
  return <>{w.progress(t.calendar(parseInstant(r.taken)), done, r.lines.length, count(r, (l) => l.state === 'objected'))}{r.closed && `　${w.closedOn(t.calendar(parseInstant(r.closed)))}`}</>;
}

function Tools({ list, one, done, take }: { list: RightsReviews; one: RightsReview; done: (text: string) => void; take: () => void }) {
  const t = useText();
  const w = t.review.rights;
  const [closing, setClosing] = useState(false);
  return (
    <>
      {list.reviews.length > 1 && <Select aria-label={w.which} value={one.id} onChange={(e) => go(link('review', { rights: e.target.value }))}>{list.reviews.map((r) => <option key={r.id} value={r.id}>{t.calendar(parseInstant(r.taken))}</option>)}</Select>}
      {list.may_take && list.reviews.every((r) => r.closed) && <Button onClick={take}>{w.take}</Button>}
      {one.may_close && <Button onClick={() => setClosing(true)}><Icon name="lock" className="size-4" />{w.close}</Button>}
      <a href={link('review', { rights: one.id, print: '1' })} onClick={follow} className="px-1 text-accent underline underline-offset-3 hover:no-underline">{t.review.paper}</a>
      {closing && <CloseDialog review={one} close={() => setClosing(false)} done={() => (setClosing(false), done(w.closed))} />}
    </>
  );
}

type Which = 'mine' | 'open' | 'objected' | 'all';

function Lines({ review: r, done }: { review: RightsReview; done: (text: string) => void }) {
  const t = useText();
  const w = t.review.rights;
  const q = useQuery();
  const [objecting, setObjecting] = useState<RightsLine | null>(null);
  const of: Record<Which, (l: RightsLine) => boolean> = { mine: (l) => l.mine && l.state === 'open', open: (l) => l.state === 'open', objected: (l) => l.state === 'objected', all: () => true };
  const wish = (['mine', 'open', 'objected', 'all'] as const).find((x) => x === q.get('which'));
  const which = wish ?? (r.lines.some(of.mine) ? 'mine' : 'all');
  const shown = r.lines.filter(of[which]);
  return (
    <>
      {r.closed ? <Note icon="lock">{w.closedNote}{r.remark && `　${w.remark}：${r.remark}`}</Note> : which === 'mine' && <Note icon="info">{w.how}</Note>}
      <Card title={w.lines} tools={<Segment<Which> label={t.review.which.label} value={which} choose={(v) => go(link('review', { rights: r.id, which: v }))} choices={(['mine', 'open', 'objected', 'all'] as const).map((v) => ({ value: v, text: w.filters[v], count: count(r, of[v]) }))} />} className="min-h-[260px] grow" body="grow overflow-hidden flex flex-col">
        {shown.length === 0 ? <Nothing icon="check" title={w.nothing[which]} /> : <RightsRows key={which} review={r} lines={shown} object={setObjecting} done={done} />}
      </Card>
      {objecting && <ObjectDialog review={r} line={objecting} close={() => setObjecting(null)} done={() => (setObjecting(null), done(w.objected))} />}
    </>
  );
}

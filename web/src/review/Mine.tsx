import { review, type ReviewItem } from '../api/review.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Card } from '../ui/Card.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Facts, Said, Say } from './ItemPanel.tsx';
import { State } from './ItemRows.tsx';

/** Mine is what one was asked about one's own views, and where one answers. */
export function Mine({ say }: { say: (text: string) => void }) {
  const t = useText();
  const w = t.review.mine;
  const { desk } = usePerson();
  const { answer, again } = useAnswer('review mine', review.mine);
  const done = () => {
    say(w.sent);
    again();
    void desk.inbox.load();
  };
  if (answer.kind !== 'ready') return <Card title={w.title}>{answer.kind === 'loading' ? <Bones rows={5} /> : <Failed error={answer.error} retry={again} />}</Card>;
  if (answer.value.items.length === 0) return <Card title={w.title} className="grow" body="grow flex flex-col"><Nothing icon="check" title={w.none}>{w.noneWhy}</Nothing></Card>;
  return <div className="grid grid-cols-2 items-start gap-4 tight:gap-2.5 max-[900px]:grid-cols-1">{answer.value.items.map((i) => <Asked key={`${i.month} ${i.n}`} item={i} done={done} />)}</div>;
}

function Asked({ item: i, done }: { item: ReviewItem; done: () => void }) {
  const t = useText();
  return (
    <Card title={t.review.mine.of(i.month, i.n)} tools={<State item={i} />} body="flex flex-col gap-4 px-4 py-3 tight:px-3">
      <Facts item={i} />
      <Said item={i} />
      {i.state === 'asked' && <Say label={t.review.answer} hint={t.review.mine.hint} button={t.review.mine.send} act={(text) => review.answer(i, text)} done={done} />}
    </Card>
  );
}

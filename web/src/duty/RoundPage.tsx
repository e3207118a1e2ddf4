import { useEffect } from 'react';
import { serverClock } from '../api/client.ts';
import { duty, type Round } from '../api/duty.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Card } from '../ui/Card.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { follow, go, link } from '../url.ts';
import { Summary } from './Summary.tsx';
import { Watching } from './Watching.tsx';

/** RoundPage is one round: its moments one after the other, and at its end what was found. n 0: the first that is not marked. */
export function RoundPage({ id, n }: { id: string; n: number }) {
  const t = useText();
  const { answer, again, put } = useAnswer(`round ${id}`, (signal) => duty.round(id, signal));
  const ready = answer.kind === 'ready' ? answer.value : null;
  const over = ready !== null && serverClock.now() >= parseInstant(ready.until);
  const given = ready?.moments.some((m) => m.n === n) ?? false;
  const first = ready && !given && !over && !ready.finished ? (unmarked(ready, 0) ?? 1) : null;
  useEffect(() => {
    if (first !== null) go(link('duty', { round: id, n: String(first) }), true);
  }, [id, first]);
  if (answer.kind !== 'ready') {
    return (
      <Page title={t.duty.page} tools={<a href={link('duty')} onClick={follow} className="text-accent underline underline-offset-3 hover:no-underline">{t.duty.summary.back}</a>}>
        <Card title={t.duty.summary.moments} className="grow" body="grow flex flex-col">{answer.kind === 'loading' ? <Bones rows={6} /> : <Failed error={answer.error} retry={again} />}</Card>
      </Page>
    );
  }
  const round = answer.value;
  if (over || (round.finished && !given)) return <Summary round={round} over={over} changed={again} />;
  return <Watching round={round} n={first ?? n} put={put} again={again} />;
}

/** unmarked is the next moment without a result behind n, or else the first; null: all have one. */
export function unmarked(round: Round, n: number): number | null {
  const open = round.moments.filter((m) => m.result === '');
  return (open.find((m) => m.n > n) ?? open[0])?.n ?? null;
}

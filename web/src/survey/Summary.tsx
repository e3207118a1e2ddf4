import { useState } from 'react';
import type { Problem, Result } from '../api/result.ts';
import { surveys, type OneSurvey } from '../api/survey.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { byCategory, handedIn, replyStates } from './answers.ts';
import { AskDialog } from './AskDialog.tsx';

/** Summary is how far a survey has come, and what its keepers do next. */
export function Summary({ survey, keeps, told }: { survey: OneSurvey; keeps: boolean; told: (text: string) => void }) {
  const t = useText();
  const w = t.survey;
  const [asking, setAsking] = useState('');
  const [error, setError] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const all = survey.targets.length;
  const done = survey.targets.filter((p) => handedIn(p.state)).length;
  const answering = survey.state === 'asking' || survey.state === 'collecting';
  const run = async <T,>(what: Promise<Result<T>>, say: (value: T) => string) => {
    setBusy(true);
    const res = await what;
    setBusy(false);
    setError(res.ok ? null : res.error);
    if (res.ok) told(say(res.value));
  };
  const move = (id: string, reason = '') => run(surveys.move(survey, id, reason), () => w.moved(w.states[({ open: 'asking', collect: 'collecting', check: 'checking', settle: 'final', reopen: 'asking', back: 'collecting' } as const)[id as 'open']]));
  const asks = (id: string) => id === 'reopen' || id === 'back' || (id === 'check' && done < all);
  const tools = keeps && (
    <>
      {answering && survey.targets.some((p) => p.state === 'submitted') && <Button look="outline" size="small" disabled={busy} onClick={() => void run(surveys.confirmAll(survey.name), (v) => w.confirmedAll(v.replies))}>{w.confirmAll}</Button>}
      {answering && done < all && <Button look="outline" size="small" disabled={busy} title={w.chaseHint} onClick={() => void run(surveys.chase(survey.name), (v) => w.chased(v.replies))}><Icon name="bell" className="size-4" />{w.chase}</Button>}
      {survey.moves.map((m) => <Button key={m} look={m === 'reopen' || m === 'back' ? 'quiet' : 'primary'} size="small" disabled={busy} onClick={() => (asks(m) ? setAsking(m) : void move(m))}>{w.moves[m]}</Button>)}
    </>
  );
  return (
    <Card title={w.summary} note={<>{t.survey.period(survey.from, survey.to)}　{all > 0 && w.progress(done, all)}{survey.chases > 0 && `　${w.chaseNote(survey.chases, t.date(parseInstant(survey.chased)))}`}</>} tools={tools} className="flex-none" body="flex flex-wrap items-center gap-x-8 gap-y-3 px-4 py-3 tight:px-3 tight:py-2">
      {error && <Note tone="bad" alert className="w-full">{error.status === 0 ? t.noAnswer : (error.fields?.[0]?.text[t.lang] ?? error.detail)}</Note>}
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        {replyStates.map((s) => <div key={s} className="flex items-baseline gap-1.5"><dt className="text-text-2">{w.replyStates[s]}</dt><dd className="text-lg font-bold tabular-nums tight:text-base">{survey.counts[s] ?? 0}</dd></div>)}
      </dl>
      <ul aria-label={w.byCategory} className="flex flex-wrap gap-x-5 gap-y-1.5">
        {byCategory(survey.targets).map((r) => (
          <li key={r.category} className="flex items-center gap-2">
            <span className="text-text-2">{r.category}</span>
            <span aria-hidden="true" className="h-2 w-16 overflow-hidden rounded-4 bg-soft"><span className="block h-full bg-primary" style={{ width: `${(100 * r.done) / r.all}%` }} /></span>
            <span className="tabular-nums">{r.done}／{r.all}</span>
          </li>
        ))}
      </ul>
      {asking && <AskDialog title={w.moves[asking] ?? ''} close={() => setAsking('')} go={async (reason) => {
        await move(asking, reason);
        setAsking('');
      }} />}
    </Card>
  );
}

import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../api/result.ts';
import { surveys, type Answers, type Reply, type Target } from '../api/survey.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Note } from '../ui/Note.tsx';
import { given, same, tones } from './answers.ts';
import { AskDialog } from './AskDialog.tsx';
import { Questions } from './Questions.tsx';

interface Props {
  survey: string;
  target: Target;
  close: (() => void) | null;
  told: (text: string) => void;
}

/** ReplySheet is a reply: its questions, to be answered or read, and what may be done with it. */
export function ReplySheet({ survey, target, close, told }: Props) {
  const t = useText();
  const w = t.survey.reply;
  const { answer, again } = useAnswer(`reply ${survey} ${target.id}`, (signal) => surveys.reply(survey, target.id, signal));
  const seen = useRef(target.version);
  useEffect(() => {
    if (seen.current !== target.version) again();
    seen.current = target.version;
  }, [target.version, again]);
  const reply = answer.kind === 'ready' ? answer.value : null;
  return (
    <Card title={<span className="truncate">{target.name}</span>} className="min-h-[320px]" body="grow min-h-0 flex flex-col"
      note={<Chip tone={tones[target.state]}>{t.survey.replyStates[target.state]}</Chip>} tools={close && <Button look="quiet" size="small" onClick={close}>{w.close}</Button>}>
      {answer.kind === 'loading' && <Bones rows={8} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {reply && <Form key={reply.target.version} survey={survey} reply={reply} done={(text) => (again(), told(text))} />}
    </Card>
  );
}

/** begun are the answers a reply begins with: where nobody wrote yet, what the records say. */
function begun(reply: Reply): Answers {
  if (reply.target.version > 0 || !reply.target.writes) return reply.answers;
  return Object.fromEntries(Object.entries(reply.prefilled).map(([id, f]) => [id, f.answer]));
}

function Form({ survey, reply, done }: { survey: string; reply: Reply; done: (text: string) => void }) {
  const t = useText();
  const w = t.survey.reply;
  const [answers, setAnswers] = useState<Answers>(() => begun(reply));
  const [kept, setKept] = useState({ version: reply.target.version, answers: reply.answers }); // on the server
  const [error, setError] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState('');
  const form = useRef<HTMLDivElement>(null);
  const { target } = reply;
  const mine = given(reply.questions, answers);
  const dirty = target.writes && !same(mine, kept.answers);
  useEffect(() => {
    if (error?.fields?.length) form.current?.querySelector<HTMLElement>('[data-wrong] input, [data-wrong] textarea')?.focus();
  }, [error]);
  const save = async () => {
    setBusy(true);
    const res = await surveys.save(survey, target.id, kept.version, mine);
    setBusy(false);
    if (res.ok) done(w.saved);
    else setError(res.error);
  };
  const move = async (id: string, reason = '') => {
    setBusy(true);
    let { version } = kept;
    const saved = dirty && id === 'submit' ? await surveys.save(survey, target.id, version++, mine) : null;
    const res = saved && !saved.ok ? saved : await surveys.moveReply(survey, target.id, version, id, reason);
    setBusy(false);
    if (res.ok) return done(w.moved[id] ?? '');
    setError(res.error);
    if (saved?.ok) setKept({ version, answers: mine }); // it was kept, though not moved on
  };
  const moves = target.moves.length === 0 && target.writes && (dirty || kept.version > target.version) ? ['submit'] : target.moves; // saving makes it one that can be submitted
  const problems = error?.fields ?? [];
  return (
    <>
      <div ref={form} className="flex min-h-0 grow flex-col gap-5 overflow-auto px-4 py-4 tight:gap-4 tight:px-3 tight:py-3">
        {target.state === 'returned' && <Note tone="warn">{w.returned}</Note>}
        <Questions questions={reply.questions} answers={answers} change={target.writes ? setAnswers : null} prefilled={reply.prefilled} problems={problems} />
        <History reply={reply} />
      </div>
      {(target.writes || moves.length > 0) && (
        <div className="flex flex-none flex-wrap items-center gap-3 border-t border-soft px-4 py-3 tight:px-3 tight:py-2">
          {moves.map((m) => <Button key={m} look={m === 'return' || m === 'send_back' ? 'quiet' : 'primary'} disabled={busy} onClick={() => (m === 'return' || m === 'send_back' ? setAsking(m) : void move(m))}>{w.moves[m]}</Button>)}
          {target.writes && <Button look="outline" disabled={busy || !dirty} onClick={() => void save()}>{busy ? w.saving : w.save}</Button>}
          {error ? <p role="alert" className="min-w-0 text-bad">＊{problems.length > 0 ? w.wrong(problems.length) : error.status === 0 ? t.noAnswer : error.detail}</p> : dirty && <p className="text-text-3">{w.unsaved}</p>}
        </div>
      )}
      {asking && <AskDialog title={w.moves[asking] ?? ''} close={() => setAsking('')} go={async (reason) => {
        await move(asking, reason);
        setAsking('');
      }} />}
    </>
  );
}

function History({ reply }: { reply: Reply }) {
  const t = useText();
  const w = t.survey.reply;
  if (reply.history.length === 0) return null;
  return (
    <section aria-label={w.history} className="border-t border-soft pt-3">
      <h3 className="mb-1.5 font-bold">{w.history}</h3>
      <ol className="flex flex-col gap-1 text-text-2">
        {reply.history.map((v) => {
          const at = parseInstant(v.at);
          return <li key={v.version}>{t.date(at)} {clock(at).slice(0, 5)}　{w.what[v.what] ?? w.moves[v.what] ?? v.what}　{v.name}{v.reason && <span className="block pl-4 text-text">{w.because(v.reason)}</span>}</li>;
        })}
      </ol>
    </section>
  );
}

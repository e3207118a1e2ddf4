import { useState } from 'react';
import type { Problem } from '../api/result.ts';
import { surveys, type Question, type Written } from '../api/survey.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Check, Field, TextArea } from '../ui/Field.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Note } from '../ui/Note.tsx';

/** MainAnswers is what was written in words: which of it the report quotes, and how. */
export function MainAnswers({ name, say }: { name: string; say: (text: string) => void }) {
  const t = useText();
  const w = t.survey.answers;
  const form = useAnswer(`survey ${name}`, (signal) => surveys.one(name, signal));
  const { answer, again, put: place } = useAnswer(`survey answers ${name}`, (signal) => surveys.answers(name, signal));
  const [error, setError] = useState<Problem | null>(null);
  const put = async (x: Written, main: boolean, edited: string) => {
    const res = await surveys.quote(name, x, main, edited);
    setError(res.ok ? null : res.error);
    if (res.ok) say(w.saved);
    if (res.ok && answer.kind === 'ready') { // at once: the next change begins with what this one said
      place({ ...answer.value, answers: answer.value.answers.map((a) => (a.target === x.target && a.question === x.question ? { ...a, main, edited } : a)) });
    }
    again();
    return res.ok;
  };
  if (answer.kind !== 'ready' || form.answer.kind !== 'ready') {
    const failed = answer.kind === 'failed' ? answer : form.answer.kind === 'failed' ? form.answer : null;
    return <Card title={w.title} className="grow">{failed ? <Failed error={failed.error} retry={again} /> : <Bones rows={8} />}</Card>;
  }
  const { answers, edits } = answer.value;
  const questions = form.answer.value.questions.filter((q) => answers.some((a) => a.question === q.id));
  if (answers.length === 0) return <Card title={w.title} className="grow" body="grow flex flex-col"><Nothing icon="edit" title={w.none}>{w.noneWhy}</Nothing></Card>;
  return (
    <>
      <p className="flex-none text-text-2">{w.lead}</p>
      {error && <Note tone="bad" alert className="flex-none">{error.status === 0 ? t.noAnswer : error.detail}</Note>}
      {questions.map((q) => <OfQuestion key={q.id} question={q} list={answers.filter((a) => a.question === q.id)} edits={edits} put={put} />)}
    </>
  );
}

function OfQuestion({ question: q, list, edits, put }: { question: Question; list: readonly Written[]; edits: boolean; put: (x: Written, main: boolean, edited: string) => Promise<boolean> }) {
  const t = useText();
  const w = t.survey.answers;
  return (
    <Card title={<span className="truncate">{q.label}　{t.lang === 'ja' ? q.text : q.text_en}</span>} note={w.count(list.filter((x) => x.main).length, list.length)} className="flex-none" body="">
      <ul>{list.map((x) => <Line key={x.target} written={x} edits={edits} put={put} />)}</ul>
    </Card>
  );
}

function Line({ written: x, edits, put }: { written: Written; edits: boolean; put: (x: Written, main: boolean, edited: string) => Promise<boolean> }) {
  const t = useText();
  const w = t.survey.answers;
  const [editing, setEditing] = useState(false);
  const [text, setText] = useState(x.edited);
  return (
    <li className="grid grid-cols-[210px_minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2 border-b border-soft px-4 py-2.5 last:border-b-0 tight:px-3 max-[900px]:grid-cols-1">
      <span className="leading-[1.6] text-text-2">{x.name}</span>
      <div className="min-w-0 leading-[1.7]">
        {x.edited && !editing && <p>{x.edited}</p>}
        <p className={x.edited || editing ? 'text-[13px] text-text-3' : ''}>{(x.edited || editing) && `${w.original}：`}{x.text}</p>
        {editing && (
          <form className="mt-2 flex flex-col gap-2" onSubmit={(e) => {
            e.preventDefault();
            void put(x, true, text).then((ok) => ok && setEditing(false));
          }}>
            <Field label={w.edited} hint={w.hint}>{(wiring) => <TextArea {...wiring} rows={2} maxLength={1000} value={text} onChange={(e) => setText(e.target.value)} />}</Field>
            <div className="flex gap-2"><Button type="submit" look="primary" size="small">{w.save}</Button><Button look="quiet" size="small" onClick={() => (setText(x.edited), setEditing(false))}>{t.survey.reply.cancel}</Button></div>
          </form>
        )}
      </div>
      <div className="flex items-center gap-3">
        <Check checked={x.main} disabled={!edits || editing} aria-label={w.mainLong(x.name)} onChange={(e) => void put(x, e.target.checked, x.edited)}>{w.main}</Check>
        {edits && !editing && <Button look="quiet" size="small" aria-label={w.editLong(x.name)} onClick={() => (setText(x.edited || x.text), setEditing(true))}>{w.edit}</Button>}
      </div>
    </li>
  );
}

import { useId } from 'react';
import type { FieldProblem } from '../api/result.ts';
import type { Answer, Answers, Question, Reply } from '../api/survey.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { asked, same, wants } from './answers.ts';

interface Props {
  questions: readonly Question[];
  answers: Answers;
  change: ((f: (a: Answers) => Answers) => void) | null; // null: to be read
  prefilled: Reply['prefilled'];
  problems: readonly FieldProblem[];
}

/** Questions are those that the answers so far make ones. */
export function Questions({ questions, answers, change, prefilled, problems }: Props) {
  const { lang } = useText();
  const shown: Answers = {}; // answers to what is asked, as far as one has come
  return questions.map((q) => {
    if (!asked(q, shown)) return null;
    const a = answers[q.id] ?? { is: [] };
    if (a.is.length > 0) shown[q.id] = a;
    return <One key={q.id} question={q} answer={a} prefill={prefilled[q.id]} wrong={problems.find((p) => p.field === q.id)?.text[lang] ?? null} change={change && ((next) => change((all) => ({ ...all, [q.id]: next })))} />;
  });
}

interface OneProps {
  question: Question;
  answer: Answer;
  prefill: Reply['prefilled'][string] | undefined;
  wrong: string | null;
  change: ((a: Answer) => void) | null;
}

function One({ question: q, answer, prefill, wrong, change }: OneProps) {
  const t = useText();
  const w = t.survey.reply;
  const id = useId();
  const ja = t.lang === 'ja';
  const pick = (option: string, on: boolean) => change?.({ ...answer, is: q.kind === 'choice' ? [option] : on ? [...answer.is, option] : answer.is.filter((x) => x !== option) });
  const worded = wants(q, answer.is);
  const agrees = prefill && same({ q: prefill.answer }, { q: answer });
  return (
    <fieldset data-wrong={wrong ? '' : undefined} aria-describedby={wrong ? `${id}-wrong` : undefined} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 leading-[1.6] font-bold"><span className="mr-2 tabular-nums text-text-3">{q.label}</span>{ja ? q.text : q.text_en}</legend>
      {change ? (
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {q.options.map((o) => (
            <label key={o.id} className="flex min-h-8 items-center gap-2">
              <input type={q.kind === 'choice' ? 'radio' : 'checkbox'} name={`${id}-${q.id}`} checked={answer.is.includes(o.id)} onChange={(e) => pick(o.id, e.target.checked)} className="size-[18px] flex-none accent-(--primary)" />
              {ja ? o.name : o.name_en}
            </label>
          ))}
        </div>
      ) : <p>{q.options.filter((o) => answer.is.includes(o.id)).map((o) => (ja ? o.name : o.name_en)).join('、') || <span className="text-text-3">{w.none}</span>}</p>}
      {worded && (change
        ? <Field label={ja ? worded.text : worded.text_en} need="required">{(wiring) => <TextArea {...wiring} rows={3} maxLength={1000} value={answer.text ?? ''} onChange={(e) => change({ ...answer, text: e.target.value })} />}</Field>
        : answer.text && <blockquote className="border-l-4 border-line pl-3 leading-[1.7] whitespace-pre-wrap">{answer.text}</blockquote>)}
      {prefill && change && (
        <p className="flex flex-wrap items-center gap-2 text-[13px] text-text-2">
          <Chip tone={agrees ? 'key' : 'warn'} icon="link">{w.prefilled}</Chip>{agrees ? w.source(prefill.source) : w.differs(prefill.source)}
          {!agrees && <Button look="plain" size="small" onClick={() => change(prefill.answer)}>{w.take}</Button>}
        </p>
      )}
      {wrong && <p id={`${id}-wrong`} role="alert" className="text-[13px] text-bad">＊{wrong}</p>}
    </fieldset>
  );
}

import { useState, type FormEvent, type ReactNode } from 'react';
import { review, type Finding, type ReviewItem } from '../api/review.ts';
import type { Result } from '../api/result.ts';
import { Strip } from '../audit/Strip.tsx';
import { actionOf, sayOf, seenOf, until, when, whyOf as endOf } from '../audit/words.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { parseInstant, SECOND } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field, Select, TextArea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { State } from './ItemRows.tsx';
import { lookedFor } from './words.ts';

/** ItemPanel is one item: what was looked at, what was said about it, and the next step where it is this person's. */
export function ItemPanel({ item: i, done }: { item: ReviewItem; done: (text: string) => void }) {
  const t = useText();
  const w = t.review;
  return (
    <Card title={w.number(i.n)} tools={<State item={i} />} body="grow overflow-auto flex flex-col gap-4 px-4 py-3 tight:gap-3 tight:px-3">
      <Facts item={i} />
      <Said item={i} />
      {!i.mine && i.state !== 'fine' && i.state !== 'done' && <Note icon="lock">{w.others}</Note>}
      {i.mine && i.state === 'open' && <Open item={i} done={done} />}
      {i.mine && (i.state === 'asked' || i.state === 'answered') && <Find item={i} done={done} />}
      {i.mine && i.state === 'found' && <Say label={w.measures} hint={w.measuresHint} button={w.finish} act={(text) => review.finish(i, text)} done={() => done(w.finished)} />}
    </Card>
  );
}

/** Facts is the row of the log. */
export function Facts({ item: i }: { item: ReviewItem }) {
  const t = useText();
  const d = t.audit.detail;
  const { entry: e } = i;
  const camera = useCameraOf()(e.camera);
  const at = parseInstant(e.time);
  const seen = seenOf(e);
  const facts: [string, ReactNode][] = [[d.who, `${e.actor_title} ${e.actor_name.replace('　', ' ')}（${e.actor}）`], [d.when, when(t, at)]];
  if (e.ended) facts.push([d.ended, `${until(t, at, parseInstant(e.ended))}（${t.duration((parseInstant(e.ended) - at) / SECOND)}）　${endOf(t, e.end_reason)}`]);
  if (i.kind !== 'view') facts.push([t.review.asked, lookedFor(t, e.detail)]);
  else facts.push([d.camera, camera ? `${camera.number}　${camera.name}` : e.camera], [t.audit.columns.what, actionOf(t, e.action)], [d.purpose, (t.purpose.names[e.purpose] ?? e.purpose) || '－'], [d.case, e.case || '－']);
  return (
    <>
      {e.hints.length > 0 && <ul className="flex flex-col gap-0.5 rounded-8 bg-late-bg px-3 py-2 leading-[1.6] text-late">{e.hints.map((h) => <li key={h.kind}>{sayOf(t, h)}</li>)}</ul>}
      {i.why.includes('sealed') && <p className="rounded-8 bg-hold-bg px-3 py-2 leading-[1.6] text-hold">{t.review.sealedWhy}</p>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-0.5 leading-[1.6]">
        {facts.map(([name, value]) => <div key={name} className="contents"><dt className="whitespace-nowrap text-text-3">{name}</dt><dd className="break-words">{value}</dd></div>)}
      </dl>
      {seen && <Strip seen={seen} large />}
    </>
  );
}

/** Said is question, answer, finding and measures so far. */
export function Said({ item: i }: { item: ReviewItem }) {
  const t = useText();
  const w = t.review;
  const at = (text: string | null) => (text ? when(t, parseInstant(text)) : '');
  const reviewer = i.reviewer.replace('　', ' ');
  const steps: [string, string, string][] = [
    [w.question, i.question, at(i.asked)], [w.answer, i.answer, at(i.answered)],
    [w.finding, i.finding && [w.findings[i.finding], i.words].filter(Boolean).join('　'), `${at(i.decided)}　${reviewer}`], [w.measures, i.measures, at(i.done)],
  ];
  const shown = steps.filter(([, text]) => text);
  if (shown.length === 0) return null;
  return (
    <ol aria-label={w.steps} className="flex flex-col gap-2.5 border-l-2 border-line pl-4">
      {shown.map(([name, text, moment]) => <li key={name} className="leading-[1.6]"><p className="flex items-baseline gap-2"><b>{name}</b><span className="text-xs text-text-3">{moment}</span></p><p className="whitespace-pre-wrap">{text}</p></li>)}
    </ol>
  );
}

function Open({ item, done }: { item: ReviewItem; done: (text: string) => void }) {
  const t = useText();
  const w = t.review;
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState('');
  const fine = async () => {
    const res = await review.fine(item.month, [item.n]);
    if (res.ok) return done(w.fineDone(1));
    setError(res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
  };
  if (asking) return <Say label={w.question} hint={w.questionHint} button={w.ask} act={(text) => review.ask(item, text)} done={() => done(w.askDone)} />;
  return (
    <>
      {error && <Note tone="bad" alert>{error}</Note>}
      <div className="flex gap-2"><Button look="primary" onClick={() => void fine()}><Icon name="check" className="size-4" />{w.isFine}</Button><Button onClick={() => setAsking(true)}><Icon name="send" className="size-4" />{w.ask}</Button></div>
    </>
  );
}

function Find({ item, done }: { item: ReviewItem; done: (text: string) => void }) {
  const t = useText();
  const w = t.review;
  const [finding, setFinding] = useState<Finding>('in_order');
  return (
    <>
      {item.state === 'asked' && <Note tone="late">{w.waiting}</Note>}
      <Say label={w.finding} hint={w.findingHint} button={w.find} act={(text) => review.find(item, finding, text)} done={() => done(w.findDone)}>
        <Field label={w.kind} need="required">{(wire) => <Select {...wire} value={finding} onChange={(e) => setFinding(e.target.value as Finding)}>{Object.entries(w.findings).map(([value, text]) => <option key={value} value={value}>{text}</option>)}</Select>}</Field>
      </Say>
    </>
  );
}

interface SayProps {
  label: string;
  hint: string;
  button: string;
  act: (text: string) => Promise<Result<undefined>>;
  done: () => void;
  children?: ReactNode;
}

/** Say is a text that is sent. */
export function Say({ label, hint, button, act, done, children }: SayProps) {
  const t = useText();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (!text.trim()) return;
    setBusy(true);
    const res = await act(text.trim());
    setBusy(false);
    if (res.ok) return done();
    setError(res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
  };
  return (
    <form noValidate onSubmit={(e) => void submit(e)} className="flex flex-col gap-3">
      {children}
      <Field label={label} need="required" hint={hint} error={tried && !text.trim() ? t.review.missing : null}>{(w) => <TextArea {...w} autoFocus rows={4} maxLength={1000} value={text} onChange={(e) => setText(e.target.value)} />}</Field>
      {error && <Note tone="bad" alert>{error}</Note>}
      <div><Button type="submit" look="primary" disabled={busy}>{button}</Button></div>
    </form>
  );
}

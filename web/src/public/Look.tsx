import { useEffect, useRef, useState, type FormEvent } from 'react';
import { open, type InquiryView, type PublicInquiry } from '../api/public.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Note.tsx';
import { Field } from './field.tsx';
import { useText } from './text.ts';
import { dayOf, momentOf } from './when.ts';

type State = { kind: 'ready' } | { kind: 'busy' } | { kind: 'failed'; text: string } | { kind: 'found'; inquiry: PublicInquiry };

/** Look shows the answer to whoever has the receipt. */
export function Look() {
  const t = useText();
  const w = t.look;
  const [number, setNumber] = useState('');
  const [secret, setSecret] = useState('');
  const [tried, setTried] = useState(false);
  const [state, setState] = useState<State>({ kind: 'ready' });
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (!number.trim() || !secret.trim()) return;
    setState({ kind: 'busy' });
    const res = await open.answer(number.trim(), secret.trim());
    setState(res.ok ? { kind: 'found', inquiry: res.value } : { kind: 'failed', text: res.error.status === 404 ? w.wrong : res.error.detail || t.noAnswer });
  };
  return (
    <>
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4 print:hidden">
        <Field label={t.ask.number} required error={tried && !number.trim() && t.ask.missing}>{(f) => <input {...f} value={number} maxLength={40} autoComplete="off" autoCapitalize="characters" spellCheck={false} onChange={(e) => setNumber(e.target.value)} />}</Field>
        <Field label={t.ask.secret} required error={tried && !secret.trim() && t.ask.missing}>{(f) => <input {...f} value={secret} maxLength={80} autoComplete="off" autoCapitalize="characters" spellCheck={false} onChange={(e) => setSecret(e.target.value)} />}</Field>
        {state.kind === 'failed' && <Note tone="bad" alert>{state.text}</Note>}
        <div><Button type="submit" size="large" disabled={state.kind === 'busy'}>{state.kind === 'busy' ? w.busy : w.submit}</Button></div>
      </form>
      {state.kind === 'found' && <Answer key={`${state.inquiry.number}${state.inquiry.state}`} inquiry={state.inquiry} />}
    </>
  );
}

function Answer({ inquiry: q }: { inquiry: PublicInquiry }) {
  const t = useText();
  const w = t.look;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const moment = (at: string) => momentOf(parseInstant(at), t.lang);
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <h3 ref={heading} tabIndex={-1} className="text-lg">{w.states[q.state]}</h3>
      <p className="text-text-2">{w.about}<br />{q.place}<br />{moment(q.from)}～{moment(q.to)}</p>
      {q.state === 'waiting' && <p>{w.due(dayOf(parseInstant(q.due), t.lang))}</p>}
      {q.state === 'answered' && (q.views.length === 0 ? <p>{w.none}</p> : <ul aria-label={w.table} className="flex flex-col">{q.views.map((v) => <View key={`${v.date}${v.post}${v.kind}${v.purpose}`} view={v} />)}</ul>)}
      {q.state === 'answered' && <p className="text-sm text-text-2">{t.ask.withheld}</p>}
      {q.note && <p><b>{q.state === 'refused' ? w.why : w.note}</b><br />{q.note}</p>}
    </div>
  );
}

function View({ view: v }: { view: InquiryView }) {
  const t = useText();
  const w = t.look;
  const rows = [[w.date, dayOf(parseInstant(`${v.date}T00:00:00+09:00`), t.lang)], [w.post, (t.who.posts[v.post] ?? v.title) || w.unknown], [w.kind, w.kinds[v.kind]], [w.purpose, t.purposes[v.purpose] ?? v.purpose], [w.times, t.views.times(v.times)]];
  return (
    <li className="border-b border-soft py-3 first:pt-0">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">{rows.map(([name, value]) => <div key={name} className="contents"><dt className="text-text-2">{name}</dt><dd>{value}</dd></div>)}</dl>
    </li>
  );
}

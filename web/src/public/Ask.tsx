import { useEffect, useRef, useState, type FormEvent } from 'react';
import { open, type Area, type Receipt } from '../api/public.ts';
import { MINUTE, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Field } from './field.tsx';
import { useText } from './text.ts';
import { dayOf, spanOf, written } from './when.ts';

type State = { kind: 'ready' } | { kind: 'busy' } | { kind: 'failed'; text: string } | { kind: 'asked'; receipt: Receipt };

/** Ask takes an inquiry, and shows its receipt once. */
export function Ask({ areas }: { areas: readonly Area[] }) {
  const t = useText();
  const w = t.ask;
  const [area, setArea] = useState('');
  const [date, setDate] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [contact, setContact] = useState('');
  const [tried, setTried] = useState(false);
  const [state, setState] = useState<State>({ kind: 'ready' });
  const span = spanOf(date, from, to);
  const late = span.to > Date.now() * 1000 + MINUTE; // the minute that runs may be asked about
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    const chosen = areas[Number(area)];
    if (area === '' || !chosen || Number.isNaN(span.from + span.to) || late) return;
    setState({ kind: 'busy' });
    const res = await open.inquire({ site: chosen.site, floor: chosen.floor, ...written(span), contact });
    setState(res.ok ? { kind: 'asked', receipt: res.value } : { kind: 'failed', text: res.error.detail || t.noAnswer });
  };
  if (state.kind === 'asked') return <Asked receipt={state.receipt} again={() => (setState({ kind: 'ready' }), setTried(false))} />;
  const missing = (value: string) => tried && !value && w.missing;
  return (
    <>
      <p>{w.lead}</p>
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <Field label={w.area} required error={missing(area)}>{(f) => (
          <select {...f} value={area} onChange={(e) => setArea(e.target.value)}><option value="">{w.choose}</option>{areas.map((a, i) => <option key={a.name} value={i}>{a.name}</option>)}</select>
        )}</Field>
        <Field label={w.date} required error={missing(date)}>{(f) => <input {...f} type="date" value={date} onChange={(e) => setDate(e.target.value)} />}</Field>
        <div className="grid gap-4 min-[600px]:grid-cols-2 min-[600px]:items-end">
          <Field label={w.from} required error={missing(from)}>{(f) => <input {...f} type="time" value={from} onChange={(e) => setFrom(e.target.value)} />}</Field>
          <Field label={w.to} required hint={w.toHint} error={missing(to) || (tried && late && w.future)}>{(f) => <input {...f} type="time" value={to} onChange={(e) => setTo(e.target.value)} />}</Field>
        </div>
        <Field label={w.contact} hint={w.contactHint}>{(f) => <input {...f} value={contact} maxLength={200} onChange={(e) => setContact(e.target.value)} />}</Field>
        <p className="text-sm text-text-2">{w.withheld}</p>
        {state.kind === 'failed' && <Note tone="bad" alert>{state.text}</Note>}
        <div><Button type="submit" look="primary" size="large" disabled={state.kind === 'busy'}>{state.kind === 'busy' ? w.busy : w.submit}</Button></div>
      </form>
    </>
  );
}

function Asked({ receipt, again }: { receipt: Receipt; again: () => void }) {
  const t = useText();
  const w = t.ask;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col gap-3">
      <h3 ref={heading} tabIndex={-1} className="flex items-center gap-2 text-lg text-ok"><Icon name="check" className="size-6" />{w.asked}</h3>
      <p>{w.keep}</p>
      <dl className="flex flex-col gap-2 rounded-8 border border-line bg-raised px-4 py-3">
        <div><dt className="text-sm text-text-2">{w.number}</dt><dd className="text-2xl font-bold tracking-[.06em] select-all">{receipt.number}</dd></div>
        <div><dt className="text-sm text-text-2">{w.secret}</dt><dd className="text-2xl font-bold tracking-[.06em] break-all select-all">{receipt.secret}</dd></div>
      </dl>
      <p>{w.due(dayOf(parseInstant(receipt.due), t.lang))}</p>
      <div className="flex flex-wrap gap-3 print:hidden"><Button size="large" onClick={() => print()}><Icon name="print" />{w.print}</Button><Button size="large" look="plain" onClick={again}>{w.again}</Button></div>
    </div>
  );
}

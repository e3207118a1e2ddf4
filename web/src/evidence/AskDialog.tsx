import { useState, type FormEvent } from 'react';
import { serverClock } from '../api/client.ts';
import { requests } from '../api/requests.ts';
import { typed } from '../playback/typed.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { formatInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Check, Field, Input, TextArea } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';

interface Figure {
  name: string;
  value: string;
  peers: string;
}

const empty: Figure = { name: '', value: '', peers: '' };
const mostFigures = 12;

/** AskDialog asks for footage to be looked at: from the hint that the address names, or about what is typed. */
export function AskDialog({ query, close, done }: { query: URLSearchParams; close: () => void; done: (number: string) => void }) {
  const t = useText();
  const w = t.requests.asking;
  const hint = query.get('hint') ?? '';
  const [terminal, setTerminal] = useState(() => query.get('terminal') ?? '');
  const [staff, setStaff] = useState('');
  const [events, setEvents] = useState('');
  const [rules, setRules] = useState<readonly string[]>([]);
  const [figures, setFigures] = useState<readonly Figure[]>([empty]);
  const [note, setNote] = useState('');
  const [error, setError] = useState('');
  const finish = (res: Awaited<ReturnType<typeof requests.ask>>) => (res.ok ? done(res.value.number) : setError(words(t, res.error)));
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (hint) return finish(await requests.ask({ hint, terminal: terminal.trim(), note: note.trim() }));
    const lines = events.split('\n').map((l) => l.trim()).filter(Boolean);
    if (!terminal.trim() || !staff.trim() || lines.length === 0 || rules.length === 0) return setError(w.missing);
    const now = serverClock.now();
    const times: string[] = [];
    for (const line of lines) {
      const at = typed(line, now, now);
      if (!at.ok) return setError(w.bad(line));
      times.push(formatInstant(at.at));
    }
    finish(await requests.ask({ rules: [...rules], terminal: terminal.trim(), staff: staff.trim(), events: times, note: note.trim(), figures: figures.filter((f) => f.name.trim() && f.value.trim()) }));
  };
  return (
    <Dialog title={w.title} close={close} closeLabel={t.ui.cancel} className="w-[720px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-3">
        <p className="-mt-2 leading-[1.7] text-text-2">{hint ? w.hintLead : w.lead}</p>
        <div className="grid grid-cols-2 gap-3">
          <Field label={w.terminal} need={hint ? 'optional' : 'required'} hint={hint ? w.hintTerminal : w.terminalHint}>{(wiring) => <Input {...wiring} value={terminal} maxLength={100} autoComplete="off" spellCheck={false} onChange={(e) => (setTerminal(e.target.value), setError(''))} />}</Field>
          {!hint && <Field label={w.staff} need="required" hint={w.staffHint}>{(wiring) => <Input {...wiring} value={staff} maxLength={100} autoComplete="off" spellCheck={false} onChange={(e) => (setStaff(e.target.value), setError(''))} />}</Field>}
        </div>
        {!hint && (
          <>
            <Field label={w.events} need="required" hint={w.eventsHint}>{(wiring) => <TextArea {...wiring} rows={2} value={events} spellCheck={false} onChange={(e) => (setEvents(e.target.value), setError(''))} />}</Field>
            <fieldset>
              <legend className="font-bold">{w.rules}<span className="ml-1.5 text-[13px] font-normal text-bad">{t.signIn.required}</span></legend>
              <div className="grid grid-cols-3 gap-x-4">{Object.entries(t.requests.rules).map(([r, says]) => <Check key={r} checked={rules.includes(r)} onChange={(e) => (setRules(e.target.checked ? [...rules, r] : rules.filter((x) => x !== r)), setError(''))}><span className="text-[13px]"><b>{r}</b> {says}</span></Check>)}</div>
            </fieldset>
            <Figures figures={figures} set={setFigures} />
          </>
        )}
        <Field label={w.note} need="optional" hint={w.noteHint}>{(wiring) => <TextArea {...wiring} rows={2} maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} />}</Field>
        {error && <Note tone="bad" alert>{error}</Note>}
        <div className="flex justify-end gap-2"><Button look="quiet" onClick={close}>{t.ui.cancel}</Button><Button type="submit" look="primary">{w.save}</Button></div>
      </form>
    </Dialog>
  );
}

function Figures({ figures, set }: { figures: readonly Figure[]; set: (f: readonly Figure[]) => void }) {
  const t = useText();
  const w = t.requests.asking;
  const names = t.requests.figure;
  const edit = (i: number, change: Partial<Figure>) => set(figures.map((f, n) => (n === i ? { ...f, ...change } : f)));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-0.5 font-bold">{w.figures}<span className="ml-1.5 text-[13px] font-normal text-text-3">{t.signIn.optional}　{w.figuresHint}</span></legend>
      {figures.map((f, i) => (
        <div key={i} className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] gap-2">
          {(['name', 'value', 'peers'] as const).map((k) => <Input key={k} aria-label={w.figure(names[k], i + 1)} value={f[k]} maxLength={60} autoComplete="off" onChange={(e) => edit(i, { [k]: e.target.value })} />)}
        </div>
      ))}
      {figures.length < mostFigures && <div><Button size="small" look="quiet" onClick={() => set([...figures, empty])}>{w.more}</Button></div>}
    </fieldset>
  );
}

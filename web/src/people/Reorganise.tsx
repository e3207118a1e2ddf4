import { useId, useState, type ReactNode } from 'react';
import { people, type Outlook, type Reorganisation } from '../api/people.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { wall, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Steps } from '../ui/Steps.tsx';
import { useSeconds } from '../ui/time.ts';
import { go } from '../url.ts';
import { readDay } from './day.ts';
import { Problems } from './Import.tsx';
import { Look } from './Outlook.tsx';
import { to } from './place.ts';

type State =
  | { kind: 'choose'; outlook: Outlook | null; error: string } // the outlook holds what is wrong with the files
  | { kind: 'busy' }
  | { kind: 'look'; asked: Reorganisation; outlook: Outlook; error: string }
  | { kind: 'done'; outlook: Outlook };

/** nextApril is the 1 April to come, when the ward reorganises. */
function nextApril(now: Instant): string {
  const w = wall(now);
  return `${w.month >= 4 ? w.year + 1 : w.year}/4/1`;
}

const base64 = (file: File) => new Promise<string>((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done((reader.result as string).split(',')[1] ?? '');
  reader.onerror = () => failed(reader.error ?? new Error('the file cannot be read'));
  reader.readAsDataURL(file);
});

/** Reorganise is 組織改正 in three steps: files and day, what they do, and the proposal. */
export function Reorganise() {
  const t = useText();
  const w = t.people.reform;
  const now = useSeconds();
  const [day, setDay] = useState(() => nextApril(now));
  const [organisation, setOrganisation] = useState<File | null>(null);
  const [appointments, setAppointments] = useState<File | null>(null);
  const [state, setState] = useState<State>({ kind: 'choose', outlook: null, error: '' });
  const look = async () => {
    const read = readDay(day, now);
    if (read === null) return setState({ kind: 'choose', outlook: null, error: w.badDay });
    if (!read || !organisation) return setState({ kind: 'choose', outlook: null, error: w.missing });
    setState({ kind: 'busy' });
    const asked: Reorganisation = { day: read, name: organisation.name, organisation: await base64(organisation), ...(appointments && { appointments: await base64(appointments) }) };
    const res = await people.preview(asked);
    if (!res.ok) setState({ kind: 'choose', outlook: null, error: words(t, res.error) });
    else if (res.value.problems.length > 0) setState({ kind: 'choose', outlook: res.value, error: '' });
    else setState({ kind: 'look', asked, outlook: res.value, error: '' });
  };
  const propose = async (asked: Reorganisation, outlook: Outlook) => {
    const res = await people.reorganise(asked);
    if (!res.ok) setState({ kind: 'look', asked, outlook, error: words(t, res.error) });
    else if (!res.value.done) setState({ kind: 'choose', outlook: res.value, error: '' });
    else setState({ kind: 'done', outlook: res.value });
  };
  const at = state.kind === 'done' ? 2 : state.kind === 'look' ? 1 : 0;
  const step = (n: number) => (n < at ? 'done' : n === at ? 'now' : 'ahead');
  return (
    <div className="flex min-h-[480px] flex-1 flex-col gap-4 tight:gap-2.5">
      <div className="flex-none rounded-8 border border-line bg-surface px-4 py-3 tight:py-2">
        <Steps label={w.steps.label} steps={[{ title: w.steps.choose, note: w.steps.chooseNote, state: step(0) }, { title: w.steps.look, note: w.steps.lookNote, state: step(1) }, { title: w.steps.proposed, note: w.steps.proposedNote, state: step(2) }]} />
      </div>
      {(state.kind === 'choose' || state.kind === 'busy') && (
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,560px)_minmax(0,1fr)] items-start gap-4 tight:gap-2.5 max-[1079px]:grid-cols-1">
          <Card title={w.title} body="flex flex-col gap-4 px-4 py-4 tight:gap-3 tight:px-3 tight:py-3">
            <p className="leading-[1.7] text-text-2">{w.lead}</p>
            <Field label={w.day} need="required" hint={w.dayHint}>{(wiring) => <Input {...wiring} value={day} onChange={(e) => setDay(e.target.value)} className="w-52" />}</Field>
            <Pick label={w.organisation} hint={w.organisationHint} accept=".xlsx,.csv,.yaml,.yml" file={organisation} choose={setOrganisation} />
            <Pick label={w.appointments} hint={w.appointmentsHint} optional accept=".xlsx,.csv" file={appointments} choose={setAppointments} />
            {state.kind === 'choose' && state.error && <Note tone="bad" alert>{state.error}</Note>}
            <div><Button look="primary" aria-disabled={state.kind === 'busy'} onClick={() => state.kind !== 'busy' && void look()}>{state.kind === 'busy' ? w.busy : w.submit}</Button></div>
          </Card>
          {state.kind === 'choose' && state.outlook ? <Problems title={w.problems[state.outlook.source]} problems={state.outlook.problems} /> : <Current />}
        </div>
      )}
      {state.kind === 'look' && <Look outlook={state.outlook} error={state.error} propose={() => void propose(state.asked, state.outlook)} back={() => setState({ kind: 'choose', outlook: null, error: '' })} />}
      {state.kind === 'done' && <Done outlook={state.outlook} />}
    </div>
  );
}

function Pick({ label, hint, accept, file, optional = false, choose }: { label: string; hint: string; accept: string; file: File | null; optional?: boolean; choose: (f: File) => void }) {
  const t = useText();
  const w = t.people.reform;
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1.5">
      <b id={id}>{label}<span className={`ml-1.5 text-[13px] font-normal ${optional ? 'text-text-3' : 'text-bad'}`}>{optional ? t.signIn.optional : t.signIn.required}</span></b>
      <p className="text-[13px] leading-[1.6] text-text-3">{hint}</p>
      <div className="flex items-center gap-3">
        <label className="inline-flex h-9 cursor-pointer items-center rounded-8 border border-accent bg-surface px-3.5 font-bold whitespace-nowrap text-accent hover:bg-accent-soft has-focus-visible:outline-4 has-focus-visible:outline-black tight:h-8">
          <input type="file" className="sr-only" accept={accept} aria-label={label} onChange={(e) => e.target.files?.[0] && choose(e.target.files[0])} />
          {file ? w.change : w.choose}
        </label>
        <span className="min-w-0 truncate text-text-2">{file?.name ?? w.none}</span>
      </div>
    </div>
  );
}

function Current() {
  const t = useText();
  const w = t.people.reform;
  const item = (href: string, text: string): ReactNode => <a href={href} download className="inline-flex h-9 items-center gap-2 text-accent underline underline-offset-3 hover:no-underline tight:h-8"><Icon name="download" className="size-4" />{text}</a>;
  return (
    <Card title={w.current} body="flex flex-col px-4 py-3 tight:px-3 tight:py-2">
      <p className="pb-1.5 leading-[1.7] text-text-2">{w.currentWhy}</p>
      {item(people.unitsFile('xlsx'), w.xlsx)}
      {item(people.unitsFile('csv'), w.csv)}
      {item(people.unitsFile('yaml'), w.yaml)}
      {item(people.template('xlsx', true), t.people.take.filled)}
    </Card>
  );
}

function Done({ outlook: o }: { outlook: Outlook }) {
  const t = useText();
  const w = t.people.reform;
  return (
    <Card title={w.done(o.version)} className="max-w-[900px]" body="flex flex-col gap-4 px-4 py-4 tight:px-3 tight:py-3">
      <p role="status" className="leading-[1.7]">{o.waits ? w.waits : w.inForce}</p>
      <p className="leading-[1.7] text-text-2">{w.file}</p>
      <div className="flex flex-wrap gap-2"><Button look="primary" onClick={() => go(`/rights?tab=versions&kind=cameras&number=${o.version}`)}>{w.toVersion}</Button>{o.effects.some((e) => e.what === 'waiting') && <Button onClick={() => go(to('waiting'))}>{w.toWaiting}</Button>}</div>
    </Card>
  );
}

import { useRef, useState, type DragEvent } from 'react';
import { people, type Draft, type Effect, type FileProblem } from '../api/people.ts';
import { words } from '../security/words.ts';
import { useText, type Text } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Check } from '../ui/Field.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Nothing } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { go } from '../url.ts';
import { to } from './place.ts';
import { nameOf, titleOf } from './words.ts';

const most = 10 << 20; // bytes
const mostRows = 500; // drawn at once; the counts above them are of all

type State = { kind: 'none' } | { kind: 'busy'; file: File } | { kind: 'draft'; file: File; draft: Draft } | { kind: 'done'; file: File; draft: Draft } | { kind: 'failed'; text: string };

/** Import takes a file of people: first what it would do, then all of it or nothing. */
export function Import() {
  const t = useText();
  const w = t.people.take;
  const [state, setState] = useState<State>({ kind: 'none' });
  const send = async (file: File, dry: boolean) => {
    if (file.size > most) return setState({ kind: 'failed', text: w.tooLarge });
    setState({ kind: 'busy', file });
    const res = await people.take(file, dry);
    if (!res.ok) return setState({ kind: 'failed', text: words(t, res.error) });
    setState({ kind: res.value.done ? 'done' : 'draft', file, draft: res.value });
  };
  const chosen = state.kind === 'draft' || state.kind === 'done';
  return (
    <div className="grid min-h-[420px] flex-1 grid-cols-[340px_minmax(0,1fr)] items-stretch gap-4 tight:grid-cols-[300px_minmax(0,1fr)] tight:gap-2.5 max-[900px]:flex-none max-[900px]:grid-cols-1!">
      <div className="flex flex-col gap-4 tight:gap-2.5">
        <Choose again={chosen} busy={state.kind === 'busy'} choose={(file) => void send(file, true)} />
        <Templates />
      </div>
      <div aria-live="polite" className="flex min-h-0 min-w-0 flex-col">
        {state.kind === 'none' && <section className="grid grow place-items-center rounded-8 border border-line bg-surface"><Nothing icon="list" heading="h2" title={w.choose}>{w.lead}</Nothing></section>}
        {state.kind === 'busy' && <section className="grid grow place-items-center rounded-8 border border-line bg-surface"><p role="status" className="text-text-2">{w.busy}</p></section>}
        {state.kind === 'failed' && <Note tone="bad" alert>{state.text}</Note>}
        {state.kind === 'done' && <Done name={state.file.name} draft={state.draft} />}
        {state.kind === 'draft' && state.draft.problems.length > 0 && <Problems title={w.problems(state.draft.problems.length)} problems={state.draft.problems} />}
        {state.kind === 'draft' && state.draft.problems.length === 0 && <Effects name={state.file.name} draft={state.draft} take={() => void send(state.file, false)} />}
      </div>
    </div>
  );
}

function Choose({ again, busy, choose }: { again: boolean; busy: boolean; choose: (file: File) => void }) {
  const t = useText();
  const w = t.people.take;
  const input = useRef<HTMLInputElement>(null);
  const drop = (e: DragEvent) => {
    e.preventDefault();
    const file = e.dataTransfer.files[0];
    if (file && !busy) choose(file);
  };
  return (
    <Card title={w.title} body="px-4 py-4 tight:px-3 tight:py-3">
      <div onDragOver={(e) => e.preventDefault()} onDrop={drop} className="flex flex-col items-center gap-3 rounded-8 border border-dashed border-[#949494] px-4 py-6 text-center">
        <input ref={input} type="file" hidden aria-label={w.choose} accept=".xlsx,.csv,.txt,.tsv" onChange={(e) => {
          const file = e.target.files?.[0];
          e.target.value = ''; // the same file, corrected, can be chosen again
          if (file) choose(file);
        }} />
        <Button look={again ? 'outline' : 'primary'} aria-disabled={busy} onClick={() => input.current?.click()}>{again ? w.again : w.choose}</Button>
        <p className="text-[13px] leading-[1.6] text-text-3">{w.drop}<br />{w.chooseHint}</p>
      </div>
    </Card>
  );
}

function Templates() {
  const t = useText();
  const w = t.people.take;
  const item = (href: string, text: string) => <a href={href} download className="inline-flex h-9 items-center gap-2 text-accent underline underline-offset-3 hover:no-underline tight:h-8"><Icon name="download" className="size-4" />{text}</a>;
  return (
    <Card title={w.templates} body="flex flex-col px-4 py-3 tight:px-3 tight:py-2">
      <p className="pb-1.5 leading-[1.7] text-text-2">{w.templatesWhy}</p>
      {item(people.template('xlsx', false), w.xlsx)}
      {item(people.template('csv', false), w.csv)}
      {item(people.template('xlsx', true), w.filled)}
    </Card>
  );
}

/** Problems are what is wrong with a file, by line and column. */
export function Problems({ title, problems }: { title: string; problems: readonly FileProblem[] }) {
  const t = useText();
  const w = t.people.take;
  return (
    <Card title={title} className="flex-1" body="flex grow flex-col overflow-hidden">
      <p role="alert" className="flex-none border-b border-soft px-4 py-2.5 text-text-2 tight:px-3">{w.problemsWhy}</p>
      <div role="region" tabIndex={0} aria-label={w.problemTable} className="min-h-0 grow overflow-auto focus-inside">
        <Table label={w.problemTable} rows={problems.map((p, i) => ({ ...p, i }))} keyOf={(p) => String(p.i)} columns={[
          { head: w.heads.line, align: 'right', names: true, className: 'w-16', cell: (p) => p.line || '－' },
          { head: w.heads.column, className: 'w-32', cell: (p) => p.column || w.whole },
          { head: w.heads.text, className: 'whitespace-normal! py-1.5 leading-[1.6]', cell: (p) => inLanguage(t, p.text) },
        ]} />
      </div>
    </Card>
  );
}

/** inLanguage is the half of the server's text, Japanese before English, that is in use. */
function inLanguage(t: Text, text: string): string {
  const at = text.search(/(?<=[。）]) (?=[ -~]+$)/);
  if (at < 0) return text;
  return t.lang === 'ja' ? text.slice(0, at) : text.slice(at + 1);
}

const tones: Record<Effect['what'], { tone: Tone; icon: IconName }> = {
  new: { tone: 'key', icon: 'user' }, changed: { tone: 'key', icon: 'edit' }, appointed: { tone: 'ok', icon: 'check' },
  waiting: { tone: 'late', icon: 'clock' }, ended: { tone: 'warn', icon: 'history' }, same: { tone: 'plain', icon: 'minus' },
};

function Counts({ draft }: { draft: Draft }) {
  const t = useText();
  const w = t.people.take;
  const n = (what: Effect['what']) => draft.effects.filter((e) => e.what === what).length;
  return <span className="flex flex-wrap gap-2">{(Object.keys(tones) as Effect['what'][]).filter((what) => n(what) > 0).map((what) => <Chip key={what} {...tones[what]}>{w.count(w.what[what]!, n(what))}</Chip>)}</span>;
}

function Effects({ name, draft, take }: { name: string; draft: Draft; take: () => void }) {
  const t = useText();
  const w = t.people.take;
  const [same, setSame] = useState(false);
  const changing = draft.effects.filter((e) => e.what !== 'same');
  const rows = same ? draft.effects : changing;
  return (
    <Card title={<span className="truncate">{w.effects(name)}</span>} className="flex-1" body="flex grow flex-col overflow-hidden">
      <div className="flex flex-none flex-wrap items-center gap-x-4 gap-y-2 border-b border-soft px-4 py-2.5 tight:px-3 tight:py-2"><Counts draft={draft} />{changing.length < draft.effects.length && <Check checked={same} onChange={(e) => setSame(e.target.checked)} className="ml-auto">{w.showSame}</Check>}</div>
      <div role="region" tabIndex={0} aria-label={w.effectTable} className="min-h-0 grow overflow-auto focus-inside">
        {rows.length === 0 && <Nothing icon="check" title={w.nothing} />}
        {rows.length > 0 && (
          <EffectRows effects={rows} />
        )}
      </div>
      {changing.length > 0 && (
        <div className="flex flex-none flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 tight:px-3 tight:py-2.5">
          <span className="min-w-0 grow text-[13px] leading-[1.6] text-text-3">{w.submitWhy}</span>
          <Button look="primary" onClick={take}>{w.submit(changing.length)}</Button>
        </div>
      )}
    </Card>
  );
}

/** EffectRows are what a file does, line by line. */
export function EffectRows({ effects }: { effects: readonly Effect[] }) {
  const t = useText();
  const w = t.people.take;
  const rest = effects.length - mostRows;
  return (
    <>
      <Table label={w.effectTable} dense rows={effects.slice(0, mostRows).map((e, i) => ({ ...e, i }))} keyOf={(e) => String(e.i)} columns={[
        { head: w.effectHeads.line, align: 'right', className: 'w-14', cell: (e) => e.line },
        { head: w.effectHeads.who, names: true, className: 'max-w-0 w-[30%]', cell: (e) => <span className="flex items-baseline gap-2"><b className="truncate">{nameOf(e.name)}</b><span className="truncate text-[13px] text-text-3">{e.login}</span></span> },
        { head: w.effectHeads.what, className: 'w-40', cell: (e) => <Chip {...tones[e.what]}>{w.what[e.what]}</Chip> },
        { head: w.effectHeads.post, className: 'max-w-0', cell: (e) => <span className="block truncate">{postOf(t, e)}</span> },
      ]} />
      {rest > 0 && <p className="px-4 py-3 text-text-2 tight:px-3">{w.more(rest)}</p>}
    </>
  );
}

/** postOf is the post an effect is about, with its time. */
function postOf(t: Text, e: Effect): string {
  if (!e.post) return '－';
  const day = (at: string) => t.calendar(parseInstant(at));
  const time = e.what === 'ended' && e.to ? t.people.take.ends(day(e.to)) : e.from ? (e.to ? t.people.posts.period(day(e.from), day(e.to)) : t.people.posts.open(day(e.from))) : '';
  return [t.people.waiting.what(titleOf(t, e), e.unit_name), e.kind && t.people.posts.kinds[e.kind], time].filter(Boolean).join('　');
}

function Done({ name, draft }: { name: string; draft: Draft }) {
  const t = useText();
  const w = t.people.take;
  return (
    <Card title={<span className="truncate">{w.done(name)}</span>} tools={<Chip tone="ok" icon="check">{w.done(name)}</Chip>} body="flex flex-col gap-4 px-4 py-4 tight:px-3 tight:py-3">
      <Counts draft={draft} />
      <p role="status" className="leading-[1.7] text-text-2">{w.doneWhy}</p>
      <div className="flex flex-wrap gap-2"><Button look="primary" onClick={() => go(to('waiting'))}>{w.toWaiting}</Button><Button onClick={() => go(to('list', { state: 'new' }))}>{w.toNew}</Button></div>
    </Card>
  );
}

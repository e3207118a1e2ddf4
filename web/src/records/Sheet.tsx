import { useState } from 'react';
import { records, type Field as Declared, type Kind, type Link, type Move, type OneRecord, type Record, type Value, type Values, type Version } from '../api/records.ts';
import type { FieldProblem, Problem } from '../api/result.ts';
import { filesOf } from '../api/files.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { follow } from '../url.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Note } from '../ui/Note.tsx';
import { Form } from './Form.tsx';
import { FormsMenu } from './FormsMenu.tsx';
import { useUploading } from './files/busy.ts';
import { FileChanges } from './files/FileChanges.tsx';
import { FileList } from './files/FileList.tsx';
import { Inputs } from './Inputs.tsx';
import { to } from './place.ts';
import { Settings } from './Settings.tsx';
import { opened, say, shows } from './values.ts';

interface Props {
  kind: Kind;
  id: string;
  close: () => void;
  print: () => void;
  told: (text: string) => void; // something happened: the list is read anew
}

/** Sheet is a record: what it says, what may be done with it now, and how it came about. */
export function Sheet({ kind, id, close, print, told }: Props) {
  const t = useText();
  const w = t.records.sheet;
  const { answer, again } = useAnswer(`record ${kind.id} ${id}`, (s) => records.one(kind.id, id, s));
  const [editing, setEditing] = useState(false);
  if (answer.kind === 'loading') return <Bones rows={8} />;
  if (answer.kind === 'failed') return <Failed error={answer.error} retry={again} />;
  const r = answer.value;
  const state = kind.states.find((s) => s.id === r.state);
  const changed = (text: string) => (setEditing(false), again(), told(text));
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="flex flex-none items-start gap-3 border-b border-soft px-4 py-3 tight:px-3 tight:py-2">
        <div className="min-w-0 grow">
          <p className="flex items-center gap-2 text-[13px] text-text-2"><span className="tabular-nums">{r.label}</span>{!kind.ward && <span className="truncate">{r.unit_name}</span>}</p>
          <h2 className="truncate text-lg leading-[1.4] tight:text-base">{r.title || kind.name[t.lang]}</h2>
        </div>
        <Chip tone={state?.done ? 'ok' : state?.open ? 'plain' : 'late'}>{state?.name[t.lang]}</Chip>
        <button type="button" aria-label={w.close} onClick={close} className="grid size-8 flex-none place-items-center rounded-8 text-text-2 hover:bg-soft"><Icon name="close" /></button>
      </div>
      {editing ? <Form kind={kind} record={r} open={state?.open ?? false} done={() => changed(t.records.form.saved)} cancel={() => setEditing(false)} /> : (
        <>
          <div className="flex min-h-0 grow flex-col gap-5 overflow-auto px-4 py-4 tight:px-3">
            {r.remarks.map((x) => <Note key={x.ja} tone="late">{x[t.lang]}</Note>)}
            <Facts kind={kind} record={r} />
            {r.referred.length > 0 && <Referred record={r} />}
            {kind.id === 'regulation' && <Settings id={r.id} />}
            <History kind={kind} id={r.id} versions={r.history} />
          </div>
          <Actions kind={kind} record={r} open={state?.open ?? false} edit={() => setEditing(true)} print={print} done={changed} />
        </>
      )}
    </div>
  );
}

/** Facts are what a record says, without what is empty. */
export function Facts({ kind, record: r }: { kind: Kind; record: OneRecord }) {
  const t = useText();
  const values = r.values as Values;
  return (
    <dl className="grid grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-5 gap-y-2 leading-[1.6]">
      {kind.fields.filter((f) => shows(f, values) && values[f.id] !== undefined).map((f) => (
        <div key={f.id} className="contents">
          <dt className="text-text-3">{f.name[t.lang]}</dt>
          <dd className="whitespace-pre-wrap"><Fact field={f} value={values[f.id]} record={r} /></dd>
        </div>
      ))}
    </dl>
  );
}

/** Fact is a value; of what it names, the name: a record is a link where one may read it. */
function Fact({ field: f, value, record: r }: { field: Declared; value: Value; record: OneRecord }) {
  const { lang } = useText();
  const to = f.type === 'link' && r.links.find((l) => l.kind === f.kind && l.label === value);
  if (to) return <Leads to={to} />;
  if (f.type === 'files') return <FileList label={f.name[lang]} files={filesOf(value)} of={{ kind: r.kind, record: r.id }} />;
  const name = f.type === 'person' && r.names[value as string];
  return name ? <>{name}<span className="ml-2 text-text-3">{value as string}</span></> : say(f, value, lang);
}

const Leads = ({ to: l }: { to: Link }) => <a href={to(l.kind, { record: l.id })} onClick={follow} className="text-accent underline underline-offset-3"><span className="tabular-nums">{l.label}</span>　{l.title}</a>;

function Referred({ record: r }: { record: OneRecord }) {
  const w = useText().records.sheet;
  return (
    <section aria-label={w.referred}>
      <h3 className="mb-2 border-b border-soft pb-1 text-[15px]">{w.referred}</h3>
      <ul className="flex flex-col gap-1 leading-[1.6]">{r.referred.map((l) => <li key={l.id} className="truncate"><Leads to={l} /></li>)}</ul>
      {r.more_referred && <p className="mt-1 text-[13px] text-text-3">{w.moreReferred}</p>}
    </section>
  );
}

function History({ kind, id, versions }: { kind: Kind; id: string; versions: readonly Version[] }) {
  const t = useText();
  const w = t.records.sheet;
  const named = (what: string) => kind.moves.find((m) => m.id === what)?.name[t.lang] ?? w.what[what] ?? what;
  return (
    <section aria-label={w.history}>
      <h3 className="mb-2 border-b border-soft pb-1 text-[15px]">{w.history}</h3>
      <ol className="flex flex-col gap-2.5">
        {versions.map((v, i) => {
          const at = parseInstant(v.at);
          const before = versions[i + 1];
          const fields = before && v.what !== 'see' ? kind.fields.filter((f) => JSON.stringify((v.values as Values)[f.id]) !== JSON.stringify((before.values as Values)[f.id])).map((f) => f.name[t.lang]) : [];
          return (
            <li key={v.version} className="leading-[1.6]">
              <p className="flex flex-wrap items-center gap-x-2"><b>{named(v.what)}</b>{v.deputy && <Chip tone="mark">{w.deputy}</Chip>}<span className="text-text-2">{w.by(v.name, `${t.date(at)} ${clock(at)}`)}</span></p>
              {v.reason.trim() && <p className="text-text-2">{w.reason}：{v.reason}</p>}
              {fields.length > 0 && <p className="text-[13px] text-text-3">{w.changedFields(fields.join('、'))}</p>}
              {v.what !== 'see' && <FileChanges kind={kind} record={id} version={v} before={before} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface ActionProps {
  kind: Kind;
  record: OneRecord;
  open: boolean;
  edit: () => void;
  print: () => void;
  done: (text: string) => void;
}

function Actions({ kind, record, open, edit, print, done }: ActionProps) {
  const t = useText();
  const w = t.records.sheet;
  const [asking, setAsking] = useState<Move | null>(null);
  const [error, setError] = useState<Problem | null>(null);
  const begin = async (m: Move) => {
    if (m.needs.length + m.takes.length > 0 || m.reason) return setAsking(m);
    const res = await records.move(record, m.id, {}, '');
    if (res.ok) done(w.moved(m.name[t.lang]));
    else setError(res.error);
  };
  const see = async () => {
    const res = await records.see(record);
    if (res.ok) done(w.seen);
    else setError(res.error);
  };
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-t border-soft px-4 py-3 tight:px-3 tight:py-2">
      {record.unseen && <Button look="primary" onClick={() => void see()}>{w.see}</Button>}
      {record.moves.map((m, i) => <Button key={m.id} look={m.reason ? 'danger' : i === 0 && !record.unseen ? 'primary' : 'outline'} onClick={() => void begin(m)}>{m.name[t.lang]}</Button>)}
      {record.writes && <Button look="quiet" onClick={edit}><Icon name="edit" className="size-4" />{open ? t.records.form.edit : t.records.form.correct}</Button>}
      <span className="ml-auto"><FormsMenu kind={kind} record={record} /></span>
      <Button look="quiet" onClick={print}><Icon name="print" className="size-4" />{w.print}</Button>
      {error && <p role="alert" className="basis-full text-bad">＊{error.status === 0 ? t.noAnswer : error.detail}</p>}
      {asking && <MoveDialog kind={kind} record={record} move={asking} close={() => setAsking(null)} done={() => (setAsking(null), done(w.moved(asking.name[t.lang])))} />}
    </div>
  );
}

/** MoveDialog asks for what a move needs. */
function MoveDialog({ kind, record, move, close, done }: { kind: Kind; record: Record; move: Move; close: () => void; done: () => void }) {
  const t = useText();
  const w = t.records;
  const [values, setValues] = useState<Values>(() => opened(kind, record.values as Values));
  const [reason, setReason] = useState('');
  const [error, setError] = useState<Problem | null>(null);
  const [sending, uploading] = useUploading();
  const fields = kind.fields.filter((f) => move.needs.includes(f.id) || move.takes.includes(f.id));
  const problems: readonly FieldProblem[] = error?.fields ?? [];
  const go = async () => {
    const res = await records.move(record, move.id, Object.fromEntries(fields.map((f) => [f.id, f.type === 'number' && values[f.id] !== undefined ? Number(values[f.id]) : (values[f.id] ?? null)])), reason);
    if (res.ok) done();
    else setError(res.error);
  };
  return (
    <Dialog title={w.sheet.needs(move.name[t.lang])} close={close} closeLabel={w.form.cancel} className="w-[560px]">
      <form noValidate onSubmit={(e) => (e.preventDefault(), void go())} className="flex flex-col gap-4">
        <Inputs fields={fields} values={values} change={(f, x) => setValues((v) => ({ ...v, [f]: x }))} problems={problems} uploads={{ kind: kind.id, uploading }} />
        {move.reason && (
          <Field label={w.sheet.reason} need="required" error={problems.find((p) => p.field === 'reason')?.text[t.lang] ?? null}>
            {(wiring) => <Input {...wiring} value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />}
          </Field>
        )}
        {error && !problems.some((p) => p.field === 'reason' || fields.some((f) => f.id === p.field.split('.')[0])) && <p role="alert" className="text-bad">＊{error.status === 0 ? t.noAnswer : error.detail}</p>}
        <div className="flex justify-end gap-2"><Button look="quiet" onClick={close}>{w.form.cancel}</Button><Button type="submit" look="primary" disabled={sending}>{w.sheet.go}</Button></div>
      </form>
    </Dialog>
  );
}

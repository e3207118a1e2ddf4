import { useCallback, useState, type FormEvent, type ReactNode } from 'react';
import { inquiries, type Draft, type InquiryView } from '../api/inquiries.ts';
import { useAnswer } from '../person/answer.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { tones } from './InquiriesPage.tsx';

/** Opened is one inquiry: what was asked, what the log says to it, and how it is answered. */
export function Opened({ number, changed }: { number: string; changed: (what: string) => void }) {
  const t = useText();
  const { answer, again } = useAnswer(`inquiry ${number}`, useCallback(() => inquiries.one(number), [number]));
  const done = (what: string) => {
    again();
    changed(what);
  };
  return (
    <Card title={answer.kind === 'ready' ? answer.value.place : t.inquiries.page} tools={answer.kind === 'ready' && <Chip tone={tones[answer.value.state]}>{t.inquiries.states[answer.value.state]}</Chip>} body="flex min-h-0 grow flex-col gap-4 overflow-auto px-6 py-5 tight:gap-3 tight:px-4 tight:py-3">
      {answer.kind === 'loading' && <Bones />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {answer.kind === 'ready' && <Body draft={answer.value} done={done} />}
    </Card>
  );
}

function Body({ draft: d, done }: { draft: Draft; done: (what: string) => void }) {
  const t = useText();
  const w = t.inquiries;
  const moment = (text: string) => `${t.date(parseInstant(text))} ${clock(parseInstant(text)).slice(0, 5)}`;
  const rows: [string, ReactNode][] = [[w.number, d.number], [w.time, `${moment(d.from)} ～ ${moment(d.to)}`], [w.asked, moment(d.asked)], [w.dueLong, moment(d.due)], [w.contact, d.contact || w.noContact]];
  if (d.decided) rows.push([w.decided, w.by(d.decided_by.replace('　', ' '), moment(d.decided))]);
  if (d.note) rows.push([d.state === 'refused' ? w.why : w.noteWas, d.note]);
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 leading-[1.7]">{rows.map(([name, value]) => <div key={name} className="contents"><dt className="text-text-3">{name}</dt><dd className="break-words">{value}</dd></div>)}</dl>
      {d.state !== 'refused' && (
        <section className="flex flex-col gap-2">
          <h3 className="text-[15px]">{d.until ? w.found : w.answer}</h3>
          {d.until && <p className="text-text-2">{w.foundLead(moment(d.until))}</p>}
          <Views views={d.until ? d.found : d.views} />
          {d.withheld > 0 && <Note tone="hold">{w.withheld(d.withheld)}</Note>}
          {d.until && <p className="text-[13px] text-text-3">{w.log}</p>}
        </section>
      )}
      {d.until && <Decide number={d.number} until={d.until} done={done} />}
    </>
  );
}

function Views({ views }: { views: readonly InquiryView[] }) {
  const t = useText();
  const w = t.inquiries;
  if (views.length === 0) return <p className="leading-[1.7]">{w.nobody}</p>;
  return (
    <Table<InquiryView> label={w.found} rows={views} keyOf={(v) => `${v.date}${v.post}${v.kind}${v.purpose}`} columns={[
      { head: w.columns.date, names: true, cell: (v) => t.date(parseInstant(`${v.date}T00:00:00+09:00`)) },
      { head: w.columns.post, cell: (v) => (t.posts[v.post] ?? v.title) || w.unknown },
      { head: w.columns.kind, cell: (v) => w.kinds[v.kind] },
      { head: w.columns.purpose, cell: (v) => t.purpose.names[v.purpose] ?? (v.purpose || w.noPurpose) },
      { head: w.columns.times, align: 'right', cell: (v) => v.times },
    ]} />
  );
}

function Decide({ number, until, done }: { number: string; until: string; done: (what: string) => void }) {
  const t = useText();
  const w = t.inquiries;
  const [note, setNote] = useState('');
  const [error, setError] = useState('');
  const [refusing, setRefusing] = useState(false);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const res = await inquiries.answer(number, until, note.trim());
    setError(res.ok ? '' : words(t, res.error));
    if (res.ok) done(w.sent);
  };
  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-3 border-t border-soft pt-4">
      <Field label={w.note} need="optional" hint={w.noteHint}>{(wiring) => <TextArea {...wiring} rows={2} maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} />}</Field>
      {error && <Note tone="bad" alert>{error}</Note>}
      <div className="flex flex-wrap gap-2"><Button type="submit" look="primary">{w.send}</Button><Button look="quiet" onClick={() => setRefusing(true)}>{w.refuse}</Button></div>
      {refusing && <Refuse number={number} close={() => setRefusing(false)} done={done} />}
    </form>
  );
}

function Refuse({ number, close, done }: { number: string; close: () => void; done: (what: string) => void }) {
  const t = useText();
  const w = t.inquiries;
  const [reason, setReason] = useState('');
  const [error, setError] = useState('');
  const refuse = async () => {
    if (!reason.trim()) return setError(w.missing);
    const res = await inquiries.refuse(number, reason.trim());
    if (!res.ok) return setError(words(t, res.error));
    close();
    done(w.refused);
  };
  return (
    <Dialog title={w.refuseTitle} close={close} closeLabel={t.ui.close} className="w-[480px]">
      <Field label={w.reason} need="required" hint={w.reasonHint} error={error}>{(wiring) => <TextArea {...wiring} rows={3} maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} />}</Field>
      <div className="flex gap-2"><Button look="danger" onClick={() => void refuse()}>{w.refuseDo}</Button><Button look="quiet" onClick={close}>{w.cancel}</Button></div>
    </Dialog>
  );
}

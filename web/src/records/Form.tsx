import { useEffect, useRef, useState, type FormEvent } from 'react';
import { records, type Kind, type Record, type Values } from '../api/records.ts';
import type { FieldProblem, Problem } from '../api/result.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Field, Input, Select } from '../ui/Field.tsx';
import { Inputs, unplaced } from './Inputs.tsx';
import { dayIn } from './day.ts';
import { useUploading } from './files/busy.ts';
import { begun, changed, filled, opened } from './values.ts';

interface Props {
  kind: Kind;
  record: Record | null; // null: a new one
  open: boolean; // edited, not corrected
  begin?: { unit: string; values: Values }; // what a new one begins with beside what each does
  done: (r: Record) => void;
  cancel: () => void;
}

/** Form writes a record, edits it while it is open, or corrects it with a reason. */
export function Form({ kind, record, open, begin, done, cancel }: Props) {
  const t = useText();
  const w = t.records.form;
  const [values, setValues] = useState<Values>(() => (record ? opened(kind, record.values as Values) : { ...begun(kind, dayIn(0)), ...begin?.values }));
  const [unit, setUnit] = useState(record?.unit ?? begin?.unit ?? kind.units[0]?.id ?? '');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [sending, uploading] = useUploading();
  const form = useRef<HTMLFormElement>(null);
  const correcting = record !== null && !open;
  useEffect(() => form.current?.querySelector<HTMLElement>('select, input, textarea')?.focus(), []);
  useEffect(() => {
    if (error?.fields?.length) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [error]);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (sending) return;
    setBusy(true);
    const res = record ? await records.change(record, changed(kind, record.values as Values, values), reason) : await records.create(kind.id, kind.ward ? '' : unit, filled(kind, values));
    setBusy(false);
    if (res.ok) return done(res.value);
    setError(res.error);
  };
  const problems: readonly FieldProblem[] = error?.fields ?? [];
  const wrong = (id: string) => problems.find((p) => p.field === id)?.text[t.lang] ?? null;
  const heading = record === null ? w.create(kind.name[t.lang]) : correcting ? w.correct : w.edit;
  return (
    <form ref={form} aria-label={heading} noValidate onSubmit={(e) => void submit(e)} className="flex min-h-0 grow flex-col">
      <div className="grid min-h-0 grow auto-rows-min grid-cols-2 content-start gap-x-5 gap-y-4 overflow-auto px-4 py-4 tight:gap-y-3 tight:px-3 max-[900px]:grid-cols-1">
        {record === null && !kind.ward && (
          <Field label={w.unit} need="required" error={wrong('unit')} className="col-span-full">
            {(wiring) => <Select {...wiring} value={unit} onChange={(e) => setUnit(e.target.value)}>{kind.units.map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}</Select>}
          </Field>
        )}
        <Inputs fields={kind.fields} values={values} change={(f, x) => setValues((v) => ({ ...v, [f]: x }))} problems={problems} uploads={{ kind: kind.id, uploading }} />
        {correcting && (
          <Field label={w.reason} need="required" hint={w.reasonHint} error={wrong('reason')} className="col-span-full">
            {(wiring) => <Input {...wiring} value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />}
          </Field>
        )}
      </div>
      <div className="flex flex-none items-center gap-3 border-t border-soft px-4 py-3 tight:px-3 tight:py-2">
        <Button type="submit" look="primary" disabled={busy || sending}>{busy ? w.saving : w.save}</Button>
        <Button look="quiet" onClick={cancel}>{w.cancel}</Button>
        {sending && <p role="status" className="min-w-0 text-text-2">{t.files.wait}</p>}
        {error && <p role="alert" className="min-w-0 text-bad">＊{problems.length > 0 ? [w.problem(problems.length), ...unplaced(kind, problems).map((p) => p.text[t.lang] || p.text.ja)].join(' ') : error.status === 0 ? t.noAnswer : error.detail}</p>}
      </div>
    </form>
  );
}

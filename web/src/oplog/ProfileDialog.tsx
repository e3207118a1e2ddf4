import { useState, type FormEvent } from 'react';
import { oplog, type LogField, type ProfileVersion, type Report } from '../api/oplog.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Check, Field, Input, Select } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Labelled } from './Marks.tsx';
import { Picker } from './Picker.tsx';
import { begin, wordsOf, type Beginning } from './sheet.ts';
import { Checked } from './TakeLog.tsx';

type Columns = Record<string, string[]>;
type Values = Record<string, Record<string, string>>;

interface Props {
  fields: readonly LogField[];
  from: ProfileVersion | null; // that is changed; null: a new one
  close: () => void;
  say: (text: string) => void;
}

/** ProfileDialog is how a system's log is read: which column is what, what its words mean; looked at with a file that is not kept. */
export function ProfileDialog({ fields, from, close, say }: Props) {
  const t = useText();
  const w = t.oplog.profiles;
  const [id, setId] = useState(from?.id ?? '');
  const [name, setName] = useState(from?.name ?? '');
  const [dates, setDates] = useState<ProfileVersion['dates']>(from?.dates ?? '');
  const [columns, setColumns] = useState<Columns>(Object.fromEntries(Object.entries(from?.columns ?? {}).map(([field, list]) => [field, list ?? []])));
  const [values, setValues] = useState<Values>(from?.values ?? {});
  const [file, setFile] = useState<{ file: File; begin: Beginning } | null>(null);
  const [error, setError] = useState('');
  const [report, setReport] = useState<Report | null>(null);
  const headings = [...new Set([...(file?.begin.headings ?? []), ...Object.values(columns).flat()])];
  const worded = fields.filter((f) => (f.meanings.length > 0 || f.id === 'business') && (columns[f.id] ?? []).length > 0);
  const pick = async (f: File) => {
    const b = await begin(f);
    setFile({ file: f, begin: b });
    setReport(null);
    if (!from && Object.keys(columns).length === 0) setColumns(guess(b.headings, fields, w.fields));
  };
  const save = async (e: FormEvent) => {
    e.preventDefault();
    const res = await oplog.writeProfile(id.trim(), { name: name.trim(), dates, columns, values: Object.fromEntries(Object.entries(values).filter(([f]) => columns[f]?.length)) });
    setError(res.ok ? '' : words(t, res.error));
    if (!res.ok) return;
    say(w.saved);
    if (!file) return close();
    const seen = await oplog.take(`${id.trim()}@${res.value.version}`, '', file.file, true);
    if (!seen.ok) return setError(words(t, seen.error));
    setReport(seen.value);
  };
  const choose = (field: string, heading: string) => setColumns({ ...columns, [field]: heading ? [heading] : [] });
  const mean = (field: string, word: string, meaning: string) => {
    const others = Object.fromEntries(Object.entries(values[field] ?? {}).filter(([w]) => w !== word));
    setValues({ ...values, [field]: meaning ? { ...others, [word]: meaning } : others });
  };
  return (
    <Dialog title={from ? w.change(from.name) : w.add} close={close} closeLabel={t.oplog.cross.close} className="w-[min(960px,calc(100vw-48px))]">
      <form noValidate onSubmit={(e) => void save(e)} className="flex flex-col gap-3">
        <p className="leading-[1.7] text-text-2">{w.lead}</p>
        <div className="flex items-center gap-3"><Picker label={w.choose} accept=".csv,.txt" name="profile" pick={(f) => void pick(f)} /><span className="min-w-0 truncate text-text-2">{file ? w.read(file.file.name, file.begin.headings.length) : w.noFile}</span></div>
        <div className="grid grid-cols-3 gap-3 max-[1079px]:grid-cols-1">
          <Field label={w.system} need="required">{(wiring) => <Input {...wiring} value={name} maxLength={40} autoComplete="off" onChange={(e) => setName(e.target.value)} />}</Field>
          <Field label={w.id} need="required">{(wiring) => <Input {...wiring} value={id} maxLength={32} readOnly={from !== null} autoComplete="off" placeholder="tax" onChange={(e) => setId(e.target.value)} />}</Field>
          <Field label={w.dates}>{(wiring) => <Select {...wiring} value={dates} onChange={(e) => setDates(e.target.value as typeof dates)}><option value="">{w.order['']}</option><option value="dmy">{w.order.dmy}</option><option value="mdy">{w.order.mdy}</option></Select>}</Field>
        </div>
        {headings.length > 0 && (
          <fieldset className="grid grid-cols-4 gap-x-3 gap-y-2 rounded-8 border border-line px-3 pb-3 max-[1079px]:grid-cols-2">
            <legend className="px-1 font-bold">{w.columns}</legend>
            {fields.map((f) => (
              <Labelled key={f.id} label={<>{w.fields[f.id] ?? f.id}{f.required && <span className="ml-1 text-bad">{t.signIn.required}</span>}</>}>{(id) => (
                <Select id={id} value={columns[f.id]?.[0] ?? ''} onChange={(e) => choose(f.id, e.target.value)}><option value="">{w.unused}</option>{headings.map((h) => <option key={h} value={h}>{h}</option>)}</Select>
              )}</Labelled>
            ))}
          </fieldset>
        )}
        {worded.map((f) => <Words key={f.id} field={f} found={[...new Set([...(file ? wordsOf(file.begin, columns[f.id]![0]!) : []), ...Object.keys(values[f.id] ?? {})])]} values={values[f.id] ?? {}} mean={(word, meaning) => mean(f.id, word, meaning)} />)}
        {error && <Note tone="bad" alert>{error}</Note>}
        {report && file ? <Checked report={report} name={file.file.name} again={close} /> : <div className="flex justify-end gap-2"><Button look="quiet" onClick={close}>{t.oplog.handle.cancel}</Button><Button look="primary" type="submit">{w.save}</Button></div>}
      </form>
    </Dialog>
  );
}

/** Words are what a column says, and what that means; a business is a name, taken as it is or left out. */
function Words({ field, found, values, mean }: { field: LogField; found: readonly string[]; values: Record<string, string>; mean: (word: string, meaning: string) => void }) {
  const w = useText().oplog.profiles;
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-2 rounded-8 border border-line px-3 pb-3">
      <legend className="px-1 font-bold">{w.wordsOf(w.fields[field.id] ?? field.id)}</legend>
      {found.length === 0 && <p className="text-text-2">{w.noWords}</p>}
      {found.map((word) => (field.id === 'business' ? <Check key={word} checked={word in values} onChange={(e) => mean(word, e.target.checked ? word : '')}>{word}</Check> : (
        <span key={word} className="flex items-center gap-1.5"><span aria-hidden="true">{word}</span><Select aria-label={word} value={values[word] ?? ''} onChange={(e) => mean(word, e.target.value)}><option value="">－</option>{field.meanings.map((m) => <option key={m} value={m}>{w.meanings[m] ?? m}</option>)}</Select></span>
      )))}
    </fieldset>
  );
}

/** guess takes the columns that are called as fields are. */
function guess(headings: readonly string[], fields: readonly LogField[], names: Record<string, string>): Columns {
  const out: Columns = {};
  for (const f of fields) {
    const h = headings.find((x) => x === names[f.id]);
    if (h) out[f.id] = [h];
  }
  return out;
}

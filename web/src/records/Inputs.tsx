import type { FieldProblem } from '../api/result.ts';
import type { Field as Declared, Kind, Value, Values } from '../api/records.ts';
import { useKnown } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Check, Field, Input, Select, TextArea, type Wiring } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Segment } from '../ui/Segment.tsx';
import { Picker } from './Picker.tsx';
import { FilesInput } from './files/FilesInput.tsx';
import { shows } from './values.ts';

interface Props {
  fields: readonly Declared[];
  values: Values;
  change: (field: string, value: Value) => void;
  problems: readonly FieldProblem[];
  at?: string; // where the fields stand: "" or "checks.3."
  bare?: boolean; // without names: cells of a table
  uploads?: { kind: string; uploading: (field: string, busy: boolean) => void }; // of fields of files; without it there are none
}

/** Inputs are the fields of a record, each by its type; those whose condition does not hold are not there. */
export function Inputs({ fields, values, change, problems, at = '', bare = false, uploads }: Props) {
  const t = useText();
  const wrong = (id: string) => problems.find((p) => p.field === at + id)?.text[t.lang] || problems.find((p) => p.field === at + id)?.text.ja || null;
  return fields.filter((f) => shows(f, values)).map((f) => {
    const value = values[f.id];
    const set = (x: Value) => change(f.id, x);
    if (f.type === 'table') return <Grid key={f.id} field={f} rows={(value as Values[] | undefined) ?? []} set={set} problems={problems} at={`${at}${f.id}.`} />;
    if (f.type === 'files') return uploads && <FilesInput key={f.id} kind={uploads.kind} field={f} value={value} set={set} error={wrong(f.id)} uploading={uploads.uploading} />;
    if (f.type === 'yes') return <Check key={f.id} checked={value === true} onChange={(e) => set(e.target.checked)}>{f.name[t.lang]}</Check>;
    if (f.type === 'choices') return <Several key={f.id} field={f} value={(value as string[] | undefined) ?? []} set={set} error={wrong(f.id)} />;
    if (bare && f.type === 'choice' && f.options.length <= few) return <Tap key={f.id} field={f} value={(value as string | undefined) ?? ''} set={set} error={wrong(f.id)} />;
    const label = f.name[t.lang] + (f.unit[t.lang] ? `（${f.unit[t.lang]}）` : '');
    return (
      <Field key={f.id} label={label} {...(!bare && { need: f.required ? 'required' : 'optional' })} hint={f.help[t.lang] || undefined} error={wrong(f.id)} className={f.type === 'lines' && !bare ? 'col-span-full' : ''}>
        {(wiring) => <One field={f} value={value} set={set} wiring={wiring} />}
      </Field>
    );
  });
}

function One({ field: f, value, set, wiring }: { field: Declared; value: Value; set: (x: Value) => void; wiring: Wiring }) {
  const t = useText();
  const cameras = useKnown();
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (f.type === 'lines') return <TextArea {...wiring} rows={3} value={text} onChange={(e) => set(e.target.value)} />;
  if (f.type === 'choice') {
    return (
      <Select {...wiring} value={text} onChange={(e) => set(e.target.value)}>
        <option value="">{t.records.form.choose}</option>
        {f.options.map((o) => <option key={o.id} value={o.id}>{o.name[t.lang] || o.name.ja}</option>)}
      </Select>
    );
  }
  if (f.type === 'camera') {
    return (
      <>
        <Input {...wiring} list={`${wiring.id}-cameras`} value={text} onChange={(e) => set(e.target.value)} autoComplete="off" />
        <datalist id={`${wiring.id}-cameras`}>{cameras.map((c) => <option key={c.id} value={c.id}>{c.name}</option>)}</datalist>
      </>
    );
  }
  if (f.type === 'person' || f.type === 'unit' || f.type === 'link') return <Picker field={f} value={text} set={set} wiring={wiring} />;
  const hints: Partial<Record<Declared['type'], string>> = { date: '2017-06-01', clock: '09:30' };
  return <Input {...wiring} value={text} onChange={(e) => set(e.target.value)} placeholder={hints[f.type]} inputMode={f.type === 'number' ? 'numeric' : undefined} autoComplete="off" />;
}

/** few options of a cell are tapped, not unfolded. */
const few = 4;

function Tap({ field: f, value, set, error }: { field: Declared; value: string; set: (x: string) => void; error: string | null }) {
  const t = useText();
  return (
    <div className="flex flex-col gap-1">
      <Segment label={f.name[t.lang]} value={value} choose={(v) => set(v === value ? '' : v)} choices={f.options.map((o) => ({ value: o.id, text: o.name[t.lang] || o.name.ja }))} />
      {error && <p role="alert" className="text-[13px] leading-[1.6] text-bad">＊{error}</p>}
    </div>
  );
}

function Several({ field: f, value, set, error }: { field: Declared; value: readonly string[]; set: (x: string[]) => void; error: string | null }) {
  const t = useText();
  const s = t.signIn;
  return (
    <fieldset className="col-span-full flex flex-col gap-1.5">
      <legend className="font-bold">{f.name[t.lang]}<span className={`ml-1.5 text-[13px] font-normal ${f.required ? 'text-bad' : 'text-text-3'}`}>{f.required ? s.required : s.optional}</span></legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {f.options.map((o) => <Check key={o.id} checked={value.includes(o.id)} onChange={(e) => set(e.target.checked ? [...value, o.id] : value.filter((x) => x !== o.id))}>{o.name[t.lang] || o.name.ja}</Check>)}
      </div>
      {error && <p role="alert" className="text-[13px] leading-[1.6] text-bad">＊{error}</p>}
    </fieldset>
  );
}

/** Grid is a table of fields: rows that are given keep their name, others are added and removed. */
function Grid({ field: f, rows, set, problems, at }: { field: Declared; rows: readonly Values[]; set: (rows: Values[]) => void; problems: readonly FieldProblem[]; at: string }) {
  const t = useText();
  const w = t.records.form;
  const given = (i: number) => i < f.rows.length;
  const put = (i: number, column: string, x: Value) => set(rows.map((r, n) => (n === i ? { ...r, [column]: x } : r)));
  return (
    <fieldset className="col-span-full flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 font-bold">{f.name[t.lang]}</legend>
      <div className="flex flex-col rounded-8 border border-line">
        {rows.map((row, i) => (
          <div key={i} role="group" aria-label={given(i) ? f.rows[i] : w.rowOf(f.name[t.lang], i + 1)} className={`grid items-end gap-3 border-b border-soft px-3 py-2 last:border-b-0 ${f.rows.length > 0 ? '' : 'grid-cols-[minmax(0,1fr)_auto]'}`}>
            <div className={`grid items-center gap-x-3 gap-y-2 ${given(i) ? 'grid-cols-[minmax(0,1fr)_auto] *:nth-[n+3]:col-span-full' : 'grid-cols-[repeat(auto-fit,minmax(150px,1fr))]'}`}>
              {given(i) && <p className="self-center">{f.rows[i]}</p>}
              <Inputs fields={given(i) ? f.columns.slice(1) : f.columns} values={row} change={(column, x) => put(i, column, x)} problems={problems} at={`${at}${i + 1}.`} bare />
            </div>
            {f.rows.length === 0 && <button type="button" aria-label={w.removeRow(i + 1)} title={w.removeRow(i + 1)} onClick={() => set(rows.filter((_, n) => n !== i))} className="grid size-8 place-items-center rounded-8 text-text-2 hover:bg-soft"><Icon name="trash" /></button>}
          </div>
        ))}
        {f.rows.length === 0 && <div className="px-3 py-2"><Button size="small" look="quiet" onClick={() => set([...rows, {}])}><Icon name="plus" className="size-4" />{w.addRow}</Button></div>}
      </div>
    </fieldset>
  );
}

/** unplaced are problems that no field of the form shows. */
export const unplaced = (kind: Kind, problems: readonly FieldProblem[]) => problems.filter((p) => !kind.fields.some((f) => f.id === p.field.split('.')[0]) && p.field !== 'reason' && p.field !== 'unit');

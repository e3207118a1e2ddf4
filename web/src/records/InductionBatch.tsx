import { useState, type ClipboardEvent } from 'react';
import { debts } from '../api/debts.ts';
import { records, type Kind, type Values } from '../api/records.ts';
import type { FieldProblem } from '../api/result.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { follow } from '../url.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field, Input, Select } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Page } from '../ui/Page.tsx';
import { columns, inductions, isEmpty, nobody, pasted, type Person } from './batch.ts';
import { dayIn } from './day.ts';
import { Inputs } from './Inputs.tsx';
import { to } from './place.ts';

const shared = ['kind', 'from', 'until', 'terminal', 'personal', 'trained', 'minutes', 'place', 'trainer', 'own'];

/** InductionBatch records the inductions of many people who begin on the same day: what is the same once, then a row each. */
export function InductionBatch({ kind, done }: { kind: Kind; done: (text: string) => void }) {
  const t = useText();
  const w = t.debts.batch;
  const { session } = usePerson();
  const { answer } = useAnswer('materials in use', (s) => records.list('training-material', { state: 'in_use' }, s));
  const materials = answer.kind === 'ready' ? answer.value.records.filter((r) => (r.values as Values).part === 'common') : [];
  const [unit, setUnit] = useState(kind.units[0]?.id ?? '');
  const [same, setSame] = useState<Values>({ kind: 'fiscal', from: dayIn(0), trained: dayIn(0), minutes: 60, trainer: session.login });
  const [material, setMaterial] = useState('');
  const [people, setPeople] = useState<readonly Person[]>(() => Array.from({ length: 5 }, () => nobody));
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const common = material || materials[0]?.label || '';
  const filled = people.filter((p) => !isEmpty(p));
  const send = async () => {
    setBusy(true);
    setError('');
    setProblems([]);
    const res = await debts.write(kind.id, unit, inductions(people, { ...same, minutes: Number(same.minutes) || undefined, common }), ['train']);
    setBusy(false);
    if (res.ok) return done(w.done(filled.length));
    const refused = res.error.fields ?? [];
    setProblems(refused);
    setError(refused.length > 0 ? w.refused(refused.length) : res.error.status === 0 ? t.noAnswer : res.error.detail);
  };
  const everyone = problems.filter((p) => p.field.startsWith('0.')).map((p) => ({ ...p, field: p.field.slice(2) })); // what is shared is wrong in the first row too
  return (
    <Page title={w.title} lead={w.lead} tools={<a href={to('induction')} onClick={follow} className="px-2 text-accent underline underline-offset-3">{w.back}</a>}>
      {error && <Note tone="bad" alert>{error}</Note>}
      <Card title={w.shared} className="flex-none">
        <div className="grid grid-cols-4 gap-x-5 gap-y-3 max-[1000px]:grid-cols-2">
          <Field label={w.unit} need="required">{(wiring) => <Select {...wiring} value={unit} onChange={(e) => setUnit(e.target.value)}>{kind.units.map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}</Select>}</Field>
          <Inputs fields={shared.map((id) => kind.fields.find((f) => f.id === id)!)} values={same} change={(f, x) => setSame((v) => ({ ...v, [f]: x }))} problems={everyone} />
          <Field label={w.materialHint} need="required" error={answer.kind === 'ready' && materials.length === 0 ? w.noMaterial : null}>
            {(wiring) => <Select {...wiring} value={common} onChange={(e) => setMaterial(e.target.value)}>{materials.map((m) => <option key={m.id} value={m.label}>{m.label}　{m.title}</option>)}</Select>}
          </Field>
        </div>
      </Card>
      <Card title={w.people} note={w.paste} tools={<><span className="text-text-2">{w.count(filled.length)}</span><Button look="primary" disabled={busy || filled.length === 0 || common === ''} onClick={() => void send()}>{w.go(filled.length)}</Button></>} className="min-h-60" body="overflow-auto">
        <Rows kind={kind} people={people} set={setPeople} problems={problems} />
        <div className="px-4 py-2"><Button look="quiet" size="small" onClick={() => setPeople([...people, nobody])}><Icon name="plus" className="size-4" />{w.add}</Button></div>
      </Card>
    </Page>
  );
}

function Rows({ kind, people, set, problems }: { kind: Kind; people: readonly Person[]; set: (p: readonly Person[]) => void; problems: readonly FieldProblem[] }) {
  const t = useText();
  const w = t.debts.batch;
  const name = (c: string) => kind.fields.find((f) => f.id === c)!.name[t.lang];
  const sent = people.map((p, i) => ({ p, i })).filter(({ p }) => !isEmpty(p)).map(({ i }) => i); // a problem counts rows that were sent
  const wrong = (row: number, field: string) => problems.find((p) => p.field === (field ? `${sent.indexOf(row)}.${field}` : String(sent.indexOf(row))))?.text.ja;
  const paste = (e: ClipboardEvent, row: number, column: number) => {
    const next = pasted(people, e.clipboardData.getData('text'), row, column);
    if (!next) return;
    e.preventDefault();
    set(next);
  };
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{w.people}</caption>
      <thead><tr><th scope="col" className="w-12 border-b border-line px-2 text-right text-[13px] text-text-2">#</th>{columns.map((c) => <th key={c} scope="col" className="h-8 border-b border-line px-2 text-left text-[13px] text-text-2">{name(c)}</th>)}<th scope="col" className="w-10 border-b border-line"><span className="sr-only">{w.remove(0)}</span></th></tr></thead>
      <tbody>
        {people.map((p, i) => (
          <tr key={i} className="align-top">
            <th scope="row" className="px-2 py-2 text-right font-normal text-text-3">{i + 1}</th>
            {columns.map((c, n) => (
              <td key={c} className="px-1.5 py-1">
                <Input aria-label={`${w.row(i + 1)} ${name(c)}`} aria-invalid={wrong(i, c) ? true : undefined} value={p[c]} onPaste={(e) => paste(e, i, n)} onChange={(e) => set(people.map((x, k) => (k === i ? { ...x, [c]: e.target.value } : x)))} className="w-full" />
                {wrong(i, c) && <p className="text-[13px] text-bad">＊{wrong(i, c)}</p>}
                {n === 0 && wrong(i, '') && <p className="text-[13px] text-bad">＊{wrong(i, '')}</p>}
              </td>
            ))}
            <td className="py-1"><button type="button" aria-label={w.remove(i + 1)} onClick={() => set(people.filter((_, k) => k !== i))} className="grid size-8 place-items-center rounded-8 text-text-2 hover:bg-soft"><Icon name="trash" /></button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { useState, type FormEvent } from 'react';
import type { Problem } from '../api/result.ts';
import { surveys, type NewSurvey, type Survey } from '../api/survey.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input, TextArea } from '../ui/Field.tsx';

/** CreateDialog prepares a survey with the ward's standard questions, or changes one that is being prepared. */
export function CreateDialog({ survey, close, done }: { survey?: Survey; close: () => void; done: (name: string) => void }) {
  const t = useText();
  const w = t.survey.create;
  const [v, setV] = useState<NewSurvey>(survey ?? { name: '', title: w.titleDefault, purpose: '', from: '', to: '', since: '', as_of: '' });
  const [error, setError] = useState<Problem | null>(null);
  const wrong = (id: string) => error?.fields?.find((p) => p.field === id)?.text[t.lang] ?? null;
  const set = (change: Partial<NewSurvey>) => setV((old) => ({ ...old, ...change }));
  const save = async (e: FormEvent) => {
    e.preventDefault();
    const res = await (survey ? surveys.edit(v, survey.version) : surveys.create(v));
    if (res.ok) done(v.name);
    else setError(res.error);
  };
  const day = (id: 'from' | 'to' | 'since' | 'as_of', label: string, hint?: string) => (
    <Field label={label} need="required" error={wrong(id)} hint={hint}>{(wiring) => <Input {...wiring} value={v[id]} maxLength={10} placeholder={w.day} onChange={(e) => set({ [id]: e.target.value })} />}</Field>
  );
  return (
    <Dialog title={survey ? w.edit : w.title} close={close} closeLabel={t.ui.cancel} className="w-[640px]">
      <form onSubmit={(e) => void save(e)} noValidate className="flex flex-col gap-4 tight:gap-3">
        {!survey && <Field label={w.name} need="required" hint={w.nameHint} error={wrong('name')}>{(wiring) => <Input {...wiring} value={v.name} maxLength={32} className="w-48" onChange={(e) => set({ name: e.target.value })} />}</Field>}
        <Field label={w.titleField} need="required" error={wrong('title')}>{(wiring) => <Input {...wiring} value={v.title} maxLength={200} onChange={(e) => set({ title: e.target.value })} />}</Field>
        <Field label={w.purpose} need="required" error={wrong('purpose')}>{(wiring) => <TextArea {...wiring} rows={3} maxLength={1000} value={v.purpose} onChange={(e) => set({ purpose: e.target.value })} />}</Field>
        <div className="grid grid-cols-3 items-start gap-4">{day('from', w.from)}{day('to', w.to)}{day('as_of', w.asOf)}</div>
        {day('since', w.since, w.sinceHint)}
        <div className="flex items-center gap-3"><Button type="submit" look="primary">{survey ? w.keep : w.save}</Button><Button look="quiet" onClick={close}>{w.cancel}</Button>
          {error && !error.fields && <p role="alert" className="text-bad">＊{error.status === 0 ? t.noAnswer : error.detail}</p>}</div>
      </form>
    </Dialog>
  );
}

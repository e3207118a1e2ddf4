import { useState, type FormEvent } from 'react';
import { duty, type Outcome, type Report } from '../api/duty.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Segment } from '../ui/Segment.tsx';

const outcomes: readonly Outcome[] = ['no_issue', 'handled', 'investigating'];
const most = 2000;

/** OutcomeForm says what came of a report. */
export function OutcomeForm({ report, changed }: { report: Report; changed: (what: string) => void }) {
  const t = useText();
  const d = t.inbox.report;
  const [outcome, setOutcome] = useState<Outcome>(report.outcome || 'investigating');
  const [text, setText] = useState(report.outcome_text);
  const [failed, setFailed] = useState('');
  const long = [...text].length > most ? d.long : null;
  const decide = async (e: FormEvent) => {
    e.preventDefault();
    if (long) return;
    const res = await duty.decide(report.id, outcome, text.trim());
    if (res.ok) changed(d.decided);
    else setFailed(t.oops(res.error.detail));
  };
  return (
    <form onSubmit={(e) => void decide(e)} noValidate className="flex flex-col items-stretch gap-3 border-t border-soft pt-4 tight:pt-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2"><b>{d.outcome}</b><Segment<Outcome> label={d.outcome} value={outcome} choose={setOutcome} choices={outcomes.map((o) => ({ value: o, text: d.outcomes[o] }))} /><span className="text-[13px] text-text-3">{d.outcomeHint}</span></div>
      <Field label={d.text} need="optional" hint={d.textHint} error={long}>{(w) => <TextArea {...w} rows={3} value={text} onChange={(e) => setText(e.target.value)} />}</Field>
      {failed && <Note tone="bad" alert>{failed}</Note>}
      <div><Button type="submit" look="primary">{d.decide}</Button></div>
    </form>
  );
}

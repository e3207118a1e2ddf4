import { useState } from 'react';
import { oplog, type Overview, type StaffReport } from '../api/oplog.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Note } from '../ui/Note.tsx';
import { Picker, Problems } from './Picker.tsx';

type State =
  | { kind: 'choosing'; error: string }
  | { kind: 'checking' | 'taking' }
  | { kind: 'checked'; file: File; report: StaffReport };

/** TakeStaff takes the register of staff: who worked where, from when to when. */
export function TakeStaff({ overview, done }: { overview: Overview; done: (text: string) => void }) {
  const t = useText();
  const w = t.oplog.imports;
  const [state, setState] = useState<State>({ kind: 'choosing', error: '' });
  const again = (error = '') => setState({ kind: 'choosing', error });
  const send = async (file: File, dry: boolean) => {
    setState({ kind: dry ? 'checking' : 'taking' });
    const res = await oplog.takeStaff(file, dry);
    if (!res.ok) return again(words(t, res.error));
    if (dry || res.value.problems.length > 0) return setState({ kind: 'checked', file, report: res.value });
    again();
    done(w.staffDone(res.value.tenures));
  };
  const good = state.kind === 'checked' && state.report.problems.length === 0 && state.report.tenures > 0;
  return (
    <Card title={w.staff} note={w.staffNote(overview.registered)} body="flex flex-col gap-3 px-4 py-3 tight:px-3 tight:py-2.5">
      <p className="text-[13px] leading-[1.7] text-text-2">{w.staffHint}</p>
      {state.kind === 'choosing' && state.error && <Note tone="bad" alert>{state.error}</Note>}
      {state.kind === 'choosing' && <div><Picker label={w.staffChoose} accept=".csv,.xlsx,.txt" name="staff" pick={(f) => void send(f, true)} /></div>}
      {(state.kind === 'checking' || state.kind === 'taking') && <p role="status" className="text-text-2">{state.kind === 'checking' ? w.checking : w.taking}</p>}
      {state.kind === 'checked' && (
        <>
          <p role="status" className={good ? 'text-ok' : 'text-bad'}><b>{good ? w.staffFine(state.report.tenures, state.report.leave) : state.report.tenures === 0 ? w.nothing : `＊${w.bad(state.report.problems.length)}`}</b></p>
          {state.report.problems.length > 0 && <Problems problems={state.report.problems} all={state.report.problems.length} />}
          <div className="flex justify-end gap-2"><Button look="quiet" onClick={() => again()}>{w.again}</Button>{good && <Button look="primary" onClick={() => void send(state.file, false)}>{w.staffCommit}</Button>}</div>
        </>
      )}
    </Card>
  );
}

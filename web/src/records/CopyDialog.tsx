import { useState } from 'react';
import { debts } from '../api/debts.ts';
import { serverClock } from '../api/client.ts';
import type { Kind } from '../api/records.ts';
import { useAnswer } from '../person/answer.ts';
import { eraYear, instantOf } from '../time/era.ts';
import { wall } from '../time/instant.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';

/** planned is the fiscal year that is planned now: from January on the one that begins in April. */
const planned = () => wall(serverClock.now()).year;

/** CopyDialog copies last year's plan: first it says which drafts would come of it, with their dates. */
export function CopyDialog({ kind, close, done }: { kind: Kind; close: () => void; done: (text: string) => void }) {
  const t = useText();
  const w = t.debts.copy;
  const year = planned();
  const { answer, again } = useAnswer(`copy ${kind.id} ${year}`, () => debts.copy(kind.id, year, true));
  const [error, setError] = useState('');
  const rows = answer.kind === 'ready' ? answer.value.records : [];
  const fresh = rows.filter((r) => !r.there).length;
  const go = async () => {
    const res = await debts.copy(kind.id, year, false);
    if (res.ok) done(w.done(fresh));
    else setError(res.error.status === 0 ? t.noAnswer : res.error.detail);
  };
  return (
    <Dialog title={w.title(kind.name[t.lang], eraYear(instantOf({ year, month: 5, day: 1 }, 0)))} close={close} closeLabel={w.cancel} className="w-[860px] max-w-[94vw]">
      <p className="leading-[1.7] text-text-2">{w.lead}</p>
      {answer.kind === 'loading' && <Bones rows={4} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {answer.kind === 'ready' && rows.length === 0 && <Nothing icon="list" title={w.none} />}
      {rows.length > 0 && (
        <div className="max-h-[46vh] overflow-auto rounded-8 border border-line" tabIndex={0} role="region" aria-label={w.heads.title}>
          <Table dense label={w.heads.title} rows={rows} keyOf={(r) => r.label} columns={[
            { head: w.heads.of, className: 'w-24', cell: (r) => r.label },
            { head: w.heads.title, names: true, className: 'max-w-[360px]', cell: (r) => <span className="block truncate">{r.title}</span> },
            { head: w.heads.unit, className: 'max-w-[160px]', cell: (r) => <span className="block truncate">{r.unit_name || t.records.ward}</span> },
            { head: w.heads.state || ' ', className: 'w-24', cell: (r) => <Chip tone={r.there ? 'plain' : 'key'}>{r.there ? w.there : w.fresh}</Chip> },
          ]} />
        </div>
      )}
      {error && <p role="alert" className="text-bad">＊{error}</p>}
      <div className="flex justify-end gap-2"><Button look="quiet" onClick={close}>{w.cancel}</Button><Button look="primary" disabled={fresh === 0} onClick={() => void go()}>{w.go(fresh)}</Button></div>
    </Dialog>
  );
}

import { useState } from 'react';
import { oplog, type LogFile, type Overview } from '../api/oplog.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Note } from '../ui/Note.tsx';
import { Nothing } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { Scroll } from './Marks.tsx';
import { Profiles } from './Profiles.tsx';
import { TakeLog } from './TakeLog.tsx';
import { TakeStaff } from './TakeStaff.tsx';

/** Imports is how logs come in: the register of staff, a file looked at first, and what was taken. */
export function Imports({ overview, changed, say }: { overview: Overview; changed: () => void; say: (text: string) => void }) {
  const done = (text: string) => {
    say(text);
    changed();
  };
  return (
    <div className="grid min-h-0 grow grid-cols-[minmax(0,5fr)_minmax(0,6fr)] items-start gap-4 tight:gap-2.5 max-[1079px]:flex-none max-[1079px]:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-4 tight:gap-2.5">
        <TakeLog overview={overview} done={done} />
        <TakeStaff overview={overview} done={done} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 tight:gap-2.5">
        <Files overview={overview} done={done} />
        <Profiles done={done} />
      </div>
    </div>
  );
}

/** Files are the imports there were, and whether their media were erased. */
function Files({ overview, done }: { overview: Overview; done: (text: string) => void }) {
  const t = useText();
  const w = t.oplog.imports;
  const c = w.columns;
  const [error, setError] = useState('');
  const day = (at: string) => t.day(parseInstant(at));
  const erase = async (f: LogFile) => {
    const res = await oplog.erased(f.id);
    setError(res.ok ? '' : words(t, res.error));
    if (res.ok) done(w.eraseDone);
  };
  const name = (n: string) => n.replace('　', ' ');
  const full = (at: string) => t.calendar(parseInstant(at));
  return (
    <Card title={w.list} note={overview.files.some((f) => !f.erased) && w.notErased} body="flex grow flex-col">
      {error && <Note tone="bad" alert className="m-3">{error}</Note>}
      {overview.files.length === 0 ? <Nothing icon="list" title={w.none} /> : (
        <Scroll label={t.oplog.counts.rowsOf(w.list)}><Table<LogFile> label={w.list} rows={overview.files} keyOf={(f) => String(f.id)} columns={[
          { head: c.id, align: 'right', className: 'w-12', cell: (f) => f.id },
          { head: c.media, names: true, className: 'max-w-28', cell: (f) => <span className="block truncate" title={f.media}>{f.media}</span> },
          { head: c.period, cell: (f) => <span title={t.range(full(f.from), full(f.to))}>{t.range(day(f.from), day(f.to))}</span> },
          { head: c.rows, align: 'right', cell: (f) => <span className="tabular-nums">{f.rows.toLocaleString('ja-JP')}</span> },
          { head: c.duplicates, align: 'right', className: 'max-[1600px]:hidden', cell: (f) => <span className="tabular-nums">{f.duplicates.toLocaleString('ja-JP')}</span> },
          { head: c.by, className: 'max-w-28 max-[1600px]:hidden', cell: (f) => <span className="block truncate">{name(f.by)}</span> },
          { head: c.at, cell: (f) => <span title={full(f.at)}>{day(f.at)}</span> },
          { head: c.erased, cell: (f) => (f.erased ? <span className="text-text-2">{w.erased(day(f.erased), name(f.erased_by))}</span> : <Button size="small" aria-label={w.eraseOf(f.media)} onClick={() => void erase(f)}>{w.erase}</Button>) },
        ]} /></Scroll>
      )}
    </Card>
  );
}

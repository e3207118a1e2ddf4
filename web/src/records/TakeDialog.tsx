import { useRef, useState } from 'react';
import { file, records, type Import, type Kind } from '../api/records.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Table } from '../ui/Table.tsx';

type State =
  | { kind: 'choosing'; error: string }
  | { kind: 'checking' | 'taking'; name: string }
  | { kind: 'checked'; name: string; data: Blob; found: Import };

/** TakeDialog takes a file of records: first it says what would come of it, and takes all of it or nothing. */
export function TakeDialog({ kind, close, done }: { kind: Kind; close: () => void; done: (text: string) => void }) {
  const t = useText();
  const w = t.records.take;
  const [state, setState] = useState<State>({ kind: 'choosing', error: '' });
  const input = useRef<HTMLInputElement>(null);
  const send = async (name: string, data: Blob, dry: boolean) => {
    setState({ kind: dry ? 'checking' : 'taking', name });
    const res = await records.take(kind.id, data, dry);
    if (!res.ok) return setState({ kind: 'choosing', error: res.error.status === 0 ? t.noAnswer : res.error.detail });
    if (dry || res.value.problems.length > 0) return setState({ kind: 'checked', name, data, found: res.value });
    done(w.done(res.value.new + res.value.changed));
  };
  return (
    <Dialog title={w.title(kind.name[t.lang])} close={close} closeLabel={t.records.form.cancel} className="w-[760px] max-w-[94vw]">
      <input ref={input} type="file" accept=".csv,.xlsx,.txt,.tsv" className="sr-only" tabIndex={-1} aria-hidden="true" data-testid="file" onChange={(e) => {
        const f = e.target.files?.[0];
        e.target.value = '';
        if (f) void send(f.name, f, true);
      }} />
      {state.kind === 'choosing' && (
        <>
          <p className="leading-[1.7] text-text-2">{w.hint}</p>
          {state.error && <p role="alert" className="leading-[1.7] text-bad">＊{state.error}</p>}
          <div className="flex flex-wrap gap-2">
            <Button look="primary" onClick={() => input.current?.click()}>{w.choose}</Button>
            <a href={file(kind.id, 'xlsx', 'template')} download className="inline-flex h-9 items-center gap-1.5 rounded-8 px-3 text-accent underline underline-offset-3 tight:h-8"><Icon name="download" className="size-4" />{w.template}</a>
          </div>
        </>
      )}
      {(state.kind === 'checking' || state.kind === 'taking') && <p role="status" className="py-6 text-center text-text-2">{state.kind === 'checking' ? w.checking : w.taking}　{state.name}</p>}
      {state.kind === 'checked' && <Checked {...state} take={() => void send(state.name, state.data, false)} again={() => setState({ kind: 'choosing', error: '' })} />}
    </Dialog>
  );
}

function Checked({ name, found, take, again }: { name: string; found: Import; take: () => void; again: () => void }) {
  const t = useText();
  const w = t.records.take;
  const good = found.problems.length === 0;
  const changes = found.new + found.changed;
  return (
    <>
      <p role="status" className={`leading-[1.7] ${good ? 'text-ok' : 'text-bad'}`}><b>{good ? (changes > 0 ? w.fine : w.nothing) : `＊${w.bad(found.problems.length)}`}</b>　<span className="text-text-2">{name}</span></p>
      {good ? <p className="text-text-2">{w.counts(found.new, found.changed, found.same)}</p> : (
        <div className="max-h-[46vh] overflow-auto rounded-8 border border-line" tabIndex={0} role="region" aria-label={w.bad(found.problems.length)}>
          <Table dense label={w.bad(found.problems.length)} rows={found.problems} keyOf={(p) => `${p.line} ${p.column} ${p.text.ja}`} columns={[
            { head: w.heads.line, align: 'right', className: 'w-16', cell: (p) => p.line },
            { head: w.heads.column, names: true, className: 'w-40', cell: (p) => p.column || w.row },
            { head: w.heads.what, className: 'whitespace-normal!', cell: (p) => p.text[t.lang] || p.text.ja },
          ]} />
        </div>
      )}
      {found.problems.length >= 500 && <p className="text-[13px] text-text-3">{w.most}</p>}
      <div className="flex justify-end gap-2"><Button look="quiet" onClick={again}>{w.again}</Button>{good && changes > 0 && <Button look="primary" onClick={take}>{w.take}</Button>}</div>
    </>
  );
}

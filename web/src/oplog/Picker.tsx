import { useRef } from 'react';
import type { CellProblem } from '../api/oplog.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Table } from '../ui/Table.tsx';

/** Picker asks for a file. */
export function Picker({ label, accept, name, pick }: { label: string; accept: string; name: string; pick: (f: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input ref={input} type="file" accept={accept} className="sr-only" tabIndex={-1} aria-hidden="true" data-testid={name} onChange={(e) => {
        const f = e.target.files?.[0];
        e.target.value = '';
        if (f) pick(f);
      }} />
      <Button onClick={() => input.current?.click()}><Icon name="open" className="size-4" />{label}</Button>
    </>
  );
}

const most = 200; // problems that are listed

/** Problems are what is wrong with a file, by line and column. */
export function Problems({ problems, all }: { problems: readonly CellProblem[]; all: number }) {
  const t = useText();
  const w = t.oplog.imports;
  const shown = problems.slice(0, most);
  return (
    <>
      <div className="max-h-[38vh] overflow-auto rounded-8 border border-line" tabIndex={0} role="region" aria-label={w.problems}>
        <Table<CellProblem> dense label={w.problems} rows={shown} keyOf={(p) => `${p.line} ${p.column} ${p.text.ja}`} columns={[
          { head: w.heads.line, align: 'right', className: 'w-16', cell: (p) => p.line },
          { head: w.heads.column, names: true, className: 'w-36', cell: (p) => p.column || w.whole },
          { head: w.heads.what, className: 'whitespace-normal!', cell: (p) => p.text[t.lang] || p.text.ja },
        ]} />
      </div>
      {all > shown.length && <p className="text-[13px] text-text-3">{w.first(shown.length)}</p>}
    </>
  );
}

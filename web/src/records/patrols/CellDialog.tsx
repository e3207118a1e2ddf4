import { useState } from 'react';
import type { Patrol } from '../../api/patrols.ts';
import { records } from '../../api/records.ts';
import { useText } from '../../text/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { follow } from '../../url.ts';
import { to } from '../place.ts';
import type { Cell, Row } from './cells.ts';
import { touch } from './touch.ts';

interface Props {
  row: Row;
  cell: Cell;
  title: string;
  may: boolean;
  close: () => void;
  taken: () => void;
}

/** CellDialog tells what is recorded in a box, leads to it, and takes back a slip. */
export function CellDialog({ cell, title, may, close, taken }: Props) {
  const t = useText();
  const [back, setBack] = useState<Patrol | null>(null);
  return (
    <Dialog title={back ? t.patrols.takeBackTitle : title} close={close} closeLabel={t.patrols.cancel} className="w-[520px] max-w-[94vw]">
      {back ? <TakeBack patrol={back} cancel={() => setBack(null)} taken={taken} /> : (
        <ul className="flex flex-col gap-3">{cell.patrols.map((p) => <One key={p.id} patrol={p} back={may ? () => setBack(p) : null} />)}</ul>
      )}
    </Dialog>
  );
}

function One({ patrol: p, back }: { patrol: Patrol; back: (() => void) | null }) {
  const w = useText().patrols;
  return (
    <li className="flex flex-col gap-2.5 rounded-8 border border-line p-3">
      <p className="flex items-center gap-2"><b className="tabular-nums">{p.label}</b><span>{p.patroller}（{w.by[p.by] ?? p.by}）</span>
        <Chip tone={p.state === 'draft' ? 'bad' : p.state === 'reported' ? 'late' : p.findings > 0 ? 'warn' : 'ok'}>{p.state === 'draft' ? w.cell.draft : p.state === 'reported' ? w.cell.told : p.findings > 0 ? w.cell.found(p.findings) : w.cell.fine}</Chip>
      </p>
      <p className="flex flex-wrap gap-2">
        <a href={to('patrol', { record: p.id })} onClick={follow} className={`${touch} inline-flex items-center rounded-8 border border-accent bg-surface px-3.5 font-bold text-accent hover:bg-accent-soft`}>{w.open}</a>
        {back && p.state !== 'mending' && <Button look="danger" className={touch} onClick={back}>{w.takeBack}</Button>}
      </p>
    </li>
  );
}

/** TakeBack asks why. The record stays, with its reason, and the box is free again. */
function TakeBack({ patrol, cancel, taken }: { patrol: Patrol; cancel: () => void; taken: () => void }) {
  const t = useText();
  const w = t.patrols;
  const [reason, setReason] = useState(w.slip);
  const [error, setError] = useState<string | null>(null);
  const send = async () => {
    const one = await records.one('patrol', patrol.id);
    const res = one.ok ? await records.move(one.value, 'void', {}, reason) : one;
    if (res.ok) taken();
    else setError(res.error.status === 0 ? t.noAnswer : res.error.detail);
  };
  return (
    <form onSubmit={(e) => (e.preventDefault(), void send())} className="flex flex-col gap-4">
      <Field label={w.reason} need="required" error={error}>{(wiring) => <Input {...wiring} autoFocus value={reason} maxLength={500} className={touch} onChange={(e) => setReason(e.target.value)} />}</Field>
      <p className="flex justify-end gap-2"><Button look="quiet" className={touch} onClick={cancel}>{w.cancel}</Button><Button type="submit" look="danger" className={touch}>{w.go}</Button></p>
    </form>
  );
}

import type { Pack } from '../../api/proofs.ts';
import { useText } from '../../text/index.ts';
import { clock, parseInstant } from '../../time/instant.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip, type Tone } from '../../ui/Chip.tsx';
import { Table } from '../../ui/Table.tsx';
import { fiscalYear } from '../figures/figure.ts';

const tones: Record<Pack['state'], Tone> = { asked: 'late', making: 'key', done: 'ok', broken: 'bad' };

/** Packs are the packs somebody made, and how far each has come. */
export function Packs({ packs, again }: { packs: readonly Pack[]; again: (p: Pack) => void }) {
  const t = useText();
  const w = t.proofs;
  const of = (p: Pack) => (p.controls.length === 0 ? w.whole : p.controls.length === 1 ? p.controls[0]! : w.several(p.controls.length));
  return (
    <Card title={w.packs} note={w.packsNote} className="max-h-[220px] flex-none tight:max-h-[180px]" body="overflow-auto focus-inside">
      {packs.length === 0 ? <p className="px-4 py-3 text-text-2">{w.noPacks}。{w.noPacksWhy}</p> : (
        <Table dense label={w.packs} rows={packs} keyOf={(p) => p.id} columns={[
          { head: w.year, cell: (p) => fiscalYear(p.year) },
          { head: w.heads.pack, names: true, cell: of },
          { head: w.heads.who, cell: (p) => p.name.replace('　', ' ') },
          { head: w.heads.when, cell: (p) => <span className="tabular-nums">{t.calendar(parseInstant(p.asked))} {clock(parseInstant(p.asked)).slice(0, 5)}</span> },
          { head: w.heads.progress, cell: (p) => (
            <span className="flex items-center gap-2">
              <Chip tone={tones[p.state]}>{w.progress[p.state]}</Chip>
              {p.state === 'making' && <><progress aria-label={w.heads.progress} value={p.made} max={Math.max(1, p.steps)} className="h-2 w-24" /><span className="text-[13px] tabular-nums">{w.steps(p.made, p.steps)}</span></>}
              {p.mine && (p.state === 'asked' || p.state === 'broken') && <Button look="quiet" onClick={() => again(p)}>{w.fetch}</Button>}
            </span>
          ) },
          { head: w.heads.files, align: 'right', cell: (p) => (p.state === 'done' ? w.made(p.files, (p.bytes / 1e6).toFixed(1)) : '') },
          { head: w.heads.sums, className: 'max-[1500px]:hidden', cell: (p) => <code className="text-[12px]">{p.sums.slice(0, 16)}{p.sums && '…'}</code> },
        ]} />
      )}
    </Card>
  );
}

import { useState } from 'react';
import { inventory, type RightsLine, type RightsReview } from '../api/inventory.ts';
import { people } from '../api/people.ts';
import { useText, type Text } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Table, type Column } from '../ui/Table.tsx';

interface Props {
  review: RightsReview;
  lines: readonly RightsLine[];
  object: (l: RightsLine) => void;
  done: (text: string) => void;
}

export const plain = (name: string) => name.replace('　', ' ');

/** rightsOf is what footage a post gives, in words. */
export function rightsOf(t: Text, l: RightsLine): string {
  if (l.cameras === 0) return t.review.rights.noFootage;
  return `${t.cameras(l.cameras)}　${l.actions.map((a) => t.review.rights.actions[a] ?? a).join('・')}`;
}

export const period = (t: Text, l: RightsLine) => `${t.calendar(parseInstant(l.from))}～${l.to ? t.calendar(parseInstant(l.to)) : ''}`;

const looks: Record<RightsLine['state'], { tone: Tone; icon: IconName }> = { open: { tone: 'key', icon: 'ring' }, confirmed: { tone: 'ok', icon: 'check' }, objected: { tone: 'warn', icon: 'flag' } };

/** RightsRows are lines of a review: confirmed together, objected to one by one. */
export function RightsRows({ review: r, lines, object, done }: Props) {
  const t = useText();
  const w = t.review.rights;
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [error, setError] = useState('');
  const tickable = lines.filter((l) => l.mine && l.state === 'open');
  const chosen = tickable.filter((l) => ticked.has(l.n)).map((l) => l.n);
  const tell = (res: Awaited<ReturnType<typeof inventory.confirm>>, text: string) => (res.ok ? done(text) : setError(res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail)));
  const confirm = async () => {
    const res = await inventory.confirm(r.id, chosen);
    setTicked(new Set());
    tell(res, w.confirmed(chosen.length));
  };
  const end = async (l: RightsLine) => {
    const res = await people.end(l.appointment, '');
    tell(res.ok ? { ok: true, value: undefined } : res, w.ended(plain(l.name)));
  };
  const box = (label: string, on: boolean, set: (on: boolean) => void) => <input type="checkbox" aria-label={label} checked={on} onChange={(e) => set(e.target.checked)} className="block size-6 accent-(--primary)" />;
  const columns: Column<RightsLine>[] = [
    { head: tickable.length === 0 ? <span className="sr-only">{t.review.choice}</span> : box(t.review.tickAll, chosen.length === tickable.length, (on) => setTicked(new Set(on ? tickable.map((l) => l.n) : []))), cell: (l) => (l.mine && l.state === 'open' ? box(w.tick(plain(l.name)), ticked.has(l.n), (on) => setTicked((s) => new Set(on ? [...s, l.n] : [...s].filter((n) => n !== l.n)))) : null), className: 'w-[46px] z-[2]!' },
    { head: w.columns.who, cell: (l) => <Two over={<b>{plain(l.name)}</b>} under={l.login} />, names: true, align: 'left', className: 'w-[14%]' },
    { head: w.columns.post, cell: (l) => <Two over={t.posts[l.post] ?? l.title} under={l.unit_name} />, className: 'w-[16%]' },
    { head: w.columns.period, cell: (l) => <span className="text-[13px]">{period(t, l)}</span>, className: 'w-[15%]' },
    { head: w.columns.rights, cell: (l) => <Two over={l.cameras === 0 ? w.noFootage : t.cameras(l.cameras)} under={<span title={rightsOf(t, l)}>{l.actions.map((a) => w.actions[a] ?? a).join('・')}</span>} /> },
    { head: w.columns.state, cell: (l) => <State line={l} />, className: 'w-[16%]' },
    { head: <span className="sr-only">{w.columns.act}</span>, cell: (l) => (l.mine && l.state !== 'objected' ? <Button look="quiet" size="small" aria-label={w.objectLong(plain(l.name))} onClick={() => object(l)}>{w.object}</Button> : l.state === 'objected' && !l.ended && r.may_end ? <Button look="danger" size="small" aria-label={w.endLong(plain(l.name))} onClick={() => void end(l)}>{w.end}</Button> : null), align: 'right', className: 'w-[150px] tight:w-[128px]' },
  ];
  return (
    <>
      <div className="min-h-0 grow overflow-auto"><Table label={w.lines} columns={columns} rows={lines} keyOf={(l) => String(l.n)} className="table-fixed max-[1000px]:w-[1000px] [&_tbody_:is(td,th)]:h-[52px]! [&_:is(td,th):first-child]:pl-3.5!" /></div>
      {error && <Note tone="bad" alert className="m-3">{error}</Note>}
      {tickable.length > 0 && (
        <div className="flex flex-none items-center gap-3 border-t border-line bg-surface px-4 py-2.5 tight:px-3">
          <Button look="primary" disabled={chosen.length === 0} onClick={() => void confirm()}><Icon name="check" className="size-4" />{w.confirm(chosen.length)}</Button>
          <span className="min-w-0 truncate text-[13px] text-text-3">{w.confirmHint}</span>
        </div>
      )}
    </>
  );
}

function Two({ over, under }: { over: React.ReactNode; under?: React.ReactNode }) {
  return <><span className="block truncate">{over}</span>{under && <span className="mt-0.5 block truncate text-xs text-text-3">{under}</span>}</>;
}

function State({ line: l }: { line: RightsLine }) {
  const t = useText();
  const w = t.review.rights;
  const by = l.decided_by && `${plain(l.decided_by)}　${l.decided ? t.day(parseInstant(l.decided)) : ''}`;
  return <><Chip tone={l.ended && l.state === 'objected' ? 'ok' : looks[l.state].tone} icon={looks[l.state].icon}>{l.ended && l.state === 'objected' ? w.endedState : w.states[l.state]}</Chip><span className="mt-0.5 block truncate text-xs text-text-3" title={l.reason}>{l.reason || by}</span></>;
}

import { useState } from 'react';
import { review, type ReviewItem } from '../api/review.ts';
import { actionOf } from '../audit/words.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { lookedFor, stateLooks, whyOf } from './words.ts';

interface Props {
  items: readonly ReviewItem[];
  selected: number;
  open: (n: number) => void;
  done: (text: string) => void;
}

/** ItemRows are items of a sample. Those that need no question can be ticked and found in order together. */
export function ItemRows({ items, selected, open, done }: Props) {
  const t = useText();
  const w = t.review;
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [error, setError] = useState('');
  const tickable = items.filter((i) => i.mine && i.state === 'open');
  const chosen = tickable.filter((i) => ticked.has(i.n)).map((i) => i.n);
  const tick = (n: number, on: boolean) => setTicked((s) => new Set(on ? [...s, n] : [...s].filter((x) => x !== n)));
  const fine = async () => {
    const res = await review.fine(items[0]!.month, chosen);
    setError(res.ok ? '' : res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
    if (!res.ok) return;
    setTicked(new Set());
    done(w.fineDone(chosen.length));
  };
  const box = (label: string, on: boolean, set: (on: boolean) => void) => <input type="checkbox" aria-label={label} checked={on} onChange={(e) => set(e.target.checked)} className="relative z-[1] block size-6 accent-(--primary)" />;
  const columns: Column<ReviewItem>[] = [
    { head: tickable.length === 0 ? <span className="sr-only">{w.choice}</span> : box(w.tickAll, chosen.length === tickable.length, (on) => setTicked(new Set(on ? tickable.map((i) => i.n) : []))), cell: (i) => (i.mine && i.state === 'open' ? box(w.tick(i.n), ticked.has(i.n), (on) => tick(i.n, on)) : null), className: 'w-[46px] z-[2]!' },
    { head: w.columns.when, cell: (i) => <When item={i} open={open} />, names: true, align: 'left', className: 'w-[122px]' },
    { head: w.columns.who, cell: (i) => <Two over={<b>{i.entry.actor_name.replace('　', ' ')}</b>} under={i.entry.actor_title} />, className: 'w-[128px]' },
    { head: w.columns.what, cell: (i) => <What item={i} /> },
    { head: w.columns.why, cell: (i) => <Why item={i} />, className: 'w-[188px] tight:w-[164px]' },
    { head: w.columns.state, cell: (i) => <State item={i} />, className: 'w-[112px] tight:w-[104px]' },
  ];
  return (
    <>
      <div className="min-h-0 grow overflow-auto"><Table label={w.sample} columns={columns} rows={items} keyOf={(i) => String(i.n)} selected={(i) => i.n === selected}
        className="table-fixed max-[900px]:w-[820px] [&_tbody_:is(td,th)]:h-[54px]! [&_tbody_tr]:cursor-pointer [&_tbody_tr:hover]:bg-raised [&_tbody_tr[aria-current]]:bg-accent-soft [&_:is(td,th):first-child]:pl-3.5!" /></div>
      {error && <Note tone="bad" alert className="m-3">{error}</Note>}
      {tickable.length > 0 && (
        <div className="flex flex-none items-center gap-3 border-t border-line bg-surface px-4 py-2.5 tight:px-3">
          <Button look="primary" disabled={chosen.length === 0} onClick={() => void fine()}><Icon name="check" className="size-4" />{w.fine(chosen.length)}</Button>
          <span className="min-w-0 truncate text-[13px] text-text-3">{w.fineHint}</span>
        </div>
      )}
    </>
  );
}

function Two({ over, under }: { over: React.ReactNode; under?: React.ReactNode }) {
  return <><span className="block truncate">{over}</span>{under && <span className="mt-0.5 block truncate text-xs text-text-3">{under}</span>}</>;
}

function When({ item: i, open }: { item: ReviewItem; open: (n: number) => void }) {
  const t = useText();
  const at = parseInstant(i.entry.time);
  return <><button type="button" onClick={() => open(i.n)} className="block max-w-full truncate rounded-4 text-left font-bold after:absolute after:inset-0 after:content-['']">{t.day(at)} {clock(at)}</button><span className="mt-0.5 block text-xs text-text-3">{t.review.number(i.n)}</span></>;
}

function What({ item: i }: { item: ReviewItem }) {
  const t = useText();
  const camera = useCameraOf()(i.entry.camera);
  if (i.kind !== 'view') return <Two over={actionOf(t, i.entry.action)} under={lookedFor(t, i.entry.detail)} />;
  return <Two over={camera?.name ?? i.entry.camera} under={[camera?.number, actionOf(t, i.entry.action), t.purpose.names[i.entry.purpose], i.entry.case].filter(Boolean).join('・')} />;
}

export function Why({ item }: { item: ReviewItem }) {
  const t = useText();
  const all = whyOf(t, item);
  return <span className="flex flex-wrap gap-1 overflow-hidden">{all.slice(0, 2).map((x) => <Chip key={x.text} tone={x.tone}>{x.text}</Chip>)}{all.length > 2 && <Chip tone="late">＋{all.length - 2}</Chip>}</span>;
}

export function State({ item }: { item: ReviewItem }) {
  const t = useText();
  return <Chip tone={stateLooks[item.state].tone} icon={stateLooks[item.state].icon}>{t.review.states[item.state]}</Chip>;
}

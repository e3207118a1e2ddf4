import { useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Camera } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import type { Arrangement } from './arrange.ts';
import { searchField } from './focus.ts';
import { FloorPlan, Plans } from './Plans.tsx';
import { focusRow } from './rows.ts';
import { Saved } from './Saved.tsx';
import type { Sets } from './sets.ts';
import { Tree } from './Tree.tsx';
import { matches } from './tree.ts';

const frame = 'flex w-[288px] flex-none flex-col border-r border-line bg-surface tight:w-[236px]';

const tabs = { places: 'list', plan: 'plan', sets: 'star' } as const satisfies Record<string, IconName>;
type Tab = keyof typeof tabs;

interface Props {
  cameras: readonly Camera[];
  wall: Arrangement;
  sets: Sets;
}

/** Rail is where cameras are chosen from: by place, by plan, by name, or as they were saved. */
export function Rail({ cameras, wall, sets }: Props) {
  const t = useText();
  const [query, setQuery] = useState('');
  const [tab, setTab] = useState<Tab>('places');
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const asked = query.trim();
  const found = useMemo(() => (asked ? cameras.filter((c) => matches(c, asked, t.rail.floor)) : cameras), [t, cameras, asked]);
  const shown = asked ? 'places' : tab;
  return (
    <nav aria-label={t.rail.label} className={frame}>
      <Search query={query} setQuery={setQuery} enter={() => found[0] && wall.choose(found[0].id)} down={() => focusRow(list.current, 0)} />
      <Tabs id={id} tab={shown} choose={(next) => (setQuery(''), setTab(next))} />
      <p role="status" className="sr-only">{asked && (found.length > 0 ? t.rail.found(found.length) : t.rail.none)}</p>
      <div ref={list} id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${shown}`} className="flex min-h-0 grow flex-col">
        {shown === 'places' && <Tree cameras={found} wall={wall} open={asked !== ''} few={cameras.length <= 12} />}
        {shown === 'plan' && <Plans wall={wall} />}
        {shown === 'sets' && <Saved sets={sets} wall={wall} />}
      </div>
      {shown !== 'plan' && <FloorPlan wall={wall} />}
    </nav>
  );
}

function Tabs({ id, tab, choose }: { id: string; tab: Tab; choose: (t: Tab) => void }) {
  const t = useText();
  const all = Object.keys(tabs) as Tab[];
  const keys = (e: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!by) return;
    e.preventDefault();
    const next = all[(all.indexOf(tab) + by + all.length) % all.length]!;
    choose(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={t.wall.rail.tabs} onKeyDown={keys} className="mx-3 mb-2 flex flex-none overflow-hidden rounded-8 border border-line bg-raised has-focus-visible:overflow-visible tight:mx-2">
      {all.map((k) => (
        <button key={k} type="button" role="tab" id={`${id}-${k}`} aria-selected={k === tab} aria-controls={`${id}-panel`} tabIndex={k === tab ? 0 : -1} onClick={() => choose(k)}
          className="flex h-8 grow basis-0 items-center justify-center gap-1.5 border-r border-line whitespace-nowrap text-text-2 last:border-r-0 hover:bg-soft focus-inside aria-selected:bg-accent-soft aria-selected:font-bold aria-selected:text-accent aria-selected:shadow-[inset_0_-2px_0_currentColor] tight:h-[30px] tight:gap-1 tight:text-[13px]"><Icon name={tabs[k]} className="size-4" />{t.wall.rail[k]}</button>
      ))}
    </div>
  );
}

function Search({ query, setQuery, enter, down }: { query: string; setQuery: (q: string) => void; enter: () => void; down: () => void }) {
  const t = useText();
  const keys = (e: KeyboardEvent<HTMLInputElement>) => {
    if (e.nativeEvent.isComposing) return;
    if (e.key === 'Escape') {
      setQuery('');
      e.currentTarget.blur();
    } else if (e.key === 'Enter') enter();
    else if (e.key === 'ArrowDown') {
      e.preventDefault();
      down();
    }
  };
  return (
    <div className="relative m-3 mb-2.5 flex-none tight:m-2">
      <Icon name="search" className="pointer-events-none absolute top-[9px] left-3 size-[18px] text-text-3 tight:top-2" />
      <input id={searchField} type="search" aria-label={t.rail.searchLabel} placeholder={t.rail.search} value={query} onChange={(e) => setQuery(e.target.value)} onKeyDown={keys} autoComplete="off"
        className="h-9 w-full rounded-8 border border-[#6a737e] bg-ink-0 pr-9 pl-9 placeholder:text-text-3 [&::-webkit-search-cancel-button]:hidden" />
      {query && <button type="button" aria-label={t.rail.clear} onClick={() => setQuery('')} className="absolute top-1 right-1 grid size-7 place-items-center rounded-6 text-text-2 hover:bg-soft"><Icon name="close" className="size-4" /></button>}
    </div>
  );
}

export function RailSkeleton(): ReactNode {
  const t = useText();
  const widths = ['w-28', 'w-16', 'w-36', 'w-32', 'w-40', 'w-28', 'w-36', 'w-32', 'w-24', 'w-36'];
  return (
    <div className={frame}>
      <p role="status" className="sr-only">{t.rail.loading}</p>
      <div className="bone m-3 h-9 flex-none tight:m-2" />
      <div className="bone mx-3 mb-2 h-8 flex-none tight:mx-2" />
      {widths.map((w, i) => <div key={i} className={`mx-4 flex h-8 items-center tight:h-7 ${i > 1 ? 'pl-6' : i > 0 ? 'pl-3' : ''}`}><span className={`bone h-3.5 ${w}`} /></div>)}
    </div>
  );
}

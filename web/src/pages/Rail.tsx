import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Camera } from '../api/types.ts';
import { useText, type Text } from '../text/index.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { write } from './place.ts';
import { searchField } from './keys.ts';

const frame = 'flex w-[288px] flex-none flex-col border-r border-line bg-surface tight:w-[236px]';

interface Group {
  key: string;
  site: string;
  name: string; // of the floor; "" where the site has no floors
  cameras: Camera[];
}

/** groups are the cameras by site and floor, in the order of the list. */
function groups(t: Text, cameras: readonly Camera[]): { site: string; name: string; count: number; floors: Group[] }[] {
  const sites = new Map<string, { site: string; name: string; count: number; floors: Group[] }>();
  for (const c of cameras) {
    let s = sites.get(c.site);
    if (!s) sites.set(c.site, (s = { site: c.site, name: c.site_name || c.site, count: 0, floors: [] }));
    s.count++;
    let f = s.floors.find((g) => g.name === (c.floor ? t.rail.floor(c.floor) : ''));
    if (!f) s.floors.push((f = { key: `${c.site}/${c.floor}`, site: c.site, name: c.floor ? t.rail.floor(c.floor) : '', cameras: [] }));
    f.cameras.push(c);
  }
  return [...sites.values()];
}

const fold = (s: string) => s.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** matches looks in number, name and place, blind to width, case and spaces. */
function matches(t: Text, c: Camera, query: string): boolean {
  const text = fold([c.number, c.id, c.name, c.site_name, c.floor, t.rail.floor(c.floor), c.room].join('\n'));
  return query.normalize('NFKC').split(/\s+/).every((word) => text.includes(fold(word)));
}

interface Props {
  cameras: readonly Camera[];
  selected: string | null;
  choose: (id: string) => void;
}

export function Rail({ cameras, selected, choose }: Props) {
  const t = useText();
  const [query, setQuery] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => (query.trim() ? cameras.filter((c) => matches(t, c, query.trim())) : cameras), [t, cameras, query]);
  const sites = useMemo(() => groups(t, found), [t, found]);
  const toggle = (key: string) => {
    const next = new Set(closed);
    if (!next.delete(key)) next.add(key);
    setClosed(next);
  };
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const folded = (key: string) => !query && closed.has(key);
  return (
    <nav aria-label={t.rail.label} className={frame}>
      <Search query={query} setQuery={setQuery} enter={() => found[0] && choose(found[0].id)} down={() => focusRow(list.current, 0)} />
      <p role="status" className="sr-only">{query && (found.length > 0 ? t.rail.found(found.length) : t.rail.none)}</p>
      <div ref={list} onKeyDown={(e) => rows(e, list.current)} className="min-h-0 grow overflow-y-auto px-2 pb-3">
        {found.length === 0 && <p className="px-3 py-6 text-center leading-[1.7] text-text-2">{t.rail.none}</p>}
        {sites.map((s) => (
          <section key={s.site} className="mb-1">
            <Heading name={s.name} count={t.cameras(s.count)} closed={folded(s.site)} toggle={() => toggle(s.site)} />
            {!folded(s.site) && s.floors.map((f) => (
              <div key={f.key}>
                {f.name && <Heading sub name={f.name} count={t.cameras(f.cameras.length)} closed={folded(f.key)} toggle={() => toggle(f.key)} />}
                {!folded(f.key) && <ul>{f.cameras.map((c) => <Row key={c.id} camera={c} current={c.id === selected} choose={choose} />)}</ul>}
              </div>
            ))}
          </section>
        ))}
      </div>
    </nav>
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
    <div className="relative m-3 flex-none tight:m-2">
      <Icon name="search" className="pointer-events-none absolute top-[9px] left-3 size-[18px] text-text-3 tight:top-2" />
      <input id={searchField} type="search" aria-label={t.rail.searchLabel} placeholder={t.rail.search} value={query} onChange={(e) => setQuery(e.target.value)} onKeyDown={keys} autoComplete="off"
        className="h-9 w-full rounded-8 border border-[#6a737e] bg-ink-0 pr-9 pl-9 placeholder:text-text-3 [&::-webkit-search-cancel-button]:hidden" />
      {query && <button type="button" aria-label={t.rail.clear} onClick={() => setQuery('')} className="absolute top-1 right-1 grid size-7 place-items-center rounded-6 text-text-2 hover:bg-soft"><Icon name="close" className="size-4" /></button>}
    </div>
  );
}

function Heading({ name, count, closed, toggle, sub = false }: { name: string; count: string; closed: boolean; toggle: () => void; sub?: boolean }) {
  return (
    <h2 className={sub ? 'text-sm font-normal' : 'text-sm'}>
      <button type="button" data-row="" aria-expanded={!closed} onClick={toggle} className={`flex h-8 w-full items-center gap-1.5 rounded-6 px-2 text-left hover:bg-soft focus-inside tight:h-7 ${sub ? 'pl-5 text-text-2' : ''}`}>
        <Icon name={closed ? 'chevron' : 'chevronDown'} className="size-3.5 text-text-3" />
        <span className="min-w-0 grow truncate">{name}</span>
        <span className="text-[13px] font-normal text-text-3">{count}</span>
      </button>
    </h2>
  );
}

const marks: Record<Camera['state'], { icon: IconName; tone: string }> = {
  recording: { icon: 'dot', tone: 'text-ok' }, starting: { icon: 'clock', tone: 'text-late' }, stopped: { icon: 'off', tone: 'text-bad' },
  planned: { icon: 'ring', tone: 'text-text-3' }, unknown: { icon: 'ring', tone: 'text-text-3' },
};

/** StateMark is a camera's state as an icon; its word is beside it for those who do not see it, or for everybody. */
export function StateMark({ camera, word = false }: { camera: Camera; word?: boolean }) {
  const t = useText();
  const m = marks[camera.state];
  return (
    <span className={`inline-flex flex-none items-center gap-1 text-[13px] font-normal ${m.tone}`}>
      <Icon name={m.icon} className={m.icon === 'dot' ? 'size-3.5' : 'size-[15px]'} />
      <span className={word || camera.state === 'stopped' ? '' : 'sr-only'}>{t.state[camera.state]}</span>
    </span>
  );
}

function Row({ camera: c, current, choose }: { camera: Camera; current: boolean; choose: (id: string) => void }) {
  return (
    <li>
      <a href={write({ camera: c.id, at: null })} data-row="" aria-current={current || undefined} title={`${c.number} ${c.name}`}
        onClick={(e) => {
          if (e.metaKey || e.ctrlKey || e.shiftKey) return;
          e.preventDefault();
          choose(c.id);
        }}
        className="flex h-8 items-center gap-2 rounded-6 pr-2 pl-[38px] whitespace-nowrap text-text-2 hover:bg-soft focus-inside aria-[current]:bg-accent-soft aria-[current]:font-bold aria-[current]:text-accent tight:h-7 tight:gap-1.5 tight:pl-[28px] tight:text-[13px]">
        <span className="flex h-full min-w-0 grow flex-wrap gap-x-2 overflow-hidden leading-8 tight:leading-7">
          <span className="max-w-full truncate">{c.name}</span>
          <span className="ml-auto text-xs leading-[inherit] font-normal text-text-3">{c.number}</span>
        </span>
        <StateMark camera={c} />
      </a>
    </li>
  );
}

/** rows moves the focus between rows by arrow keys. */
function rows(e: KeyboardEvent, list: HTMLElement | null) {
  if (!list || (e.key !== 'ArrowDown' && e.key !== 'ArrowUp')) return;
  const all = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const i = all.indexOf(e.target as HTMLElement) + (e.key === 'ArrowDown' ? 1 : -1);
  e.preventDefault();
  if (i < 0) document.getElementById(searchField)?.focus();
  else focusRow(list, i);
}

function focusRow(list: HTMLElement | null, i: number) {
  list?.querySelectorAll<HTMLElement>('[data-row]')[i]?.focus();
}

export function RailSkeleton() {
  const t = useText();
  const widths = ['w-28', 'w-16', 'w-36', 'w-32', 'w-40', 'w-28', 'w-36', 'w-32', 'w-24', 'w-36', 'w-40', 'w-28'];
  return (
    <div className={frame}>
      <p role="status" className="sr-only">{t.rail.loading}</p>
      <div className="bone m-3 h-9 flex-none tight:m-2" />
      {widths.map((w, i) => <div key={i} className={`mx-4 flex h-8 items-center tight:h-7 ${i > 1 ? 'pl-6' : i > 0 ? 'pl-3' : ''}`}><span className={`bone h-3.5 ${w}`} /></div>)}
    </div>
  );
}

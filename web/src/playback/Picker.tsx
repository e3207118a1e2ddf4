import { useMemo, useState } from 'react';
import type { Camera } from '../api/types.ts';
import { useKnown } from '../person/person.ts';
import { mayPast } from '../person/rights.ts';
import { useText, type Text } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { Control } from './control.ts';
import { most } from './place.ts';

/** RoomOf are the cameras of one room of one floor. */
export interface RoomOf {
  key: string;
  place: string; // site and floor
  name: string;
  cameras: Camera[];
}

/** roomsOf are the rooms whose past one may see, in the order of the list. */
export function roomsOf(t: Text, cameras: readonly Camera[]): RoomOf[] {
  const rooms = new Map<string, RoomOf>();
  for (const c of cameras) {
    if (!mayPast(c)) continue;
    const key = `${c.site}/${c.floor}/${c.room}`;
    const r = rooms.get(key);
    if (r) r.cameras.push(c);
    else rooms.set(key, { key, place: [c.site_name || c.site, c.floor && t.rail.floor(c.floor)].filter(Boolean).join(' '), name: c.room || c.site_name || c.name, cameras: [c] });
  }
  return [...rooms.values()];
}

const fold = (s: string) => s.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** Picker adds cameras one by one, or takes them out again. */
export function Picker({ control, close }: { control: Control; close: () => void }) {
  const t = useText();
  const words = t.playback.pick;
  const known = useKnown();
  const [query, setQuery] = useState('');
  const rooms = useMemo(() => roomsOf(t, known), [t, known]);
  const wanted = query.normalize('NFKC').split(/\s+/).map(fold).filter(Boolean);
  const matches = (r: RoomOf, c: Camera) => {
    const text = fold([c.number, c.id, c.name, r.place, r.name].join('\n'));
    return wanted.every((w) => text.includes(w));
  };
  const found = rooms.map((r) => ({ ...r, cameras: r.cameras.filter((c) => matches(r, c)) })).filter((r) => r.cameras.length > 0);
  const { place } = control;
  const toggle = (id: string) => (place.cameras.includes(id) ? control.remove(id) : control.add([id]));
  return (
    <Dialog title={words.dialog} close={close} closeLabel={words.done} className="dark scheme-dark w-[720px]">
      <input type="text" role="searchbox" autoFocus aria-label={words.search} placeholder={words.search} value={query} onChange={(e) => setQuery(e.target.value)} autoComplete="off"
        onKeyDown={(e) => {
          const [first] = found[0]?.cameras ?? [];
          if (e.key === 'Enter' && query && first && !e.nativeEvent.isComposing) toggle(first.id);
        }} className="h-9 rounded-8 border border-[#6a737e] bg-ink-0 px-3 placeholder:text-text-3" />
      <div className="-mx-2 h-[min(420px,52vh)] overflow-y-auto px-2">
        {found.length === 0 && <p className="py-8 text-center text-text-2">{words.none}</p>}
        {found.map((r) => (
          <fieldset key={r.key} className="pb-3">
            <legend className="flex items-baseline gap-2 pb-1"><b>{r.name}</b><span className="text-[13px] text-text-3">{r.place}</span></legend>
            <div className="grid grid-cols-2 gap-x-4">
              {r.cameras.map((c) => {
                const on = place.cameras.includes(c.id);
                return (
                  <label key={c.id} className="flex h-8 items-center gap-2 rounded-6 px-1.5 hover:bg-soft has-disabled:text-text-3">
                    <input type="checkbox" checked={on} disabled={!on && place.cameras.length >= most} onChange={() => toggle(c.id)} className="size-[18px] flex-none accent-(--primary)" />
                    <span className="min-w-0 grow truncate">{c.name}</span>
                    <span className="flex-none text-xs text-text-3">{c.number}</span>
                  </label>
                );
              })}
            </div>
          </fieldset>
        ))}
      </div>
      <p className="flex items-center gap-3">
        <span role="status" className="grow text-text-2">{place.cameras.length >= most ? t.playback.full : words.chosen(place.cameras.length)}</span>
        <Button look="primary" onClick={close}>{words.done}</Button>
      </p>
    </Dialog>
  );
}

/** Begin is the page before any camera is chosen: the rooms, each in one click. */
export function Begin({ control, pick }: { control: Control; pick: () => void }) {
  const t = useText();
  const words = t.playback.pick;
  const known = useKnown();
  const rooms = useMemo(() => roomsOf(t, known), [t, known]);
  return (
    <div className="min-h-0 grow overflow-y-auto p-6">
      <div className="mx-auto flex w-full max-w-[880px] flex-col gap-4">
        <div className="flex flex-col gap-2 pt-4 text-center tight:pt-1">
          <h1 className="text-xl leading-[1.4]">{words.title}</h1>
          <p className="text-base leading-[1.7] text-text-2">{words.body}</p>
          <p className="flex items-center justify-center gap-2 text-[13px] text-text-3"><Icon name="shield" className="size-4" />{t.pick.logged}</p>
        </div>
        <div className="flex items-center gap-3"><h2 className="grow text-base">{words.rooms}</h2><Button look="outline" onClick={pick}><Icon name="plus" />{words.other}</Button></div>
        <ul className="grid grid-cols-3 gap-2 max-[900px]:grid-cols-2">
          {rooms.map((r) => (
            <li key={r.key}>
              <button type="button" onClick={() => control.open(r.cameras.map((c) => c.id))} className="flex min-h-14 w-full items-center gap-3 rounded-8 border border-line bg-surface px-3.5 py-2 text-left hover:border-accent hover:bg-accent-soft">
                <span className="min-w-0 grow"><b className="block truncate text-[15px] leading-[1.4]">{r.name}</b><span className="block truncate text-[13px] text-text-3">{r.place}</span></span>
                <span className="flex-none text-text-2">{t.cameras(r.cameras.length)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

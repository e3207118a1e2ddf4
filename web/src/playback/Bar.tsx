import { type MouseEvent } from 'react';
import { usePerson } from '../person/person.ts';
import { useSettings } from '../person/settings.ts';
import { useText, type Text } from '../text/index.ts';
import type { Camera } from '../api/types.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import type { Control } from './control.ts';
import { GoTo } from './GoTo.tsx';
import { layouts } from './place.ts';

/** keepFocus leaves the focus where it is when a button is pressed by mouse, so that the keys of the room go on working. */
export const keepFocus = (e: MouseEvent) => {
  if (!(e.target as HTMLElement).closest('input')) e.preventDefault();
};

export const segment = 'h-8 min-w-[34px] border-r border-line px-2.5 whitespace-nowrap text-text-2 last:border-0 hover:bg-soft focus-inside disabled:text-text-3 aria-pressed:bg-accent-soft aria-pressed:font-bold aria-pressed:text-accent aria-pressed:shadow-[inset_0_-2px_0_currentColor] tight:h-[30px] tight:min-w-[30px] tight:px-2';
export const group = 'inline-flex flex-none overflow-hidden rounded-8 border border-line bg-raised';

/** Bar holds the tools of the view: layout, cameras, and the way to a date. */
export function Bar({ control, pick }: { control: Control; pick: () => void }) {
  const t = useText();
  const { place, cameras } = control;
  return (
    <div onMouseDown={keepFocus} className="flex h-12 flex-none items-center gap-3 border-b border-line bg-surface px-4 tight:h-[42px] tight:gap-2 tight:px-3">
      <h1 className="min-w-0 truncate text-base">{t.playback.heading(where(t, cameras), cameras.length)}</h1>
      <span className="h-5 w-px flex-none bg-line" />
      <div role="group" aria-label={t.playback.layouts.label} className={group}>
        {layouts.map((l) => <button key={l} type="button" aria-pressed={place.layout === l} title={t.playback.layoutNames[l]} disabled={cameras.length === 0} onClick={() => control.arrange(l)} className={segment}>{t.playback.layouts[l]}</button>)}
      </div>
      <Button look="quiet" aria-label={t.playback.addLong} title={t.playback.addLong} onClick={pick}><Icon name="plus" /><span className="tight:hidden">{t.playback.add}</span></Button>
      <span className="min-w-0 grow" />
      <Calendar />
      <GoTo control={control} />
    </div>
  );
}

/** where is what the cameras have in common: their room, their floor, their site. */
export function where(t: Text, cameras: readonly Camera[]): string {
  const [first] = cameras;
  if (!first) return t.playback.page;
  const same = (f: (c: Camera) => string) => (cameras.every((c) => f(c) === f(first)) ? f(first) : '');
  const site = same((c) => c.site_name);
  const floor = site && same((c) => c.floor);
  const room = floor !== '' || !first.floor ? same((c) => c.room) : '';
  return room || [site, floor && t.rail.floor(floor)].filter(Boolean).join(' ') || t.playback.page;
}

function Calendar() {
  const t = useText();
  const { desk } = usePerson();
  const s = useSettings();
  const calendar = s.kind === 'ready' ? s.settings.calendar : 'western';
  return (
    <div role="group" aria-label={t.playback.calendar.label} className={group}>
      {(['western', 'era'] as const).map((c) => <button key={c} type="button" aria-pressed={calendar === c} onClick={() => void desk.settings.save({ calendar: c })} className={segment}>{t.playback.calendar[c]}</button>)}
    </div>
  );
}

export const Key = ({ children }: { children: string }) => <span aria-hidden="true" className="tight:hidden"><Kbd>{children}</Kbd></span>;

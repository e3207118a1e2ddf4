import { useState, useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';
import type { SavedWall } from '../api/desk.ts';
import type { Camera } from '../api/types.ts';
import { usePerson } from '../person/person.ts';
import { stated } from '../person/rights.ts';
import { usePurpose } from '../purpose/purpose.tsx';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import type { Arrangement, Tour } from './arrange.ts';
import { fullScreen } from './focus.ts';
import { layouts, type Layout } from './layout.ts';
import { turns } from './place.ts';
import { SaveDialog } from './SaveDialog.tsx';
import type { Sets } from './sets.ts';
import type { Wall } from './wall.ts';

interface Props {
  wall: Arrangement;
  players: Wall;
  sets: Sets;
  saved: SavedWall | null; // the saved wall this one began with
  title: string;
  shown: readonly Camera[];
  floor: { name: string; whole: boolean; show: () => void } | null; // whole: all that is shown hangs there
}

/** keepFocus leaves the focus on the tile when a button is pressed by mouse, so that keys still mean it. */
const keepFocus = (e: MouseEvent) => {
  if ((e.target as Element).closest('button')) e.preventDefault();
};

/** Tools are what one does with the wall as a whole, and how it stands. */
export function Tools({ wall, players, sets, saved, title, shown, floor }: Props) {
  const t = useText();
  const [saving, setSaving] = useState(false);
  const big = wall.place?.big ?? null;
  return (
    <div onMouseDown={keepFocus} className="flex h-12 flex-none items-center gap-2 border-b border-line bg-surface px-4 tight:h-[42px] tight:gap-1.5 tight:px-3">
      <h1 className="min-w-12 truncate text-base" title={title}>{title}</h1>
      <span className="flex-none text-text-3">{t.cameras(shown.length)}</span>
      <span className="mx-1 h-5 w-px flex-none bg-line" />
      <Layouts wall={wall} floor={floor} />
      {big !== null && <Button look="outline" size="small" onClick={() => wall.enlarge(big)}><Icon name="shrink" />{t.wall.back}<Kbd>Esc</Kbd></Button>}
      {big !== null ? null : wall.tour ? <Touring wall={wall} tour={wall.tour} /> : <Button look="quiet" size="small" onClick={() => wall.every(turns.usual)}><Icon name="carousel" /><span className="max-[1120px]:sr-only">{t.wall.carousel.start}</span></Button>}
      <Button look="quiet" size="small" disabled={shown.length === 0} onClick={() => setSaving(true)}><Icon name="star" /><span className={wall.tour ? 'max-[1500px]:sr-only' : 'max-[1120px]:sr-only'}>{t.wall.save.open}</span></Button>
      <span className="min-w-0 grow" />
      <Counts players={players} down={shown.filter((c) => c.state === 'stopped').length} />
      <Chip icon="noAudio" className="max-[1560px]:hidden">{t.view.noAudio}</Chip>
      <Purpose shown={shown} />
      <Button look="quiet" size="small" onClick={fullScreen} aria-label={t.view.full} title={t.view.full}><Icon name="full" /><span className="max-[1560px]:hidden">{t.view.full}</span></Button>
      {saving && <SaveDialog wall={wall} sets={sets} from={saved} close={() => setSaving(false)} />}
    </div>
  );
}

function Layouts({ wall, floor }: { wall: Arrangement; floor: Props['floor'] }) {
  const t = useText();
  const now = wall.place?.layout === 'floor' && !floor?.whole ? null : wall.place?.layout;
  const press = (l: Layout) => (l === 'floor' ? floor?.show() : wall.layout(l));
  return (
    <div role="group" aria-label={t.wall.layout} className="inline-flex flex-none overflow-hidden rounded-8 border border-line bg-raised">
      {layouts.map((l) => (
        <button key={l} type="button" aria-pressed={l === now} aria-label={l === 'floor' ? t.wall.floorLong(floor?.name ?? '') : t.wall.layoutLong(l)} title={l === 'floor' ? t.wall.floorLong(floor?.name ?? '') : t.wall.layoutLong(l)} disabled={l === 'floor' && !floor} onClick={() => press(l)}
          className="h-8 min-w-[34px] border-r border-line px-2.5 whitespace-nowrap text-text-2 last:border-0 hover:bg-soft focus-inside disabled:text-text-3 aria-pressed:bg-accent-soft aria-pressed:font-bold aria-pressed:text-accent aria-pressed:shadow-[inset_0_-2px_0_currentColor] tight:h-[30px] tight:px-2">{t.wall.layouts[l]}</button>
      ))}
    </div>
  );
}

const intervals = [5, 10, 15, 20, 30, 45, 60];

/** Touring is the carousel at work: which screen of how many, and how to stop it. */
function Touring({ wall, tour }: { wall: Arrangement; tour: Tour }) {
  const t = useText();
  const w = t.wall.carousel;
  const every = wall.place?.every ?? turns.usual;
  const key = 'grid h-full w-8 place-items-center border-r border-line text-text hover:bg-soft focus-inside tight:w-7';
  return (
    <div role="group" aria-label={w.label} className="inline-flex h-8 flex-none items-center overflow-hidden rounded-8 border border-accent-line bg-accent-soft whitespace-nowrap tight:h-[30px]">
      <IconKey icon={tour.paused ? 'play' : 'pause'} label={tour.paused ? w.resume : w.pause} press={() => wall.pause(!tour.paused)} className={key} />
      <IconKey icon="chevronLeft" label={w.previous} press={() => wall.turn(-1)} className={key} />
      <span className="min-w-12 border-r border-line px-2 text-center font-bold text-accent"><span aria-hidden="true">{w.page(tour.page + 1, tour.count)}</span><span className="sr-only">{w.pageLong(tour.page + 1, tour.count)}</span></span>
      <IconKey icon="chevron" label={w.next} press={() => wall.turn(1)} className={key} />
      <select aria-label={w.every} value={every} onChange={(e) => wall.every(Number(e.target.value))} className="h-full border-r border-line bg-raised px-1.5 text-text focus-inside">
        {[...new Set([...intervals, every])].sort((a, b) => a - b).map((n) => <option key={n} value={n}>{w.seconds(n)}</option>)}
      </select>
      <button type="button" aria-label={w.endLong} onClick={() => wall.every(null)} className="h-full px-2.5 text-text hover:bg-soft focus-inside">{w.end}</button>
    </div>
  );
}

function IconKey({ icon, label, press, className }: { icon: IconName; label: string; press: () => void; className: string }) {
  return <button type="button" aria-label={label} title={label} onClick={press} className={className}><Icon name={icon} className="size-4" /></button>;
}

/** Counts say how many pictures come, in words and icons. */
function Counts({ players, down }: { players: Wall; down: number }) {
  const t = useText();
  const { tally } = useSyncExternalStore(players.subscribe, players.get);
  if (tally.total === 0) return null;
  const stopped = Math.max(tally.stopped, Math.min(down, tally.total - tally.received));
  return (
    <>
      <Chip tone={tally.received === 0 ? 'plain' : 'ok'} icon={tally.received === 0 ? 'clock' : 'check'}>{t.wall.received(tally.received, tally.total)}</Chip>
      {tally.late > 0 && <Chip tone="late" icon="clock" className="max-[1500px]:hidden">{t.wall.late(tally.late)}</Chip>}
      {stopped > 0 && <Chip tone="bad" icon="off" className="max-[1500px]:hidden">{t.wall.stopped(stopped)}</Chip>}
    </>
  );
}

/** Purpose is what this session states, and the way to change it. */
function Purpose({ shown }: { shown: readonly Camera[] }): ReactNode {
  const t = useText();
  const { session } = usePerson();
  const { ask } = usePurpose();
  if (!shown.some((c) => c.actions.includes('past') || c.actions.includes('live'))) return null;
  const name = session.purpose ? t.purpose.label(t.purpose.names[session.purpose] ?? session.purpose) : t.wall.purposeNone;
  const valid = shown.every((c) => stated(session, c));
  return (
    <button type="button" title={t.wall.purposeChange} onClick={() => ask(shown)} className={`inline-flex h-7 min-w-0 items-center gap-1.5 rounded-6 border px-2 text-[13px] whitespace-nowrap hover:bg-soft ${valid ? 'border-line bg-raised text-text-2' : 'border-accent-line bg-accent-soft text-accent'}`}>
      <Icon name="shield" className="size-[15px]" /><span className="truncate">{name}</span>
    </button>
  );
}

import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { useText } from '../text/index.ts';
import { MILLISECOND, SECOND, clock, thousandths } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { group, keepFocus, segment } from './Bar.tsx';
import type { Control } from './control.ts';
import { useSkews } from './Stage.tsx';

const rates = [0.5, 1, 2, 4, 8, 16, 64];
const few = new Set([1, 2, 4, 16]);

/** Transport are the buttons of playing, and where one is. */
export function Transport({ control, activity }: { control: Control; activity: (direction: 1 | -1) => void }) {
  const t = useText();
  const { room } = control;
  const state = useSyncExternalStore(room.subscribe, room.get);
  const off = state.followers.length === 0;
  const words = t.transport;
  return (
    <section aria-label={words.label} data-testid="transport" data-state={state.gathering ? 'gathering' : state.playing ? 'playing' : 'still'} onMouseDown={keepFocus} className="flex h-14 flex-none items-center gap-3 border-t border-line bg-ink-2 px-4 tight:h-[46px] tight:gap-2 tight:px-3">
      <div className={group}>
        <Key icon="activityBack" label={t.playback.transport.prev} off={off} press={() => activity(-1)} />
        <Key icon="back10" label={words.back} off={off} press={() => control.jump(-10 * SECOND)} />
        <Key icon="reverse" label={words.reverse} off={off} pressed={state.playing && state.rate < 0} press={() => room.play(-1)} />
        <Key icon="stepBack" label={words.stepBack} off={off} press={() => room.step(-1)} />
      </div>
      <button type="button" aria-label={state.playing ? words.pause : words.play} disabled={off} onClick={() => room.toggle()}
        className="grid h-10 w-11 flex-none place-items-center rounded-8 bg-primary text-white hover:bg-primary-hover disabled:bg-ink-3 disabled:text-text-3 tight:h-[34px] tight:w-[38px]"><Icon name={state.playing ? 'pause' : 'play'} className="size-5" /></button>
      <div className={group}>
        <Key icon="stepForward" label={words.stepForward} off={off} press={() => room.step(1)} />
        <Key icon="forward10" label={words.forward} off={off} press={() => control.jump(10 * SECOND)} />
        <Key icon="activityNext" label={t.playback.transport.next} off={off} press={() => activity(1)}><span className="max-[1600px]:hidden">{t.playback.transport.next}</span></Key>
      </div>
      <div role="group" aria-label={words.rate} className={group}>
        {rates.map((r) => <button key={r} type="button" disabled={off} aria-pressed={state.rate === r} onClick={() => room.play(r)} className={`${segment} ${few.has(r) ? '' : 'tight:hidden'}`}>{r === 1 ? '1×' : r}</button>)}
      </div>
      <button type="button" aria-pressed={state.skip} disabled={off} onClick={() => room.skipGaps(!state.skip)}
        className="inline-flex h-[30px] flex-none items-center gap-1.5 rounded-6 border border-line bg-raised px-2 text-[13px] whitespace-nowrap text-text-2 hover:bg-soft disabled:text-text-3 aria-pressed:border-accent-line aria-pressed:bg-accent-soft aria-pressed:text-accent tight:h-7"><Icon name={state.skip ? 'check' : 'skip'} className="size-4" />{t.playback.transport.skip}</button>
      {!off && <Position control={control} />}
      {!off && <Sync control={control} />}
      <span className="min-w-0 grow" />
      {!off && <Button look="outline" size="small" onClick={control.live}>{t.playback.transport.live}<Kbd>End</Kbd></Button>}
      <Hints />
    </section>
  );
}

function Key({ icon, label, off, press, pressed, children }: { icon: IconName; label: string; off: boolean; press: () => void; pressed?: boolean; children?: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} disabled={off} aria-pressed={pressed} onClick={press}
      className="inline-flex h-8 min-w-9 items-center justify-center gap-1.5 border-r border-line px-2 whitespace-nowrap text-text-2 last:border-0 hover:bg-soft focus-inside disabled:text-[#5b636d] aria-pressed:bg-accent-soft aria-pressed:text-accent tight:h-[30px] tight:min-w-[31px] tight:px-1.5"><Icon name={icon} />{children}</button>
  );
}

/** Position is the moment of the picture on screen of the reference; on the way there, the one asked for. */
function Position({ control: { room } }: { control: Control }) {
  const t = useText();
  const [big, small, date] = [useRef<HTMLElement>(null), useRef<HTMLSpanElement>(null), useRef<HTMLSpanElement>(null)];
  useEffect(() => {
    const show = () => {
      const at = room.position();
      big.current!.textContent = clock(at);
      small.current!.textContent = `.${thousandths(at)}`;
      date.current!.textContent = t.date(at);
    };
    show();
    return room.watch(show);
  });
  return (
    <div data-testid="position" className="mx-1 flex flex-none items-baseline whitespace-nowrap">
      <span className="sr-only">{t.transport.position}</span>
      <b ref={big} className="text-[26px] leading-none tight:text-xl" />
      <span ref={small} className="w-[2.6em] text-base text-text-2 tight:text-sm" />
      <span ref={date} className="ml-1.5 text-text-2 max-[1180px]:hidden" />
    </div>
  );
}

/** Sync is how far the cameras are apart, all in all. */
function Sync({ control: { room } }: { control: Control }) {
  const t = useText();
  const words = t.playback.sync;
  const { followers, gathering, thin } = useSyncExternalStore(room.subscribe, room.get);
  const skews = [...useSkews(room).values()].filter((s) => s !== null);
  if (followers.length < 2) return null;
  if (gathering) return <Chip icon="swap" className="min-w-[132px]">{words.gathering}</Chip>;
  if (skews.length < 2) return thin ? <span title={words.keysWhy}><Chip icon="swap" className="min-w-[132px]">{words.keys}</Chip></span> : null;
  const most = Math.round(Math.max(...skews.map(Math.abs)) / MILLISECOND);
  return <span title={words.long}><Chip tone={most <= 100 ? 'ok' : 'late'} icon="swap" className="min-w-[132px]">{words.chip} <b data-testid="sync" data-ms={most}>{words.value(most)}</b></Chip></span>;
}

function Hints() {
  const t = useText();
  const hints: [string[], string][] = [[['Space'], t.keys.play], [[',', '.'], t.keys.frame], [['G'], t.playback.keys.go], [['?'], t.keys.help]];
  return (
    <div aria-hidden="true" className="flex flex-none gap-4 text-text-2 max-[1840px]:hidden">
      {hints.map(([keys, words]) => <span key={words} className="flex items-center gap-1.5">{keys.map((k) => <Kbd key={k}>{k}</Kbd>)}{words}</span>)}
    </div>
  );
}

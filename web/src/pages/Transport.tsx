import { useEffect, useRef, useState, useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';
import { serverClock } from '../api/client.ts';
import type { Camera } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { SECOND, clock, thousandths } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { write } from './place.ts';
import type { Control } from './control.ts';
import { mayPast } from '../person/rights.ts';

const rates = [0.5, 1, 2, 4, 8, 16, 64];
/** keepFocus leaves the focus where it is when a button is pressed by mouse, so that Space still plays and pauses. */
export const keepFocus = (e: MouseEvent) => e.preventDefault();

const few = new Set([1, 2, 4, 16]);

export function Transport({ camera, control }: { camera: Camera | null; control: Control }) {
  const t = useText();
  const { player } = control;
  const { mode, want } = useSyncExternalStore(player.subscribe, player.get);
  const off = !camera || !mayPast(camera);
  const past = mode.kind === 'past' ? mode : null;
  const live = want !== null && want.at === null && mode.kind !== 'refused';
  const behind = want !== null && want.at !== null && mode.kind !== 'refused';
  const playing = past ? past.playing : mode.kind === 'live';
  return (
    <section aria-label={t.transport.label} onMouseDown={keepFocus} className="flex h-14 flex-none items-center gap-3 border-t border-line bg-ink-2 px-4 tight:h-[46px] tight:gap-2 tight:px-3">
      <Row>
        <Key icon="back10" label={t.transport.back} off={off} press={() => control.jump(-10 * SECOND)} />
        <Key icon="reverse" label={t.transport.reverse} off={off} pressed={!!past?.playing && past.rate < 0} press={() => control.rate(-1)} />
        <Key icon="stepBack" label={t.transport.stepBack} off={off} press={() => control.step(-1)} />
      </Row>
      <button type="button" aria-label={playing ? t.transport.pause : t.transport.play} disabled={off} onClick={control.toggle}
        className="grid h-10 w-11 flex-none place-items-center rounded-8 bg-primary text-white hover:bg-primary-hover disabled:bg-ink-3 disabled:text-text-3 tight:h-[34px] tight:w-[38px]"><Icon name={playing ? 'pause' : 'play'} className="size-5" /></button>
      <Row>
        <Key icon="stepForward" label={t.transport.stepForward} off={off || live} press={() => control.step(1)} />
        <Key icon="forward10" label={t.transport.forward} off={off || live} press={() => control.jump(10 * SECOND)} />
      </Row>
      <div role="group" aria-label={t.transport.rate} className="inline-flex flex-none overflow-hidden rounded-8 border border-line bg-raised">
        {rates.map((r) => (
          <button key={r} type="button" disabled={off || !past} aria-pressed={past ? past.rate === r : r === 1} onClick={() => control.rate(r)}
            className={`h-8 min-w-[34px] border-r border-line px-2 text-text-2 last:border-0 hover:bg-soft focus-inside disabled:text-text-3 aria-pressed:bg-accent-soft aria-pressed:font-bold aria-pressed:text-accent aria-pressed:shadow-[inset_0_-2px_0_currentColor] tight:h-[30px] tight:min-w-[30px] tight:px-1.5 ${few.has(r) ? '' : 'tight:hidden'}`}>{r === 1 ? '1×' : r}</button>
        ))}
      </div>
      {camera && want && mode.kind !== 'refused' && <Position control={control} />}
      {mode.kind === 'live' && mode.pulse === 'fresh' && <span className="flex flex-none items-center gap-1.5 text-[13px] font-bold text-ok"><Icon name="dot" className="size-3.5" />{t.transport.liveNow}</span>}
      {camera && behind && <Button look="primary" size="small" onClick={control.live}>{t.transport.live}<Kbd>End</Kbd></Button>}
      {camera && behind && <CopyLink control={control} />}
      <span className="min-w-0 grow" />
      <Hints />
    </section>
  );
}

const Row = ({ children }: { children: ReactNode }) => <div className="inline-flex flex-none overflow-hidden rounded-8 border border-line bg-raised">{children}</div>;

function Key({ icon, label, off, press, pressed }: { icon: IconName; label: string; off: boolean; press: () => void; pressed?: boolean }) {
  return (
    <button type="button" aria-label={label} title={label} disabled={off} aria-pressed={pressed} onClick={press}
      className="grid h-8 w-9 place-items-center border-r border-line text-text-2 last:border-0 hover:bg-soft focus-inside disabled:text-[#5b636d] aria-pressed:bg-accent-soft aria-pressed:text-accent tight:h-[30px] tight:w-8"><Icon name={icon} /></button>
  );
}

/** Position is the moment of the picture on screen; while it is on its way there, the moment asked for. */
function Position({ control: { player } }: { control: Control }) {
  const t = useText();
  const [big, small, date] = [useRef<HTMLElement>(null), useRef<HTMLSpanElement>(null), useRef<HTMLSpanElement>(null)];
  useEffect(() => {
    const show = () => {
      const at = player.position();
      const known = at !== null;
      big.current!.textContent = known ? clock(at) : '--:--:--';
      small.current!.textContent = known ? `.${thousandths(at)}` : '';
      date.current!.textContent = known ? t.date(at) : '';
    };
    show();
    const stops = [player.watch(show), player.subscribe(show)];
    return () => stops.forEach((stop) => stop());
  });
  return (
    <div data-testid="position" className="mx-1 flex flex-none items-baseline whitespace-nowrap">
      <span className="sr-only">{t.transport.position}</span>
      <b ref={big} className="text-[26px] leading-none tight:text-xl" />
      <span ref={small} className="w-[2.6em] text-base text-text-2 tight:text-sm" />
      <span ref={date} className="ml-1.5 text-text-2 max-[1360px]:hidden" />
    </div>
  );
}

/** CopyLink copies the address of this moment: whoever opens it must be allowed to see it. */
function CopyLink({ control: { player } }: { control: Control }) {
  const t = useText();
  const [done, setDone] = useState(false);
  if (!('clipboard' in navigator)) return null; // an insecure page
  const copy = async () => {
    const { want } = player.get();
    await navigator.clipboard.writeText(location.origin + write({ camera: want?.camera ?? null, at: player.address() ?? serverClock.now() }));
    setDone(true);
    setTimeout(() => setDone(false), 2000);
  };
  return <Button look="quiet" size="small" aria-label={t.transport.copyLong} onClick={() => void copy().catch(() => undefined)} className="min-w-24 max-[1360px]:min-w-0"><Icon name={done ? 'check' : 'link'} className="size-4" /><span aria-live="polite" className="max-[1360px]:hidden">{done ? t.transport.copied : t.transport.copy}</span></Button>;
}

function Hints() {
  const t = useText();
  const hints: [string[], string][] = [[['Space'], t.keys.play], [[',', '.'], t.keys.frame], [['?'], t.keys.help]];
  return (
    <div aria-hidden="true" className="flex flex-none gap-4 text-text-2 max-[1600px]:hidden">
      {hints.map(([keys, words]) => <span key={words} className="flex items-center gap-1.5">{keys.map((k) => <Kbd key={k}>{k}</Kbd>)}{words}</span>)}
    </div>
  );
}

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { serverClock } from '../api/client.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import type { Mode, Player, State } from '../player/player.ts';
import { useText } from '../text/index.ts';
import { MILLISECOND, SECOND, clock, formatInstant, parseInstant, stamp } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { useSeconds } from '../ui/time.ts';
import type { Control } from './control.ts';
import { fullScreen, pictureElement } from './keys.ts';
import { Refused } from './Refused.tsx';
import { stated } from './rights.ts';
import { nameOf, post } from './Top.tsx';
import { keepFocus } from './Transport.tsx';

/** Stage is the picture, and the bar above it. */
export function Stage({ control, session }: { control: Control; session: SessionInfo }) {
  const state = useSyncExternalStore(control.player.subscribe, control.player.get);
  return (
    <>
      <SubBar control={control} session={session} state={state} />
      <div className="flex min-h-0 grow items-center justify-center p-1 [container-type:size]">
        <Tile control={control} session={session} state={state} />
      </div>
    </>
  );
}

function SubBar({ control, session, state }: { control: Control; session: SessionInfo; state: State }) {
  const t = useText();
  const { camera } = control;
  return (
    <div onMouseDown={keepFocus} className="flex h-12 flex-none items-center gap-3 border-b border-line bg-surface px-4 tight:h-[42px] tight:gap-2 tight:px-3">
      {camera ? (
        <>
          <h1 className="truncate text-base">{camera.name}</h1>
          <span className="text-text-3">{camera.number}</span>
          <span className="h-5 w-px bg-line" />
          <span className="truncate text-text-2">{[camera.site_name, camera.floor && t.rail.floor(camera.floor), camera.room].filter(Boolean).join(' ')}</span>
        </>
      ) : <h1 className="truncate text-base">{state.want?.camera}</h1>}
      <span className="min-w-2 grow" />
      {camera && <Quality camera={camera} session={session} state={state} />}
      <Chip icon="noAudio">{t.view.noAudio}</Chip>
      <Button look="quiet" size="small" onClick={fullScreen} aria-label={t.view.full}><Icon name="full" /><span className="tight:hidden">{t.view.full}</span></Button>
    </div>
  );
}

function Quality({ camera, session, state }: { camera: Camera; session: SessionInfo; state: State }) {
  const t = useText();
  const { sent } = state;
  if (!sent) return null;
  const words = t.view.quality;
  const why = { slow: words.slow, codec: words.codec, reordered: words.reordered }[sent.reason] ?? (sent.stream === 'sub' && camera.actions.includes('main') && !stated(session, camera) ? words.purpose : '');
  return <Chip tone={sent.reason === 'slow' ? 'late' : 'plain'} className="max-[1400px]:hidden">{sent.keysOnly ? words.keys : words[sent.stream]}{why && <span className="text-text-3">{why}</span>}</Chip>;
}

function Tile({ control, session, state }: { control: Control; session: SessionInfo; state: State }) {
  const t = useText();
  const { player, camera } = control;
  const { mode, want } = state;
  const name = camera?.name ?? want?.camera ?? '';
  const edge = mode.kind === 'live' && mode.pulse === 'late' ? 'ring-2 ring-inset ring-late' : mode.kind === 'past' ? 'ring-3 ring-blue-400' : '';
  return (
    <section id={pictureElement} aria-label={t.view.region(name, camera?.number ?? '')} data-mode={mode.kind}
      className={`relative aspect-video max-h-full overflow-hidden rounded-4 bg-ink-2 [width:min(100cqw,100cqh*16/9)] ${edge}`}>
      <Screen player={player} />
      <Over mode={mode} state={state} camera={camera} control={control} />
      {edge && <div className={`pointer-events-none absolute inset-0 rounded-4 ${edge}`} />}
      <div className="pointer-events-none absolute inset-x-0 top-0 flex items-center gap-2 bg-linear-to-b from-black/75 to-transparent px-2.5 pt-2 pb-5 whitespace-nowrap text-white">
        <b className="text-[15px]">{name}</b>
        <span className="text-xs text-[#dfe3e8]">{camera?.number}</span>
        <span className="grow" />
        <Badge player={player} mode={mode} down={camera?.state === 'stopped' && want?.at === null} />
      </div>
      <div className="pointer-events-none absolute inset-x-0 bottom-0 flex items-end justify-between gap-4 bg-linear-to-b from-transparent to-black/65 px-2.5 pt-4 pb-1.5 text-xs whitespace-nowrap text-white">
        <span className="truncate tracking-[.02em]">{[camera && stated(session, camera) ? t.purpose.names[session.purpose] : '', `${post(t, session)} ${nameOf(session)}`].filter(Boolean).join('　')}</span>
        <PictureTime player={player} />
      </div>
      <NoticeLine state={state} />
    </section>
  );
}

/** Screen is the video, and the canvas that covers what is on the way. */
function Screen({ player }: { player: Player }) {
  const video = useRef<HTMLVideoElement>(null);
  const cover = useRef<HTMLCanvasElement>(null);
  useEffect(() => player.attach(video.current!, cover.current!), [player]);
  return (
    <>
      <video ref={video} muted playsInline disablePictureInPicture tabIndex={-1} aria-hidden="true" className="absolute inset-0 size-full bg-ink-2 object-contain" />
      <canvas ref={cover} data-testid="cover" aria-hidden="true" className="absolute inset-0 size-full bg-ink-2 object-contain" />
    </>
  );
}

/** PictureTime is the moment of the picture on screen, to the millisecond. */
function PictureTime({ player }: { player: Player }) {
  const ref = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    const write = () => {
      const at = player.picture()?.at ?? null;
      ref.current!.textContent = at === null ? '' : stamp(at);
      ref.current!.dateTime = at === null ? '' : formatInstant(at);
    };
    write();
    const stops = [player.watch(write), player.subscribe(write)];
    return () => stops.forEach((stop) => stop());
  }, [player]);
  return <time ref={ref} data-testid="picture-time" className="flex-none" />;
}

const looks: Record<'live' | 'late' | 'stopped' | 'past' | 'wait', { tone: string; icon: IconName }> = {
  live: { tone: 'bg-[#0d1115d9] text-green-300', icon: 'dot' }, late: { tone: 'bg-[#0d1115d9] text-yellow-300', icon: 'clock' }, stopped: { tone: 'bg-[#0d1115d9] text-red-300', icon: 'off' },
  past: { tone: 'bg-blue-300 text-[#00114d]', icon: 'history' }, wait: { tone: 'bg-[#0d1115d9] text-white', icon: 'clock' },
};

/** Badge is the state of the picture in icon and word, with its age. */
function Badge({ player, mode, down }: { player: Player; mode: Mode; down: boolean }) {
  const t = useText();
  const age = useAge(player);
  const { look, word, value } = ((): { look: keyof typeof looks; word: string; value?: string | undefined } => {
    switch (mode.kind) {
      case 'live': {
        const late = mode.pulse === 'late' || (age !== null && age > 2);
        if (mode.pulse === 'stopped') return { look: 'stopped', word: t.view.stopped };
        return { look: late ? 'late' : 'live', word: late ? t.view.late : t.view.live, value: age === null ? undefined : t.seconds(age) };
      }
      case 'past':
        return { look: 'past', word: t.view.past, value: age === null ? undefined : t.view.ago(t.duration(age)) };
      case 'refused':
        return { look: 'stopped', word: t.view.refused };
      case 'lost':
        return { look: 'late', word: t.view.lost };
      case 'opening':
      case 'idle':
        if (down) return { look: 'stopped', word: t.view.stopped };
        return { look: 'wait', word: t.view.opening };
    }
  })();
  return (
    <span data-testid="badge" className={`inline-flex h-[22px] items-center gap-1.5 rounded-4 px-2 text-[12.5px] font-bold ${looks[look].tone}`}>
      <Icon name={looks[look].icon} className={look === 'live' ? 'size-3' : 'size-[15px]'} />
      {word}
      {value && <span className={`font-normal ${look === 'past' ? '' : 'text-white'}`}>{value}</span>}
    </span>
  );
}

/** useAge is the age of the picture on screen in seconds, looked at five times a second. */
function useAge(player: Player): number | null {
  const read = useCallback(() => {
    const p = player.picture();
    if (!p) return null;
    const { mode } = player.get();
    const age = (serverClock.now() - p.at) / SECOND;
    return Math.max(0, Math.round((mode.kind === 'live' ? Math.max(age, p.still / 1000) : age) * 10) / 10);
  }, [player]);
  const [age, setAge] = useState(read);
  useEffect(() => {
    const look = () => setAge(read());
    const timer = setInterval(look, 200);
    const stop = player.subscribe(look);
    return () => (clearInterval(timer), stop());
  }, [player, read]);
  return age;
}

/** Over is what stands in the place of a picture, or over one that is old. */
function Over({ mode, state, camera, control }: { mode: Mode; state: State; camera: Camera | null; control: Control }) {
  const live = state.want?.at === null;
  const down = live && camera !== null && camera.state !== 'recording';
  switch (mode.kind) {
    case 'refused':
      return <Refused error={mode.error} camera={camera} id={state.want?.camera ?? ''} control={control} />;
    case 'lost':
      return down && camera ? <Dead camera={camera} player={control.player} /> : <Lost mode={mode} player={control.player} hide={live} />;
    case 'live':
      return mode.pulse === 'stopped' && camera ? <Dead camera={camera} player={control.player} /> : null;
    case 'opening':
      return down && camera?.state === 'stopped' ? <Dead camera={camera} player={control.player} /> : <Waiting />;
    case 'idle':
      return <Waiting />;
    case 'past':
      return null;
  }
}

function Waiting() {
  const t = useText();
  return <div role="status" className="absolute inset-0 grid place-items-center bg-ink-2 text-text-3"><span className="flex items-center gap-2"><Icon name="camera" className="size-6" />{t.view.waiting}</span></div>;
}

const centre = 'absolute inset-0 flex flex-col items-center justify-center gap-1.5 px-6 pt-4 text-center leading-[1.5]';

/** Dead stands where no picture comes from a camera: since when, why, and what is done about it. */
function Dead({ camera, player }: { camera: Camera; player: Player }) {
  const t = useText();
  const now = useSeconds();
  const still = player.picture()?.still;
  const down = camera.state === 'stopped' || camera.state === 'starting';
  const since = down ? parseInstant(camera.since) : still === undefined ? NaN : now - still * MILLISECOND;
  return (
    <div role="status" className={`hatch ${centre}`}>
      <p className="flex items-center gap-2 text-lg font-bold text-bad"><Icon name="off" className="size-5" />{t.view.noPicture}</p>
      {!Number.isNaN(since) && <p className="font-bold text-[#e3e6ea]">{t.view.since(clock(since), t.duration(Math.max(0, (now - since) / SECOND)))}</p>}
      <p className="text-[#e3e6ea]">{down && camera.cause ? t.view.cause(t.causes[camera.cause] ?? camera.cause) : t.view.stalled}</p>
      <p className="text-[13px] text-[#b0b6bd]">{t.view.retrying}</p>
      {camera.actions.includes('past') && <p className="text-[13px] text-[#b0b6bd]">{t.view.pastStill}</p>}
    </div>
  );
}

const showLast = 5_000; // ms a live picture stays after the connection broke

function Lost({ mode, player, hide }: { mode: Extract<Mode, { kind: 'lost' }>; player: Player; hide: boolean }) {
  const t = useText();
  useSeconds();
  const old = hide && (player.picture()?.still ?? Infinity) > showLast;
  return (
    <div role="status" className={`${centre} ${old ? 'hatch' : 'bg-black/70'}`}>
      <p className="flex items-center gap-2 text-lg font-bold text-late"><Icon name="clock" className="size-5" />{t.view.lostTitle}</p>
      <p className="text-[#e3e6ea]">{t.view.lostBody}</p>
      <p className="text-[13px] text-[#b0b6bd]">{mode.reason ? `${mode.reason} ` : ''}{t.view.tries(mode.tries)}</p>
    </div>
  );
}

function NoticeLine({ state }: { state: State }) {
  const t = useText();
  const { notice, mode } = state;
  const text = notice?.kind === 'gap' ? (notice.sought ? t.view.missing : t.view.skipped)(t.causes[notice.gap.cause] ?? notice.gap.cause, t.duration((notice.gap.to - notice.gap.from) / SECOND))
    : notice?.kind === 'denied' ? t.denied(notice.detail) : mode.kind === 'past' && mode.ended ? t.view.end : '';
  return (
    <p role="status" className="pointer-events-none absolute inset-x-0 bottom-9 flex justify-center">
      {text && <span className="flex items-center gap-2 rounded-8 bg-[#0d1115eb] px-4 py-2 text-white"><Icon name="info" className="size-4 text-warn" />{text}</span>}
    </p>
  );
}

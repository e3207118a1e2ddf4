import type { Camera } from '../api/types.ts';
import type { Mode, Player, State } from '../player/player.ts';
import { useText } from '../text/index.ts';
import { MILLISECOND, SECOND, clock, parseInstant } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { useSeconds } from '../ui/time.ts';
import { Refused, type Remedies } from './Refused.tsx';

/** Over is what stands in the place of a picture, or over one that is old. */
export function Over({ player, state, camera, remedies }: { player: Player; state: State; camera: Camera | null; remedies: Remedies }) {
  const { mode } = state;
  const live = state.want?.at === null;
  const down = live && camera !== null && camera.state !== 'recording';
  switch (mode.kind) {
    case 'refused':
      return <Refused error={mode.error} camera={camera} id={state.want?.camera ?? ''} remedies={remedies} />;
    case 'lost':
      return down && camera ? <Dead camera={camera} player={player} /> : <Lost mode={mode} player={player} hide={live} />;
    case 'live':
      return mode.pulse === 'stopped' && camera ? <Dead camera={camera} player={player} /> : null;
    case 'opening':
      return down && camera?.state === 'stopped' ? <Dead camera={camera} player={player} /> : <Waiting />;
    case 'idle':
      return <Waiting />;
    case 'past':
      return null;
  }
}

function Waiting() {
  const t = useText();
  return <div role="status" className="absolute inset-0 grid place-items-center bg-ink-2 text-text-3"><span className="flex items-center gap-2 @max-[260px]:text-xs"><Icon name="camera" className="size-6 @max-[260px]:size-4" />{t.view.waiting}</span></div>;
}

// In a small tile (they are containers) less is said, and smaller: never half of a line.
const centre = 'absolute inset-0 flex flex-col items-center justify-center gap-1.5 px-6 pt-4 text-center leading-[1.5] @max-[420px]:gap-0.5 @max-[420px]:px-3 @max-[420px]:pt-5 @max-[420px]:text-[13px] @max-[260px]:text-xs';
const headline = 'flex items-center gap-2 text-lg font-bold @max-[420px]:text-base @max-[260px]:gap-1 @max-[260px]:text-[13px]';
const minor = 'text-[13px] text-[#b0b6bd] @max-[420px]:text-xs @max-[300px]:hidden';

/** Dead stands where no picture comes from a camera: since when, why, and what is done about it. */
function Dead({ camera, player }: { camera: Camera; player: Player }) {
  const t = useText();
  const now = useSeconds();
  const still = player.picture()?.still;
  const down = camera.state === 'stopped' || camera.state === 'starting';
  const since = down ? parseInstant(camera.since) : still === undefined ? NaN : now - still * MILLISECOND;
  return (
    <div role="status" className={`hatch ${centre}`}>
      <p className={`${headline} text-bad`}><Icon name="off" className="size-5" />{t.view.noPicture}</p>
      {!Number.isNaN(since) && <p className="font-bold text-[#e3e6ea]">{t.view.since(clock(since), t.duration(Math.max(0, (now - since) / SECOND)))}</p>}
      <p className="text-[#e3e6ea]">{down && camera.cause ? t.view.cause(t.causes[camera.cause] ?? camera.cause) : t.view.stalled}</p>
      <p className={minor}>{t.view.retrying}</p>
      {camera.actions.includes('past') && <p className={`${minor} @max-[420px]:hidden`}>{t.view.pastStill}</p>}
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
      <p className={`${headline} text-late`}><Icon name="clock" className="size-5" />{mode.reason ? t.view.notYet : t.view.lostTitle}</p>
      <p className="text-[#e3e6ea]">{mode.reason || t.view.lostBody}</p>
      <p className={minor}>{mode.reason ? `${t.view.retrying} ` : ''}{t.view.tries(mode.tries)}</p>
    </div>
  );
}

/** NoticeLine says in words what the server told of the footage: a gap, a refusal, its end. */
export function NoticeLine({ state, className = 'bottom-9' }: { state: State; className?: string }) {
  const t = useText();
  const { notice, mode } = state;
  const text = notice?.kind === 'gap' ? (notice.sought ? t.view.missing : t.view.skipped)(t.causes[notice.gap.cause] ?? notice.gap.cause, t.duration((notice.gap.to - notice.gap.from) / SECOND))
    : notice?.kind === 'denied' ? t.denied(notice.detail) : mode.kind === 'past' && mode.ended ? t.view.end : '';
  return (
    <p role="status" className={`pointer-events-none absolute inset-x-2 flex justify-center ${className}`}>
      {text && <span className="flex items-center gap-2 rounded-8 bg-[#0d1115eb] px-4 py-2 text-white @max-[420px]:px-2 @max-[420px]:py-1 @max-[420px]:text-xs"><Icon name="info" className="size-4 text-warn" />{text}</span>}
    </p>
  );
}

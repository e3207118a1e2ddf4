import { useSyncExternalStore } from 'react';
import type { Camera, SessionInfo } from '../api/types.ts';
import { nameOf, post } from '../frame/Top.tsx';
import { mayLive, stated } from '../person/rights.ts';
import type { State } from '../player/player.ts';
import { useText } from '../text/index.ts';
import { Badge } from '../tile/Badge.tsx';
import { NoticeLine, Over } from '../tile/Over.tsx';
import { Picture, PictureTime } from '../tile/Picture.tsx';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { Control } from './control.ts';
import { fullScreen, pictureElement } from './keys.ts';
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
  const back = camera && mayLive(camera) ? control.live : undefined;
  const remedies = { askPurpose: control.askPurpose, ...(want?.at === null ? { retry: back } : { live: back }) };
  const edge = mode.kind === 'live' && mode.pulse === 'late' ? 'ring-2 ring-inset ring-late' : mode.kind === 'past' ? 'ring-3 ring-blue-400' : '';
  return (
    <section id={pictureElement} aria-label={t.view.region(name, camera?.number ?? '')} data-mode={mode.kind}
      className={`relative aspect-video max-h-full overflow-hidden rounded-4 bg-ink-2 [width:min(100cqw,100cqh*16/9)] ${edge}`}>
      <Picture player={player} />
      <Over player={player} state={state} camera={camera} remedies={remedies} />
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

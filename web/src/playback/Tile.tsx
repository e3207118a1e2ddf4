import { useSyncExternalStore } from 'react';
import type { Camera, Gap } from '../api/types.ts';
import { useOverlay } from '../person/settings.ts';
import { useText } from '../text/index.ts';
import { Over } from '../tile/Over.tsx';
import { Picture, PictureClock, PictureTime } from '../tile/Picture.tsx';
import { Viewer } from '../tile/Viewer.tsx';
import { MILLISECOND, SECOND, clock, sameDay } from '../time/instant.ts';
import { nothingKept } from '../timeline/model.ts';
import { Icon } from '../ui/Icon.tsx';
import type { Follower } from './follower.ts';

interface Props {
  follower: Follower;
  camera: Camera;
  current: boolean;
  alone: boolean;
  many: boolean; // more than one can read the milliseconds of
  gap: Gap | null;
  joining: boolean;
  skew: number | null; // µs
  choose: () => void;
  enlarge: () => void;
  askPurpose: () => void;
}

/** Tile is one camera at the moment of the playhead, or why there is no picture. */
export function Tile({ follower, camera, current, alone, many, gap, joining, skew, choose, enlarge, askPurpose }: Props) {
  const t = useText();
  const { player } = follower;
  const state = useSyncExternalStore(player.subscribe, player.get);
  const { mode, notice } = state;
  const overlay = useOverlay();
  const refused = mode.kind === 'refused';
  const said = notice?.kind === 'denied' ? t.denied(notice.detail) : !gap && mode.kind === 'past' && mode.ended ? t.playback.tile.end : '';
  return (
    <section aria-label={t.view.region(camera.name, camera.number)} data-camera={camera.id} data-mode={mode.kind} data-gap={gap ? '' : undefined}
      className="@container relative aspect-video min-w-0 overflow-hidden rounded-4 bg-ink-2">
      <Picture player={player} />
      <Over player={player} state={state} camera={camera} remedies={{ askPurpose }} />
      {gap && !refused && <Missing gap={gap} alone={alone} />}
      {!refused && (
        <button type="button" aria-pressed={current} aria-label={t.playback.tile.choose(camera.name, camera.number)} onClick={choose} onDoubleClick={enlarge}
          onKeyDown={(e) => e.key === 'Enter' && (e.preventDefault(), enlarge())} className="absolute inset-0 rounded-4 focus-inside" />
      )}
      {current && !alone && <div className="pointer-events-none absolute inset-0 rounded-4 ring-3 ring-blue-400 ring-inset" />}
      <div className="pointer-events-none absolute inset-x-0 top-0 flex items-center gap-1.5 bg-linear-to-b from-black/75 to-transparent px-2 pt-1.5 pb-4 whitespace-nowrap text-white @min-[300px]:gap-2 @min-[300px]:px-2.5 @min-[300px]:pt-2">
        <b className="truncate text-[13px] @min-[300px]:text-[15px]">{camera.name}</b>
        <span className="hidden text-xs text-[#dfe3e8] @min-[240px]:inline">{camera.number}</span>
        <span className="grow" />
        <Badge current={current} alone={alone} joining={joining} skew={refused || gap ? null : skew} />
      </div>
      <div className="pointer-events-none absolute inset-x-0 bottom-0 flex items-end justify-end gap-4 bg-linear-to-b from-transparent to-black/65 px-2 pt-3 pb-1 text-xs whitespace-nowrap text-white @min-[300px]:px-2.5 @min-[300px]:pt-4 @min-[300px]:pb-1.5">
        {overlay && <Viewer camera={camera} className="mr-auto min-w-0 text-white/80 @max-[210px]:hidden" />}
        <span className={gap ? 'invisible' : ''}>{many ? <PictureClock player={player} /> : <PictureTime player={player} />}</span>
      </div>
      <p role="status" className="pointer-events-none absolute inset-x-0 bottom-8 flex justify-center">
        {said && <span className="flex items-center gap-2 rounded-8 bg-[#0d1115eb] px-3 py-1.5 text-white"><Icon name="info" className="size-4 text-warn" />{said}</span>}
      </p>
    </section>
  );
}

/** signed is +40, −20 or 0. */
export function signed(us: number): string {
  const ms = Math.round(us / MILLISECOND);
  return ms > 0 ? `+${ms}` : ms < 0 ? `−${-ms}` : '0';
}

function Badge({ current, alone, joining, skew }: { current: boolean; alone: boolean; joining: boolean; skew: number | null }) {
  const t = useText();
  const chip = 'inline-flex h-[22px] flex-none items-center gap-1 rounded-4 px-1.5 text-[12.5px] font-bold';
  if (joining) return <span className={`${chip} bg-[#0d1115d9] text-yellow-300`}><Icon name="swap" className="size-3.5" /><span className="hidden @min-[200px]:inline">{t.playback.tile.joining}</span></span>;
  if (alone) return null;
  if (current) return <span className={`${chip} bg-blue-300 text-[#00114d]`}>{t.playback.tile.reference}</span>;
  if (skew === null) return null;
  return <span data-testid="skew" className={`${chip} bg-[#0d1115d9] font-normal text-white`}><Icon name="swap" className="hidden size-3.5 @min-[200px]:block" /><span aria-hidden="true">{t.playback.tile.skew(signed(skew))}</span><span className="sr-only">{t.playback.tile.skewLong(signed(skew))}</span></span>;
}

/** Missing stands where nothing was recorded of this camera, while the others go on. */
function Missing({ gap, alone }: { gap: Gap; alone: boolean }) {
  const t = useText();
  const range = sameDay(gap.from, gap.to) ? t.range(clock(gap.from), clock(gap.to)) : t.range(`${t.day(gap.from)} ${clock(gap.from)}`, `${t.day(gap.to)} ${clock(gap.to)}`);
  const empty = nothingKept(gap);
  return (
    <div role="status" className="hatch absolute inset-0 flex flex-col items-center justify-center gap-0.5 px-3 pt-3 text-center leading-[1.5] @min-[300px]:gap-1.5">
      <p className={`flex items-center gap-1.5 font-bold @min-[300px]:text-lg ${empty ? 'text-text-2' : 'text-warn'}`}><Icon name={empty ? 'off' : 'warn'} className="size-4 @min-[300px]:size-5" />{empty ? t.view.noPicture : t.playback.tile.gap}</p>
      <p className="line-clamp-2 text-[13px] text-[#e3e6ea] @min-[300px]:text-sm">{empty ? (t.causes[gap.cause] ?? gap.cause) : t.playback.tile.gapCause(t.causes[gap.cause] ?? gap.cause, t.duration((gap.to - gap.from) / SECOND))}</p>
      {!empty && <p className="hidden text-[13px] text-[#b0b6bd] @min-[300px]:block">{range}</p>}
      {!alone && <p className="hidden text-[13px] text-[#b0b6bd] @min-[420px]:block">{t.playback.tile.others}</p>}
    </div>
  );
}

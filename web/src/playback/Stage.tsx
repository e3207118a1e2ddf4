import { useEffect, useState, useSyncExternalStore } from 'react';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import type { Control } from './control.ts';
import { columns } from './place.ts';
import type { Room } from './room.ts';
import { Tile } from './Tile.tsx';

export const stageElement = 'playback-stage';
const gap = 4; // px between tiles

/** Stage are the tiles, as large as they fit. */
export function Stage({ control }: { control: Control }) {
  const t = useText();
  const { room, place } = control;
  const cameraOf = useCameraOf();
  const state = useSyncExternalStore(room.subscribe, room.get);
  const skews = useSkews(room);
  const n = state.followers.length;
  const cols = columns(place.layout, n);
  const rows = Math.max(1, Math.ceil(n / cols));
  const width = `min(100cqw, calc((100cqh - ${(rows - 1) * gap}px) * 16 / 9 * ${cols} / ${rows} + ${(cols - 1) * gap}px))`;
  return (
    <section id={stageElement} aria-label={t.playback.stage} className="flex min-h-0 grow items-center justify-center bg-bg p-1 [container-type:size]">
      <div className="grid" style={{ gap, width, gridTemplateColumns: `repeat(${cols}, minmax(0, 1fr))` }}>
        {state.followers.map((f) => {
          const camera = cameraOf(f.seat.camera);
          return camera && (
            <Tile key={f.seat.camera} follower={f} camera={camera} current={state.reference === f} alone={n === 1} many={n > 9}
              gap={state.dark.get(f.seat.camera) ?? null} joining={state.joining.has(f.seat.camera)} skew={skews.get(f.seat.camera) ?? null}
              choose={() => control.measureBy(f.seat.camera)} enlarge={() => control.enlarge(f.seat.camera)} askPurpose={control.askPurpose} />
          );
        })}
      </div>
    </section>
  );
}

const measured = 500; // ms between looks at the skew

/** useSkews looks twice a second how far the cameras are apart. */
export function useSkews(room: Room): ReadonlyMap<string, number | null> {
  const [skews, setSkews] = useState<ReadonlyMap<string, number | null>>(() => room.skews());
  useEffect(() => {
    const look = () => setSkews(room.skews());
    const timer = setInterval(look, measured);
    const stop = room.subscribe(look);
    return () => (clearInterval(timer), stop());
  }, [room]);
  return skews;
}

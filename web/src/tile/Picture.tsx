import { useEffect, useRef } from 'react';
import type { Player } from '../player/player.ts';
import { clock, formatInstant, stamp } from '../time/instant.ts';

/** Picture is the video, and the canvas that covers what is on the way. fit: how it lies in its place. */
export function Picture({ player, fit = 'object-contain' }: { player: Player; fit?: 'object-contain' | 'picture-fit' }) {
  const video = useRef<HTMLVideoElement>(null);
  const cover = useRef<HTMLCanvasElement>(null);
  useEffect(() => player.attach(video.current!, cover.current!), [player]);
  return (
    <>
      <video ref={video} muted playsInline disablePictureInPicture tabIndex={-1} aria-hidden="true" className={`absolute inset-0 size-full bg-ink-2 ${fit}`} />
      <canvas ref={cover} data-testid="cover" aria-hidden="true" className={`absolute inset-0 size-full bg-ink-2 ${fit}`} />
    </>
  );
}

/** PictureTime is the moment of the picture on screen, to the millisecond. */
export function PictureTime({ player }: { player: Player }) {
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

/** PictureClock is the second of the picture on screen, for small tiles; the exact moment is in its datetime. */
export function PictureClock({ player }: { player: Player }) {
  const ref = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    const write = () => {
      const at = player.picture()?.at ?? null;
      const text = at === null ? '' : clock(at);
      if (ref.current!.textContent !== text) ref.current!.textContent = text;
      ref.current!.dateTime = at === null ? '' : formatInstant(at);
    };
    write();
    const stops = [player.watch(write), player.subscribe(write)];
    return () => stops.forEach((stop) => stop());
  }, [player]);
  return <time ref={ref} data-testid="picture-time" className="flex-none" />;
}

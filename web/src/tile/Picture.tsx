import { useEffect, useRef } from 'react';
import type { Player } from '../player/player.ts';
import { formatInstant, stamp } from '../time/instant.ts';

/** Picture is the video, and the canvas that covers what is on the way. */
export function Picture({ player }: { player: Player }) {
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

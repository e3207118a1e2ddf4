// A test clip like those of internal/camsim: 24 black or white blocks along the upper edge spell the
// frame's number, below them something moves. Camsim plays it in a loop.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const bits = 24;
export const fps = 15;

/** clip makes the file once for this machine and returns its path. */
export async function clip({ width, height, seconds, kbps }) {
  const dir = join(tmpdir(), 'yagura-clips');
  const path = join(dir, `web-1-${width}x${height}-${seconds}s-${kbps}k.mp4`);
  if (existsSync(path)) return path;
  mkdirSync(dir, { recursive: true });
  const tmp = `${path}.${process.pid}.mp4`;
  const ffmpeg = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${width}x${height}`, '-r', String(fps), '-i', '-',
    '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-profile:v', 'main', '-preset', 'veryfast', '-bf', '0', '-g', String(2 * fps), '-keyint_min', String(2 * fps), '-sc_threshold', '0',
    '-b:v', `${kbps}k`, '-maxrate', `${kbps}k`, '-bufsize', `${kbps}k`, '-an', tmp], { stdio: ['pipe', 'inherit', 'inherit'] });
  for (let n = 0; n < seconds * fps; n++) if (!ffmpeg.stdin.write(frame(n, width, height))) await once(ffmpeg.stdin, 'drain');
  ffmpeg.stdin.end();
  const [code] = await once(ffmpeg, 'exit');
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  renameSync(tmp, path);
  return path;
}

function frame(n, width, height) {
  const luma = Buffer.alloc(width * height);
  const bar = Math.max(8, height / 8) & ~1;
  for (let x = 0; x < width; x++) luma.fill((n >> (bits - 1 - Math.floor((x * bits) / width))) & 1 ? 235 : 16, x, x + 1);
  for (let y = 1; y < bar; y++) luma.copy(luma, y * width, 0, width);
  for (let y = bar; y < height; y++) for (let x = 0; x < width; x++) luma[y * width + x] = 96 + 40 * Math.sin((x + 3 * n) / 37) + 30 * Math.cos((y - 2 * n) / 23);
  return luma;
}

/** numberOn reads the number of the picture a video element shows; it runs in the page. */
export const numberOn = (video) => {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const c = canvas.getContext('2d', { willReadFrequently: true });
  c.drawImage(video, 0, 0);
  let n = 0;
  for (let i = 0; i < 24; i++) n = n * 2 + (c.getImageData(Math.floor(((2 * i + 1) * canvas.width) / 48), canvas.height >> 4, 1, 1).data[0] > 127 ? 1 : 0);
  return n;
};

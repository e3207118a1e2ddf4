import { diagnostics, type WayHere } from '../api/diagnostics.ts';
import { parseInstant } from '../time/instant.ts';

// What can be measured of the way between this computer and the server, one thing at a time.

export type Transport = 'udp' | 'tcp';

/** Echo is a connection that was tried: until it stood, and there and back on it. */
export interface Echo {
  connect: number; // ms
  rtt: number; // ms, the median of several
}

const patience = 8_000; // ms for one connection
const rounds = 7;

/** only leaves of an answer the candidates of one transport. */
export function only(sdp: string, transport: Transport): string {
  return sdp.split(/\r?\n/).filter((line) => !line.startsWith('a=candidate:') || line.split(' ')[2]?.toLowerCase() === transport).join('\r\n');
}

export const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? NaN;

/** echo makes a connection over one transport alone, and measures it. It throws where none comes about. */
export async function echo(transport: Transport): Promise<Echo> {
  const pc = new RTCPeerConnection();
  const channel = pc.createDataChannel('echo');
  const began = performance.now();
  const opened = within<number>(patience, (done) => (channel.onopen = () => done(performance.now() - began)));
  opened.catch(() => undefined); // it may fail before somebody waits for it
  try {
    await pc.setLocalDescription();
    const answer = await diagnostics.probe(pc.localDescription!.sdp);
    if (!answer.ok) throw new Error(answer.error.detail || answer.error.code);
    const sdp = only(answer.value, transport);
    if (!sdp.includes('a=candidate:')) throw new Error('no candidate');
    await pc.setRemoteDescription({ type: 'answer', sdp });
    const connect = await opened;
    const trips: number[] = [];
    for (let i = 0; i < rounds; i++) trips.push(await trip(channel, String(i)));
    return { connect, rtt: median(trips) };
  } finally {
    pc.close();
  }
}

function trip(channel: RTCDataChannel, text: string): Promise<number> {
  const began = performance.now();
  const back = within<number>(patience, (done) => (channel.onmessage = (m) => m.data === text && done(performance.now() - began)));
  channel.send(text);
  return back;
}

/** within waits for a value, but not for ever. */
function within<T>(ms: number, start: (done: (value: T) => void) => void): Promise<T> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error('timeout')), ms);
    start((value) => (clearTimeout(timer), done(value)));
  });
}

/** Way is how requests get there, and how this clock stands to the server's. */
export interface Way extends WayHere {
  rtt: number; // ms, the median
  clock: number; // ms this computer's clock is ahead of the server's
  clockError: number; // ms, at most
}

export async function way(): Promise<Way> {
  const trips: number[] = [];
  let best: Way | null = null;
  for (let i = 0; i < rounds; i++) {
    const before = performance.now();
    const sent = Date.now();
    const res = await diagnostics.way();
    const rtt = performance.now() - before;
    if (!res.ok) throw new Error(res.error.detail || res.error.code);
    trips.push(rtt);
    if (best && rtt / 2 > best.clockError) continue;
    best = { ...res.value, rtt, clock: sent + rtt / 2 - parseInstant(res.value.now) / 1000, clockError: rtt / 2 };
  }
  return { ...best!, rtt: median(trips) };
}

/** events opens the server's event stream once, and says how long that took, ms. */
export async function events(): Promise<number> {
  const began = performance.now();
  const source = new EventSource('/api/events');
  try {
    return await within<number>(patience, (done) => (source.onopen = () => done(performance.now() - began)));
  } finally {
    source.close();
  }
}

/** Codecs are what this browser can decode. */
export interface Codecs {
  h264: { webrtc: boolean; webcodecs: boolean };
  h265: { webrtc: boolean; webcodecs: boolean };
  smooth: boolean | null; // one picture of 1280 × 720; null: the browser does not say
  hardware: boolean | null;
}

export async function codecs(): Promise<Codecs> {
  const inRTP = new Set((RTCRtpReceiver.getCapabilities('video')?.codecs ?? []).map((c) => c.mimeType.toLowerCase()));
  const [h264, h265] = await Promise.all([decodes('avc1.4d001f'), decodes('hvc1.1.6.L93.B0')]);
  const info = await decodingInfo().catch(() => null);
  return {
    h264: { webrtc: inRTP.has('video/h264'), webcodecs: h264 }, h265: { webrtc: inRTP.has('video/h265'), webcodecs: h265 },
    smooth: info && info.smooth, hardware: info && info.powerEfficient,
  };
}

async function decodes(codec: string): Promise<boolean> {
  if (!('VideoDecoder' in globalThis)) return false;
  return VideoDecoder.isConfigSupported({ codec }).then((s) => s.supported === true, () => false);
}

async function decodingInfo(): Promise<{ smooth: boolean; powerEfficient: boolean } | null> {
  if (!('mediaCapabilities' in navigator)) return null;
  return navigator.mediaCapabilities.decodingInfo({ type: 'webrtc', video: { contentType: 'video/H264', width: 1280, height: 720, bitrate: 1_500_000, framerate: 15 } });
}

/** Device is this computer, as far as its browser tells. */
export interface Device {
  browser: string;
  platform: string;
  screen: string;
  cores: number;
  memory: number | null; // GiB, at least
  secure: boolean;
  webcodecs: boolean;
}

interface Hints {
  userAgentData?: { brands: { brand: string; version: string }[]; platform: string };
  deviceMemory?: number;
}

export function device(): Device {
  const n: Navigator & Hints = navigator;
  const brands = n.userAgentData?.brands.filter((b) => !/not.?a.?brand/i.test(b.brand)) ?? [];
  const known = brands.find((b) => b.brand !== 'Chromium') ?? brands[0];
  const ratio = Math.round(devicePixelRatio * 100);
  return {
    browser: known ? `${known.brand} ${known.version}` : n.userAgent, platform: n.userAgentData?.platform || n.platform,
    screen: `${screen.width} × ${screen.height}（${ratio}％）`, cores: n.hardwareConcurrency, memory: n.deviceMemory ?? null,
    secure: isSecureContext, webcodecs: 'VideoDecoder' in globalThis,
  };
}

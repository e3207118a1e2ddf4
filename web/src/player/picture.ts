import { problemOf, silence, type Result } from '../api/result.ts';
import { formatInstant, parseInstant, type Instant } from '../time/instant.ts';
import type { Want } from './session.ts';

/** Coded is one picture of the past as the camera coded it: what a decoder needs from the key frame on. */
export interface Coded {
  codec: string; // RFC 6381
  at: Instant; // of the picture, the last one
  units: Unit[];
}

/** Unit is one access unit in Annex B. */
export interface Unit {
  at: Instant;
  key: boolean;
  data: Uint8Array;
}

const head = 4 + 8 + 1; // bytes: length of what follows, moment, whether it is a key frame
const patience = 10_000; // ms

/** fetchPicture asks for the picture shown at that moment: a view like any other, logged before the first byte. */
export async function fetchPicture(want: Want & { at: Instant }, signal: AbortSignal): Promise<Result<Coded>> {
  const query = new URLSearchParams({ at: formatInstant(want.at), stream: want.stream });
  if (want.purpose) query.set('purpose', want.purpose);
  try {
    const res = await fetch(`/api/cameras/${encodeURIComponent(want.camera)}/picture?${query}`, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
    if (!res.ok) return { ok: false, error: await problemOf(res) };
    const units = unpack(await res.arrayBuffer());
    return { ok: true, value: { codec: res.headers.get('X-Yagura-Codec') ?? '', at: parseInstant(res.headers.get('X-Yagura-At') ?? ''), units } };
  } catch {
    return { ok: false, error: silence };
  }
}

/** unpack reads the body of a picture; it throws on one that is cut off. */
export function unpack(body: ArrayBuffer): Unit[] {
  const view = new DataView(body);
  const units: Unit[] = [];
  for (let i = 0; i < body.byteLength;) {
    const end = i + 4 + view.getUint32(i);
    if (end > body.byteLength || end < i + head) throw new RangeError('a picture that is cut off');
    units.push({ at: Number(view.getBigInt64(i + 4)), key: view.getUint8(i + 12) === 1, data: new Uint8Array(body, i + head, end - i - head) });
    i = end;
  }
  return units;
}

/** decodes reports whether this browser, on a page like this, decodes pictures itself. */
export const decodes = () => 'VideoDecoder' in globalThis;

/** decode gives the picture; who gets it closes it. null where this computer cannot decode that format. */
export async function decode({ codec, units }: Coded): Promise<VideoFrame | null> {
  const config: VideoDecoderConfig = { codec, optimizeForLatency: true };
  if (!decodes() || !(await VideoDecoder.isConfigSupported(config)).supported) return null;
  let last: VideoFrame | null = null;
  const decoder = new VideoDecoder({
    output(frame) {
      last?.close();
      last = frame;
    },
    error: () => undefined, // flush rejects
  });
  try {
    decoder.configure(config);
    for (const u of units) decoder.decode(new EncodedVideoChunk({ type: u.key ? 'key' : 'delta', timestamp: u.at, data: u.data }));
    await decoder.flush();
    return last;
  } catch {
    (last as VideoFrame | null)?.close();
    return null;
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
}

import { call } from './client.ts';
import { problemOf, silence, type Result } from './result.ts';
import type { components } from './schema.d.ts';

export type WayHere = components['schemas']['DiagnosticsOutputBody'];

const patience = 8_000; // ms

export const diagnostics = {
  /** way is how the server sees a request come. */
  way: () => call<WayHere>('GET', '/api/diagnostics'),

  /** probe takes the offer of a connection with nothing but the data channel echo, and gives the answer. */
  async probe(offer: string): Promise<Result<string>> {
    try {
      const res = await fetch('/api/diagnostics/webrtc', { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: offer, signal: AbortSignal.timeout(patience) });
      return res.ok ? { ok: true, value: await res.text() } : { ok: false, error: await problemOf(res) };
    } catch {
      return { ok: false, error: silence };
    }
  },
};

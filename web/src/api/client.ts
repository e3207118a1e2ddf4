import { formatInstant, parseInstant, type Span } from '../time/instant.ts';
import { ServerClock } from '../time/serverclock.ts';
import { problemOf, silence, type Result } from './result.ts';
import type { components } from './schema.d.ts';
import type { Camera, Recordings, SessionInfo, System } from './types.ts';

type Schemas = components['schemas'];

const patience = 8_000; // ms until a request counts as unanswered

/** serverClock is fed by every list of cameras. */
export const serverClock = new ServerClock();

let proving: (() => Promise<boolean>) | null = null;

/** onStepUp sets what asks the person to prove themselves anew, for calls that need it; it gives way when done. */
export function onStepUp(prove: () => Promise<boolean>): () => void {
  proving = prove;
  return () => {
    if (proving === prove) proving = null;
  };
}

/**
 * call asks the server for JSON; what it says no with becomes a Problem. Where the server wants a fresh proof of who asks,
 * the person is asked for it, and the call is made again.
 */
export async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Result<T>> {
  const res = await once<T>(method, path, body, signal);
  return !res.ok && res.error.code === 'step-up' && proving && (await proving()) ? once(method, path, body, signal) : res;
}

async function once<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Result<T>> {
  const init: RequestInit = { method, signal: signal ?? AbortSignal.timeout(patience) };
  if (body !== undefined) {
    init.body = body instanceof Blob ? body : JSON.stringify(body);
    init.headers = { 'Content-Type': body instanceof Blob ? 'application/octet-stream' : 'application/json' };
  }
  try {
    const res = await fetch(path, init);
    if (!res.ok) return { ok: false, error: await problemOf(res) };
    return { ok: true, value: (res.status === 204 ? undefined : await res.json()) as T };
  } catch {
    return { ok: false, error: silence };
  }
}

/** took is when a request left and its answer came, ms; a busy page hears of the answer later than the browser. */
function took(path: string, before: number): [number, number] {
  const entry = performance.getEntriesByName(location.origin + path).at(-1) as PerformanceResourceTiming | undefined;
  return entry && entry.requestStart >= before && entry.responseStart > 0 ? [entry.requestStart, entry.responseStart] : [before, performance.now()];
}

export const api = {
  system: () => call<System>('GET', '/api/system'),
  session: () => call<SessionInfo>('GET', '/api/session'),
  signOut: () => call<undefined>('DELETE', '/api/session'),
  /** setPurpose states what one looks for, and for which case; without one the case stays as it is, "" clears it. */
  setPurpose: (purpose: string, caseNumber?: string) => call<SessionInfo>('PUT', '/api/session', { purpose, case: caseNumber }),

  async cameras(): Promise<Result<Camera[]>> {
    const before = performance.now();
    const res = await call<Schemas['CamerasOutputBody']>('GET', '/api/cameras');
    if (!res.ok) return res;
    serverClock.sample(parseInstant(res.value.now), ...took('/api/cameras', before));
    return { ok: true, value: res.value.cameras };
  },

  async recordings(camera: string, span: Span, signal?: AbortSignal): Promise<Result<Recordings>> {
    const query = new URLSearchParams({ from: formatInstant(span.from), to: formatInstant(span.to) });
    const until = Math.min(span.to, serverClock.now());
    const res = await call<Schemas['RecordingsOutputBody']>('GET', `/api/cameras/${encodeURIComponent(camera)}/recordings?${query}`, undefined, signal);
    if (!res.ok) return res;
    const read = (s: Schemas['Span']): Span => ({ from: parseInstant(s.from), to: parseInstant(s.to) });
    return { ok: true, value: { spans: res.value.spans.map(read), gaps: res.value.gaps.map((g) => ({ ...read(g), cause: g.cause })), until } };
  },
};

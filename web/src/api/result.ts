/** Problem is why something did not work. Status 0: the server did not answer. */
export interface Problem {
  status: number;
  code: string; // stable name, or ""
  detail: string; // for people, by the server; may be ""
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: Problem };

export const silence: Problem = { status: 0, code: 'no-answer', detail: '' };

/** problemOf reads the RFC 9457 body of an answer that says no. */
export async function problemOf(res: Response): Promise<Problem> {
  const body = (await res.json().catch(() => ({}))) as { code?: unknown; detail?: unknown };
  const text = (v: unknown) => (typeof v === 'string' ? v : '');
  return { status: res.status, code: text(body.code), detail: text(body.detail) };
}

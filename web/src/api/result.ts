/** Problem is why something did not work. Status 0: the server did not answer. */
export interface Problem {
  status: number;
  code: string; // stable name, or ""
  detail: string; // for people, by the server; may be ""
  fields?: readonly FieldProblem[]; // of a form: what is wrong with each; of several changes, of which: "3", "3.name"
}

export interface FieldProblem {
  field: string; // "checks.3.note": a cell of a table, from 1
  text: { ja: string; en: string };
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: Problem };

export const silence: Problem = { status: 0, code: 'no-answer', detail: '' };

/** problemOf reads the RFC 9457 body of an answer that says no. */
export async function problemOf(res: Response): Promise<Problem> {
  const body = (await res.json().catch(() => ({}))) as { code?: unknown; detail?: unknown; errors?: unknown };
  const text = (v: unknown) => (typeof v === 'string' ? v : '');
  const problem = { status: res.status, code: text(body.code), detail: text(body.detail) };
  return ['fields', 'refused'].includes(problem.code) && Array.isArray(body.errors) ? { ...problem, fields: body.errors as FieldProblem[] } : problem;
}

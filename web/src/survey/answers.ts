import type { Answers, Question, ReplyState, Target } from '../api/survey.ts';
import type { Tone } from '../ui/Chip.tsx';

export const replyStates: readonly ReplyState[] = ['untouched', 'draft', 'waiting', 'returned', 'submitted', 'confirmed'];
export const tones: Record<ReplyState, Tone> = { untouched: 'plain', draft: 'key', waiting: 'late', submitted: 'ok', returned: 'warn', confirmed: 'ok' };

export const handedIn = (s: ReplyState) => s === 'submitted' || s === 'confirmed';

/** asked reports whether a question is one, by the answers before it. */
export const asked = (q: Question, answers: Answers) => q.when === '' || (answers[q.when]?.is.some((id) => q.is.includes(id)) ?? false);

/** given are the answers to what is asked: what the form no longer asks for is left out. */
export function given(questions: readonly Question[], answers: Answers): Answers {
  const out: Answers = {};
  for (const q of questions) {
    const a = answers[q.id];
    if (a && a.is.length > 0 && asked(q, out)) out[q.id] = wants(q, a.is) ? a : { is: a.is };
  }
  return out;
}

/** wants is the option among the chosen ones that wants words, if there is one. */
export const wants = (q: Question, is: readonly string[]) => q.options.find((o) => o.text !== '' && is.includes(o.id));

/** same reports whether two sets of answers say the same. */
export function same(a: Answers, b: Answers): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((k) => a[k]?.is.toSorted().join() === b[k]?.is.toSorted().join() && (a[k]?.text ?? '') === (b[k]?.text ?? ''));
}

export interface Row {
  category: string;
  all: number;
  done: number;
}

/** byCategory counts who handed in, in the order of the list. */
export function byCategory(targets: readonly Target[]): Row[] {
  const rows: Row[] = [];
  for (const p of targets) {
    let row = rows.find((r) => r.category === p.category);
    if (!row) rows.push((row = { category: p.category, all: 0, done: 0 }));
    row.all++;
    if (handedIn(p.state)) row.done++;
  }
  return rows;
}

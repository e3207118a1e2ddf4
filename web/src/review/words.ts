import type { ReviewItem } from '../api/review.ts';
import type { Text } from '../text/index.ts';
import { chipOf } from '../audit/words.ts';
import type { Tone } from '../ui/Chip.tsx';
import type { IconName } from '../ui/Icon.tsx';

/** todo reports whether it is this person's turn. */
export const todo = (i: ReviewItem) => i.mine && (i.state === 'open' || i.state === 'answered' || i.state === 'found');

export const stateLooks: Record<ReviewItem['state'], { tone: Tone; icon: IconName }> = {
  open: { tone: 'key', icon: 'ring' }, fine: { tone: 'ok', icon: 'check' }, asked: { tone: 'late', icon: 'clock' }, answered: { tone: 'mark', icon: 'send' }, found: { tone: 'warn', icon: 'edit' }, done: { tone: 'ok', icon: 'check' },
};

/** whyOf is why an item is in the sample, in chips: its hints, the seal, or chance. */
export function whyOf(t: Text, i: ReviewItem): { text: string; tone: Tone }[] {
  const out: { text: string; tone: Tone }[] = i.entry.hints.map((h) => ({ text: chipOf(t, h), tone: 'late' }));
  if (i.why.includes('sealed')) out.push({ text: t.review.why.sealed, tone: 'hold' });
  if (i.why.includes('random')) out.push({ text: t.review.why.random, tone: 'plain' });
  return out;
}

/** lookedFor is what somebody asked of the log, in words. */
export function lookedFor(t: Text, detail: string): string {
  let asked: Record<string, unknown>;
  try {
    asked = JSON.parse(detail) as Record<string, unknown>;
  } catch {
    return detail;
  }
  if (typeof asked.what === 'string') return ofLogs(t, asked.what, asked.asked);
  const parts = Object.entries(asked).map(([name, value]) => `${t.review.fields[name] ?? name} ${t.audit.actions[String(value)] ?? t.purpose.names[String(value)] ?? String(value)}`);
  return parts.length > 0 ? parts.join('・') : t.review.everything;
}

/** ofLogs is what somebody looked up in operation logs: which table, or hints, and of what. */
function ofLogs(t: Text, what: string, asked: unknown): string {
  const given: unknown[] = typeof asked === 'object' && asked !== null ? Object.values(asked) : [asked];
  return [t.oplog.counts.tables[what] ?? t.review.logs[what] ?? what, ...given.filter((v) => typeof v === 'string' && v !== '')].join('・');
}

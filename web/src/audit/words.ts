import type { Entry, Hint } from '../api/audit.ts';
import { MINUTE, clock, parseInstant, sameDay, SECOND, type Instant } from '../time/instant.ts';
import type { Text } from '../text/index.ts';
import type { IconName } from '../ui/Icon.tsx';

export const views = ['view.live', 'view.past', 'view.still'];
export const isView = (e: Entry) => views.includes(e.action);

const icons: Record<string, IconName> = { 'view.live': 'eye', 'view.past': 'history', 'view.still': 'photo', session: 'user', person: 'user', duty: 'check', report: 'send', record: 'edit', survey: 'list', bookmark: 'flag', still: 'photo', audit: 'shield', footage: 'shield', config: 'gear', system: 'warn', case: 'lock', hold: 'lock', request: 'search', review: 'search', rights: 'list', version: 'gear', inquiry: 'help' };
export const iconOf = (e: Entry): IconName => icons[e.action] ?? icons[e.action.split('.')[0]!] ?? 'dot';

export const actionOf = (t: Text, action: string) => t.audit.actions[action] ?? action;

/** whyOf is why a view ended. */
export function whyOf(t: Text, reason: string): string {
  if (reason.startsWith('not opened')) return t.audit.notOpened;
  return t.audit.reasons[reason] ?? reason;
}

export const when = (t: Text, at: Instant) => `${t.calendar(at)} ${clock(at)}`;

/** until is the second end of a span: its day only where that is another. */
export const until = (t: Text, from: Instant, to: Instant) => (sameDay(from, to) ? clock(to) : when(t, to));

export interface Seen {
  spans: { from: Instant; to: Instant }[];
  from: Instant;
  to: Instant;
  seconds: number; // really seen
}

/** seenOf is the footage that a view really saw; null where nobody knows (yet). */
export function seenOf(e: Entry): Seen | null {
  const spans = e.ranges.map((r) => ({ from: parseInstant(r.from), to: parseInstant(r.to) }));
  if (spans.length === 0) return null;
  return { spans, from: Math.min(...spans.map((s) => s.from)), to: Math.max(...spans.map((s) => s.to)), seconds: spans.reduce((n, s) => n + s.to - s.from, 0) / SECOND };
}

const minutes = (t: Text, n: number) => t.duration((n * MINUTE) / SECOND);

/** chipOf is a hint in a few words, sayOf in whole ones. */
export function chipOf(t: Text, h: Hint): string {
  const c = t.audit.hints.chip;
  switch (h.kind) {
    case 'out_of_hours':
      return c.hours(minutes(t, h.value));
    case 'weekend':
      return c.weekend(h.value);
    case 'holiday':
      return c.holiday(h.name ?? '');
    case 'many_views':
      return c.many(h.value);
    case 'long_view':
      return c.long(minutes(t, h.value));
  }
}

export function sayOf(t: Text, h: Hint): string {
  const s = t.audit.hints.say;
  switch (h.kind) {
    case 'out_of_hours':
      return s.hours(minutes(t, h.value));
    case 'weekend':
      return s.weekend(h.value);
    case 'holiday':
      return s.holiday(h.name ?? '');
    case 'many_views':
      return s.many(h.value, h.usual, h.limit);
    case 'long_view':
      return s.long(minutes(t, h.value), minutes(t, h.limit));
  }
}

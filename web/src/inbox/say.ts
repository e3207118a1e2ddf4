import type { Item } from '../api/inbox.ts';
import type { Text } from '../text/index.ts';
import type { IconName } from '../ui/Icon.tsx';

export const kindIcons: Record<Item['kind'], IconName> = { report: 'send', receipt: 'check', outcome: 'info', approval: 'shield', emergency: 'warn', duty: 'eye', recovery: 'user', token: 'key', inquiry: 'eye', review: 'search', review_month: 'calendar', rights_lines: 'list', rights_objection: 'flag', survey_reply: 'edit', survey_approval: 'shield', hold_ends: 'lock', footage_request: 'search', request_done: 'check', hint_answer: 'flag', hints_due: 'clock', logs_due: 'calendar', chase: 'bell', mail_failed: 'send' };

/** say is what an item is about, in a line. */
export function say(t: Text, { kind, subject: s }: Item): string {
  switch (kind) {
    case 'report':
      return t.inbox.say.report(plain(s.from_name));
    case 'receipt':
      return t.inbox.say.receipt;
    case 'outcome':
      return t.inbox.say.outcome(s.outcome ? t.inbox.report.outcomes[s.outcome] : '');
    case 'approval':
      if (s.what === 'hold') return t.inbox.say.hold(s.number ?? '');
      if (s.what === 'grant') return t.inbox.say.grant(plain(s.name));
      return s.what === 'appointment' ? t.inbox.say.appointment(plain(s.name), s.title ?? '') : t.inbox.say[s.what ?? 'cameras'](s.version ?? 0);
    case 'emergency':
      return t.inbox.say.emergency(plain(s.name));
    case 'recovery':
      return t.inbox.say.recovery(plain(s.name));
    case 'token':
      return t.inbox.say.token(s.label ?? '');
    case 'inquiry':
      return t.inbox.say.inquiry(s.label ?? '');
    case 'review':
      return t.inbox.say.review;
    case 'review_month':
      return t.inbox.say.reviewMonth(s.month ?? '', (s.rounds ?? 0) - (s.done ?? 0));
    case 'rights_lines':
      return t.inbox.say.rightsLines((s.rounds ?? 0) - (s.done ?? 0));
    case 'rights_objection':
      return t.inbox.say.rightsObjection(s.rounds ?? 0);
    case 'mail_failed':
      return t.inbox.say.mailFailed(s.label ?? '', s.done ?? 0);
    case 'footage_request':
      return t.inbox.say.request(s.id ?? '', s.label ?? '');
    case 'request_done':
      return t.inbox.say.requestDone(s.id ?? '');
    case 'hint_answer':
      return t.inbox.say.hint(s.unit_name ?? '', s.month ?? '', s.rounds === 1);
    case 'hints_due':
      return t.inbox.say.hintsDue(s.rounds ?? 0, s.done ?? 0);
    case 'logs_due':
      return t.inbox.say.logsDue(s.month ?? '', s.rounds === 1);
    case 'hold_ends':
      return t.inbox.say.holdEnds(s.number ?? '', s.label ?? '');
    case 'survey_reply':
      return t.inbox.say.survey(s.number ?? '', s.month ?? '', s.rounds ?? 0);
    case 'survey_approval':
      return t.inbox.say.surveyApproval(s.number ?? '');
    case 'chase':
      return t.inbox.say.chase(s.rounds ?? 0);
    case 'duty':
      return t.inbox.say.duty(s.unit_name ?? '', (s.rounds ?? 0) - (s.done ?? 0));
  }
}

/** plain is a name with a narrow space. */
export const plain = (name: string | undefined) => (name ?? '').replace('　', ' ');

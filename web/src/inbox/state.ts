import type { Report } from '../api/duty.ts';
import type { Tone } from '../ui/Chip.tsx';
import type { IconName } from '../ui/Icon.tsx';

export type ReportState = 'sent' | 'received' | Exclude<Report['outcome'], ''>;

/** stateOf is how far a report has come. */
export const stateOf = (r: Report): ReportState => r.outcome || (r.received ? 'received' : 'sent');

export const stateLooks: Record<ReportState, { tone: Tone; icon: IconName }> = {
  sent: { tone: 'late', icon: 'clock' },
  received: { tone: 'key', icon: 'check' },
  investigating: { tone: 'warn', icon: 'search' },
  no_issue: { tone: 'ok', icon: 'check' },
  handled: { tone: 'ok', icon: 'check' },
};

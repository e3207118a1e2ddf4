import type { Moment } from '../api/duty.ts';
import type { Text } from '../text/index.ts';
import { parseInstant, SECOND } from '../time/instant.ts';
import type { Tone } from '../ui/Chip.tsx';
import type { IconName } from '../ui/Icon.tsx';
import type { Scene } from './look.ts';

export const whyLooks: Record<Moment['why'], { tone: Tone; icon: IconName }> = {
  random: { tone: 'key', icon: 'sync' },
  gap: { tone: 'warn', icon: 'warn' },
  stall: { tone: 'warn', icon: 'off' },
  outside_hours: { tone: 'mark', icon: 'activity' },
};

/** whyNote says in words why a moment is shown. */
export const whyNote = (t: Text, m: Moment) => t.duty.round.whyNote[m.why](t.causes[m.cause] ?? m.cause, t.duration(m.length));

export const resultOf = (t: Text, m: Moment) => (m.result === '' ? t.duty.round.none : m.result === 'fine' ? t.duty.round.fine : t.duty.round.attention);

export const sceneOf = (m: Moment): Scene => ({ at: parseInstant(m.at), length: Math.round(m.length * SECOND), missing: m.why === 'gap' || m.why === 'stall' });

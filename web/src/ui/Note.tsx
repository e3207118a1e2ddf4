import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

const tones = {
  key: { edge: 'border-l-accent', ink: 'text-accent', icon: 'info' },
  ok: { edge: 'border-l-ok', ink: 'text-ok', icon: 'check' },
  late: { edge: 'border-l-late', ink: 'text-late', icon: 'clock' },
  warn: { edge: 'border-l-warn', ink: 'text-warn', icon: 'warn' },
  bad: { edge: 'border-l-bad', ink: 'text-bad', icon: 'warn' },
  hold: { edge: 'border-l-hold', ink: 'text-hold', icon: 'lock' },
} satisfies Record<string, { edge: string; ink: string; icon: IconName }>;

/** Note is a message that stays in its place. alert: it is said at once, for what has just gone wrong. */
export function Note({ tone = 'key', icon, alert = false, children, className = '' }: { tone?: keyof typeof tones; icon?: IconName; alert?: boolean; children: ReactNode; className?: string }) {
  const { edge, ink, icon: own } = tones[tone];
  return (
    <div role={alert ? 'alert' : undefined} className={`flex gap-2.5 rounded-8 border border-l-6 border-line bg-surface px-3.5 py-2.5 leading-[1.55] tight:px-3 tight:py-2 ${edge} ${className}`}>
      <Icon name={icon ?? own} className={`mt-0.5 size-[18px] ${ink}`} />
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}

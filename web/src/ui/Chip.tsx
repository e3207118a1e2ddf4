import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

const tones = {
  plain: 'border-line bg-raised text-text-2',
  ok: 'border-transparent bg-ok-bg text-ok',
  late: 'border-transparent bg-late-bg text-late',
  warn: 'border-transparent bg-warn-bg text-warn',
  bad: 'border-transparent bg-bad-bg text-bad',
  hold: 'border-transparent bg-hold-bg text-hold',
  mark: 'border-transparent bg-mark-bg text-mark',
  key: 'border-transparent bg-accent-soft text-accent',
};

export type Tone = keyof typeof tones;

export function Chip({ tone = 'plain', icon, children, className = '' }: { tone?: Tone; icon?: IconName; children: ReactNode; className?: string }) {
  return (
    <span className={`inline-flex h-6 flex-none items-center gap-1.5 rounded-6 border px-2 text-[13px] whitespace-nowrap ${tones[tone]} ${className}`}>
      {icon && <Icon name={icon} className="size-[15px]" />}
      {children}
    </span>
  );
}

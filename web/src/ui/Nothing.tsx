import type { ReactNode } from 'react';
import { useText } from '../text/index.ts';
import type { Problem } from '../api/result.ts';
import { Button } from './Button.tsx';
import { Icon, type IconName } from './Icon.tsx';

/** Nothing stands where there is nothing to show: why, and what to do about it. */
export function Nothing({ icon, title, children, action, alert = false, heading = 'h3' }: { icon: IconName; title: string; children?: ReactNode; action?: ReactNode; alert?: boolean; heading?: 'h1' | 'h2' | 'h3' | 'p' }) {
  const Heading = heading;
  return (
    <div role={alert ? 'alert' : undefined} className="flex grow flex-col items-center justify-center gap-2 px-6 py-10 text-center tight:py-7">
      <Icon name={icon} className="size-9 stroke-[1.3] text-text-3" />
      <Heading className="text-base font-bold">{title}</Heading>
      {children && <div className="max-w-[36em] leading-[1.7] text-text-2">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** Failed stands where something could not be loaded, and tries again. */
export function Failed({ error, retry }: { error: Problem; retry: () => void }) {
  const t = useText();
  const refused = error.status === 403 || error.status === 404;
  return (
    <Nothing alert icon={refused ? 'lock' : 'warn'} title={refused ? t.ui.refused : t.ui.failed} action={!refused && <Button look="outline" onClick={retry}>{t.ui.retry}</Button>}>
      {error.status === 0 ? t.noAnswer : error.detail || (refused ? t.refused.deniedWhy : t.oops(''))}
    </Nothing>
  );
}

/** Bones stand where rows will be. */
export function Bones({ rows = 4, className = '' }: { rows?: number; className?: string }) {
  const t = useText();
  return (
    <div aria-busy="true" className={`flex flex-col gap-3 p-4 tight:p-3 ${className}`}>
      <span className="sr-only" role="status">{t.ui.loading}</span>
      {Array.from({ length: rows }, (_, i) => <span key={i} aria-hidden="true" className="bone h-5" style={{ width: `${92 - (i % 3) * 14}%` }} />)}
    </div>
  );
}

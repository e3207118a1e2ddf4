import type { SessionInfo } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { clock, type Instant } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';

/** Relaxed says on every page which safeguards are switched off. */
export function Relaxed({ session }: { session: SessionInfo }) {
  const t = useText();
  if (session.relaxed.length === 0) return null;
  return (
    <p role="note" className="flex h-7 flex-none items-center gap-2 bg-yellow-300 px-4 text-[13px] whitespace-nowrap text-solid-gray-900 tight:h-6 tight:px-3 tight:text-xs">
      <Icon name="warn" className="size-4" />
      <b>{t.relaxed.title}</b>
      <span>{session.relaxed.map((r) => t.relaxed.names[r] ?? r).join('・')}</span>
      <span className="ml-auto overflow-hidden text-ellipsis">{t.relaxed.why}</span>
    </p>
  );
}

/** Expiry says that the session is about to end, before it does. */
export function Expiry({ expires }: { expires: Instant | null }) {
  const t = useText();
  if (expires === null) return null;
  return (
    <p role="status" className="flex h-8 flex-none items-center gap-2 border-b border-line bg-late-bg px-4 text-late">
      <Icon name="clock" />
      {t.expires(clock(expires))}
    </p>
  );
}

import { useSyncExternalStore } from 'react';
import { Square } from '../frame/Square.tsx';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import type { Page } from '../url.ts';

/** Bell leads to the inbox, and counts what is unread there. */
export function Bell({ current }: { current: Page | null }) {
  const t = useText();
  const { inbox } = usePerson().desk;
  const unread = useSyncExternalStore(inbox.subscribe, inbox.unread);
  return (
    <Square page="inbox" icon="bell" current={current}>
      <span role="status" className="sr-only">{unread > 0 ? t.inbox.unread(unread) : ''}</span>
      {unread > 0 && <span aria-hidden="true" data-testid="unread" className="absolute top-px right-0 grid h-4 min-w-4 place-items-center rounded-full bg-red-900 px-1 text-[11px] leading-none font-bold text-white">{unread > 99 ? '99+' : unread}</span>}
    </Square>
  );
}

import { api } from '../api/client.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, type Instant } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import type { Lost } from './lost.ts';

/** Relaxed says on every page which safeguards are switched off. */
export function Relaxed({ safeguards }: { safeguards: readonly string[] }) {
  const t = useText();
  if (safeguards.length === 0) return null;
  return (
    <section aria-label={t.relaxed.title} className="flex h-7 flex-none print:hidden items-center gap-2 border-b border-line bg-late-bg px-4 text-[13px] whitespace-nowrap text-late tight:h-6 tight:px-3 tight:text-xs">
      <Icon name="warn" className="size-4" />
      <b>{t.relaxed.title}</b>
      <span className="text-text">{safeguards.map((r) => t.relaxed.names[r] ?? r).join('・')}</span>
      <span className="ml-auto overflow-hidden text-ellipsis text-text-2">{t.relaxed.why}</span>
    </section>
  );
}

/** Gone says that one may no longer see what one saw a moment ago, and why. It is there all the time, as Expiry is. */
export function Gone({ lost, close }: { lost: Lost | null; close: () => void }) {
  const t = useText();
  const posts = lost?.posts.map((a) => [a.unit_name, t.posts[a.post] ?? a.title].filter(Boolean).join(' ')).join('・') ?? '';
  return (
    <section aria-label={t.gone.label} className={lost === null ? 'sr-only' : 'flex h-9 flex-none items-center gap-2 border-b border-line bg-warn-bg px-4 text-warn tight:px-3 print:hidden'}>
      {lost && <Icon name="warn" className="size-[18px] flex-none" />}
      <p role="status" className="truncate">{lost && (posts ? t.gone.posts(posts) : t.gone.cameras(lost.cameras))}</p>
      {lost && <button type="button" onClick={close} className="ml-auto flex-none rounded-4 px-1 font-bold underline underline-offset-3 hover:no-underline">{t.ui.close}</button>}
    </section>
  );
}

/** Expiry says that the session is about to end, before it does. It is there all the time, so that it is spoken when it has something to say. */
export function Expiry({ expires }: { expires: Instant | null }) {
  const t = useText();
  const { leave } = usePerson();
  const renew = async () => {
    await api.signOut();
    leave('new'); // signing in leads back to this address
  };
  return (
    <section aria-label={t.expiry} className={expires === null ? 'sr-only' : 'flex h-8 flex-none items-center gap-2 border-b border-line bg-late-bg px-4 whitespace-nowrap text-late tight:px-3 print:hidden'}>
      {expires !== null && <Icon name="clock" />}
      <p role="status" className="truncate">{expires !== null && t.expires(clock(expires))}</p>
      {expires !== null && <button type="button" onClick={() => void renew()} className="ml-auto flex-none rounded-4 px-1 font-bold underline underline-offset-3 hover:no-underline">{t.renew}</button>}
    </section>
  );
}

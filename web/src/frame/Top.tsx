import { type ReactNode } from 'react';
import { api } from '../api/client.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import { Bell } from '../inbox/Bell.tsx';
import { usePerson } from '../person/person.ts';
import { pagesOf } from '../person/roles.ts';
import { useStart } from '../person/settings.ts';
import { useText, type Text } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Icon, Mark } from '../ui/Icon.tsx';
import { usePopover } from '../ui/popover.ts';
import { useSeconds } from '../ui/time.ts';
import { follow, link, type Page } from '../url.ts';
import { Nav } from './Nav.tsx';
import { Square } from './Square.tsx';

/** Top is the bar of every page: where one may go, what time it is, and who one is. */
export function Top({ page, cameras, tools }: { page: Page | null; cameras: readonly Camera[] | null; tools?: ReactNode }) {
  const t = useText();
  const { session } = usePerson();
  const start = useStart();
  return (
    <header className="relative z-20 flex h-14 flex-none items-center gap-4 border-b border-line bg-surface px-4 tight:h-12 tight:gap-2 tight:px-3 print:hidden">
      <a href={start ? link(start) : '/'} onClick={follow} className="flex items-center gap-2 pr-2 text-lg font-bold tracking-[.04em] whitespace-nowrap text-text tight:text-base"><Mark className="size-[26px] tight:size-[22px] dark:hidden" light /><Mark className="hidden size-[26px] tight:size-[22px] dark:block" />{t.product}</a>
      <Nav page={page} pages={pagesOf(session, cameras)} />
      <div className="ml-auto flex flex-none items-center gap-3 whitespace-nowrap tight:gap-2">
        <Now />
        {tools}
        <Bell current={page} />
        <Square page="help" icon="help" current={page} />
        <Who session={session} cameras={cameras} />
        <Account page={page} />
      </div>
    </header>
  );
}

function Now() {
  const t = useText();
  const now = useSeconds();
  return (
    <span className="text-lg font-bold tracking-[.02em] tight:text-base">
      <small className="mr-2 text-xs font-normal tracking-normal text-text-3 tight:hidden">{t.date(now)}</small>
      <time dateTime={new Date(now / 1000).toISOString()}>{clock(now)}</time>
    </span>
  );
}

/** nameOf is the person's name beside a post: with a narrow space. */
export const nameOf = (s: SessionInfo) => s.name.replace('　', ' ');

/** post is the title of the first appointment, in the language in use. */
export function post(t: Text, s: SessionInfo): string {
  const a = s.appointments[0];
  return a ? (t.posts[a.post] ?? a.title) : t.account.noPost;
}

function Who({ session, cameras }: { session: SessionInfo; cameras: readonly Camera[] | null }) {
  const t = useText();
  const [first] = session.appointments;
  const whole = first && (first.post === 'crisis_management' || first.post === 'facilities' || first.post === 'administrator');
  const n = cameras?.length ?? 0;
  const scope = whole ? t.account.scopeAll(n) : t.account.scope(session.appointments.map((a) => a.unit_name).filter(Boolean).join('・'), n);
  return (
    <span className="flex max-w-80 flex-col items-end leading-[1.3] tight:max-w-64">
      <b className="max-w-full truncate">{post(t, session)}　{nameOf(session)}</b>
      <span className={`max-w-full truncate text-xs text-text-3 ${cameras ? '' : 'bone'}`}>{scope}{first && <span>・{t.account.since(t.calendar(parseInstant(first.from)))}</span>}</span>
    </span>
  );
}

function Account({ page }: { page: Page | null }) {
  const t = useText();
  const { session, leave, toggleLanguage } = usePerson();
  const { open, setOpen, root, onKeyDown } = usePopover<HTMLDivElement>();
  const signOut = async () => {
    await api.signOut();
    leave('new');
  };
  const item = 'flex h-10 w-full items-center rounded-6 px-3 text-left hover:bg-soft focus-inside aria-[current]:font-bold aria-[current]:text-accent';
  return (
    <div ref={root} className="relative flex-none" onKeyDown={onKeyDown}>
      <button type="button" aria-label={t.account.menu} aria-expanded={open} onClick={() => setOpen(!open)}
        className="grid size-8 place-items-center rounded-full border border-accent-line bg-accent-soft text-sm font-bold text-accent">{session.name.slice(0, 1) || <Icon name="user" />}</button>
      {open && (
        <div className="absolute top-11 right-0 w-72 rounded-8 border border-line bg-surface p-2 whitespace-normal">
          <p className="border-b border-soft px-3 pt-1 pb-3 leading-[1.6]"><b>{session.name}</b><br /><span className="text-text-2">{t.account.login} {session.login}</span>
            {session.appointments.map((a) => <span key={`${a.post}${a.unit}`} className="block text-text-2">{a.unit_name} {t.posts[a.post] ?? a.title}<br /><span className="text-xs text-text-3">{t.account.since(t.calendar(parseInstant(a.from)))}</span></span>)}
            <span className="block pt-1 text-text-2">{t.purpose.title} {session.purpose ? t.purpose.names[session.purpose] : t.purpose.none}</span></p>
          {(['settings', 'diagnostics', 'help'] as const).map((p) => (
            <a key={p} href={link(p)} onClick={(e) => (follow(e), setOpen(false))} aria-current={p === page ? 'page' : undefined} className={`${item} first-of-type:mt-1`}>{t[p].page}</a>
          ))}
          <button type="button" className={`${item} border-t border-soft`} onClick={() => (toggleLanguage(), setOpen(false))} lang={t.lang === 'ja' ? 'en' : 'ja'}>{t.account.language}</button>
          <button type="button" className={item} onClick={() => void signOut()}>{t.account.signOut}</button>
        </div>
      )}
    </div>
  );
}

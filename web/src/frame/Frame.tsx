import { lazy, Suspense, useEffect, useState, useSyncExternalStore, type ComponentType, type LazyExoticComponent } from 'react';
import { Desk } from '../person/desk.ts';
import { PersonContext, useCameras, usePerson, type Person } from '../person/person.ts';
import { useStart } from '../person/settings.ts';
import { PurposeProvider } from '../purpose/purpose.tsx';
import { StepUp } from '../security/StepUp.tsx';
import { useText, type Voice } from '../text/index.ts';
import { go, link, pageOf, pages, usePath, type Page } from '../url.ts';
import { Expiry, Gone, Relaxed } from './Banners.tsx';
import { Boundary } from './Boundary.tsx';
import { useLost } from './lost.ts';
import { Missing } from './Missing.tsx';
import { Night } from './Night.tsx';
import { Top } from './Top.tsx';

// Each page is a file of its own to load: nobody waits for what they may not open.
const files: Record<Page, () => Promise<{ default: ComponentType }>> = {
  wall: () => import('../wall/WallPage.tsx'),
  playback: () => import('../playback/Playback.tsx'),
  bookmarks: () => import('../bookmarks/Bookmarks.tsx'),
  duty: () => import('../duty/Duty.tsx'),
  inbox: () => import('../inbox/InboxPage.tsx'),
  health: () => import('../health/Health.tsx'),
  records: () => import('../records/RecordsPage.tsx'),
  oplog: () => import('../oplog/OplogPage.tsx'),
  survey: () => import('../survey/SurveyPage.tsx'),
  audit: () => import('../audit/AuditPage.tsx'),
  review: () => import('../review/ReviewPage.tsx'),
  settings: () => import('../settings/SettingsPage.tsx'),
  rights: () => import('../rights/RightsPage.tsx'),
  people: () => import('../people/PeoplePage.tsx'),
  recovery: () => import('../security/RecoveriesPage.tsx'),
  inquiries: () => import('../inquiries/InquiriesPage.tsx'),
  evidence: () => import('../evidence/EvidencePage.tsx'),
  diagnostics: () => import('../diagnostics/DiagnosticsPage.tsx'),
  help: () => import('../help/HelpPage.tsx'),
};
const screens = Object.fromEntries(pages.map((p) => [p, lazy(files[p])])) as Record<Page, LazyExoticComponent<ComponentType>>;
const begun = pageOf(location.pathname);
if (begun) void files[begun]().catch(() => undefined); // at once; what goes wrong is said when the page is drawn

/** Pages of footage are dark: the pictures carry the colour. */
const dark: ReadonlySet<Page> = new Set(['wall', 'playback']);

/** SignedIn is everything behind the sign-in page. */
export function SignedIn({ speak, ...props }: Omit<Person, 'desk' | 'toggleLanguage'> & { speak: (v: Partial<Voice>) => void }) {
  const { leave } = props;
  const { lang } = useText();
  const [desk] = useState(() => new Desk((because) => leave('ended', because)));
  useEffect(() => {
    desk.open();
    return () => desk.close();
  }, [desk]);
  useEffect(() => desk.settings.subscribe(() => {
    const s = desk.settings.get();
    if (s.kind === 'ready') speak({ calendar: s.settings.calendar, ...(s.settings.language && { language: s.settings.language }) });
  }), [desk, speak]);
  const toggleLanguage = () => {
    const language = lang === 'ja' ? 'en' : 'ja';
    speak({ language });
    void desk.settings.save({ language });
  };
  return (
    <PersonContext value={{ ...props, desk, toggleLanguage }}>
      <StepUp><PurposeProvider><Frame /></PurposeProvider></StepUp>
    </PersonContext>
  );
}

function Frame() {
  const t = useText();
  const { session, desk } = usePerson();
  const start = useStart();
  const path = usePath();
  const page = pageOf(path);
  const list = useCameras();
  const cameras = list.kind === 'ready' ? list.cameras : null;
  const [lost, forget] = useLost();
  const expires = useSyncExternalStore(desk.subscribe, desk.expires);
  useEffect(() => {
    const to = path === '/' ? (entrance(location.search) ?? (start && link(start))) : path.startsWith('/r/') ? `/records/code?code=${encodeURIComponent(path)}` : null; // /r/: the code of a printed form
    if (to) go(to, true);
  }, [path, start]);
  useEffect(() => {
    if (page) document.title = t.title(t[page].page);
  }, [t, page]);
  const Screen = page && screens[page];
  const night = page !== null && dark.has(page) && cameras?.length !== 0;
  return (
    <div className={`flex h-full min-h-[560px] flex-col overflow-hidden bg-bg text-text print:block print:h-auto print:min-h-0 print:overflow-visible print:bg-white ${night ? 'dark' : ''}`}>
      <Top page={page} cameras={cameras} />
      <Relaxed safeguards={session.relaxed} />
      <Night />
      <Expiry expires={expires} />
      <Gone lost={lost} close={forget} />
      <Boundary key={page}>
        <Suspense fallback={<div className="grow" />}>
          {Screen ? <Screen /> : path === '/' || path.startsWith('/r/') ? null : <Missing />}
        </Suspense>
      </Boundary>
    </div>
  );
}

/** entrance is where an address without a page leads: to a camera, and to a moment of it. */
function entrance(search: string): string | null {
  const q = new URLSearchParams(search);
  const camera = q.get('camera');
  if (!camera) return null;
  return q.get('at') ? link('playback', { cameras: camera, at: q.get('at') }) : link('wall', { layout: '1', cameras: camera });
}

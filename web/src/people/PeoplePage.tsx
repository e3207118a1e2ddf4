import { holds, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { useToast } from '../ui/Toast.tsx';
import { follow } from '../url.ts';
import { Import } from './Import.tsx';
import { List } from './List.tsx';
import { Reorganise } from './Reorganise.tsx';
import { to, useView, views, type View } from './place.ts';
import { Units } from './Units.tsx';
import { Waiting } from './Waiting.tsx';

/** What only those open who keep the list of people. */
const keeping: ReadonlySet<View> = new Set(['import', 'reorganisation']);

const parts: Record<View, typeof List> = { list: List, waiting: Waiting, units: Units, import: Import, reorganisation: Reorganise };

/** PeoplePage is 職員と組織: who works here, who holds which post, and who approves that. */
export default function PeoplePage() {
  const t = useText();
  const view = useView();
  const [toast, say] = useToast();
  const keeps = holds(usePerson().session, 'administrator');
  const Part = parts[view];
  return (
    <Page title={t.people.page} tools={<Views view={view} shown={keeps ? views : views.filter((v) => !keeping.has(v))} />} lead={<span className="tight:hidden">{t.people.lead}</span>}>
      {keeping.has(view) && !keeps ? <Nothing icon="lock" heading="h2" title={t.ui.refused}>{t.people.keeping}</Nothing> : <Part say={say} />}
      {toast}
    </Page>
  );
}

function Views({ view, shown }: { view: View; shown: readonly View[] }) {
  const t = useText();
  const w = t.people.views;
  return (
    <nav aria-label={w.label} className="inline-flex overflow-hidden rounded-8 border border-line bg-raised has-focus-visible:overflow-visible">
      {shown.map((v) => (
        <a key={v} href={to(v)} onClick={follow} aria-current={v === view ? 'page' : undefined}
          className="inline-flex h-8 items-center border-r border-line px-3 whitespace-nowrap text-text-2 last:border-r-0 hover:bg-soft aria-[current]:bg-accent-soft aria-[current]:font-bold aria-[current]:text-accent aria-[current]:shadow-[inset_0_-2px_0_currentColor] tight:h-[30px] tight:px-2.5">{w[v]}</a>
      ))}
    </nav>
  );
}

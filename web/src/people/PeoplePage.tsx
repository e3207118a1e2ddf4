import { useText } from '../text/index.ts';
import { Page } from '../ui/Page.tsx';
import { useToast } from '../ui/Toast.tsx';
import { follow } from '../url.ts';
import { List } from './List.tsx';
import { to, useView, views, type View } from './place.ts';
import { Units } from './Units.tsx';
import { Waiting } from './Waiting.tsx';

const parts: Record<View, typeof List> = { list: List, waiting: Waiting, units: Units };

/** PeoplePage is 職員と組織: who works here, who holds which post, and who approves that. */
export default function PeoplePage() {
  const t = useText();
  const view = useView();
  const [toast, say] = useToast();
  const Part = parts[view];
  return (
    <Page title={t.people.page} tools={<Views view={view} />} lead={<span className="tight:hidden">{t.people.lead}</span>}>
      <Part say={say} />
      {toast}
    </Page>
  );
}

function Views({ view }: { view: View }) {
  const t = useText();
  const w = t.people.views;
  return (
    <nav aria-label={w.label} className="inline-flex overflow-hidden rounded-8 border border-line bg-raised has-focus-visible:overflow-visible">
      {views.map((v) => (
        <a key={v} href={to(v)} onClick={follow} aria-current={v === view ? 'page' : undefined}
          className="inline-flex h-8 items-center border-r border-line px-3 whitespace-nowrap text-text-2 last:border-r-0 hover:bg-soft aria-[current]:bg-accent-soft aria-[current]:font-bold aria-[current]:text-accent aria-[current]:shadow-[inset_0_-2px_0_currentColor] tight:h-[30px] tight:px-2.5">{w[v]}</a>
      ))}
    </nav>
  );
}

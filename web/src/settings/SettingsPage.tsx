import { useKnown } from '../person/person.ts';
import { Security } from '../security/Security.tsx';
import { useText } from '../text/index.ts';
import { Card } from '../ui/Card.tsx';
import { Page } from '../ui/Page.tsx';
import { useToast } from '../ui/Toast.tsx';
import { Display } from './Display.tsx';
import { Keys } from './Keys.tsx';
import { Me, Purpose } from './Me.tsx';
import { SavedWalls } from './SavedWalls.tsx';

/** SettingsPage is how one likes to work, and what this session is. */
export default function SettingsPage() {
  const t = useText();
  const [toast, say] = useToast();
  const footage = useKnown().some((c) => c.actions.includes('live') || c.actions.includes('past'));
  return (
    <Page title={t.settings.page} lead={t.settings.lead}>
      <div className={`grid items-start gap-4 tight:grid-cols-2 tight:gap-2.5 max-[900px]:grid-cols-1! ${footage ? 'grid-cols-3' : 'grid-cols-2'}`}>
        <div className="min-w-0"><Display say={say} /></div>
        <div className={`flex min-w-0 flex-col gap-4 tight:gap-2.5 ${footage ? 'row-span-2' : ''}`}>
          {footage && <Purpose say={say} />}
          <Me />
        </div>
        {footage && <div className="min-w-0"><SavedWalls say={say} /></div>}
        <Security say={say} />
        <Card title={t.settings.keys.title} className="col-span-full" body="px-4 py-4 tight:px-3 tight:py-3"><Keys footage={footage} /></Card>
      </div>
      {toast}
    </Page>
  );
}

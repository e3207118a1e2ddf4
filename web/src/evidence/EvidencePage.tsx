import { usePerson, holds } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useToast } from '../ui/Toast.tsx';
import { go, link, useQuery } from '../url.ts';
import { HoldsPane } from './HoldsPane.tsx';
import { RequestsPane } from './RequestsPane.tsx';

type Tab = 'holds' | 'requests';

/** EvidencePage is what is done about footage: what is kept from being erased, and what analysts ask to have looked at. */
export default function EvidencePage() {
  const t = useText();
  const w = t.evidence;
  const { session } = usePerson();
  const [toast, say] = useToast();
  const keeps = holds(session, 'crisis_management', 'auditor');
  const asked = useQuery().get('tab');
  const tab: Tab = !keeps || asked === 'requests' ? 'requests' : 'holds';
  return (
    <Page title={keeps ? w.page : t.requests.title} lead={tab === 'holds' ? w.lead : t.requests.lead}
      tools={keeps && <Segment<Tab> label={w.tabs.label} value={tab} choose={(v) => go(link('evidence', { tab: v === 'requests' ? v : null }))} choices={[{ value: 'holds', text: w.tabs.holds, icon: 'lock' }, { value: 'requests', text: w.tabs.requests, icon: 'search' }]} />}>
      {tab === 'holds' ? <HoldsPane say={say} /> : <RequestsPane say={say} />}
      {toast}
    </Page>
  );
}

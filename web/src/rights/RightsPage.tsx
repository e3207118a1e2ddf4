import { usePerson } from '../person/person.ts';
import { rightsPosts } from '../person/roles.ts';
import { holds } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Page } from '../ui/Page.tsx';
import { Segment, type Choice } from '../ui/Segment.tsx';
import { go, link, useQuery } from '../url.ts';
import { Emergency } from './Emergency.tsx';
import { Grants } from './Grants.tsx';
import { Simulator } from './Simulator.tsx';
import { Versions } from './Versions.tsx';

type Tab = 'who' | 'grants' | 'emergency' | 'versions';

/** RightsPage is 権限: who may see what, what a change would make of it, and who decides about changes. */
export default function RightsPage() {
  const t = useText();
  const w = t.rights;
  const { session } = usePerson();
  const query = useQuery();
  const all = holds(session, ...rightsPosts);
  const tabs: Choice<Tab>[] = [{ value: 'who', text: w.tabs.who, icon: 'camera' }, { value: 'grants', text: w.tabs.grants, icon: 'clock' }];
  if (all || session.emergency.offered) tabs.push({ value: 'emergency', text: w.tabs.emergency, icon: 'warn' });
  if (all) tabs.push({ value: 'versions', text: w.tabs.versions, icon: 'list' });
  const tab = tabs.find((c) => c.value === query.get('tab'))?.value ?? 'who';
  const choice = <Segment label={w.tabs.label} choices={tabs} value={tab} choose={(v) => go(link('rights', { tab: v === 'who' ? null : v }))} />;
  if (tab === 'who') return <Simulator all={all} choice={choice} />;
  if (tab === 'emergency') return <Emergency choice={choice} />;
  if (tab === 'grants') return <Grants all={all} choice={choice} />;
  return <Page title={w.page} lead={choice}><Versions /></Page>;
}

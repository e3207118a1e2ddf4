import { useCallback, useEffect, useState, type ReactNode } from 'react';
import type { Problem } from '../api/result.ts';
import { rights, type Grant } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useToast } from '../ui/Toast.tsx';
import { follow, link, useQuery } from '../url.ts';
import { GrantCard } from './GrantCard.tsx';
import { GrantForm } from './GrantForm.tsx';
import { periodOf } from './say.ts';

type State = { kind: 'loading' } | { kind: 'ready'; grants: readonly Grant[]; requests: boolean; denies: boolean } | { kind: 'failed'; error: Problem };
type Show = 'open' | 'all';

/** Grants is rights for a limited time, and exclusions: what waits, what is in force, and what was. */
export function Grants({ all, choice }: { all: boolean; choice: ReactNode }) {
  const t = useText();
  const w = t.rights.grants;
  const query = useQuery();
  const [toast, say] = useToast();
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [show, setShow] = useState<Show>('open');
  const [asking, setAsking] = useState(false);
  const load = useCallback(() => {
    void rights.grants().then((res) => setState(res.ok ? { kind: 'ready', grants: res.value.grants, requests: res.value.may_request, denies: res.value.may_deny } : { kind: 'failed', error: res.error }));
  }, []);
  useEffect(load, [load]);
  const done = (text: string) => {
    say(text);
    setAsking(false);
    load();
  };
  const grants = state.kind === 'ready' ? state.grants : [];
  const chosen = grants.find((g) => g.id === query.get('grant')) ?? null;
  const list = grants.filter((g) => show === 'all' || g === chosen || ['waiting', 'planned', 'active'].includes(g.state));
  const tools = state.kind === 'ready' && state.requests && <Button look="primary" onClick={() => setAsking(true)}><Icon name="plus" className="size-4" />{state.denies ? w.addOrDeny : w.add}</Button>;
  return (
    <Page title={t.rights.page} lead={choice} tools={tools}>
      {state.kind === 'failed' ? <Card title={w.title}><Failed error={state.error} retry={load} /></Card> : (
        <div className="grid min-h-0 grow grid-cols-[minmax(360px,38%)_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[1079px]:min-h-max max-[1079px]:grid-cols-1">
          <Card title={w.title} tools={<Segment<Show> label={w.shows.label} choices={(['open', 'all'] as const).map((value) => ({ value, text: w.shows[value] }))} value={show} choose={setShow} />} body="min-h-0 grow overflow-auto focus-inside flex flex-col">
            {state.kind === 'loading' && <Bones rows={6} />}
            {state.kind === 'ready' && list.length === 0 && <Nothing icon="clock" title={w.none}>{w.noneWhy}</Nothing>}
            {list.length > 0 && <ul aria-label={w.list}>{list.map((g) => <Row key={g.id} grant={g} current={g === chosen} />)}</ul>}
          </Card>
          {chosen ? <GrantCard key={`${chosen.id}${chosen.state}`} grant={chosen} all={all} done={done} /> : <Card title={<span className="sr-only">{w.pick}</span>}><Nothing icon="clock" title={w.pick} heading="p" /></Card>}
        </div>
      )}
      {asking && state.kind === 'ready' && <GrantForm all={all} denies={state.denies} close={() => setAsking(false)} done={done} />}
      {toast}
    </Page>
  );
}

const looks: Record<Grant['state'], [Tone, IconName]> = { waiting: ['late', 'clock'], planned: ['key', 'clock'], active: ['ok', 'check'], expired: ['plain', 'history'], ended: ['plain', 'minus'], refused: ['bad', 'close'] };

export function GrantChip({ grant: g }: { grant: Grant }) {
  const t = useText();
  const [tone, icon] = looks[g.state];
  if (g.kind === 'denial' && g.state === 'active') return <Chip tone="hold" icon="lock">{t.rights.grants.kinds.denial}</Chip>;
  return <Chip tone={tone} icon={icon}>{t.rights.grants.states[g.state]}</Chip>;
}

function Row({ grant: g, current }: { grant: Grant; current: boolean }) {
  const t = useText();
  const w = t.rights.grants;
  const on = g.unit ? w.unitCameras(g.unit_name) : g.cameras.map((c) => c.number).join('、');
  return (
    <li className="border-b border-soft last:border-b-0">
      <a href={link('rights', { tab: 'grants', grant: g.id })} onClick={follow} aria-current={current || undefined} className="flex items-center gap-3 px-4 py-2.5 hover:bg-soft focus-inside aria-[current]:bg-accent-soft tight:px-3 tight:py-2">
        <span className="min-w-0 grow leading-[1.5]"><b className="block truncate">{g.name.replace('　', ' ')}<span className="ml-2 font-normal text-text-2">{on}</span></b><span className="block truncate text-[13px] text-text-3">{g.actions.length > 0 ? g.actions.map((a) => t.rights.actions[a] ?? a).join('・') : w.kinds[g.kind]}・{periodOf(t, g)}</span></span>
        <GrantChip grant={g} />
      </a>
    </li>
  );
}

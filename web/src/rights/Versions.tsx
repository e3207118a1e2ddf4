import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../api/result.ts';
import { rights, type Version } from '../api/rights.ts';
import { useText, type Text } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Card } from '../ui/Card.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import type { IconName } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { useToast } from '../ui/Toast.tsx';
import { follow, link, useQuery } from '../url.ts';
import { VersionCard } from './VersionCard.tsx';

type State = { kind: 'loading' } | { kind: 'ready'; versions: readonly Version[]; approves: boolean } | { kind: 'failed'; error: Problem };

/** Versions is what was proposed for cameras and rules, what waits, and what is in force. */
export function Versions() {
  const t = useText();
  const w = t.rights.versions;
  const query = useQuery();
  const [toast, say] = useToast();
  const [state, setState] = useState<State>({ kind: 'loading' });
  const load = useCallback(() => {
    void rights.versions().then((res) => setState(res.ok ? { kind: 'ready', versions: res.value.versions, approves: res.value.may_approve } : { kind: 'failed', error: res.error }));
  }, []);
  useEffect(load, [load]);
  if (state.kind === 'failed') return <Card title={w.title}><Failed error={state.error} retry={load} /></Card>;
  const versions = state.kind === 'ready' ? state.versions : [];
  const named = versions.find((v) => v.kind === query.get('kind') && String(v.number) === query.get('number'));
  const chosen = named ?? versions.find((v) => v.state === 'waiting') ?? versions.find((v) => v.in_force) ?? null;
  const newest = chosen && versions.filter((v) => v.kind === chosen.kind).every((v) => v.number <= chosen.number);
  const decided = (text: string) => {
    say(text);
    load();
  };
  return (
    <div className="grid min-h-0 grow grid-cols-[minmax(320px,30%)_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[1079px]:min-h-max max-[1079px]:grid-cols-1">
      <Card title={w.title} body="min-h-0 grow overflow-auto focus-inside">
        {state.kind === 'loading' && <Bones rows={6} />}
        {state.kind === 'ready' && <ul aria-label={w.list}>{versions.map((v) => <Row key={`${v.kind}${v.number}`} version={v} current={v === chosen} />)}</ul>}
      </Card>
      {chosen && state.kind === 'ready' ? <VersionCard key={`${chosen.kind}${chosen.number}${chosen.state}${chosen.ground}`} version={chosen} names={state.approves && chosen.state === 'accepted'} approves={state.approves && (chosen.state === 'waiting' || (chosen.state === 'refused' && newest === true))} done={decided} /> : <Card title={w.version}>{state.kind === 'loading' ? <Bones rows={8} /> : <Nothing icon="list" title={w.pick} />}</Card>}
      {toast}
    </div>
  );
}

const looks: Record<string, [Tone, IconName]> = { force: ['ok', 'check'], waiting: ['late', 'clock'], refused: ['bad', 'close'], accepted: ['plain', 'history'], withdrawn: ['plain', 'minus'] };

export function StateChip({ version: v }: { version: Version }) {
  const t = useText();
  const state = v.in_force ? 'force' : v.state;
  const [tone, icon] = looks[state]!;
  return <Chip tone={tone} icon={icon}>{t.rights.versions.states[state]}</Chip>;
}

/** whoOf is who proposed or decided, or why nobody was asked. */
export const whoOf = (t: Text, login: string, name: string) => t.origins[login] ?? name.replace('　', ' ');

function Row({ version: v, current }: { version: Version; current: boolean }) {
  const t = useText();
  const w = t.rights.versions;
  const at = parseInstant(v.proposed_at);
  return (
    <li className="border-b border-soft last:border-b-0">
      <a href={link('rights', { tab: 'versions', kind: v.kind, number: String(v.number) })} onClick={follow} aria-current={current || undefined} className="flex items-center gap-3 px-4 py-2.5 hover:bg-soft focus-inside aria-[current]:bg-accent-soft tight:px-3 tight:py-2">
        <span className="min-w-0 grow leading-[1.5]"><b className="block truncate">{w.kinds[v.kind]}　{w.number(v.number)}</b><span className="block truncate text-[13px] text-text-3">{whoOf(t, v.proposed_by, v.proposed_name)}・{t.calendar(at)} {clock(at).slice(0, 5)}</span></span>
        <StateChip version={v} />
      </a>
    </li>
  );
}

import { useState } from 'react';
import type { Outlook } from '../api/people.ts';
import { Changes } from '../rights/Changes.tsx';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Note } from '../ui/Note.tsx';
import { Nothing } from '../ui/Nothing.tsx';
import { Segment } from '../ui/Segment.tsx';
import { Table } from '../ui/Table.tsx';
import { EffectRows } from './Import.tsx';
import { nameOf, titleOf } from './words.ts';

type Tab = 'people' | 'cameras' | 'gaps' | 'posts';

/** Look is what a reorganisation does to people, cameras, units and posts. */
export function Look({ outlook: o, error, propose, back }: { outlook: Outlook; error: string; propose: () => void; back: () => void }) {
  const t = useText();
  const w = t.people.reform;
  const [tab, setTab] = useState<Tab>('people');
  const changed = new Set(o.changes.map((c) => c.person.login)).size;
  return (
    <Card title={w.on(t.calendar(parseInstant(o.day)))} note={<span className="tight:hidden">{w.beside}</span>} className="flex-1" body="flex grow flex-col overflow-hidden"
      tools={<Segment label={w.tabs.label} value={tab} choose={setTab} choices={[{ value: 'people', text: w.tabs.people, count: changed }, { value: 'cameras', text: w.tabs.cameras, count: o.cameras.length }, { value: 'gaps', text: w.tabs.gaps, count: o.vacant.length + o.stranded.length }, { value: 'posts', text: w.tabs.posts, count: o.effects.filter((e) => e.what !== 'same').length }]} />}>
      <Sums outlook={o} changed={changed} />
      <div role="region" tabIndex={0} aria-label={w.tabs[tab]} className="min-h-0 grow overflow-auto focus-inside">
        {tab === 'people' && (changed > 0 ? <div className="px-4 py-3 tight:px-3"><Changes changes={o.changes} posts={[]} /></div> : <Nothing icon="check" title={w.noChanges} />)}
        {tab === 'cameras' && <Cameras outlook={o} />}
        {tab === 'gaps' && <Gaps outlook={o} />}
        {tab === 'posts' && (o.effects.length > 0 ? <EffectRows effects={o.effects} /> : <Nothing icon="user" title={w.noPosts} />)}
      </div>
      <div className="flex flex-none flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 tight:px-3 tight:py-2.5">
        {error ? <Note tone="bad" alert className="grow">{error}</Note> : <span className="min-w-0 grow text-[13px] leading-[1.6] text-text-3">{w.proposeWhy}</span>}
        <Button look="quiet" onClick={back}>{w.back}</Button>
        <Button look="primary" onClick={propose}>{w.propose}</Button>
      </div>
    </Card>
  );
}

function Sums({ outlook: o, changed }: { outlook: Outlook; changed: number }) {
  const t = useText();
  const s = t.people.reform.sum;
  const orphans = o.cameras.filter((c) => c.orphan).length;
  const unseen = o.cameras.filter((c) => c.unseen && !c.orphan).length;
  const moved = o.cameras.filter((c) => c.before.join() !== c.after.join()).length;
  const quiet = changed + moved + orphans + unseen + o.vacant.length + o.stranded.length === 0;
  return (
    <div role="status" className="flex flex-none flex-wrap gap-2 border-b border-soft px-4 py-2.5 tight:px-3 tight:py-2">
      {quiet && <Chip tone="ok" icon="check">{s.none}</Chip>}
      {changed > 0 && <Chip tone="key" icon="user">{s.people(changed)}</Chip>}
      {moved > 0 && <Chip tone="key" icon="camera">{s.cameras(moved)}</Chip>}
      {orphans > 0 && <Chip tone="bad" icon="warn">{s.orphans(orphans)}</Chip>}
      {unseen > 0 && <Chip tone="warn" icon="warn">{s.unseen(unseen)}</Chip>}
      {o.vacant.length > 0 && <Chip tone="warn" icon="warn">{s.vacant(o.vacant.length)}</Chip>}
      {o.stranded.length > 0 && <Chip tone="warn" icon="warn">{s.stranded(o.stranded.length)}</Chip>}
    </div>
  );
}

function Cameras({ outlook: o }: { outlook: Outlook }) {
  const t = useText();
  const w = t.people.reform;
  if (o.cameras.length === 0) return <Nothing icon="check" title={w.noCameras} />;
  return (
    <Table label={w.cameraTable} dense rows={o.cameras} keyOf={(c) => c.camera.id} columns={[
      { head: w.cameraHeads.camera, names: true, className: 'max-w-0 w-[32%]', cell: (c) => <span className="flex items-baseline gap-2"><b>{c.camera.number}</b><span className="truncate">{c.camera.name}</span></span> },
      { head: w.cameraHeads.before, className: 'max-w-0', cell: (c) => <span className="block truncate">{c.before.join('・') || w.noUnit}</span> },
      { head: w.cameraHeads.after, className: 'max-w-0', cell: (c) => <span className="block truncate">{c.after.join('・') || w.noUnit}</span> },
      { head: w.cameraHeads.state, className: 'w-44', cell: (c) => (c.orphan ? <Chip tone="bad" icon="warn">{w.orphan}</Chip> : c.unseen ? <Chip tone="warn" icon="warn">{w.unseen}</Chip> : <span className="text-text-3">{w.noUnit}</span>) },
    ]} />
  );
}

function Gaps({ outlook: o }: { outlook: Outlook }) {
  const t = useText();
  const w = t.people.reform;
  return (
    <div className="flex flex-col gap-4 px-4 py-3 tight:px-3">
      <section aria-label={w.stranded}>
        <h3 className="font-bold">{w.stranded}</h3>
        {o.stranded.length === 0 ? <p className="text-text-2">{w.noStranded}</p> : <p className="pb-1 text-[13px] text-text-3">{w.strandedWhy}</p>}
        <ul>{o.stranded.map((s) => <li key={`${s.login}${s.unit}${s.post}`} className="flex flex-wrap gap-x-3 border-b border-soft py-1.5 last:border-b-0"><b>{nameOf(s.name)}</b><span>{s.unit}　{titleOf(t, s)}</span><span className="text-text-3">{s.heirs.length > 0 ? w.heirs(s.heirs.join('・')) : w.noHeirs}</span></li>)}</ul>
      </section>
      <section aria-label={w.vacant}>
        <h3 className="font-bold">{w.vacant}</h3>
        {o.vacant.length === 0 && <p className="text-text-2">{w.noVacant}</p>}
        <ul className="grid grid-cols-2 gap-x-6 max-[900px]:grid-cols-1">{o.vacant.map((u) => <li key={u.id} className="flex gap-x-3 border-b border-soft py-1.5"><b>{u.name}</b><span>{titleOf(t, { post: u.head, title: u.title })}</span><span className="ml-auto text-text-3">{t.cameras(u.cameras)}</span></li>)}</ul>
      </section>
    </div>
  );
}

import { useState, type ReactNode } from 'react';
import type { Draft } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import { minutes, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { useSeconds } from '../ui/time.ts';
import { go, link, useQuery } from '../url.ts';
import { AsOf } from './AsOf.tsx';
import { useAnswer } from './answers.ts';
import { DraftCard } from './DraftCard.tsx';
import { PersonCard } from './PersonCard.tsx';
import { Viewers } from './Viewers.tsx';

/** Simulator shows who may see a camera and what somebody may see, at some time, and what a change would make of it. Heads see the first alone. */
export function Simulator({ all, choice }: { all: boolean; choice: ReactNode }) {
  const t = useText();
  const w = t.rights.sim;
  const query = useQuery();
  const now = useSeconds();
  const [at, setAt] = useState<Instant | null>(null);
  const [asking, setAsking] = useState(false);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [overview, again] = useAnswer({}, at, all ? draft : null);
  const title = t.rights.page;
  if (overview.kind === 'failed' && !draft) return <Page title={title} lead={choice}><Card title={w.viewers}><Failed error={overview.error} retry={again} /></Card></Page>;
  if (overview.kind === 'loading') return <Page title={title} lead={choice}><Card title={w.viewers} className="grow"><Bones rows={9} /></Card></Page>;
  const known = overview.kind === 'ready' ? overview.value : null;
  const cameras = known?.cameras.map((c) => c.camera!) ?? [];
  const people = known?.people ?? [];
  const camera = query.get('camera') ?? cameras[0]?.id ?? null;
  const person = query.get('person') ?? people.find((p) => p.live > 0)?.person?.login ?? people[0]?.person?.login ?? null;
  const move = (to: { camera?: string; person?: string }) => go(link('rights', { camera: query.get('camera'), person: query.get('person'), ...to }), true);
  const tools = all && <Button look="quiet" onClick={() => setAsking(true)}><Icon name="clock" className="size-4" />{at === null ? w.asOfNow : w.at(`${t.date(at)} ${minutes(at)}`)}</Button>;
  return (
    <Page title={title} lead={choice} tools={tools || <span className="text-[13px] text-text-3">{w.own}</span>}>
      {camera === null && known ? <Card title={w.viewers}><Nothing icon="camera" title={t.empty.title}>{t.empty.ask}</Nothing></Card> : (
        <div className={`grid min-h-0 grow gap-4 tight:gap-2.5 max-[1079px]:min-h-max max-[1079px]:grid-cols-1 ${all ? 'grid-cols-[minmax(0,1fr)_minmax(380px,34%)]' : ''}`}>
          {camera !== null ? <Viewers camera={camera} cameras={cameras} at={at} draft={all ? draft : null} choose={(id) => move({ camera: id })} /> : <Card title={w.viewers}><Bones rows={9} /></Card>}
          {all && (
            <div className="flex min-h-0 flex-col gap-4 tight:gap-2.5">
              {person !== null && <PersonCard login={person} people={people.map((p) => p.person!)} at={at} draft={draft} choose={(login) => move({ person: login })} />}
              <DraftCard people={people.map((p) => p.person!)} units={known?.units ?? []} draft={draft} result={overview} set={(d) => {
                setDraft(d);
                if (d?.appointment) move({ person: d.appointment.login });
              }} />
            </div>
          )}
        </div>
      )}
      {asking && <AsOf at={at ?? now} close={() => setAsking(false)} set={(next) => (setAt(next), setAsking(false))} />}
    </Page>
  );
}

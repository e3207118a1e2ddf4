import { useState, type ReactNode } from 'react';
import type { Result } from '../api/result.ts';
import { rights, type Draft, type Grant } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones } from '../ui/Nothing.tsx';
import { useAnswer } from './answers.ts';
import { Changes } from './Changes.tsx';
import { GrantChip } from './Grants.tsx';
import { periodOf } from './say.ts';

type Act = 'approve' | 'refuse' | 'end' | 'lift';

/** GrantCard is a right for a limited time, or an exclusion: for whom, on what, why, and what can be done about it. */
export function GrantCard({ grant: g, all, done }: { grant: Grant; all: boolean; done: (text: string) => void }) {
  const t = useText();
  const w = t.rights.grants;
  const when = (at: string) => `${t.date(parseInstant(at))} ${clock(parseInstant(at)).slice(0, 5)}`;
  const rows: [string, ReactNode][] = [
    [w.who, `${g.name.replace('　', ' ')}（${g.login}）`],
    [w.on, g.unit ? w.unitCameras(g.unit_name) : g.cameras.map((c) => `${c.number} ${c.name}`).join('、')],
    [w.what, g.kind === 'denial' ? w.allActions : g.actions.map((a) => t.rights.actions[a] ?? a).join('・')],
    [w.period, periodOf(t, g)],
    [w.reason, g.reason],
    ...(g.case ? [[w.case, g.case] as [string, ReactNode]] : []),
    [g.kind === 'denial' ? w.set : w.asked, `${g.requested_name.replace('　', ' ')}・${when(g.requested_at)}`],
    ...(g.kind !== 'denial' && g.decided_by ? [[w.decided, g.decided_name.replace('　', ' ')] as [string, ReactNode]] : []),
    ...(g.ended_by ? [[w.endedBy, g.ended_name.replace('　', ' ')] as [string, ReactNode]] : []),
  ];
  return (
    <Card title={w.kinds[g.kind]} tools={<GrantChip grant={g} />} body="min-h-0 grow flex flex-col">
      <div role="group" aria-label={w.kinds[g.kind]} tabIndex={0} className="flex min-h-0 grow flex-col gap-4 overflow-auto px-5 py-4 focus-inside tight:px-3 tight:py-3">
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 leading-[1.7]">{rows.map(([name, value]) => <div key={name} className="contents"><dt className="whitespace-nowrap text-text-3">{name}</dt><dd className="min-w-0 break-words">{value}</dd></div>)}</dl>
        <Acts grant={g} done={done} />
        {all && (g.state === 'waiting' || g.state === 'planned') && <Effect grant={g} />}
      </div>
    </Card>
  );
}

function Acts({ grant: g, done }: { grant: Grant; done: (text: string) => void }) {
  const t = useText();
  const w = t.rights.grants;
  const [asking, setAsking] = useState<Act | null>(null);
  const [error, setError] = useState('');
  const ends: Act = g.kind === 'denial' ? 'lift' : 'end';
  const say: Record<Act, [string, string, () => Promise<Result<undefined>>]> = {
    approve: [w.sureApprove, w.approved, () => rights.approveGrant(g.id)], refuse: [w.sureRefuse, w.refusedDone, () => rights.refuseGrant(g.id)],
    end: [w.sureEnd, w.ended, () => rights.endGrant(g.id)], lift: [w.sureLift, w.lifted, () => rights.endGrant(g.id)],
  };
  const act = async (a: Act) => {
    setAsking(null);
    const res = await say[a][2]();
    if (!res.ok) return setError(t.oops(res.error.detail));
    done(say[a][1]);
  };
  if (!g.may_decide && !g.may_end) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {g.may_decide && <Button look="primary" onClick={() => setAsking('approve')}>{w.approve}</Button>}
      {g.may_decide && <Button onClick={() => setAsking('refuse')}>{w.refuse}</Button>}
      {g.may_end && !g.may_decide && <Button look="danger" onClick={() => setAsking(ends)}>{w[ends]}</Button>}
      {error && <Note tone="bad" alert>{error}</Note>}
      {asking && (
        <Dialog title={w[asking]} close={() => setAsking(null)} closeLabel={t.ui.close} className="w-[420px]">
          <p className="leading-[1.7]">{say[asking][0]}</p>
          <div className="flex gap-2"><Button look={asking === 'approve' ? 'primary' : 'danger'} onClick={() => void act(asking)}>{w[asking]}</Button><Button look="quiet" onClick={() => setAsking(null)}>{t.ui.cancel}</Button></div>
        </Dialog>
      )}
    </div>
  );
}

/** draftOf is a grant as it would be tried. */
const draftOf = (g: Grant): Draft => ({ grant: { kind: g.kind === 'denial' ? 'denial' : 'grant', login: g.login, ...(g.unit ? { unit: g.unit } : { cameras: g.cameras.map((c) => c.id) }), ...(g.actions.length > 0 && { actions: g.actions }) } });

function Effect({ grant }: { grant: Grant }) {
  const t = useText();
  const w = t.rights.grants;
  const [draft] = useState(() => draftOf(grant));
  const [answer] = useAnswer({}, null, draft);
  return (
    <section aria-label={w.effect}>
      <h3 className="pb-2 text-base">{w.effect}</h3>
      {answer.kind === 'loading' && <Bones rows={2} />}
      {answer.kind === 'failed' && <Note tone="warn">{t.oops(answer.error.detail)}</Note>}
      {answer.kind === 'ready' && <Changes changes={answer.value.changes} posts={[]} />}
    </section>
  );
}

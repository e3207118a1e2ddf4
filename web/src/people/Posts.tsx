import { useState } from 'react';
import { people, type Member, type Post } from '../api/people.ts';
import { words } from '../security/words.ts';
import { useText, type Text } from '../text/index.ts';
import type { Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import type { IconName } from '../ui/Icon.tsx';
import { Nothing } from '../ui/Nothing.tsx';
import { useSeconds } from '../ui/time.ts';
import { axisOf, inOrder, partOf, phaseOf, type Axis, type Phase } from './day.ts';
import { EndDialog } from './EndDialog.tsx';
import { nameOf, periodOf, whatOf } from './words.ts';

/** May is what the person at the screen may do here. */
export interface May {
  change: boolean;
  approve: boolean;
}

/** Posts are all posts of somebody on one bar of time. */
export function Posts({ member, may, done }: { member: Member; may: May; done: (text: string) => void }) {
  const t = useText();
  const w = t.people.posts;
  const now = useSeconds();
  const posts = inOrder(member.posts, now);
  const axis = axisOf(posts, now);
  return (
    <section aria-label={w.title} className="flex flex-col">
      <h3 className="border-b border-soft pb-1.5 font-bold">{w.title}</h3>
      {posts.length === 0 && <Nothing icon="user" heading="p" title={w.none}>{may.change && w.noneWhy}</Nothing>}
      {posts.length > 0 && <ul aria-label={w.list}>{posts.map((p) => <Row key={p.id} post={p} axis={axis} now={now} may={may} done={done} />)}</ul>}
      {posts.length > 0 && <Scale axis={axis} now={now} />}
    </section>
  );
}

const tones: Record<Phase, { tone: Tone; icon: IconName; bar: string }> = {
  now: { tone: 'ok', icon: 'check', bar: 'bg-accent' },
  future: { tone: 'key', icon: 'calendar', bar: 'border border-accent bg-accent-soft' },
  past: { tone: 'plain', icon: 'history', bar: 'bg-[#949494]' },
  waiting: { tone: 'late', icon: 'clock', bar: 'border border-dashed border-late bg-late-bg' },
  refused: { tone: 'plain', icon: 'close', bar: 'border border-line' },
};

function Row({ post: p, axis, now, may, done }: { post: Post; axis: Axis; now: Instant; may: May; done: (text: string) => void }) {
  const t = useText();
  const w = t.people.posts;
  const phase = phaseOf(p, now);
  const { tone, icon, bar } = tones[phase];
  const part = partOf(p, axis);
  const here = ((now - axis.from) / (axis.to - axis.from)) * 100;
  return (
    <li className="flex flex-col gap-1.5 border-b border-soft py-2.5 tight:py-2">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <b>{whatOf(t, p)}</b>
        <span className="text-text-2">{w.kinds[p.kind]}</span>
        <Chip tone={tone} icon={icon}>{w.states[phase]}</Chip>
        {p.footage && <span title={w.footage} className="text-[13px] text-text-3">{w.footage}</span>}
      </div>
      <div aria-hidden="true" className="relative h-3 rounded-4 bg-soft">
        <span className={`absolute inset-y-0 rounded-4 ${bar}`} style={{ left: `${part.left}%`, width: `${part.width}%` }} />
        <span className="absolute -inset-y-0.5 w-0.5 bg-ok" style={{ left: `${here}%` }} />
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="min-w-0 grow text-[13px] leading-[1.6] text-text-2">{periodOf(t, p)}<span className="text-text-3">　{byWhom(t, p)}</span></span>
        <Decide post={p} phase={phase} may={may} done={done} />
      </div>
    </li>
  );
}

/** byWhom says who asked, and who decided. */
function byWhom(t: Text, p: Post): string {
  const w = t.people.posts;
  const who = (login: string) => t.origins[login] ?? login;
  const decided = p.decided_by && (p.state === 'refused' ? w.refusedBy : w.decided)(who(p.decided_by));
  return [w.asked(who(p.requested_by)), decided].filter(Boolean).join('・');
}

/** Decide is what can be done about a post by who looks at it. */
export function Decide({ post: p, phase, may, done }: { post: Post; phase: Phase; may: May; done: (text: string) => void }) {
  const t = useText();
  const w = t.people.posts;
  const [ending, setEnding] = useState(false);
  const [error, setError] = useState('');
  const what = whatOf(t, p);
  const who = `${nameOf(p.name)}（${what}）`;
  const act = async (f: () => ReturnType<typeof people.approve>, text: string) => {
    const res = await f();
    setError(res.ok ? '' : words(t, res.error));
    if (res.ok) done(text);
  };
  if (phase === 'past' || phase === 'refused') return null;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {error && <span role="alert" className="text-[13px] text-bad">＊{error}</span>}
      {phase === 'waiting' && may.approve && !p.mine && <Button look="primary" size="small" aria-label={w.approveLong(who)} onClick={() => void act(() => people.approve(p.id), w.approved(who))}>{w.approve}</Button>}
      {phase === 'waiting' && may.approve && !p.mine && <Button size="small" aria-label={w.refuseLong(who)} onClick={() => void act(() => people.refuse(p.id), w.refused(who))}>{w.refuse}</Button>}
      {phase === 'waiting' && may.approve && p.mine && <span className="text-[13px] text-text-3">{w.mine}</span>}
      {phase === 'waiting' && may.change && <Button size="small" look="quiet" aria-label={w.withdrawLong(who)} onClick={() => void act(() => people.end(p.id, ''), w.withdrawn)}>{w.withdraw}</Button>}
      {(phase === 'now' || phase === 'future') && (may.change || may.approve) && <Button look="danger" size="small" aria-label={w.endLong(who)} onClick={() => setEnding(true)}>{w.end}</Button>}
      {ending && <EndDialog post={p} done={(text) => (setEnding(false), done(text))} close={() => setEnding(false)} />}
    </span>
  );
}

function Scale({ axis, now }: { axis: Axis; now: Instant }) {
  const t = useText();
  const here = ((now - axis.from) / (axis.to - axis.from)) * 100;
  const [from, to] = [t.month(axis.from), t.month(axis.to)];
  return (
    <p aria-label={t.people.posts.axis(from, to)} role="note" className="relative flex justify-between pt-1 text-xs text-text-3">
      <span>{from}</span>
      <span className="absolute -translate-x-1/2 font-bold whitespace-nowrap text-ok" style={{ left: `${here}%` }}>{t.people.posts.now}</span>
      {here < 85 && <span>{to}</span>}
    </p>
  );
}

import { people, type Post } from '../api/people.ts';
import { useText } from '../text/index.ts';
import { minutes, parseInstant } from '../time/instant.ts';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { follow } from '../url.ts';
import { useLoaded } from './load.ts';
import { to } from './place.ts';
import { Decide, type May } from './Posts.tsx';
import { nameOf, periodOf, whatOf } from './words.ts';

/** Waiting are the appointments that wait for a second person. */
export function Waiting({ say }: { say: (text: string) => void }) {
  const t = useText();
  const w = t.people.waiting;
  const [state, again] = useLoaded('', () => people.waiting());
  const done = (text: string) => (say(text), again());
  return (
    <Card title={w.title} note={w.lead} className="max-w-[1100px]" body="px-4 py-1 tight:px-3">
      {state.kind === 'loading' && <Bones rows={4} />}
      {state.kind === 'failed' && <Failed error={state.error} retry={again} />}
      {state.kind === 'ready' && state.value.appointments.length === 0 && <Nothing icon="check" title={w.none}>{w.noneWhy}</Nothing>}
      {state.kind === 'ready' && state.value.appointments.length > 0 && (
        <ul aria-label={w.list}>{state.value.appointments.map((p) => <Row key={p.id} post={p} may={{ approve: state.value.may_approve, change: !state.value.may_approve }} done={done} />)}</ul>
      )}
    </Card>
  );
}

function Row({ post: p, may, done }: { post: Post; may: May; done: (text: string) => void }) {
  const t = useText();
  const w = t.people.waiting;
  const at = parseInstant(p.requested_at);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-soft py-3 last:border-b-0">
      <span className="min-w-0 grow leading-[1.6]">
        <span className="flex flex-wrap items-center gap-x-2.5"><a href={to('list', { person: p.login })} onClick={follow} aria-label={w.view(nameOf(p.name))} className="font-bold text-accent underline underline-offset-3 hover:no-underline">{nameOf(p.name)}</a><span className="text-text-3">{p.login}</span><Chip tone="late" icon="clock">{t.people.posts.states.waiting}</Chip></span>
        <span className="block">{whatOf(t, p)}（{t.people.posts.kinds[p.kind]}）　{periodOf(t, p)}</span>
        <span className="block text-[13px] text-text-3">{t.people.posts.asked(t.origins[p.requested_by] ?? p.requested_by)}・{w.since(`${t.day(at)} ${minutes(at)}`)}</span>
      </span>
      <Decide post={p} phase="waiting" may={may} done={done} />
    </li>
  );
}

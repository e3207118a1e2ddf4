import type { Change, PostChange } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { byPerson, numbers } from './model.ts';
import { nameOf, titleOf } from './say.ts';

const peopleShown = 60;
const camerasShown = 3;

/** Changes is who gains and who loses what, by person, and by post where rules differ. */
export function Changes({ changes, posts }: { changes: readonly Change[]; posts: readonly PostChange[] }) {
  const t = useText();
  const w = t.rights.changes;
  const people = byPerson(changes);
  if (people.length === 0 && posts.length === 0) return <p className="text-text-2">{w.none}</p>;
  return (
    <div className="flex flex-col gap-3">
      {posts.length > 0 && (
        <section aria-label={w.posts}>
          <h3 className="pb-1 text-[13px] font-bold text-text-3">{w.posts}</h3>
          <ul>{posts.map((p) => <li key={`${p.post}${p.action}${p.relation}${p.gain}`} className="flex flex-wrap items-center gap-x-2 leading-[1.7]"><b>{t.posts[p.post] ?? p.title}</b><Sign gain={p.gain} />{t.rights.actions[p.action] ?? p.action}<span className="text-[13px] text-text-3">{w[p.relation]}</span></li>)}</ul>
        </section>
      )}
      {people.length > 0 && (
        <section aria-label={w.people}>
          {posts.length > 0 && <h3 className="pb-1 text-[13px] font-bold text-text-3">{w.people}</h3>}
          <ul className="flex flex-col gap-2">
            {people.slice(0, peopleShown).map(({ person, changes: own }) => (
              <li key={person.login} className="leading-[1.6]">
                <span className="block truncate"><b>{nameOf(person)}</b><span className="ml-2 text-[13px] text-text-3">{titleOf(t, person)}</span></span>
                {lines(own).map((l) => (
                  <span key={`${l.gain}${l.actions.join()}`} className="flex items-baseline gap-2 text-[13px]">
                    <Sign gain={l.gain} /><span className="min-w-0"><span>{l.actions.map((a) => t.rights.actions[a] ?? a).join('・')}</span><span className="ml-2 text-text-3">{w.cameras(l.cameras.length)}（{numbers(l.cameras, camerasShown)}{l.cameras.length > camerasShown && ` ${w.all(l.cameras.length - camerasShown)}`}）</span></span>
                  </span>
                ))}
              </li>
            ))}
          </ul>
          {people.length > peopleShown && <p className="pt-2 text-[13px] text-text-3">{w.morePeople(people.length - peopleShown)}</p>}
        </section>
      )}
    </div>
  );
}

/** lines puts actions on the same cameras together. */
function lines(changes: readonly Change[]) {
  const found = new Map<string, { gain: boolean; actions: string[]; cameras: Change['cameras'] }>();
  for (const c of changes) {
    const key = `${c.gain} ${c.cameras.map((x) => x.id).join()}`;
    const one = found.get(key);
    if (one) one.actions.push(c.action);
    else found.set(key, { gain: c.gain, actions: [c.action], cameras: c.cameras });
  }
  return [...found.values()];
}

function Sign({ gain }: { gain: boolean }) {
  const t = useText();
  return <span className={`inline-flex flex-none items-center self-start rounded-4 leading-[1.6] px-1 text-xs font-bold ${gain ? 'bg-ok-bg text-ok' : 'bg-bad-bg text-bad'}`}><Icon name={gain ? 'plus' : 'minus'} className="size-3.5" />{gain ? t.rights.changes.gain : t.rights.changes.loss}</span>;
}

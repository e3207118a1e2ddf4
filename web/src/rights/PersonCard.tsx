import type { Draft, Someone } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import { parseInstant, type Instant } from '../time/instant.ts';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Field.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { useAnswer } from './answers.ts';
import { placesOf, type Place } from './model.ts';
import { nameOf, placeOf, titleOf } from './say.ts';

const rowsShown = 7;

/** PersonCard is what somebody may see: how many cameras, and where. */
export function PersonCard({ login, people, at, draft, choose }: { login: string; people: readonly Someone[]; at: Instant | null; draft: Draft | null; choose: (login: string) => void }) {
  const t = useText();
  const w = t.rights.sim;
  const [answer, again] = useAnswer({ who: login }, at, draft);
  const known = people.some((p) => p.login === login);
  const pick = (
    <Select aria-label={w.personPick} value={known ? login : ''} onChange={(e) => choose(e.target.value)} className="w-60 tight:w-[212px]">
      {!known && <option value="">{login}</option>}
      {people.map((p) => <option key={p.login} value={p.login}>{nameOf(p)}（{p.login}）</option>)}
    </Select>
  );
  return (
    <Card title={w.person} tools={pick} className="flex-none" body="px-4 py-3 tight:px-3 tight:py-2">
      {answer.kind === 'loading' && <Bones rows={5} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {answer.kind === 'ready' && <Sum person={answer.value.rows[0]?.person ?? null} places={placesOf(answer.value, draft !== null)} />}
    </Card>
  );
}

function Sum({ person, places }: { person: Someone | null; places: readonly Place[] }) {
  const t = useText();
  const w = t.rights.sim;
  const total = (f: (p: Place) => number) => places.reduce((n, p) => n + f(p), 0);
  const [live, past, all] = [total((p) => p.live), total((p) => p.past), total((p) => p.all)];
  const first = places.filter((p) => p.live > 0 || p.past > 0).slice(0, rowsShown);
  const rest = places.filter((p) => !first.includes(p));
  const since = person?.posts[0];
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-baseline gap-x-4 whitespace-nowrap"><span><b className="text-[28px] leading-none tight:text-[22px]">{live}</b><span className="text-base">{w.ofAll(all)}</span></span><span className="text-[13px] text-text-2">{live === past ? w.livePast : w.liveOnly(past)}</span></p>
      {person && <p className="truncate text-[13px] text-text-2">{titleOf(t, person)}{since && `・${w.since(t.calendar(parseInstant(since.from)))}`}</p>}
      <ul className="flex flex-col gap-1.5 tight:gap-1">
        {first.map((p) => <Bar key={p.key} name={placeOf(t, p)} n={p.live} all={p.all} />)}
        {rest.length > 0 && <Bar name={first.length === 0 ? t.rights.draft.noUnit : w.elsewhere} n={rest.reduce((n, p) => n + p.live, 0)} all={rest.reduce((n, p) => n + p.all, 0)} />}
      </ul>
    </div>
  );
}

function Bar({ name, n, all }: { name: string; n: number; all: number }) {
  const t = useText();
  return (
    <li className={`grid grid-cols-[minmax(0,9.5em)_1fr_5.5em] items-center gap-3 whitespace-nowrap tight:text-[13px] ${n === 0 ? 'text-text-3' : ''}`}>
      <span aria-hidden="true" className="truncate" title={name}>{name}</span>
      <span aria-hidden="true" className="flex h-2 overflow-hidden rounded-4 bg-line"><i className="bg-primary" style={{ width: `${(100 * n) / all}%` }} /></span>
      <span aria-hidden="true" className="text-right"><b>{n}</b> / {t.cameras(all)}</span>
      <span className="sr-only">{t.rights.sim.bar(name, n, all)}</span>
    </li>
  );
}

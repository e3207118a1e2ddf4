import { useMemo, useState } from 'react';
import type { Cam, Draft, Simulated } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import type { Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select } from '../ui/Field.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Segment } from '../ui/Segment.tsx';
import { Answer } from './Answer.tsx';
import { useAnswer } from './answers.ts';
import { change, groups, line, type Group } from './model.ts';
import { groupOf, placeOf } from './say.ts';

/** shown are the actions with a column; at small sizes fewer. */
const shown: [string, string][] = [['live', ''], ['past', ''], ['main', ''], ['still', 'max-[1500px]:hidden'], ['evidence.request', ''], ['evidence.approve', ''], ['hold', 'max-[1700px]:hidden'], ['health', 'max-[1360px]:hidden'], ['who_viewed', 'max-[1360px]:hidden']];

type Show = 'now' | 'after' | 'diff';

/** Viewers is who may see a camera, as of a time and with a draft. */
export function Viewers({ camera, cameras, at, draft, choose }: { camera: string; cameras: readonly Cam[]; at: Instant | null; draft: Draft | null; choose: (id: string) => void }) {
  const t = useText();
  const w = t.rights.sim;
  const [answer, again] = useAnswer({ camera }, at, draft);
  const [show, setShow] = useState<Show>('after');
  const [why, setWhy] = useState<Group | null>(null);
  const cam = cameras.find((c) => c.id === camera);
  const pick = (
    <Select aria-label={w.camera} value={cam ? camera : ''} onChange={(e) => choose(e.target.value)} className="max-w-72 font-bold tight:max-w-64">
      {!cam && <option value="">{camera}</option>}
      {cameras.map((c) => <option key={c.id} value={c.id}>{c.number}　{c.name}</option>)}
    </Select>
  );
  return (
    <Card title={w.viewers} note={cam && `${placeOf(t, cam)}・${t.side.kinds[cam.kind] ?? cam.kind}`}
      tools={draft && <Segment<Show> label={w.shows.label} choices={(['now', 'after', 'diff'] as const).map((value) => ({ value, text: w.shows[value] }))} value={show} choose={setShow} />}
      body="min-h-0 grow overflow-auto focus-inside" className="max-[1079px]:min-h-[420px]">
      <div className="border-b border-soft px-4 py-2 tight:px-3 tight:py-1.5">{pick}</div>
      {answer.kind === 'loading' && <Bones rows={8} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {answer.kind === 'ready' && <Rows answer={answer.value} show={draft ? show : 'now'} why={setWhy} />}
      {why && answer.kind === 'ready' && <Why group={why} answer={answer.value} number={cam?.number ?? camera} close={() => setWhy(null)} />}
    </Card>
  );
}

function Rows({ answer, show, why }: { answer: Simulated; show: Show; why: (g: Group) => void }) {
  const t = useText();
  const w = t.rights;
  const all = useMemo(() => groups(answer.rows), [answer]);
  const list = show === 'diff' ? all.filter((g) => g.gains.length + g.losses.length > 0) : all;
  const columns = shown.map(([action, hide]) => ({ action, hide, at: answer.actions.indexOf(action) })).filter((c) => c.at >= 0);
  if (list.length === 0) return <Nothing icon="user" title={show === 'diff' ? w.draft.nothing : w.sim.nobody} />;
  const head = 'sticky top-0 z-[1] h-[34px] border-b border-[#949494] bg-raised px-2 text-[13px] font-bold whitespace-nowrap text-text-2 tight:h-[30px] tight:px-1.5 tight:text-xs';
  return (
    <>
      <table className="w-full border-collapse">
        <caption className="sr-only">{w.sim.viewers}</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-4! text-left tight:pl-3!`}>{w.sim.who}</th>
            {columns.map((c) => <th key={c.action} scope="col" className={`${head} text-center ${c.hide}`}>{w.actions[c.action]}</th>)}
            {show !== 'now' && <th scope="col" className={`${head} text-left`}>{w.sim.effect}</th>}
            <th scope="col" className={`${head} pr-4! text-right tight:pr-3!`}>{w.sim.reason}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((g) => {
            const [title, names] = groupOf(t, g);
            const rights = show === 'now' || !g.after ? g.now : g.after;
            const mark = show === 'now' ? '' : g.gains.length > 0 ? 'bg-ok-bg shadow-[inset_5px_0_0_var(--color-green-600)]' : g.losses.length > 0 ? 'bg-bad-bg shadow-[inset_5px_0_0_var(--color-red-900)]' : '';
            return (
              <tr key={g.key} className={mark}>
                <th scope="row" className="h-[58px] w-full max-w-0 border-b border-soft pr-2 pl-4 text-left font-normal tight:h-[50px] tight:pl-3"><b className="block truncate" title={title}>{title}</b><span className="block truncate text-[13px] text-text-3 tight:text-xs">{names}</span></th>
                {columns.map((c) => <td key={c.action} className={`border-b border-soft px-2 text-center tight:px-1 ${c.hide}`}><Answer action={c.action} right={rights[c.at]!} sign={show === 'now' || !g.after ? 0 : change(g.now[c.at]!, g.after[c.at]!)} /></td>)}
                {show !== 'now' && <td className="border-b border-soft px-2 whitespace-nowrap"><Effect group={g} actions={answer.actions} /></td>}
                <td className="border-b border-soft pr-4 pl-2 text-right whitespace-nowrap tight:pr-3"><Button look="quiet" size="small" aria-label={w.sim.whyLong(title)} onClick={() => why(g)}>{w.sim.why}</Button></td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {answer.others > 0 && show !== 'diff' && <p className="px-4 py-3 text-[13px] text-text-3 tight:px-3">{w.sim.othersCount(answer.others)}</p>}
    </>
  );
}

function Effect({ group: g, actions }: { group: Group; actions: readonly string[] }) {
  const t = useText();
  const w = t.rights;
  if (g.gains.length + g.losses.length === 0) return <span className="text-text-2">{w.sim.same}</span>;
  const say = (places: readonly number[]) => `${w.actions[actions[places[0]!]!]}${places.length > 1 ? ` +${places.length - 1}` : ''}`;
  return <>{g.gains.length > 0 && <b className="block text-ok">＋ {say(g.gains)}</b>}{g.losses.length > 0 && <b className="block text-bad">－ {say(g.losses)}</b>}</>;
}

/** byGrant names a right that comes from no rule. */
function byGrant(w: { noRule: string; byGrant: string; byDenial: string; byEmergency: string }, rule: string) {
  const [kind] = rule.split(' ');
  return kind === 'grant' ? w.byGrant : kind === 'denial' ? w.byDenial : kind === 'emergency' ? w.byEmergency : w.noRule;
}

function Why({ group, answer, number, close }: { group: Group; answer: Simulated; number: string; close: () => void }) {
  const t = useText();
  const w = t.rights;
  const [title] = groupOf(t, group);
  const rights = group.after ?? group.now;
  return (
    <Dialog title={w.sim.whyTitle(title, number)} close={close} closeLabel={t.ui.close} className="w-[720px]">
      <table className="w-full border-collapse">
        <caption className="sr-only">{w.sim.reason}</caption>
        <tbody>
          {answer.actions.map((action, i) => {
            const rule = answer.rules[rights[i]!.rule] ?? '';
            const text = rule.replace(/^rules\.csv(:\d+)?: /, '');
            return (
              <tr key={action}>
                <th scope="row" className="border-b border-soft py-1.5 pr-3 text-left font-normal whitespace-nowrap">{w.actions[action]}</th>
                <td className="border-b border-soft pr-3 text-center"><Answer action={action} right={rights[i]!} sign={group.after ? change(group.now[i]!, group.after[i]!) : 0} /></td>
                <td className="w-full border-b border-soft leading-[1.5] text-text-2">{line(rule) > 0 ? <><span className="mr-2 whitespace-nowrap text-text-3">{w.sim.rule(line(rule))}</span><code className="font-mono text-[13px]">{text}</code></> : byGrant(w.sim, rule)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div><Button look="primary" onClick={close}>{t.ui.close}</Button></div>
    </Dialog>
  );
}

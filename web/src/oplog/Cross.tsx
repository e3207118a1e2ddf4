import { oplog, type Asked, type Cell, type Overview, type Profile } from '../api/oplog.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Field.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { follow } from '../url.ts';
import { Bar, shade } from './Chart.tsx';
import { Scroll, Small } from './Marks.tsx';
import { to, usePlace } from './place.ts';
import { amount, band, staffName } from './say.ts';

/** Cross is whom the staff of a unit look up, by sex and age, beside their peers. */
export function Cross({ overview, asked }: { overview: Overview; asked: Asked }) {
  const t = useText();
  const w = t.oplog;
  const [, set] = usePlace();
  const title = w.cross.title;
  if (!asked.unit) {
    return (
      <Card title={title} className="grow" body="flex grow flex-col">
        <Nothing icon="search" title={w.counts.pickUnit} action={<Select aria-label={w.counts.pickUnit} value="" onChange={(e) => set({ unit: e.target.value })}><option value="">{w.counts.pickUnit}</option>{overview.units.map((u) => <option key={u.id} value={u.id}>{u.name}</option>)}</Select>}>{w.counts.pickUnitWhy}</Nothing>
      </Card>
    );
  }
  return <OfUnit asked={asked} />;
}

function OfUnit({ asked }: { asked: Asked }) {
  const t = useText();
  const w = t.oplog.cross;
  const [place] = usePlace();
  const { answer, again } = useAnswer(`cross ${Object.values(asked).join(' ')}`, (signal) => oplog.cross(asked, signal));
  if (answer.kind !== 'ready') return <Card title={w.title} className="grow" body="flex grow flex-col">{answer.kind === 'loading' ? <Bones rows={9} /> : <Failed error={answer.error} retry={again} />}</Card>;
  const list = answer.value.staff;
  if (list.length === 0) return <Card title={w.title} className="grow" body="flex grow flex-col"><Nothing icon="list" title={t.oplog.counts.none}>{t.oplog.counts.noneWhy}</Nothing></Card>;
  const chosen = list.find((p) => p.staff.id === place.staff);
  return (
    <>
      <Card title={w.title} note={w.note} className={chosen ? 'max-h-[46vh] flex-none print:max-h-none' : 'min-h-[220px] grow'} body="flex grow"><Grid list={list} /></Card>
      {chosen ? <Chosen profile={chosen} /> : <p className="text-[13px] text-text-3 print:hidden">{w.pick}</p>}
    </>
  );
}

/** apart reports whether a cell lies far above that of peers. */
const apart = (c: Cell) => c.share >= 2 * c.peers && c.share - c.peers >= 0.1;

/** Grid is staff × sex and age; what lies far above peers is framed. */
function Grid({ list }: { list: readonly Profile[] }) {
  const t = useText();
  const w = t.oplog;
  const [place] = usePlace();
  const cells = list.flatMap((p) => p.cells);
  const bands = [...new Set(cells.map((c) => c.band))].sort((a, b) => a - b);
  const sexes = (['f', 'm', 'x', ''] as const).filter((s) => cells.some((c) => c.sex === s));
  const columns = sexes.flatMap((sex) => bands.filter((b) => cells.some((c) => c.sex === sex && c.band === b)).map((b) => ({ sex, band: b })));
  const top = Math.max(0.01, ...cells.map((c) => c.share));
  return (
    <Scroll label={w.counts.rowsOf(w.cross.title)} className="px-4 py-3 tight:px-3 tight:py-2">
      <table className="border-separate border-spacing-[1px] text-center text-[11px] tabular-nums">
        <caption className="sr-only">{w.cross.title}</caption>
        <thead>
          <tr><td />{sexes.map((s) => <th key={s} scope="colgroup" colSpan={columns.filter((c) => c.sex === s).length} className="text-[13px]">{w.sexes[s]}</th>)}<td /></tr>
          <tr>
            <th scope="col" className="sticky left-0 z-[1] bg-surface text-left text-[13px] font-normal text-text-2">{w.hints.heads.staff}</th>
            {columns.map((c) => <th key={`${c.sex} ${c.band}`} scope="col" className="min-w-[23px] p-0 font-normal text-text-2"><span aria-hidden="true">{c.band < 0 ? '－' : c.band * 5}</span><span className="sr-only">{w.sexes[c.sex]} {band(t, c.band)}</span></th>)}
            <th scope="col" className="pl-2 text-right text-[13px] font-normal whitespace-nowrap text-text-2">{w.cross.total}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((p) => (
            <tr key={p.staff.id} aria-current={p.staff.id === place.staff || undefined}>
              <th scope="row" className="sticky left-0 z-[1] w-32 max-w-32 truncate bg-surface pr-2 text-left text-[13px] font-normal"><a href={to({ ...place, staff: p.staff.id })} onClick={follow} title={staffName(p.staff)} className={`text-accent underline-offset-3 hover:underline ${p.staff.id === place.staff ? 'font-bold' : ''}`}>{staffName(p.staff)}</a></th>
              {columns.map((c) => <Square key={`${c.sex} ${c.band}`} cell={p.cells.find((x) => x.sex === c.sex && x.band === c.band)} top={top} />)}
              <td className="pl-2 text-right text-[13px] print:hidden">{p.total.toLocaleString('ja-JP')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Square({ cell: c, top }: { cell: Cell | undefined; top: number }) {
  const w = useText().oplog.cross;
  if (!c) return <td className="h-6 bg-soft"><Small hidden>{''}</Small></td>;
  return <td title={w.said(c.n, amount('share', c.share), amount('share', c.peers))} className={`h-6 p-0 ${shade(c.share / top)} ${apart(c) ? 'outline-2 -outline-offset-2 outline-warn font-bold' : ''}`}><Small hidden={c.hidden}>{c.n}</Small></td>;
}

/** Chosen is one member of staff beside the median of peers. */
function Chosen({ profile }: { profile: Profile }) {
  const t = useText();
  const w = t.oplog.cross;
  const [, set] = usePlace();
  const cells = profile.cells.toSorted((a, b) => b.share - a.share);
  const top = Math.max(0.01, ...cells.map((c) => Math.max(c.share, c.peers)));
  return (
    <Card title={w.profile(staffName(profile.staff))} className="min-h-[220px] grow" body="flex grow" tools={<Button size="small" look="quiet" onClick={() => set({ staff: '' })}>{w.close}</Button>}>
      <Scroll label={t.oplog.counts.rowsOf(w.profile(staffName(profile.staff)))}><Table<Cell> dense label={w.profile(staffName(profile.staff))} rows={cells} keyOf={(c) => `${c.sex} ${c.band}`} columns={[
        { head: `${w.sex}・${w.ages}`, names: true, className: 'w-40', cell: (c) => `${t.oplog.sexes[c.sex]} ${band(t, c.band)}` },
        { head: w.n, align: 'right', className: 'w-20', cell: (c) => <Small hidden={c.hidden}><span className="tabular-nums">{c.n.toLocaleString('ja-JP')}</span></Small> },
        { head: w.share, align: 'right', className: 'w-24', cell: (c) => <Small hidden={c.hidden}><b className={`tabular-nums ${apart(c) ? 'text-warn' : ''}`}>{amount('share', c.share)}</b></Small> },
        { head: w.peers, align: 'right', className: 'w-32', cell: (c) => <Small hidden={c.hidden}><span className="tabular-nums">{amount('share', c.peers)}</span></Small> },
        { head: w.bar, className: 'print:hidden', cell: (c) => <Bar value={c.share / top} mark={c.peers / top} /> },
      ]} /></Scroll>
    </Card>
  );
}

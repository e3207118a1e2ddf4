import { oplog, type Area, type Asked, type Cell } from '../api/oplog.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Card } from '../ui/Card.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Segment } from '../ui/Segment.tsx';
import { shade } from './Chart.tsx';
import { Scroll, Small } from './Marks.tsx';
import { usePlace } from './place.ts';
import { band } from './say.ts';

type Sex = Cell['sex'];

/** Areas is whom was looked up: 町丁目 × age, of one sex. */
export function Areas({ asked, least }: { asked: Asked; least: number }) {
  const t = useText();
  const w = t.oplog.areas;
  const [place, set] = usePlace();
  const { answer, again } = useAnswer(`whom ${Object.values(asked).join(' ')}`, (signal) => oplog.whom(asked, signal));
  if (answer.kind !== 'ready') return <Card title={w.title} className="grow" body="flex grow flex-col">{answer.kind === 'loading' ? <Bones rows={9} /> : <Failed error={answer.error} retry={again} />}</Card>;
  const { areas, more } = answer.value;
  const sexes = (['f', 'm', 'x', ''] as const).filter((s) => areas.some((a) => a.cells.some((c) => c.sex === s)));
  if (sexes.length === 0) return <Card title={w.title} className="grow" body="flex grow flex-col"><Nothing icon="list" title={t.oplog.counts.none}>{w.lastYear}</Nothing></Card>;
  const sex: Sex = sexes.find((s) => s === place.sex) ?? sexes[0]!;
  const tools = <Segment label={t.oplog.cross.sex} value={sex || 'none'} choose={(v) => set({ sex: v === 'none' ? '' : v })} choices={sexes.map((s) => ({ value: s || 'none', text: t.oplog.sexes[s]! }))} />;
  return (
    <Card title={w.title} note={<span className="print:hidden">{w.note(least)}</span>} tools={tools} className="min-h-0 grow" body="flex grow">
      <Scroll label={t.oplog.counts.rowsOf(w.title)} className="px-4 py-3 tight:px-3 tight:py-2">
        <Grid areas={areas} sex={sex} />
        {more > 0 && <p className="pt-2 text-[13px] text-text-3">{w.more(more)}</p>}
      </Scroll>
    </Card>
  );
}

function Grid({ areas, sex }: { areas: readonly Area[]; sex: Sex }) {
  const t = useText();
  const w = t.oplog.areas;
  const of = (a: Area) => a.cells.filter((c) => c.sex === sex);
  const bands = [...new Set(areas.flatMap(of).map((c) => c.band))].sort((a, b) => a - b);
  const top = Math.max(1, ...areas.flatMap(of).map((c) => c.n));
  return (
    <table className="w-full border-separate border-spacing-[2px] text-center text-xs tabular-nums">
      <caption className="sr-only">{w.title} {t.oplog.sexes[sex]}</caption>
      <thead>
        <tr>
          <th scope="col" className="sticky left-0 z-[1] bg-surface text-left text-[13px] font-normal text-text-2">{w.area}</th>
          {bands.map((b) => <th key={b} scope="col" className="min-w-[30px] font-normal text-text-2"><span aria-hidden="true">{b < 0 ? '－' : b * 5}</span><span className="sr-only">{band(t, b)}</span></th>)}
          <th scope="col" className="pl-2 text-right text-[13px] font-normal whitespace-nowrap text-text-2 print:hidden">{w.total}</th>
        </tr>
      </thead>
      <tbody>
        {areas.map((a) => (
          <tr key={a.area}>
            <th scope="row" className="sticky left-0 z-[1] w-32 max-w-32 truncate bg-surface pr-2 text-left text-[13px] font-normal">{a.area || t.oplog.unknown}</th>
            {bands.map((b) => <Square key={b} cell={a.cells.find((c) => c.sex === sex && c.band === b)} top={top} />)}
            <td className="pl-2 text-right text-[13px] print:hidden">{of(a).reduce((n, c) => n + c.n, 0).toLocaleString('ja-JP')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Square({ cell: c, top }: { cell: Cell | undefined; top: number }) {
  return <td className={`h-6 rounded-[3px] tight:h-5 ${shade((c?.n ?? 0) / top)}`}><Small hidden={c?.hidden ?? true}>{c?.n.toLocaleString('ja-JP') ?? ''}</Small></td>;
}

import { oplog, reportFile, type Overview, type Period } from '../api/oplog.ts';
import { useAnswer } from '../person/answer.ts';
import { DocumentSheet } from '../print/Document.tsx';
import { useText, type Text } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Segment } from '../ui/Segment.tsx';
import { follow, link } from '../url.ts';
import { usePlace } from './place.ts';
import { firstOf, noon } from './say.ts';

const kinds: readonly Period['kind'][] = ['month', 'quarter', 'year'];

/** periodName is what a report's time is called. */
function periodName(t: Text, p: Period): string {
  if (p.kind === 'month') return t.month(noon(p.from));
  const year = Number(p.from.slice(0, 4)) - (Number(p.from.slice(5)) < 4 ? 1 : 0);
  return p.kind === 'year' ? t.oplog.reports.year(year) : t.oplog.reports.quarter(year, (Math.floor((Number(p.from.slice(5)) - 1) / 3) + 3) % 4 + 1);
}

/** Reports are those of months, quarters and years: what may leave the analysis. */
export function Reports({ overview }: { overview: Overview }) {
  const t = useText();
  const w = t.oplog.reports;
  const [place, set] = usePlace();
  const kind = kinds.find((k) => k === place.kind) ?? 'month';
  const starts = [...new Set(overview.months.map((m) => firstOf(kind, m)))];
  const period: Period = { kind, from: starts.find((m) => m === place.from) ?? starts[0]! };
  const look = 'inline-flex h-9 items-center gap-1.5 rounded-8 border border-line bg-raised px-3 whitespace-nowrap text-text hover:bg-soft tight:h-8';
  return (
    <>
      <div className="flex flex-none flex-wrap items-center gap-3 tight:gap-2 print:hidden">
        <Segment label={w.kind} value={kind} choose={(k) => set({ kind: k === 'month' ? '' : k, from: '' })} choices={kinds.map((k) => ({ value: k, text: w.kinds[k] }))} />
        <Select aria-label={w.period} value={period.from} onChange={(e) => set({ from: e.target.value })}>{starts.map((m) => <option key={m} value={m}>{periodName(t, { kind, from: m })}</option>)}</Select>
        <a href={link('review', {})} onClick={follow} className="text-accent underline underline-offset-3">{w.review}</a>
        <span className="ml-auto" />
        {(['pdf', 'xlsx', 'csv'] as const).map((f) => <a key={f} className={look} href={reportFile(period, f)} download><Icon name="download" className="size-4" />{w.files[f]}</a>)}
        <Button look="primary" onClick={() => print()}><Icon name="print" className="size-4" />{t.oplog.counts.print}</Button>
      </div>
      <One key={`${period.kind} ${period.from}`} period={period} />
    </>
  );
}

function One({ period }: { period: Period }) {
  const w = useText().oplog.reports;
  const { answer, again } = useAnswer(`oplog report ${period.kind} ${period.from}`, (signal) => oplog.report(period, signal));
  if (answer.kind !== 'ready') return <Card title={w.label} className="grow" body="flex grow flex-col">{answer.kind === 'loading' ? <Bones rows={9} /> : <Failed error={answer.error} retry={again} />}</Card>;
  return <div className="flex flex-none flex-col items-center pb-6 print:block print:p-0"><DocumentSheet report={answer.value} label={w.label} /></div>;
}

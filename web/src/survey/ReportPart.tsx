import { surveys, type Report } from '../api/survey.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { serverClock } from '../api/client.ts';
import { useText } from '../text/index.ts';
import { clock } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';

/** ReportPart is the report as it prints on A4, and the files it leaves as. */
export function ReportPart({ name, preparing }: { name: string; preparing: boolean }) {
  const t = useText();
  const w = t.survey.report;
  if (preparing) return <Card title={w.label} className="grow" body="grow flex flex-col"><Nothing icon="list" title={w.notYet} /></Card>;
  return <Ready name={name} />;
}

function Ready({ name }: { name: string }) {
  const t = useText();
  const w = t.survey.report;
  const { answer, again } = useAnswer(`survey report ${name}`, (signal) => surveys.report(name, signal));
  if (answer.kind !== 'ready') return <Card title={w.label} className="grow">{answer.kind === 'loading' ? <Bones rows={8} /> : <Failed error={answer.error} retry={again} />}</Card>;
  const look = 'inline-flex h-9 items-center gap-1.5 rounded-8 border border-line bg-raised px-3 whitespace-nowrap text-text hover:bg-soft tight:h-8';
  return (
    <>
      <div className="flex flex-none flex-wrap items-center gap-2 print:hidden">
        {answer.value.mark && <span className="text-text-2">{w.draft}</span>}
        <span className="ml-auto" />
        {(['text', 'xlsx', 'pdf'] as const).map((f) => <a key={f} className={look} href={surveys.file(name, f)} download><Icon name="download" className="size-4" />{w[f]}</a>)}
        <Button look="primary" onClick={() => print()}><Icon name="print" className="size-4" />{w.print}</Button>
      </div>
      <div className="flex flex-none flex-col items-center pb-6 print:block print:p-0"><Sheet report={answer.value} /></div>
    </>
  );
}

const looks: Record<Exclude<Report['blocks'][number]['kind'], 'table' | 'chapter' | 'section' | 'point'>, { mark: string; className: string }> = {
  norm: { mark: '○', className: 'pl-[2em] -indent-[1em] mb-[1mm]' },
  text: { mark: '', className: 'pl-[2em]' },
  label: { mark: '', className: 'pl-[2em] mt-[1.5mm] break-after-avoid' },
  item: { mark: '・', className: 'pl-[3em] -indent-[1em]' },
};

function Sheet({ report }: { report: Report }) {
  const t = useText();
  const { session } = usePerson();
  const now = serverClock.now();
  return (
    <article aria-label={t.survey.report.label} className="report" lang="ja">
      <div className="flex items-start justify-between">
        <span>{report.mark && <span className="border border-black px-[3mm] py-[.5mm]">{report.mark}</span>}</span>
        <p className="text-right">{report.top.map((line) => <span key={line} className="block">{line}</span>)}</p>
      </div>
      <h2 className="my-[6mm] text-center text-[15pt] font-bold">{report.title}</h2>
      {report.blocks.map((b, i) => {
        switch (b.kind) {
          case 'chapter':
            return <h3 key={i} className="mt-[7mm] mb-[2.5mm] border-b border-black text-[13pt] font-bold break-after-avoid">{b.text}</h3>;
          case 'section':
            return <h4 key={i} className="mt-[4mm] mb-[1mm] text-[11.5pt] font-bold break-after-avoid">{b.text}</h4>;
          case 'point':
            return <h5 key={i} className="mt-[1.5mm] pl-[1em] break-after-avoid">{b.text}</h5>;
          case 'table':
            return <Numbers key={i} rows={b.rows} right={b.right} />;
          case 'norm': case 'text': case 'label': case 'item':
            return <p key={i} className={looks[b.kind].className}>{looks[b.kind].mark}{b.text}</p>;
        }
      })}
      <p className="mt-[6mm] text-[8pt]">{t.records.paper.printed(session.name, `${t.date(now)} ${clock(now)}`)}</p>
    </article>
  );
}

function Numbers({ rows, right }: { rows: readonly string[][]; right: readonly boolean[] }) {
  const [head, ...body] = rows;
  const cell = (i: number) => `border border-black px-[1.5mm] py-[.8mm] ${right[i] ? 'text-right' : 'text-left'}`;
  return (
    <table className="w-full border-collapse text-[8.5pt]">
      <thead><tr>{head?.map((c, i) => <th key={i} scope="col" className="border border-black bg-[#eee] px-[1.5mm] py-[.8mm] text-left font-normal">{c}</th>)}</tr></thead>
      <tbody>{body.map((row) => <tr key={row[0]} className="break-inside-avoid">{row.map((c, i) => (i === 0 ? <th key={i} scope="row" className={`${cell(i)} font-normal`}>{c}</th> : <td key={i} className={cell(i)}>{c}</td>))}</tr>)}</tbody>
    </table>
  );
}

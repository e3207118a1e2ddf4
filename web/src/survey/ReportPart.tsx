import { surveys } from '../api/survey.ts';
import { useAnswer } from '../person/answer.ts';
import { DocumentSheet } from '../print/Document.tsx';
import { useText } from '../text/index.ts';
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
      <div className="flex flex-none flex-col items-center pb-6 print:block print:p-0"><DocumentSheet report={answer.value} label={w.label} /></div>
    </>
  );
}

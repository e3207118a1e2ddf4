import { useEffect } from 'react';
import { duty } from '../api/duty.ts';
import { ReportRows } from '../inbox/ReportRows.tsx';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Card } from '../ui/Card.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { follow, link } from '../url.ts';

/** Reports are those one sent; for crisis management all that are not closed. */
export function Reports({ all = false }: { all?: boolean }) {
  const t = useText();
  const r = t.duty.reports;
  const { desk } = usePerson();
  const { answer, again } = useAnswer('reports', duty.reports);
  useEffect(() => desk.listen((e) => e.kind === 'inbox' && again()), [desk, again]);
  const shown = answer.kind === 'ready' ? answer.value.reports.filter((x) => !all || !x.closed) : [];
  return (
    <Card title={all ? r.titleAll : r.title} note={shown.length > 0 ? t.inbox.report.count(shown.length) : undefined} className="min-h-48 grow" body="min-h-0 grow overflow-auto flex flex-col"
      tools={<a href={link('inbox', { view: 'reports' })} onClick={follow} className="text-accent underline underline-offset-3 hover:no-underline">{r.all}</a>}>
      {answer.kind === 'loading' && <Bones />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {answer.kind === 'ready' && (shown.length === 0 ? <Nothing icon="send" title={r.none}>{all ? r.noneAll : r.noneBody}</Nothing>
        : <ReportRows reports={shown} selected={null} choose={null} />)}
    </Card>
  );
}

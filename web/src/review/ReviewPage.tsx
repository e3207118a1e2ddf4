import { review } from '../api/review.ts';
import { useAnswer } from '../person/answer.ts';
import { holds, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Card } from '../ui/Card.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useToast } from '../ui/Toast.tsx';
import { go, link, useQuery } from '../url.ts';
import { Mine } from './Mine.tsx';
import { Month } from './Month.tsx';
import { Report } from './Report.tsx';
import { Rights } from './Rights.tsx';

/** ReviewPage is 閲覧監査: for those who review a month's sample, and for those who are asked about a view of theirs. */
export default function ReviewPage() {
  const t = useText();
  const q = useQuery();
  const { session } = usePerson();
  const [toast, say] = useToast();
  const reviews = holds(session, 'auditor', 'information_security');
  const rights = reviews || holds(session, 'department_head', 'administrator');
  const part = q.has('rights') && rights ? 'rights' : q.has('mine') || !reviews ? 'mine' : 'months';
  const p = t.review.parts;
  const choices = [reviews && { value: 'months' as const, text: p.months }, { value: 'mine' as const, text: p.mine }, rights && { value: 'rights' as const, text: p.rights }].filter((c) => c !== false);
  const tools = choices.length > 1 && <Segment label={p.label} value={part} choose={(v) => go(link('review', v === 'months' ? {} : { [v]: '1' }))} choices={choices} />;
  if (part === 'rights') return <Rights tools={tools} say={say} toast={toast} />;
  if (part === 'mine') return <Page title={t.review.page} lead={t.review.mine.lead} tools={tools}><Mine say={say} />{toast}</Page>;
  return <Months tools={tools} wanted={q.get('month')} paper={q.has('print')} say={say} toast={toast} />;
}

/** Months is the months that were drawn, the newest first. */
function Months({ tools, wanted, paper, say, toast }: { tools: React.ReactNode; wanted: string | null; paper: boolean; say: (text: string) => void; toast: React.ReactNode }) {
  const t = useText();
  const { answer, again } = useAnswer('review months', review.months);
  const months = answer.kind === 'ready' ? answer.value.months : [];
  const month = months.find((m) => m.month === wanted) ?? months[0];
  if (month && paper) return <Report month={month.month} />;
  if (month) return <>{<Month key={month.month} months={months} month={month.month} tools={tools} say={say} changed={again} />}{toast}</>;
  return (
    <Page title={t.review.page} lead={t.review.lead} tools={tools}>
      <Card title={t.review.sample} className="grow" body="grow flex flex-col">
        {answer.kind === 'loading' && <Bones rows={8} />}
        {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
        {answer.kind === 'ready' && <Nothing icon="calendar" title={t.review.none}>{t.review.noneWhy}</Nothing>}
      </Card>
    </Page>
  );
}

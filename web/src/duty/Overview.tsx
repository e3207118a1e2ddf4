import { serverClock } from '../api/client.ts';
import { duty, type Duty } from '../api/duty.ts';
import { useAnswer } from '../person/answer.ts';
import { holds, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Card } from '../ui/Card.tsx';
import { Page } from '../ui/Page.tsx';
import { useQuery } from '../url.ts';
import { AllUnits } from './AllUnits.tsx';
import { MyUnit } from './MyUnit.tsx';
import { Reports } from './Reports.tsx';
import { monthOf, parseMonth } from './month.ts';

const grid = 'grid min-h-0 grow gap-4 tight:gap-2.5 max-[1079px]:flex-none';
const columns = {
  mine: 'min-[1080px]:grid-cols-[minmax(0,26rem)_minmax(0,1fr)] min-[1080px]:tight:grid-cols-[minmax(0,21rem)_minmax(0,1fr)]',
  all: 'min-[1080px]:grid-cols-[minmax(0,1fr)_minmax(0,26rem)] min-[1080px]:tight:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]',
};

/** Overview is how the duty stands this month: one's own units, and for whoever may read them all units. */
export function Overview() {
  const t = useText();
  const { session } = usePerson();
  const { answer, again } = useAnswer('duty', duty.units);
  const month = (answer.kind === 'ready' && parseMonth(answer.value.month)) || monthOf(serverClock.now());
  return (
    <Page title={t.duty.page} lead={t.duty.month(month.year, month.month)}>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Card title={t.duty.page} className="grow" body="grow flex"><Failed error={answer.error} retry={again} /></Card>}
      {answer.kind === 'ready' && <Ready duty={answer.value} again={again} reports={holds(session, 'department_head', 'general_manager', 'crisis_management')} />}
    </Page>
  );
}

function Loading() {
  const t = useText();
  return (
    <div className={`${grid} ${columns.mine}`}>
      <Card title={<span className="bone">{t.duty.page}</span>}><Bones rows={7} /></Card>
      <Card title={<span className="bone">{t.duty.reports.title}</span>}><Bones rows={5} /></Card>
    </div>
  );
}

function Ready({ duty: { units, month }, again, reports }: { duty: Duty; again: () => void; reports: boolean }) {
  const t = useText();
  const wanted = useQuery().get('unit');
  const mine = units.filter((u) => u.mine);
  const others = units.some((u) => !u.mine);
  if (units.length === 0) {
    return <Card title={t.duty.page} className="grow" body="grow flex"><Nothing icon="eye" title={t.duty.empty.title}>{t.duty.empty.body}<br />{t.duty.empty.ask}</Nothing></Card>;
  }
  return (
    <div className={`${grid} ${others ? columns.all : columns.mine}`}>
      {others ? (
        <>
          <AllUnits units={units} month={month} changed={again} />
          <div className="flex min-h-0 flex-col gap-4 tight:gap-2.5">{mine.map((u) => <MyUnit key={u.unit} unit={u} month={month} wanted={u.unit === wanted} />)}{reports ? <Reports all /> : <How />}</div>
        </>
      ) : (
        <>
          <div className="flex min-h-0 flex-col gap-4 overflow-auto tight:gap-2.5">{mine.map((u) => <MyUnit key={u.unit} unit={u} month={month} wanted={u.unit === wanted} />)}</div>
          <div className="flex min-h-0 flex-col gap-4 tight:gap-2.5"><How /><Reports /></div>
        </>
      )}
    </div>
  );
}

function How() {
  const t = useText();
  return (
    <Card title={t.duty.how.title} note={t.duty.how.note} className="flex-none">
      <ol className="grid gap-x-6 gap-y-3 min-[1080px]:grid-cols-2 tight:gap-x-5 tight:gap-y-2">
        {t.duty.how.steps.map(([title, words], i) => (
          <li key={title} className="flex gap-3">
            <span aria-hidden="true" className="grid size-7 flex-none place-items-center rounded-full bg-accent-soft font-bold text-accent">{i + 1}</span>
            <div className="min-w-0 leading-[1.6]"><b>{title}</b><p className="text-[13px] text-text-2">{words}</p></div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

import { useEffect, useState, useSyncExternalStore } from 'react';
import { duty, type Report } from '../api/duty.ts';
import type { Item } from '../api/inbox.ts';
import { useAnswer } from '../person/answer.ts';
import { holds, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Card } from '../ui/Card.tsx';
import { Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useToast } from '../ui/Toast.tsx';
import { go, link, useQuery } from '../url.ts';
import { ApprovalDetail, ChaseDetail, DutyDetail, EmergencyDetail, HintDetail, HoldDetail, InquiryDetail, MailDetail, RequestDetail, ReviewDetail, SurveyDetail, SignInDetail } from './details.tsx';
import { Items } from './Items.tsx';
import { ReportDetail } from './ReportDetail.tsx';
import { ReportList } from './ReportList.tsx';

type View = 'items' | 'reports';

/** InboxPage is what waits for the person, and beside it the reports they sent or receive; one of them open. */
export default function InboxPage() {
  const t = useText();
  const { session, desk } = usePerson();
  const query = useQuery();
  const state = useSyncExternalStore(desk.inbox.subscribe, desk.inbox.get);
  const reporting = holds(session, 'department_head', 'general_manager', 'crisis_management');
  const view: View = reporting && query.get('view') === 'reports' ? 'reports' : 'items';
  const reports = useAnswer('reports', duty.reports);
  const { again } = reports;
  const [toast, say] = useToast();
  useEffect(() => void desk.inbox.load(), [desk]);
  useEffect(() => desk.listen((e) => e.kind === 'inbox' && again()), [desk, again]);
  const item = useOpened(state.kind === 'ready' ? state.items : null, view === 'items' ? query.get('item') : null);
  const id = view === 'reports' ? query.get('report') : (item?.subject.report ?? null);
  const report = reports.answer.kind === 'ready' ? (reports.answer.value.reports.find((r) => r.id === id) ?? null) : null;
  const changed = (what: string) => {
    say(what);
    again();
    void desk.inbox.load();
  };
  return (
    <Page title={t.inbox.page} lead={state.kind === 'ready' && (state.unread > 0 ? t.inbox.unread(state.unread) : t.inbox.allRead)}>
      <div className="grid min-h-0 grow min-[1080px]:grid-cols-[minmax(0,28rem)_minmax(0,1fr)] gap-4 min-[1080px]:tight:grid-cols-[minmax(0,23rem)_minmax(0,1fr)] tight:gap-2.5 max-[1079px]:flex-none">
        <Card title={reporting ? t.inbox.list : t.inbox.arrived} body="min-h-0 grow overflow-auto flex flex-col" tools={reporting && (
          <Segment<View> label={t.inbox.views} value={view} choose={(v) => go(link('inbox', { view: v === 'reports' ? v : null }))}
            choices={[{ value: 'items', text: t.inbox.arrived, ...(state.kind === 'ready' && { count: state.items.length }) }, { value: 'reports', text: t.inbox.reports }]} />
        )}>
          {view === 'items' ? <Items state={state} selected={item?.id ?? null} retry={() => void desk.inbox.load()} /> : <ReportList answer={reports.answer} again={again} selected={id} />}
        </Card>
        <Detail item={item} report={report} gone={!item && !report && (view === 'reports' ? id !== null && reports.answer.kind === 'ready' : query.get('item') !== null && state.kind === 'ready')} empty={view === 'items' && state.kind === 'ready' && state.items.length === 0} changed={changed} />
      </div>
      {toast}
    </Page>
  );
}

/** useOpened is the item of that id, marked as read; it stays open when it no longer waits. */
function useOpened(items: readonly Item[] | null, id: string | null): Item | null {
  const { inbox } = usePerson().desk;
  const [kept, setKept] = useState<Item | null>(null);
  const found = items?.find((i) => i.id === id) ?? null;
  if (found && found !== kept) setKept(found);
  useEffect(() => {
    if (found && !found.read) inbox.read(found.id);
  }, [found, inbox]);
  return found ?? (kept?.id === id ? kept : null);
}

function Detail({ item, report, gone, empty, changed }: { item: Item | null; report: Report | null; gone: boolean; empty: boolean; changed: (what: string) => void }) {
  const t = useText();
  if (report) return <ReportDetail key={report.id} report={report} changed={changed} />;
  if (item?.kind === 'approval') return <ApprovalDetail item={item} />;
  if (item?.kind === 'recovery' || item?.kind === 'token') return <SignInDetail item={item} />;
  if (item?.kind === 'inquiry') return <InquiryDetail item={item} />;
  if (item?.kind === 'emergency') return <EmergencyDetail item={item} />;
  if (item?.kind === 'review' || item?.kind === 'review_month' || item?.kind === 'rights_lines' || item?.kind === 'rights_objection') return <ReviewDetail item={item} />;
  if (item?.kind === 'chase') return <ChaseDetail item={item} />;
  if (item?.kind === 'mail_failed') return <MailDetail item={item} />;
  if (item?.kind === 'footage_request' || item?.kind === 'request_done') return <RequestDetail item={item} />;
  if (item?.kind === 'hint_answer' || item?.kind === 'hints_due' || item?.kind === 'logs_due') return <HintDetail item={item} />;
  if (item?.kind === 'hold_ends') return <HoldDetail item={item} />;
  if (item?.kind === 'survey_reply' || item?.kind === 'survey_approval') return <SurveyDetail item={item} />;
  if (item?.kind === 'duty') return <DutyDetail item={item} />;
  return <section className="flex min-h-0 rounded-8 border border-line bg-surface">{gone ? <Nothing icon="check" title={t.inbox.gone} /> : !empty && <Nothing icon="bell" title={t.inbox.pick} />}</section>;
}

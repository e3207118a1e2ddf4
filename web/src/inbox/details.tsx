import type { ReactNode } from 'react';
import type { Item } from '../api/inbox.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { go, pageOf } from '../url.ts';
import { plain, say } from './say.ts';

/** ApprovalDetail is something that waits for a second person, and how that is done. */
export function ApprovalDetail({ item }: { item: Item }) {
  const t = useText();
  const a = t.inbox.approval;
  const { subject: s } = item;
  const what = s.what ?? 'cameras';
  const rows: [string, ReactNode][] = [[a.what, a[what]]];
  if (what === 'grant') rows.push([a.person, `${plain(s.name)}（${s.login}）`]);
  if (what === 'appointment') rows.push([a.person, `${s.title ?? ''}　${plain(s.name)}（${s.login}）`], [a.unit, s.unit_name]);
  rows.push([a.asked, (s.from && t.origins[s.from]) || plain(s.from_name) || t.origins.files], [a.since, `${t.date(parseInstant(item.at))} ${clock(parseInstant(item.at))}`]);
  return (
    <Shell item={item}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 leading-[1.7]">{rows.map(([name, value]) => <div key={name} className="contents"><dt className="text-text-3">{name}</dt><dd>{value}</dd></div>)}</dl>
      <div><Button look="primary" onClick={() => go(item.link)}>{what === 'appointment' ? a.goPeople : a.go}</Button></div>
    </Shell>
  );
}

/** SignInDetail is an account to be recovered, or a token to be confirmed, and where that is done. */
export function SignInDetail({ item }: { item: Item }) {
  const t = useText();
  const { subject: s, link } = item;
  const asked = (s.from && t.origins[s.from]) || plain(s.from_name) || s.from || '';
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{item.kind === 'token' ? t.inbox.signIn.token(asked, s.label ?? '') : t.inbox.signIn.recovery(asked, plain(s.name))}</p>
      <div><Button look="primary" onClick={() => go(link)}>{item.kind === 'token' ? t.inbox.signIn.goToken : t.inbox.signIn.goRecovery}</Button></div>
    </Shell>
  );
}

/** InquiryDetail is an inquiry that waits for its answer, and where that is given. */
export function InquiryDetail({ item }: { item: Item }) {
  const t = useText();
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{t.inbox.inquiry.body(item.subject.label ?? '')}</p>
      <div><Button look="primary" onClick={() => go(item.link)}>{t.inbox.inquiry.go}</Button></div>
    </Shell>
  );
}

/** EmergencyDetail is somebody who views in an emergency, or did. */
export function EmergencyDetail({ item }: { item: Item }) {
  const t = useText();
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{t.inbox.emergency.body(plain(item.subject.name))}</p>
      <div><Button look="primary" onClick={() => go(item.link)}>{t.inbox.emergency.go}</Button></div>
    </Shell>
  );
}

/** ReviewDetail is a question about one's own view, a month with something to decide, or rights to confirm or to end. */
export function ReviewDetail({ item }: { item: Item }) {
  const t = useText();
  const { subject: s, link, kind } = item;
  const all = s.rounds ?? 0;
  const left = all - (s.done ?? 0);
  const says = () => {
    if (kind === 'review') return t.inbox.review.asked(plain(s.from_name));
    if (kind === 'review_month') return t.inbox.review.month(s.month ?? '', left, all);
    return kind === 'rights_lines' ? t.inbox.rights.lines(left, all) : t.inbox.rights.objection(all);
  };
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{says()}</p>
      <div><Button look="primary" onClick={() => go(link)}>{kind.startsWith('rights') ? t.inbox.rights.go : t.inbox.review.go}</Button></div>
    </Shell>
  );
}

/** RequestDetail is a 映像確認依頼, or its outcome. */
export function RequestDetail({ item }: { item: Item }) {
  const t = useText();
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{item.kind === 'footage_request' ? t.inbox.request.asked : t.inbox.request.done}</p>
      <div><Button look="primary" onClick={() => go(item.link)}>{t.inbox.request.go}</Button></div>
    </Shell>
  );
}

/** HintDetail is a hint in the operation logs to answer, how many are due, or that a log is. */
export function HintDetail({ item }: { item: Item }) {
  const t = useText();
  const { subject: s, link, kind } = item;
  const w = t.inbox.hints;
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{kind === 'hint_answer' ? w.answer(s.unit_name ?? '', s.month ?? '', s.rounds === 1) : kind === 'logs_due' ? w.logs(s.month ?? '', s.rounds === 1) : w.due(s.rounds ?? 0, s.done ?? 0)}</p>
      {pageOf(link.split('?')[0] ?? '') && <div><Button look="primary" onClick={() => go(link)}>{w.go}</Button></div>}
    </Shell>
  );
}

/** HoldDetail is a hold that ends soon. */
export function HoldDetail({ item }: { item: Item }) {
  const t = useText();
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{t.inbox.hold.ends}</p>
      <div><Button look="primary" onClick={() => go(item.link)}>{t.inbox.hold.go}</Button></div>
    </Shell>
  );
}

/** MailDetail is digests that did not arrive on a day, or may not have. */
export function MailDetail({ item }: { item: Item }) {
  const t = useText();
  return <Shell item={item}><p className="text-base leading-[1.8]">{t.inbox.mailBody(item.subject.label ?? '', item.subject.done ?? 0)}</p></Shell>;
}

/** SurveyDetail is a survey to answer, or an answer to approve. */
export function SurveyDetail({ item }: { item: Item }) {
  const t = useText();
  const { subject: s, link, kind } = item;
  const w = t.inbox.survey;
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{kind === 'survey_reply' ? w.reply(s.label ?? '', s.number ?? '', s.month ?? '', s.rounds ?? 0) : w.approval(s.label ?? '', s.number ?? '')}</p>
      <div><Button look="primary" onClick={() => go(link)}>{w.go}</Button></div>
    </Shell>
  );
}

/** ChaseDetail is a reminder of what one owes to the records. */
export function ChaseDetail({ item }: { item: Item }) {
  const t = useText();
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{t.inbox.chased.body(plain(item.subject.from_name), item.subject.rounds ?? 0)}</p>
      <div><Button look="primary" onClick={() => go(item.link)}>{t.inbox.chased.go}</Button></div>
    </Shell>
  );
}

/** DutyDetail is a unit that is behind its norm. */
export function DutyDetail({ item }: { item: Item }) {
  const t = useText();
  const { subject: s, link } = item;
  return (
    <Shell item={item}>
      <p className="text-base leading-[1.8]">{t.inbox.duty.body(s.unit_name ?? '', s.done ?? 0, s.rounds ?? 0)}</p>
      <div><Button look="primary" onClick={() => go(link)}>{t.inbox.duty.go}</Button></div>
    </Shell>
  );
}

function Shell({ item, children }: { item: Item; children: ReactNode }) {
  const t = useText();
  return (
    <Card title={<span className="truncate">{say(t, item)}</span>} tools={<Chip tone={item.kind === 'duty' ? 'key' : 'late'} icon={item.kind === 'duty' ? 'eye' : 'clock'}>{t.inbox.kinds[item.kind]}</Chip>} body="min-h-0 grow overflow-auto px-6 py-5 tight:px-4 tight:py-3 flex flex-col gap-5">{children}</Card>
  );
}

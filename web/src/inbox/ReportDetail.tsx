import { useState } from 'react';
import { duty, type Report } from '../api/duty.ts';
import { holds, useCameraOf, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Steps, type Step } from '../ui/Steps.tsx';
import { follow, moment } from '../url.ts';
import { OutcomeForm } from './OutcomeForm.tsx';
import { plain } from './say.ts';
import { stateLooks, stateOf } from './state.ts';

/** ReportDetail is one report: what it tells, how far it has come, and for who receives it the answer. */
export function ReportDetail({ report: r, changed }: { report: Report; changed: (what: string) => void }) {
  const t = useText();
  const d = t.inbox.report;
  const { session } = usePerson();
  const cameraOf = useCameraOf();
  const camera = cameraOf(r.camera);
  const at = parseInstant(r.at);
  const state = stateOf(r);
  const answers = holds(session, 'crisis_management');
  const named = (id: string) => `${cameraOf(id)?.name ?? id} ${cameraOf(id)?.number ?? ''}`;
  return (
    <Card title={<span className="truncate" title={camera?.name}>{camera?.name ?? r.camera}</span>} note={`${camera?.number ?? ''}　${t.date(at)} ${clock(at)}`} body="min-h-0 grow overflow-auto px-6 py-5 tight:px-4 tight:py-3 flex flex-col gap-5 tight:gap-3.5"
      tools={<Chip {...stateLooks[state]}>{d.state[state]}</Chip>}>
      <Steps label={d.label(camera?.name ?? r.camera)} steps={useStations(r)} />
      <div className="flex flex-col gap-1.5"><h3 className="text-[13px] font-bold text-text-2">{d.note}</h3><p className="rounded-8 bg-bg px-4 py-3 text-base leading-[1.8] whitespace-pre-wrap break-words tight:text-[15px]">{r.note}</p></div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 leading-[1.6]">
        <dt className="text-text-3">{d.from}</dt><dd>{r.from_title}　{plain(r.from_name)}{r.unit_name && <span className="text-text-2">（{r.unit_name}）</span>}</dd>
        <dt className="text-text-3">{d.camera}</dt><dd>{named(r.camera)}{r.cameras.map((id) => <span key={id}>、{named(id)}</span>)}</dd>
        <dt className="text-text-3">{d.moment}</dt><dd className="flex flex-wrap items-center gap-x-4">{t.date(at)} {clock(at)}
          <a href={moment([r.camera, ...r.cameras], at)} onClick={follow} className="inline-flex items-center gap-1 text-accent underline underline-offset-3 hover:no-underline"><Icon name="play" className="size-3.5" />{r.cameras.length > 0 ? d.seeAll : d.see}</a></dd>
      </dl>
      {r.outcome_text && <div className="flex flex-col gap-1.5"><h3 className="text-[13px] font-bold text-text-2">{d.answer}</h3><p className="rounded-8 bg-accent-soft px-4 py-3 text-base leading-[1.8] whitespace-pre-wrap break-words tight:text-[15px]">{r.outcome_text}</p></div>}
      {answers && r.mine && !r.closed && <Note tone="key">{d.own}</Note>}
      {answers && !r.mine && !r.received && <Receive report={r} changed={changed} />}
      {answers && !r.mine && r.received && !r.closed && <OutcomeForm report={r} changed={changed} />}
      <p className="mt-auto flex items-center gap-2 text-[13px] text-text-3"><Icon name="lock" className="size-4" />{d.who}</p>
    </Card>
  );
}

function useStations(r: Report): Step[] {
  const t = useText();
  const d = t.inbox.report;
  const when = (text: string) => `${t.day(parseInstant(text))} ${clock(parseInstant(text)).slice(0, 5)}`;
  return [
    { title: d.steps.sent, note: `${when(r.sent)} ${plain(r.from_name)}`, state: 'done' },
    { title: d.steps.received, note: r.received ? `${when(r.received)} ${plain(r.received_by_name)}` : d.waiting, state: r.received ? 'done' : 'now' },
    { title: r.outcome ? d.state[r.outcome] : d.steps.outcome, note: r.closed ? when(r.closed) : r.received ? d.working : '', state: r.closed ? 'done' : r.received ? 'now' : 'ahead' },
  ];
}

function Receive({ report, changed }: { report: Report; changed: (what: string) => void }) {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState('');
  const receive = async () => {
    setBusy(true);
    const res = await duty.receive(report.id);
    setBusy(false);
    if (res.ok) changed(t.inbox.report.received);
    else setFailed(t.oops(res.error.detail));
  };
  return (
    <div className="flex flex-col items-start gap-3">
      {failed && <Note tone="bad" alert>{failed}</Note>}
      <Button look="primary" disabled={busy} onClick={() => void receive()}><Icon name="check" className="size-4" />{t.inbox.report.receive}</Button>
    </div>
  );
}

import { useEffect } from 'react';
import { inquiries, type Inquiry } from '../api/inquiries.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Card } from '../ui/Card.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { useSeconds } from '../ui/time.ts';
import { useToast } from '../ui/Toast.tsx';
import { follow, link, useQuery } from '../url.ts';
import { Opened } from './Opened.tsx';

export const tones: Record<Inquiry['state'], Tone> = { waiting: 'late', answered: 'ok', refused: 'plain' };

/** InquiriesPage is what people who were filmed ask, and how 監査 answers. */
export default function InquiriesPage() {
  const t = useText();
  const w = t.inquiries;
  const { desk } = usePerson();
  const number = useQuery().get('number');
  const { answer, again } = useAnswer('inquiries', inquiries.list);
  const [toast, say] = useToast();
  useEffect(() => desk.listen((e) => e.kind === 'inbox' && again()), [desk, again]);
  const changed = (what: string) => {
    say(what);
    again();
    void desk.inbox.load();
  };
  const list = answer.kind === 'ready' ? answer.value.inquiries : [];
  const waiting = list.filter((q) => q.state === 'waiting').length;
  return (
    <Page title={w.page} lead={w.lead}>
      {answer.kind === 'failed' ? <Failed error={answer.error} retry={again} /> : (
        <div className="grid min-h-0 grow grid-cols-[minmax(0,26rem)_minmax(0,1fr)] gap-4 tight:grid-cols-[minmax(0,22rem)_minmax(0,1fr)] tight:gap-2.5 max-[1079px]:flex-none max-[1079px]:grid-cols-1">
          <Card title={w.list} note={waiting > 0 ? w.count(waiting) : undefined} body="min-h-0 grow overflow-auto flex flex-col">
            {answer.kind === 'loading' && <Bones />}
            {answer.kind === 'ready' && (list.length === 0 ? <Nothing icon="send" title={w.none}>{w.noneBody}</Nothing> : <ul aria-label={w.list}>{list.map((q) => <Row key={q.number} inquiry={q} selected={q.number === number} />)}</ul>)}
          </Card>
          {number ? <Opened key={number} number={number} changed={changed} /> : <Card title={w.page} body="flex grow flex-col"><Nothing icon="eye" title={w.pick} heading="p" /></Card>}
        </div>
      )}
      {toast}
    </Page>
  );
}

function Row({ inquiry: q, selected }: { inquiry: Inquiry; selected: boolean }) {
  const t = useText();
  const w = t.inquiries;
  const now = useSeconds();
  const late = q.state === 'waiting' && parseInstant(q.due) < now;
  return (
    <li className="border-b border-soft last:border-b-0">
      <a href={link('inquiries', { number: q.number })} onClick={follow} aria-current={selected || undefined} className="flex items-center gap-3 px-4 py-3 hover:bg-soft focus-inside aria-[current]:bg-accent-soft aria-[current]:shadow-[inset_4px_0_0_var(--accent)] tight:px-3 tight:py-2.5">
        <span className="min-w-0 grow leading-[1.5]">
          <b className="block truncate text-[15px]">{q.place}</b>
          <span className="block truncate text-[13px] text-text-3">{t.date(parseInstant(q.from))}・{q.number}</span>
        </span>
        <span className="flex flex-none flex-col items-end gap-1 text-xs text-text-3"><Chip tone={late ? 'bad' : tones[q.state]}>{late ? w.overdue : w.states[q.state]}</Chip>{q.state === 'waiting' && w.due(t.day(parseInstant(q.due)))}</span>
      </a>
    </li>
  );
}

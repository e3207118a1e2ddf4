import { useEffect, useRef, useState } from 'react';
import type { Moment, Round } from '../api/duty.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Page } from '../ui/Page.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { useToast } from '../ui/Toast.tsx';
import { follow, go, link } from '../url.ts';
import { Contact } from './Contact.tsx';
import { resultOf, whyLooks } from './why.ts';

/** Summary is a round that is over: what was found, and what is still to be told. */
export function Summary({ round, over, changed }: { round: Round; over: boolean; changed: () => void }) {
  const t = useText();
  const s = t.duty.summary;
  const cameraOf = useCameraOf();
  const [toast, say] = useToast();
  const [reporting, setReporting] = useState<Moment | null>(null);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.focus(), []);
  const lapsed = over && !round.finished;
  const count = (result: Moment['result']) => round.moments.filter((m) => m.result === result).length;
  const columns: Column<Moment>[] = [
    { head: s.camera, names: true, cell: (m) => <span className="flex items-baseline gap-2"><b className="truncate">{cameraOf(m.camera)?.name ?? m.camera}</b><span className="text-xs text-text-3">{cameraOf(m.camera)?.number}</span></span>, className: 'w-full max-w-0' },
    { head: s.at, cell: (m) => `${t.date(parseInstant(m.at))} ${clock(parseInstant(m.at))}` },
    { head: s.why, cell: (m) => <span className="flex items-center gap-1.5 text-text-2"><Icon name={whyLooks[m.why].icon} className="size-4" />{t.duty.round.why[m.why]}</span> },
    { head: s.result, cell: (m) => <Chip tone={m.result === 'fine' ? 'ok' : m.result === 'attention' ? 'warn' : 'plain'} icon={m.result === 'fine' ? 'check' : m.result === 'attention' ? 'warn' : 'ring'}>{resultOf(t, m)}</Chip> },
    { head: s.report, cell: (m) => (m.report ? <a href={link('inbox', { view: 'reports', report: m.report })} onClick={follow} className="text-accent underline underline-offset-3 hover:no-underline">{s.reported}</a> : m.result === 'attention' ? <Button size="small" className="h-7" onClick={() => setReporting(m)}><Icon name="send" className="size-4" />{s.send}</Button> : <span className="text-text-3">－</span>) },
  ];
  if (!over) columns.push({ head: <span className="sr-only">{s.see}</span>, align: 'right', cell: (m) => <a href={link('duty', { round: round.id, n: String(m.n) })} onClick={follow} aria-label={`${s.see} ${t.duty.round.of(m.n, round.moments.length)}`} className="text-accent underline underline-offset-3 hover:no-underline">{s.see}</a> });
  return (
    <Page title={lapsed ? s.lapsed : s.title} lead={round.unit_name} tools={<Button look="primary" onClick={() => go(link('duty'))}>{s.back}</Button>}>
      <div ref={root} tabIndex={-1} role="status" className="flex-none outline-none focus-visible:shadow-none">
        {lapsed ? <Note tone="warn">{s.lapsedBody}</Note> : (
          <Note tone="ok"><b>{s.body(round.unit_name, round.moments.length)}</b><p className="text-text-2">{s.fine} {count('fine')}・{s.attention} {count('attention')}{!over && `　${s.until(`${t.date(parseInstant(round.until))} ${clock(parseInstant(round.until)).slice(0, 5)}`)}`}</p></Note>
        )}
      </div>
      <Card title={s.moments} note={t.duty.round.progress(round.moments.length - count(''), round.moments.length)} body="min-h-0 overflow-auto" className="min-h-0">
        <Table label={s.moments} columns={columns} rows={round.moments} keyOf={(m) => String(m.n)} />
      </Card>
      {reporting && <Contact camera={reporting.camera} at={parseInstant(reporting.at)} round={round.id} moment={reporting.n} close={(sent) => {
        setReporting(null);
        if (!sent) return;
        say(t.duty.contact.sent);
        changed();
      }} />}
      {toast}
    </Page>
  );
}

import { useState, type FormEvent } from 'react';
import { api, call } from '../api/client.ts';
import type { SessionInfo } from '../api/types.ts';
import { useKnown, usePerson } from '../person/person.ts';
import { usePurpose } from '../purpose/purpose.tsx';
import { useText } from '../text/index.ts';
import { clock, parseInstant, sameDay } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useSeconds } from '../ui/time.ts';

/** Me is who is signed in, as what, and until when. */
export function Me() {
  const t = useText();
  const w = t.settings.session;
  const { session, leave } = usePerson();
  const now = useSeconds();
  const until = parseInstant(session.expires);
  const out = async () => {
    await api.signOut();
    leave('new');
  };
  return (
    <Card title={w.title} body="flex flex-col gap-4 px-4 py-4 tight:px-3 tight:py-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 leading-[1.6]">
        <dt className="text-text-3">{w.who}</dt><dd><b>{session.name}</b>　<span className="text-text-2">{t.account.login} {session.login}</span></dd>
        <dt className="text-text-3">{w.posts}</dt>
        <dd>{session.appointments.length === 0 ? w.noPost : session.appointments.map((a) => (
          <p key={`${a.post}${a.unit}`}>{a.unit_name} {t.posts[a.post] ?? a.title}<span className="ml-2 text-text-3">{w.since(t.calendar(parseInstant(a.from)))}</span></p>
        ))}</dd>
        <dt className="text-text-3">{w.until}</dt><dd>{sameDay(now, until) ? w.today : t.date(until)} {clock(until)}<span className="block text-[13px] text-text-3">{w.untilHint}</span></dd>
      </dl>
      <div><Button onClick={() => void out()}>{w.signOut}</Button></div>
    </Card>
  );
}

/** Purpose is what this session states, for those who see footage. */
export function Purpose({ say }: { say: (text: string) => void }) {
  const t = useText();
  const w = t.settings.purpose;
  const { session } = usePerson();
  const { ask } = usePurpose();
  const past = useKnown().filter((c) => c.actions.includes('past'));
  return (
    <Card title={w.title} body="flex flex-col gap-4 px-4 py-4 tight:px-3 tight:py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {session.purpose ? <b className="text-base">{t.purpose.names[session.purpose] ?? session.purpose}</b> : <span className="text-text-2">{w.none}</span>}
        <Button size="small" onClick={() => ask(past)}>{session.purpose ? w.change : w.choose}</Button>
      </div>
      {session.purpose && <Case key={session.case} say={say} />}
      <p className="flex gap-2 text-[13px] leading-[1.6] text-text-3"><Icon name="shield" className="mt-0.5 size-4" />{w.never}</p>
    </Card>
  );
}

function Case({ say }: { say: (text: string) => void }) {
  const t = useText();
  const w = t.settings.purpose;
  const { session, change } = usePerson();
  const [text, setText] = useState(session.case);
  const [error, setError] = useState<string | null>(null);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const res = await call<SessionInfo>('PUT', '/api/session', { purpose: session.purpose, case: text.trim() });
    setError(res.ok ? null : res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
    if (!res.ok) return;
    change(res.value);
    say(res.value.case ? w.saved : w.cleared);
  };
  return (
    <form onSubmit={(e) => void submit(e)} className="flex items-end gap-2">
      <Field label={w.case} need="optional" hint={w.caseHint} error={error} className="grow">{(wiring) => <Input {...wiring} value={text} onChange={(e) => setText(e.target.value)} maxLength={64} autoComplete="off" placeholder={w.caseNone} />}</Field>
      <Button type="submit" disabled={text.trim() === session.case}>{w.save}</Button>
    </form>
  );
}

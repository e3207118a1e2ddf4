import { useState } from 'react';
import { security, type Use } from '../api/security.ts';
import { useText, type Text } from '../text/index.ts';
import { clock, parseInstant, sameDay, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { useSeconds } from '../ui/time.ts';
import type { UsesState } from './uses.ts';
import { words } from './words.ts';

/** moment is a time of today, or of another day. */
export const moment = (t: Text, now: Instant, at: Instant) => (sameDay(now, at) ? clock(at).slice(0, 5) : `${t.day(at)} ${clock(at).slice(0, 5)}`);

/** SignIns are where the person is signed in, each to be ended. */
export function SignIns({ state, load, say }: { state: UsesState; load: () => void; say: (text: string) => void }) {
  const t = useText();
  const w = t.security.uses;
  const [fault, setFault] = useState('');
  const end = async (u: Use) => {
    const res = await security.endUse(u.id);
    setFault(res.ok || res.error.status === 404 ? '' : words(t, res.error));
    if (res.ok) say(w.ended);
    load();
  };
  return (
    <Card title={w.title} note={state.kind === 'ready' && w.note(state.most)} body="px-4 py-1 tight:px-3">
      {state.kind === 'loading' && <Bones rows={2} />}
      {state.kind === 'failed' && <Failed error={state.error} retry={load} />}
      {fault && <Note tone="bad" alert className="my-2">{fault}</Note>}
      {state.kind === 'ready' && <ul aria-label={w.list}>{state.uses.filter((u) => u.kind === 'session').map((u) => <Row key={u.id} use={u} end={() => void end(u)} />)}</ul>}
      <p className="py-2.5 text-[13px] leading-[1.6] text-text-3">{w.hint}</p>
    </Card>
  );
}

function Row({ use: u, end }: { use: Use; end: () => void }) {
  const t = useText();
  const w = t.security.uses;
  const now = useSeconds();
  const since = moment(t, now, parseInstant(u.created));
  return (
    <li className="flex items-center gap-3 border-b border-soft py-2.5">
      <span className="min-w-0 grow leading-[1.5]">
        <span className="flex flex-wrap items-center gap-x-2.5"><b>{w.since(since)}</b>{u.current && <Chip tone="key" icon="check">{w.here}</Chip>}</span>
        <span className="block truncate text-[13px] text-text-3">{w.from(u.source)}・{u.factor ? w.by(u.factor) : w.byPassword}・{w.acted(moment(t, now, parseInstant(u.acted)))}</span>
      </span>
      {!u.current && <Button size="small" aria-label={w.endLong(since)} onClick={end}>{w.end}</Button>}
    </li>
  );
}

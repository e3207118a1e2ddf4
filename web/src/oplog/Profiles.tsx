import { useState } from 'react';
import { oplog, type ProfileVersion } from '../api/oplog.ts';
import type { Result } from '../api/result.ts';
import { useAnswer } from '../person/answer.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Table } from '../ui/Table.tsx';
import { ProfileDialog } from './ProfileDialog.tsx';

const tones = { waiting: 'late', approved: 'ok', refused: 'plain' } as const;

/** Profiles are how the logs of other systems are read: written down here, looked at with a file, approved by somebody else. */
export function Profiles({ done }: { done: (text: string) => void }) {
  const t = useText();
  const w = t.oplog.profiles;
  const { answer, again } = useAnswer('oplog profiles', oplog.profiles);
  const [open, setOpen] = useState<ProfileVersion | 'new' | null>(null);
  const [error, setError] = useState('');
  const decide = async (what: Promise<Result<unknown>>, said: string) => {
    const res = await what;
    setError(res.ok ? '' : words(t, res.error));
    if (!res.ok) return;
    again();
    done(said);
  };
  const add = <Button size="small" onClick={() => setOpen('new')} disabled={answer.kind !== 'ready'}>{w.add}</Button>;
  const name = (n: string) => n.replace('　', ' ');
  const day = (at: string) => t.day(parseInstant(at));
  return (
    <Card title={w.title} note={w.note} tools={add} body="flex flex-col">
      {error && <Note tone="bad" alert className="m-3">{error}</Note>}
      {answer.kind === 'loading' && <Bones rows={2} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {answer.kind === 'ready' && answer.value.profiles.length === 0 && <p className="px-4 py-3 leading-[1.7] text-text-2 tight:px-3 tight:py-2.5">{w.none}</p>}
      {answer.kind === 'ready' && answer.value.profiles.length > 0 && (
        <div tabIndex={0} role="region" aria-label={t.oplog.counts.rowsOf(w.title)} className="focus-inside overflow-x-auto"><Table<ProfileVersion> dense label={w.title} rows={answer.value.profiles} keyOf={(p) => `${p.id} ${p.version}`} columns={[
          { head: w.system, names: true, className: 'max-w-40', cell: (p) => <span className="block truncate" title={`${p.name}（${p.id}）`}>{p.name}</span> },
          { head: w.version, align: 'right', cell: (p) => p.version },
          { head: w.state, cell: (p) => <Chip tone={tones[p.state]}>{w.states[p.state]}</Chip> },
          { head: w.by, cell: (p) => <span title={p.decided ? w.decided(name(p.decider), day(p.decided)) : undefined}>{day(p.at)} {name(p.by)}</span> },
          { head: w.act, cell: (p) => (
            <span className="flex gap-1.5">
              <Button size="small" look="quiet" aria-label={w.openOf(p.name, p.version)} onClick={() => setOpen(p)}>{w.open}</Button>
              {p.mine && <><Button size="small" look="primary" aria-label={w.approveOf(p.name, p.version)} onClick={() => void decide(oplog.decideProfile(p, true), w.approved)}>{w.approve}</Button><Button size="small" look="quiet" aria-label={w.refuseOf(p.name, p.version)} onClick={() => void decide(oplog.decideProfile(p, false), w.refused)}>{w.refuse}</Button></>}
            </span>
          ) },
        ]} /></div>
      )}
      {open && answer.kind === 'ready' && <ProfileDialog fields={answer.value.fields} from={open === 'new' ? null : open} close={() => (setOpen(null), again())} say={done} />}
    </Card>
  );
}

import { useMemo, useState, type FormEvent } from 'react';
import { duty, type Draft } from '../api/duty.ts';
import type { Camera } from '../api/types.ts';
import { mayPast } from '../person/rights.ts';
import { useCameraOf, useKnown } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Check, Field, TextArea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';

const most = { cameras: 16, note: 2000 };

interface Props {
  camera: string;
  at: Instant;
  round?: string; // which it came of; with moment
  moment?: number;
  close: (sent: boolean) => void;
}

/** Contact tells crisis management of a moment: which cameras, and in words what it is. */
export function Contact({ camera: id, at, round, moment, close }: Props) {
  const t = useText();
  const c = t.duty.contact;
  const camera = useCameraOf()(id);
  const neighbours = useNeighbours(camera);
  const [others, setOthers] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const [state, setState] = useState<{ kind: 'ready' | 'busy' } | { kind: 'failed'; detail: string }>({ kind: 'ready' });
  const wrong = note.trim() === '' ? c.missing : [...note].length > most.note ? c.long : null;
  const send = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (wrong || state.kind === 'busy') return;
    setState({ kind: 'busy' });
    const draft: Draft = { camera: id, at, cameras: [...others], note: note.trim(), ...(round && moment ? { round, moment } : {}) };
    const res = await duty.send(draft);
    if (res.ok) close(true);
    else setState({ kind: 'failed', detail: t.oops(res.error.detail) });
  };
  const tick = (other: string, on: boolean) => setOthers((all) => (on ? [...all, other] : all.filter((x) => x !== other)));
  return (
    <Dialog title={c.title} close={() => close(false)} closeLabel={c.later} className="w-[640px]">
      <form onSubmit={(e) => void send(e)} noValidate className="flex flex-col gap-4 tight:gap-3">
        <dl className="-mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-8 bg-bg px-4 py-3 leading-[1.6]">
          <dt className="text-text-3">{c.moment}</dt><dd><b>{t.date(at)} {clock(at)}</b></dd>
          <dt className="text-text-3">{c.camera}</dt><dd><b>{camera?.name ?? id}</b> <span className="text-text-3">{camera?.number}</span></dd>
        </dl>
        <Field label={c.note} need="required" hint={c.noteHint} error={tried ? wrong : null}>{(w) => <TextArea {...w} rows={4} value={note} onChange={(e) => setNote(e.target.value)} />}</Field>
        <fieldset className="flex min-w-0 flex-col gap-1.5">
          <legend className="mb-1.5 font-bold">{c.others}<span className="ml-1.5 text-[13px] font-normal text-text-3">{t.signIn.optional}</span></legend>
          {neighbours.length === 0 ? <p className="text-[13px] text-text-3">{c.noOthers}</p> : (
            <>
              <p className="-mt-1 text-[13px] text-text-3">{c.othersHint}</p>
              <div className="grid max-h-36 grid-cols-2 gap-x-4 overflow-auto rounded-8 border border-line px-3 py-1 tight:max-h-24">
                {neighbours.map((n) => <Check key={n.id} checked={others.includes(n.id)} disabled={others.length >= most.cameras && !others.includes(n.id)} onChange={(e) => tick(n.id, e.target.checked)}><span className="truncate">{n.name} <span className="text-xs text-text-3">{n.number}</span></span></Check>)}
              </div>
            </>
          )}
        </fieldset>
        {state.kind === 'failed' && <Note tone="bad" alert>{state.detail}</Note>}
        <p className="flex items-center gap-2 text-[13px] leading-[1.6] text-text-2"><Icon name="lock" className="size-4" />{c.who}</p>
        <div className="flex gap-2"><Button type="submit" look="primary" disabled={state.kind === 'busy'}><Icon name="send" className="size-4" />{state.kind === 'busy' ? c.busy : c.send}</Button><Button look="quiet" onClick={() => close(false)}>{c.later}</Button></div>
      </form>
    </Dialog>
  );
}

/** useNeighbours are the other cameras of the same floor whose past one may see. */
function useNeighbours(camera: Camera | null): Camera[] {
  const known = useKnown();
  return useMemo(() => (camera ? known.filter((c) => c.id !== camera.id && c.site === camera.site && c.floor === camera.floor && mayPast(c)) : []), [known, camera]);
}

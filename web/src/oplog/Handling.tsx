import { useState, type FormEvent } from 'react';
import { oplog, type WholeHint } from '../api/oplog.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { follow, link } from '../url.ts';
import { Heading } from './Marks.tsx';
import { requestAddress, terminalsOf } from './say.ts';

/** Handling is what the reader may do about a hint: its moves, each with a reason, and the way to the footage. */
export function Handling({ value, asks, put, changed }: { value: WholeHint; asks: boolean; put: (v: WholeHint) => void; changed: (what: string) => void }) {
  const t = useText();
  const w = t.oplog.handle;
  const h = value.hint;
  const [move, setMove] = useState('');
  const footage = asks && h.state === 'look' && h.staff !== undefined;
  return (
    <section aria-label={w.title} className="flex flex-none flex-col gap-2.5 rounded-8 bg-bg px-4 py-3 tight:px-3 tight:py-2.5">
      <Heading>{w.title}</Heading>
      {h.footage && <p><a href={link('evidence', { tab: 'requests', request: h.footage })} onClick={follow} className="text-accent underline underline-offset-3 hover:no-underline">{w.request(h.footage)}</a>{h.outcome && `　${t.oplog.hint.outcome(t.oplog.hint.outcomes[h.outcome] ?? h.outcome)}`}</p>}
      {footage && <Footage value={value} />}
      {h.moves.length > 0 && !move && <div className="flex flex-wrap gap-2">{h.moves.map((m, i) => <Button key={m} look={i === 0 && !footage ? 'primary' : 'outline'} onClick={() => setMove(m)}>{w.moves[m] ?? m}</Button>)}</div>}
      {h.moves.length === 0 && !footage && <p className="text-text-2">{w.none}</p>}
      {move && <Reason key={move} value={value} move={move} close={() => setMove('')} done={(v) => {
        setMove('');
        put(v);
        changed(w.done[move] ?? '');
      }} />}
    </section>
  );
}

/** Footage leads to the form of a 映像確認依頼, filled in; one for each terminal. */
function Footage({ value: { hint, samples } }: { value: WholeHint }) {
  const t = useText();
  const w = t.oplog.handle;
  if (!hint.lapses) return <p className="text-text-2">{w.noCover}</p>;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap gap-2">
        {terminalsOf(samples).map(({ terminal, events }) => (
          <a key={terminal} href={requestAddress(hint.id, terminal)} onClick={follow} className="inline-flex h-9 items-center gap-1.5 rounded-8 border border-primary bg-primary px-3.5 font-bold whitespace-nowrap text-white hover:bg-primary-hover tight:h-8 tight:px-3"><Icon name="eye" className="size-4" />{w.footage}<span className="font-normal">（{w.footageOf(terminal, events.length)}）</span></a>
        ))}
      </div>
      <p className="text-[13px] leading-[1.6] text-text-3">{w.footageWhy}</p>
    </div>
  );
}

function Reason({ value: { hint }, move, close, done }: { value: WholeHint; move: string; close: () => void; done: (v: WholeHint) => void }) {
  const t = useText();
  const w = t.oplog.handle;
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const needs = move !== 'ask';
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setMissing(needs && !reason.trim());
    if (needs && !reason.trim()) return;
    setBusy(true);
    const res = await oplog.move(hint, move, reason.trim());
    setBusy(false);
    if (!res.ok) return setError(words(t, res.error));
    done(res.value);
  };
  return (
    <form noValidate onSubmit={(e) => void submit(e)} className="flex flex-col gap-2.5">
      <p className="leading-[1.6]">{w.hints[move]}</p>
      <Field label={w.reason} need={needs ? 'required' : 'optional'} hint={w.reasonHint} error={missing ? w.missing : null}>{(wiring) => <TextArea {...wiring} autoFocus rows={3} maxLength={2000} value={reason} onChange={(e) => (setReason(e.target.value), setMissing(false))} />}</Field>
      {error && <Note tone="bad" alert>{error}</Note>}
      <div className="flex gap-2"><Button type="submit" look="primary" disabled={busy}>{w.moves[move]}</Button><Button look="quiet" onClick={close}>{w.cancel}</Button></div>
    </form>
  );
}

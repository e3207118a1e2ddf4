import { useState, type FormEvent } from 'react';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, TextArea } from '../ui/Field.tsx';

/** AskDialog asks why something is done. */
export function AskDialog({ title, close, go }: { title: string; close: () => void; go: (reason: string) => Promise<void> }) {
  const t = useText();
  const w = t.survey;
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (!reason.trim()) return;
    setBusy(true);
    await go(reason);
  };
  return (
    <Dialog title={title} close={close} closeLabel={t.ui.cancel} className="w-[520px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <Field label={w.ask.reason} need="required" hint={w.reply.reasonHint} error={tried && !reason.trim() ? t.review.missing : null}>
          {(wiring) => <TextArea {...wiring} rows={3} maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} />}
        </Field>
        <div className="flex gap-3"><Button type="submit" look="primary" disabled={busy}>{w.ask.go}</Button><Button look="quiet" onClick={close}>{w.reply.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

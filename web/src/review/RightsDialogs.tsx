import { useState, type FormEvent } from 'react';
import { inventory, type RightsLine, type RightsReview } from '../api/inventory.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Say } from './ItemPanel.tsx';
import { plain, rightsOf } from './RightsRows.tsx';

/** ObjectDialog says that somebody should not hold a post any more, and why. */
export function ObjectDialog({ review, line: l, close, done }: { review: RightsReview; line: RightsLine; close: () => void; done: () => void }) {
  const t = useText();
  const w = t.review.rights;
  return (
    <Dialog title={w.objectTitle} close={close} closeLabel={t.ui.close} className="w-[540px]">
      <p className="leading-[1.7]"><b>{plain(l.name)}</b>（{l.login}）　{l.unit_name} {t.posts[l.post] ?? l.title}<br /><span className="text-text-2">{rightsOf(t, l)}</span></p>
      <p className="leading-[1.7] text-text-2">{w.objectLead}</p>
      <Say label={w.reason} hint={w.reasonHint} button={w.object} act={(text) => inventory.object(review.id, l.n, text)} done={done} />
    </Dialog>
  );
}

/** CloseDialog closes a review; while lines are open it asks why. */
export function CloseDialog({ review: r, close, done }: { review: RightsReview; close: () => void; done: () => void }) {
  const t = useText();
  const w = t.review.rights;
  const [remark, setRemark] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState('');
  const missing = r.left > 0 && !remark.trim();
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (missing) return;
    const res = await inventory.close(r.id, remark.trim());
    if (res.ok) return done();
    setError(res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
  };
  return (
    <Dialog title={w.closeTitle} close={close} closeLabel={t.ui.close} className="w-[540px]">
      <form noValidate onSubmit={(e) => void submit(e)} className="flex flex-col gap-4">
        <p className="leading-[1.7] text-text-2">{w.closeLead(r.left)}</p>
        <Field label={w.remark} need={r.left > 0 ? 'required' : 'optional'} error={tried && missing ? t.review.missing : null}>{(wire) => <TextArea {...wire} rows={3} maxLength={500} value={remark} onChange={(e) => setRemark(e.target.value)} />}</Field>
        {error && <Note tone="bad" alert>{error}</Note>}
        <div className="flex gap-2"><Button type="submit" look="primary">{w.close}</Button><Button onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

import { useState, type FormEvent } from 'react';
import { people, type Post } from '../api/people.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useSeconds } from '../ui/time.ts';
import { dayStart, readDay } from './day.ts';
import { nameOf, whatOf } from './words.ts';

/** EndDialog ends an appointment, at once or on a day. */
export function EndDialog({ post: p, done, close }: { post: Post; done: (text: string) => void; close: () => void }) {
  const t = useText();
  const w = t.people.endForm;
  const now = useSeconds();
  const [when, setWhen] = useState<'now' | 'day'>('now');
  const [text, setText] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const who = `${nameOf(p.name)}（${whatOf(t, p)}）`;
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const day = when === 'now' ? '' : readDay(text, now);
    if (day === null || (when === 'day' && !day)) return setError(t.people.list.badDay);
    setBusy(true);
    const res = await people.end(p.id, day);
    setBusy(false);
    if (!res.ok) return setError(words(t, res.error));
    done(day ? t.people.posts.willEnd(who, t.calendar(dayStart(day))) : t.people.posts.ended(who));
  };
  return (
    <Dialog title={w.title(who)} close={close} closeLabel={t.ui.close} className="w-[500px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <p className="leading-[1.7] text-text-2">{w.why}</p>
        <div><Segment label={w.when} choices={[{ value: 'now', text: w.at.now! }, { value: 'day', text: w.at.day! }]} value={when} choose={setWhen} /></div>
        {when === 'day' && <Field label={w.day} need="required" hint={w.dayHint}>{(wiring) => <Input {...wiring} value={text} onChange={(e) => setText(e.target.value)} className="w-48" />}</Field>}
        {error && <Note tone="bad" alert>{error}</Note>}
        <div className="flex gap-2"><Button type="submit" look="danger" aria-disabled={busy}>{w.submit}</Button><Button look="quiet" onClick={close}>{t.ui.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

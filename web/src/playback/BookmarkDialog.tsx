import { useState, type FormEvent } from 'react';
import { bookmarks, type Bookmark } from '../api/bookmarks.ts';
import type { Camera } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { clock, thousandths, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, TextArea } from '../ui/Field.tsx';

interface Props {
  camera: Camera;
  at: Instant;
  done: (b: Bookmark) => void;
  close: () => void;
}

/** BookmarkDialog notes a moment. */
export function BookmarkDialog({ camera, at, done, close }: Props) {
  const t = useText();
  const words = t.playback.adding;
  const [text, setText] = useState('');
  const [shared, setShared] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const save = async (e?: FormEvent) => {
    e?.preventDefault();
    if (busy) return;
    if (!text.trim()) return setError(words.missing);
    setBusy(true);
    const res = await bookmarks.add(camera.id, { at, text: text.trim(), shared, still: false });
    setBusy(false);
    if (res.ok) done(res.value);
    else setError(res.error.detail || words.failed);
  };
  return (
    <Dialog title={words.title} close={close} closeLabel={words.cancel} className="dark scheme-dark w-[560px]">
      <form onSubmit={(e) => void save(e)} className="flex flex-col gap-4">
        <p className="-mt-2 leading-[1.7] text-text-2"><b className="text-text">{t.date(at)} {clock(at)}</b>.{thousandths(at)}　{camera.name} {camera.number}</p>
        <Field label={words.text} need="required" hint={words.hint} error={error}>
          {(wiring) => <TextArea {...wiring} autoFocus rows={3} maxLength={500} value={text} onChange={(e) => (setText(e.target.value), setError(''))} onKeyDown={(e) => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && void save()} />}
        </Field>
        <Share shared={shared} set={setShared} />
        <div className="flex justify-end gap-2"><Button look="quiet" onClick={close}>{words.cancel}</Button><Button type="submit" look="primary" disabled={busy}>{busy ? words.saving : words.save}</Button></div>
      </form>
    </Dialog>
  );
}

/** Share is who may see a note. */
export function Share({ shared, set }: { shared: boolean; set: (shared: boolean) => void }) {
  const words = useText().playback.adding;
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 font-bold">{words.share}</legend>
      {[false, true].map((s) => (
        <label key={String(s)} className="flex min-h-8 items-center gap-2">
          <input type="radio" name="share" checked={shared === s} onChange={() => set(s)} className="size-[18px] flex-none accent-(--primary)" />
          {s ? words.shared : words.mine}{s && <span className="text-[13px] text-text-3">{words.sharedWhy}</span>}
        </label>
      ))}
    </fieldset>
  );
}

import { useEffect, useRef, useState } from 'react';
import { bookmarks, type Bookmark } from '../api/bookmarks.ts';
import type { Camera } from '../api/types.ts';
import { Still } from '../bookmarks/Still.tsx';
import { useText } from '../text/index.ts';
import type { Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Check, Field, Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';

interface Props {
  camera: Camera;
  at: Instant;
  kept: (b: Bookmark) => void;
  dropped: (id: string) => void;
  close: () => void;
}

type State = { kind: 'keeping' } | { kind: 'kept'; still: Bookmark } | { kind: 'failed'; detail: string };

/** StillDialog keeps the picture at a moment as a still, and shows it. It never leaves this page. */
export function StillDialog({ camera, at, kept, dropped, close }: Props) {
  const t = useText();
  const words = t.playback.still;
  const [state, setState] = useState<State>({ kind: 'keeping' });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true; // once: keeping is an act
    void bookmarks.add(camera.id, { at, text: '', shared: false, still: true }).then((res) => {
      if (!res.ok) return setState({ kind: 'failed', detail: res.error.detail || t.oops('') });
      kept(res.value);
      setState({ kind: 'kept', still: res.value });
    });
  });
  const drop = async (id: string) => {
    const res = await bookmarks.remove(id);
    if (!res.ok) return;
    dropped(id);
    close();
  };
  return (
    <Dialog title={words.title} close={close} closeLabel={words.close} className="dark scheme-dark w-[min(820px,94vw)] print:hidden">
      {state.kind === 'kept' && <Still bookmark={state.still} camera={camera} onDark />}
      {state.kind === 'keeping' && <p role="status" className="hatch grid aspect-video place-items-center rounded-4 text-text-2">{words.loading}</p>}
      {state.kind === 'failed' && <Note tone="bad" alert><b>{words.failed}</b><br />{state.detail}</Note>}
      {state.kind === 'kept' && <p role="status" className="flex items-center gap-2 text-ok"><Icon name="check" />{words.kept}</p>}
      {state.kind === 'kept' ? <Remark still={state.still} changed={kept} drop={() => void drop(state.still.id)} close={close} /> : <div className="flex justify-end"><Button look="quiet" onClick={close}>{words.close}</Button></div>}
    </Dialog>
  );
}

/** Remark is what one writes to a still. */
function Remark({ still, changed, drop, close }: { still: Bookmark; changed: (b: Bookmark) => void; drop: () => void; close: () => void }) {
  const t = useText();
  const words = t.playback.still;
  const [text, setText] = useState(still.text);
  const [shared, setShared] = useState(still.shared);
  const [state, setState] = useState<'ready' | 'busy' | 'saved' | 'failed'>('ready');
  const save = async () => {
    setState('busy');
    const res = await bookmarks.change(still.id, text.trim(), shared);
    if (res.ok) changed(res.value);
    setState(res.ok ? 'saved' : 'failed');
  };
  return (
    <form className="flex flex-wrap items-end gap-3" onSubmit={(e) => (e.preventDefault(), void save())}>
      <Field label={words.note} need="optional" error={state === 'failed' ? t.oops('') : null} className="grow">{(wiring) => <Input {...wiring} value={text} maxLength={500} onChange={(e) => (setText(e.target.value), setState('ready'))} />}</Field>
      <Check checked={shared} onChange={(e) => (setShared(e.target.checked), setState('ready'))}>{words.share}</Check>
      <Button type="submit" disabled={state === 'busy'}>{state === 'saved' && <Icon name="check" className="size-4" />}{state === 'saved' ? words.saved : words.save}</Button>
      <Button look="quiet" onClick={drop}>{words.discard}</Button>
      <Button look="quiet" onClick={close}>{words.close}</Button>
    </form>
  );
}

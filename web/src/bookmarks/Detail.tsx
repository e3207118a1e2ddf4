import { useState, type FormEvent } from 'react';
import { bookmarks, type Bookmark } from '../api/bookmarks.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant, thousandths } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Check, Field, TextArea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { go, moment } from '../url.ts';
import { Still } from './Still.tsx';

const most = 500;

/** Detail is one bookmark: the picture of a still, what is noted, and for its author the form. */
export function Detail({ bookmark: b, changed }: { bookmark: Bookmark; changed: (b: Bookmark | null, what: string) => void }) {
  const t = useText();
  const d = t.bookmarks;
  const camera = useCameraOf()(b.camera);
  const at = parseInstant(b.at);
  const rows: [string, string][] = [
    [d.columns.at, `${t.date(at)} ${clock(at)}.${thousandths(at)}${b.to ? ` ～ ${clock(parseInstant(b.to))}` : ''}`],
    [d.place, camera ? [camera.site_name, camera.floor && t.rail.floor(camera.floor), camera.room].filter(Boolean).join(' ') : ''],
    [d.columns.by, `${b.by_title} ${b.by_name.replace('　', ' ')}`],
    [d.created, `${t.date(parseInstant(b.created))} ${clock(parseInstant(b.created)).slice(0, 5)}`],
    [d.purpose, t.purpose.names[b.purpose] ?? b.purpose], [d.caseNumber, b.case], [d.sharing, b.shared ? d.sharedWith : d.notShared],
  ];
  return (
    <Card title={<span className="truncate" title={camera?.name}>{camera?.name ?? b.camera}</span>} note={camera?.number} className="min-h-60" body="min-h-0 grow overflow-auto flex flex-col gap-4 p-4 tight:gap-3 tight:p-3"
      tools={b.still && <Chip tone="mark" icon="photo">{d.stillMark}</Chip>}>
      {b.still && camera && <Still key={b.id} bookmark={b} camera={camera} />}
      {!b.mine && b.text && <p className="rounded-8 bg-bg px-4 py-3 text-base leading-[1.8] whitespace-pre-wrap break-words tight:text-[15px]">{b.text}</p>}
      <div><Button look="primary" onClick={() => go(moment([b.camera], at))}><Icon name="play" className="size-4" />{d.go}</Button></div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1 leading-[1.6]">{rows.filter(([, value]) => value).map(([name, value]) => <div key={name} className="contents"><dt className="text-text-3">{name}</dt><dd>{value}</dd></div>)}</dl>
      {b.mine && <Form bookmark={b} changed={changed} />}
    </Card>
  );
}

function Form({ bookmark: b, changed }: { bookmark: Bookmark; changed: (b: Bookmark | null, what: string) => void }) {
  const t = useText();
  const f = t.bookmarks.edit;
  const [text, setText] = useState(b.text);
  const [shared, setShared] = useState(b.shared);
  const [tried, setTried] = useState(false);
  const [failed, setFailed] = useState('');
  const [removing, setRemoving] = useState(false);
  const wrong = text.trim() === '' && !b.still ? f.missing : [...text].length > most ? f.long : null;
  const save = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (wrong) return;
    const res = await bookmarks.change(b.id, text.trim(), shared);
    if (res.ok) changed(res.value, f.saved);
    else setFailed(res.error.detail || f.failed);
  };
  const remove = async () => {
    setRemoving(false);
    const res = await bookmarks.remove(b.id);
    if (res.ok) changed(null, f.removed);
    else setFailed(res.error.detail || f.failed);
  };
  return (
    <form onSubmit={(e) => void save(e)} noValidate className="flex flex-col gap-3 border-t border-soft pt-4 tight:pt-3">
      <Field label={f.text} need={b.still ? 'optional' : 'required'} hint={f.textHint} error={tried ? wrong : null}>{(w) => <TextArea {...w} rows={3} value={text} onChange={(e) => setText(e.target.value)} />}</Field>
      <Check checked={shared} onChange={(e) => setShared(e.target.checked)}>{f.shared}</Check>
      {failed && <Note tone="bad" alert>{failed}</Note>}
      <div className="flex gap-2"><Button type="submit" disabled={text === b.text && shared === b.shared}>{f.save}</Button><Button look="danger" className="ml-auto" onClick={() => setRemoving(true)}><Icon name="trash" className="size-4" />{f.remove}</Button></div>
      {removing && (
        <Dialog title={f.sure} close={() => setRemoving(false)} closeLabel={f.keep} className="w-[480px]">
          <p className="leading-[1.7] text-text-2">{f.sureBody}</p>
          <div className="flex gap-2"><Button look="danger" onClick={() => void remove()}>{f.remove}</Button><Button look="quiet" onClick={() => setRemoving(false)}>{f.keep}</Button></div>
        </Dialog>
      )}
    </form>
  );
}

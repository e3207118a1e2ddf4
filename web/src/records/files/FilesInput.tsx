import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { filesOf, type Attached } from '../../api/files.ts';
import type { Field, Value } from '../../api/records.ts';
import { useText } from '../../text/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FileList } from './FileList.tsx';
import { Queue, type Item } from './queue.ts';
import { size } from './size.ts';

interface Props {
  kind: string;
  field: Field;
  value: Value;
  set: (x: Value) => void;
  error: string | null;
  uploading: (field: string, busy: boolean) => void; // told when something is on its way, and when nothing is any more
}

/** FilesInput takes files by a button or dropped on it, sends them, and lists those that are there. */
export function FilesInput({ kind, field: f, value, set, error, uploading }: Props) {
  const t = useText();
  const w = t.files;
  const files = filesOf(value);
  const there = useRef(files);
  const put = (next: readonly Attached[]) => {
    there.current = next;
    set(next as unknown as Value);
  };
  const arrived = useRef<(x: Attached) => void>(() => undefined);
  useEffect(() => {
    there.current = files;
    arrived.current = (x) => put([...there.current, x]);
  });
  const [queue] = useState(() => new Queue(kind, f, (x) => arrived.current(x)));
  const items = useSyncExternalStore(queue.subscribe, queue.get);
  const busy = items.some((i) => i.state.kind !== 'failed');
  const tell = useRef(uploading);
  useEffect(() => {
    tell.current = uploading;
  });
  useEffect(() => tell.current(f.id, busy), [f.id, busy]);
  useEffect(() => () => (queue.close(), tell.current(f.id, false)), [queue, f.id]);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const id = useId();
  const { most, bytes, endings } = f.filing ?? { most: 0, bytes: 0, endings: [] };
  const name = f.name[t.lang] || f.name.ja;
  return (
    <fieldset className="col-span-full flex min-w-0 flex-col gap-2" aria-describedby={`${id}-hint`}>
      <legend className="mb-1.5 font-bold">{name}<span className={`ml-1.5 text-[13px] font-normal ${f.required ? 'text-bad' : 'text-text-3'}`}>{f.required ? t.signIn.required : t.signIn.optional}</span></legend>
      <div data-testid="drop" onDragOver={(e) => (e.preventDefault(), setOver(true))} onDragLeave={() => setOver(false)} onDrop={(e) => (e.preventDefault(), setOver(false), queue.add(e.dataTransfer.files, there.current.length))}
        className={`flex items-center gap-3 rounded-8 border border-dashed px-3 py-2.5 ${over ? 'border-accent bg-accent-soft' : 'border-[#767676]'}`}>
        <input ref={input} type="file" multiple={most > 1} accept={endings.join(',')} className="sr-only" tabIndex={-1} aria-hidden="true" data-testid={`files-${f.id}`} onChange={(e) => {
          const chosen = [...(e.target.files ?? [])];
          e.target.value = '';
          queue.add(chosen, there.current.length);
        }} />
        <Button size="small" aria-label={w.chooseFor(name)} onClick={() => input.current?.click()}><Icon name="clip" className="size-4" />{w.choose}</Button>
        <p id={`${id}-hint`} className="min-w-0 text-[13px] leading-[1.6] text-text-3">{w.hint(endings.map((e) => e.slice(1).toUpperCase()).filter((e) => e !== 'JPEG').join('・'), size(bytes), most)}</p>
      </div>
      {items.length > 0 && <ul aria-label={w.coming(name)} className="flex flex-col gap-1">{items.map((i) => <Coming key={i.key} item={i} field={f} dismiss={() => queue.dismiss(i.key)} />)}</ul>}
      {files.length > 0 && (
        <FileList label={name} files={files} of={null} tool={(x) => (
          <button type="button" aria-label={w.withdraw(x.name)} title={w.withdraw(x.name)} onClick={() => put(there.current.filter((y) => y.id !== x.id))} className="grid size-8 flex-none place-items-center rounded-8 text-text-2 hover:bg-soft"><Icon name="trash" /></button>
        )} />
      )}
      {error && <p role="alert" className="text-[13px] leading-[1.6] text-bad">＊{error}</p>}
    </fieldset>
  );
}

/** Coming is a file on its way, with how far it is, or why it did not get there. */
function Coming({ item: i, field, dismiss }: { item: Item; field: Field; dismiss: () => void }) {
  const t = useText();
  const w = t.files;
  const s = i.state;
  const why = () => {
    if (s.kind !== 'failed') return '';
    const { endings, bytes, most } = field.filing ?? { endings: [], bytes: 0, most: 0 };
    if (s.why.kind === 'server') return s.why.problem.status === 0 ? t.noAnswer : s.why.problem.detail;
    return { ending: w.badEnding(endings.join(' ')), size: w.tooLarge(size(bytes)), empty: w.empty, many: w.tooMany(most) }[s.why.kind];
  };
  return (
    <li className={`grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 rounded-8 border px-3 py-1.5 ${s.kind === 'failed' ? 'border-bad' : 'border-line'}`}>
      <div className="min-w-0">
        <p className="flex min-w-0 items-baseline gap-2"><span className="min-w-0 truncate" title={i.name}>{i.name}</span><span className="flex-none text-[13px] text-text-2 tabular-nums">{size(i.size)}</span></p>
        {s.kind === 'failed' ? <p role="alert" className="text-[13px] leading-[1.6] text-bad">＊{why()}</p> : <progress aria-label={w.progress(i.name)} max={1} value={s.kind === 'sending' ? s.part : 0} className="h-1.5 w-full accent-(--primary)" />}
      </div>
      <button type="button" aria-label={w.dismiss(i.name)} title={w.dismiss(i.name)} onClick={dismiss} className="grid size-8 place-items-center rounded-8 text-text-2 hover:bg-soft"><Icon name="close" /></button>
    </li>
  );
}

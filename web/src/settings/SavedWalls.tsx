import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { desk, type SavedWall } from '../api/desk.ts';
import type { Problem } from '../api/result.ts';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { follow, link } from '../url.ts';

type State = { kind: 'loading' } | { kind: 'ready'; sets: readonly SavedWall[] } | { kind: 'failed'; error: Problem };

/** SavedWalls are the walls this person saved: to open, rename, delete. */
export function SavedWalls({ say }: { say: (text: string) => void }) {
  const t = useText();
  const w = t.settings.sets;
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [asked, setAsked] = useState<{ kind: 'rename' | 'remove'; set: SavedWall } | null>(null);
  const load = useCallback(async () => {
    const res = await desk.sets();
    setState(res.ok ? { kind: 'ready', sets: res.value.sets } : { kind: 'failed', error: res.error });
  }, []);
  useEffect(() => {
    void load();
  }, [load]);
  const change = (said: string, f: (sets: readonly SavedWall[]) => readonly SavedWall[]) => {
    setState((s) => (s.kind === 'ready' ? { kind: 'ready', sets: f(s.sets) } : s));
    setAsked(null);
    say(said);
  };
  return (
    <Card title={w.title} note={w.lead} body="px-4 py-1 tight:px-3">
      {state.kind === 'loading' && <Bones rows={2} />}
      {state.kind === 'failed' && <Failed error={state.error} retry={() => void load()} />}
      {state.kind === 'ready' && state.sets.length === 0 && <Nothing icon="star" title={w.none}>{w.noneWhy}</Nothing>}
      {state.kind === 'ready' && state.sets.length > 0 && (
        <ul aria-label={w.list}>{state.sets.map((s) => <Row key={s.id} set={s} ask={(kind) => setAsked({ kind, set: s })} />)}</ul>
      )}
      {asked?.kind === 'rename' && <Rename set={asked.set} close={() => setAsked(null)} done={(set) => change(w.renamed(set.name), (sets) => sets.map((s) => (s.id === set.id ? set : s)))} />}
      {asked?.kind === 'remove' && <Remove set={asked.set} close={() => setAsked(null)} done={() => change(w.removed(asked.set.name), (sets) => sets.filter((s) => s.id !== asked.set.id))} />}
    </Card>
  );
}

function Row({ set: s, ask }: { set: SavedWall; ask: (kind: 'rename' | 'remove') => void }) {
  const t = useText();
  const w = t.settings.sets;
  const about = w.about(s.layout === 'floor' ? w.floor : w.layouts(s.layout), s.cameras.filter(Boolean).length);
  const small = 'grid size-8 flex-none place-items-center rounded-6 text-text-2 hover:bg-soft';
  return (
    <li className="flex items-center gap-3 border-b border-soft py-2 last:border-b-0">
      <span className="min-w-0 grow"><b className="block truncate" title={s.name}>{s.name}</b><span className="block truncate text-[13px] text-text-3">{about}・{w.updated(t.calendar(parseInstant(s.updated)))}</span></span>
      <a href={`${link('wall', { layout: s.layout, set: s.id })}&cameras=${s.cameras.map(encodeURIComponent).join(',')}`} onClick={follow} aria-label={w.openLong(s.name)} className="flex-none px-2 py-1 text-accent underline underline-offset-3 hover:no-underline">{w.open}</a>
      <button type="button" aria-label={w.renameLong(s.name)} title={w.rename} onClick={() => ask('rename')} className={small}><Icon name="edit" /></button>
      <button type="button" aria-label={w.removeLong(s.name)} title={w.remove} onClick={() => ask('remove')} className={small}><Icon name="trash" /></button>
    </li>
  );
}

function Rename({ set, close, done }: { set: SavedWall; close: () => void; done: (s: SavedWall) => void }) {
  const t = useText();
  const w = t.settings.sets;
  const [name, setName] = useState(set.name);
  const [error, setError] = useState<string | null>(null);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const fields = { name: name.trim(), layout: set.layout, cameras: set.cameras };
    if (fields.name.length < 1 || [...fields.name].length > 60) return setError(w.missing);
    const res = await desk.changeSet(set.id, fields);
    if (res.ok) done(res.value);
    else setError(res.error.status === 0 ? t.noAnswer : res.error.detail || w.failed);
  };
  return (
    <Dialog title={w.rename} close={close} closeLabel={w.cancel} className="w-[440px]">
      <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
        <Field label={w.name} need="required" error={error}>{(wiring) => <Input {...wiring} value={name} onChange={(e) => setName(e.target.value)} maxLength={60} autoFocus />}</Field>
        <div className="flex justify-end gap-2"><Button look="quiet" onClick={close}>{w.cancel}</Button><Button look="primary" type="submit">{w.submit}</Button></div>
      </form>
    </Dialog>
  );
}

function Remove({ set, close, done }: { set: SavedWall; close: () => void; done: () => void }) {
  const t = useText();
  const w = t.settings.sets;
  const [error, setError] = useState<string | null>(null);
  const remove = async () => {
    const res = await desk.removeSet(set.id);
    if (res.ok || res.error.status === 404) done();
    else setError(res.error.status === 0 ? t.noAnswer : res.error.detail || w.failed);
  };
  return (
    <Dialog title={w.sure(set.name)} close={close} closeLabel={w.cancel} className="w-[440px]">
      <p className="leading-[1.7] text-text-2">{w.sureWhy}</p>
      {error && <p role="alert" className="text-bad">＊{error}</p>}
      <div className="flex justify-end gap-2"><Button look="quiet" onClick={close}>{w.cancel}</Button><Button className="border-bad! text-bad! hover:bg-bad-bg!" onClick={() => void remove()}>{w.remove}</Button></div>
    </Dialog>
  );
}

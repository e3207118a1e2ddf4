import { useState, type FormEvent } from 'react';
import type { SavedWall } from '../api/desk.ts';
import type { Result } from '../api/result.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, Input } from '../ui/Field.tsx';
import type { Arrangement } from './arrange.ts';
import { seen } from './place.ts';
import type { Sets } from './sets.ts';

interface NameProps {
  title: string;
  submit: string;
  name: string;
  body?: string;
  keep: (name: string) => Promise<Result<SavedWall>>;
  second?: { text: string; keep: (name: string) => Promise<Result<SavedWall>> };
  done: (s: SavedWall) => void;
  close: () => void;
}

/** NameDialog asks for a name and keeps something under it. */
export function NameDialog({ title, submit, name: before, body, keep, second, done, close }: NameProps) {
  const t = useText();
  const [name, setName] = useState(before);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const w = t.wall.save;
  const send = async (f: typeof keep) => {
    const text = name.trim();
    if (!text) return setWrong(w.missing);
    setBusy(true);
    const res = await f(text);
    setBusy(false);
    if (res.ok) return done(res.value);
    setWrong(res.error.detail || w.failed);
  };
  const enter = (e: FormEvent) => {
    e.preventDefault();
    void send(keep);
  };
  return (
    <Dialog title={title} close={close} closeLabel={w.close} className="w-[480px]">
      <form noValidate onSubmit={enter} className="flex flex-col gap-4">
        {body && <p className="-mt-2 leading-[1.7] text-text-2">{body}</p>}
        <Field label={w.name} need="required" hint={w.hint} error={wrong}>
          {(wiring) => <Input {...wiring} autoFocus maxLength={60} value={name} onChange={(e) => (setName(e.target.value), setWrong(null))} autoComplete="off" />}
        </Field>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={close}>{w.cancel}</Button>
          {second && <Button look="outline" disabled={busy} onClick={() => void send(second.keep)}>{second.text}</Button>}
          <Button look="primary" type="submit" disabled={busy}>{submit}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** SaveDialog saves the wall as it is now: under a new name, or in the place of the one it came from. */
export function SaveDialog({ wall, sets, from, close }: { wall: Arrangement; sets: Sets; from: SavedWall | null; close: () => void }) {
  const t = useText();
  const w = t.wall.save;
  const { place } = wall;
  if (!place) return null;
  const fields = (name: string) => ({ name, layout: place.layout, cameras: wall.tour ? [...wall.ids] : seen(place) });
  const done = (s: SavedWall) => {
    wall.named(s.id);
    wall.say(w.done(s.name));
    close();
  };
  const body = w.body(wall.ids.filter(Boolean).length);
  if (!from) return <NameDialog title={w.title} submit={w.submit} name="" body={body} keep={(name) => sets.add(fields(name))} done={done} close={close} />;
  return <NameDialog title={w.title} submit={w.over} name={from.name} body={body} keep={(name) => sets.change(from.id, fields(name))} second={{ text: w.asNew, keep: (name) => sets.add(fields(name)) }} done={done} close={close} />;
}

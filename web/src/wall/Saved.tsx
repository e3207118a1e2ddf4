import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { SavedWall } from '../api/desk.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones } from '../ui/Nothing.tsx';
import type { Arrangement } from './arrange.ts';
import { onRows } from './rows.ts';
import { NameDialog } from './SaveDialog.tsx';
import type { Sets } from './sets.ts';

/** Saved are the walls one has saved, to come back to. */
export function Saved({ sets, wall }: { sets: Sets; wall: Arrangement }) {
  const t = useText();
  const state = useSyncExternalStore(sets.subscribe, sets.get);
  const [asked, setAsked] = useState<{ kind: 'remove' | 'rename'; set: SavedWall } | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(sets.need, [sets]);
  const w = t.wall.sets;
  if (state.kind === 'none' || state.kind === 'loading') return <Bones rows={3} />;
  if (state.kind === 'failed') return <div role="alert" className="flex flex-col items-center gap-3 p-5 text-center"><p className="leading-[1.7] text-text-2">{w.failed}</p><Button size="small" onClick={() => void sets.load()}>{w.retry}</Button></div>;
  return (
    <>
      {state.sets.length === 0 && <div className="px-4 py-6 text-center leading-[1.7] text-text-2"><p className="font-bold text-text">{w.none}</p><p>{w.noneHint}</p></div>}
      <ul ref={list} aria-label={w.label} onKeyDown={(e) => onRows(e, list.current)} className="min-h-0 grow overflow-y-auto px-2 pb-3">
        {state.sets.map((s) => <Row key={s.id} set={s} current={s.id === wall.place?.set} wall={wall} ask={(kind) => setAsked({ kind, set: s })} />)}
      </ul>
      {asked?.kind === 'remove' && <Remove set={asked.set} sets={sets} wall={wall} close={() => setAsked(null)} />}
      {asked?.kind === 'rename' && <NameDialog title={w.renameTitle} submit={w.renameSubmit} name={asked.set.name} keep={(name) => sets.change(asked.set.id, { name, layout: asked.set.layout, cameras: asked.set.cameras })} done={() => setAsked(null)} close={() => setAsked(null)} />}
    </>
  );
}

function Row({ set: s, current, wall, ask }: { set: SavedWall; current: boolean; wall: Arrangement; ask: (kind: 'remove' | 'rename') => void }) {
  const t = useText().wall.sets;
  const n = s.cameras.filter(Boolean).length;
  const small = 'grid size-6 place-items-center rounded-4 text-text-2 hover:bg-ink-3 focus-inside';
  return (
    <li className={`group/row relative flex items-center rounded-6 hover:bg-soft ${current ? 'bg-accent-soft' : ''}`}>
      <button type="button" data-row="" aria-current={current || undefined} onClick={() => wall.open(s)} className={`flex min-w-0 grow flex-col rounded-6 px-2.5 py-1.5 text-left focus-inside ${current ? 'text-accent' : ''}`}>
        <b className="max-w-full truncate leading-[1.4]" title={s.name}>{s.name}</b>
        <span className="text-[13px] leading-[1.4] text-text-3">{t.about(s.layout === 'floor' ? t.floor : t.layouts(s.layout), n)}</span>
      </button>
      <span className="invisible flex flex-none pr-1 group-focus-within/row:visible group-hover/row:visible">
        <button type="button" aria-label={t.rename(s.name)} title={t.renameTitle} onClick={() => ask('rename')} className={small}><Icon name="edit" className="size-4" /></button>
        <button type="button" aria-label={t.remove(s.name)} title={t.removeShort} onClick={() => ask('remove')} className={small}><Icon name="trash" className="size-4" /></button>
      </span>
    </li>
  );
}

function Remove({ set: s, sets, wall, close }: { set: SavedWall; sets: Sets; wall: Arrangement; close: () => void }) {
  const t = useText();
  const remove = async () => {
    const res = await sets.remove(s.id);
    if (res.ok && wall.place?.set === s.id) wall.named('');
    wall.say(res.ok ? t.wall.save.removed(s.name) : t.wall.save.failed);
    close();
  };
  return (
    <Dialog title={t.wall.sets.removeShort} close={close} closeLabel={t.wall.save.close} className="w-[440px]">
      <p className="leading-[1.7] text-text-2">{t.wall.sets.sure(s.name)}</p>
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={close}>{t.wall.save.cancel}</Button>
        <Button look="danger" onClick={() => void remove()}>{t.wall.sets.removeShort}</Button>
      </div>
    </Dialog>
  );
}

import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Camera } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import type { Arrangement } from './arrange.ts';
import { dragged } from './drag.ts';
import { onRows } from './rows.ts';
import { grow, type Branch } from './tree.ts';

interface Props {
  cameras: readonly Camera[];
  wall: Arrangement;
  open: boolean; // all of it, for a search
  few: boolean; // all of it, because it is short
}

/** Tree is the cameras by site, floor and room. */
export function Tree({ cameras, wall, open, few }: Props) {
  const t = useText();
  const sites = useMemo(() => grow(cameras), [cameras]);
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map());
  const list = useRef<HTMLDivElement>(null);
  const inFocus = wall.floor ?? '';
  const isOpen = (b: Branch) => open || (turned.get(b.key) ?? (few || (b.kind !== 'room' && (b.key === inFocus || inFocus.startsWith(`${b.key}/`)))));
  const turn = (b: Branch, to: boolean) => setTurned(new Map(turned).set(b.key, to));
  const row = { wall, isOpen, turn };
  return (
    <div ref={list} onKeyDown={(e) => onRows(e, list.current)} className="min-h-0 grow overflow-y-auto px-2 pb-3 tight:px-1">
      {cameras.length === 0 && <p className="px-3 py-6 text-center leading-[1.7] text-text-2">{t.rail.none}</p>}
      <ul>{sites.map((s) => <Limb key={s.key} branch={s} depth={0} {...row} />)}</ul>
    </div>
  );
}

interface Row {
  depth: number;
  wall: Arrangement;
  isOpen: (b: Branch) => boolean;
  turn: (b: Branch, to: boolean) => void;
}

const indents = ['pl-2', 'pl-[22px]', 'pl-[38px]', 'pl-[54px]'];
const indent = (depth: number) => indents[Math.min(depth, indents.length - 1)]!;

function Limb({ branch: b, depth, ...rest }: Row & { branch: Branch }) {
  const open = rest.isOpen(b);
  return (
    <li>
      <BranchRow branch={b} depth={depth} open={open} {...rest} />
      {open && (
        <ul>
          {b.branches.map((x) => <Limb key={x.key} branch={x} depth={depth + 1} {...rest} />)}
          {b.branches.length === 0 && b.cameras.map((c) => <CameraRow key={c.id} camera={c} depth={depth + 1} wall={rest.wall} />)}
        </ul>
      )}
    </li>
  );
}

function BranchRow({ branch: b, depth, open, wall, turn }: Omit<Row, 'isOpen'> & { branch: Branch; open: boolean }) {
  const t = useText();
  const name = b.kind === 'floor' ? t.rail.floor(b.name) : b.name;
  const stopped = b.cameras.filter((c) => c.state === 'stopped').length;
  const current = b.kind !== 'room' && b.key === wall.floor;
  const keys = (e: KeyboardEvent) => {
    if (e.key !== 'ArrowRight' && e.key !== 'ArrowLeft') return;
    e.stopPropagation();
    e.preventDefault();
    turn(b, e.key === 'ArrowRight');
  };
  const press = () => {
    if (b.kind !== 'room' && (b.kind === 'floor' || !b.branches.some((x) => x.kind === 'floor'))) wall.look(b.key);
    turn(b, !open);
  };
  return (
    <div className={`group/row relative flex h-8 items-center rounded-6 hover:bg-soft tight:h-7 ${current ? 'bg-accent-soft' : ''}`}>
      <button type="button" data-row="" aria-expanded={open} aria-current={current || undefined} onClick={press} onKeyDown={keys}
        className={`flex h-full min-w-0 grow items-center gap-1.5 rounded-6 pr-2 text-left focus-inside tight:gap-1 tight:pr-1.5 tight:text-[13px] ${indent(depth)} ${depth === 0 || current ? 'font-bold' : 'text-text-2'} ${current ? 'text-accent' : ''}`}>
        <Icon name={open ? 'chevronDown' : 'chevron'} className="size-3.5 text-text-3" />
        <span className="min-w-0 grow truncate" title={name}>{name}</span>
        <span className="flex flex-none items-center gap-1 text-[13px] font-normal tight:text-xs group-focus-within/row:invisible group-hover/row:invisible">
          {stopped > 0 ? <span className="flex items-center gap-1 text-bad"><Icon name="off" className="size-[15px]" />{t.wall.rail.stopped(stopped)}</span> : <span className="text-text-3">{t.cameras(b.cameras.length)}</span>}
        </span>
      </button>
      <button type="button" aria-label={t.wall.rail.show(name)} onClick={() => wall.line(b.cameras)}
        className="invisible absolute right-1 flex h-6 items-center gap-1 rounded-6 border border-line bg-raised px-1.5 text-xs text-text group-focus-within/row:visible group-hover/row:visible hover:bg-soft focus-inside"><Icon name="grid" className="size-3.5" />{t.wall.rail.showShort}</button>
    </div>
  );
}

const marks: Record<Camera['state'], { icon: IconName; tone: string }> = {
  recording: { icon: 'dot', tone: 'text-ok' }, starting: { icon: 'clock', tone: 'text-late' }, stopped: { icon: 'off', tone: 'text-bad' },
  planned: { icon: 'ring', tone: 'text-text-3' }, unknown: { icon: 'ring', tone: 'text-text-3' },
};

function CameraRow({ camera: c, depth, wall }: { camera: Camera; depth: number; wall: Arrangement }) {
  const t = useText();
  const at = wall.ids.indexOf(c.id);
  const m = marks[c.state];
  return (
    <li>
      <button type="button" data-row="" data-camera={c.id} draggable title={`${c.number} ${c.name}`} aria-current={at >= 0 || undefined}
        onClick={() => wall.choose(c.id)} onDragStart={(e) => dragged.give(e.dataTransfer, { camera: c.id, place: null }, `${c.name} ${c.number}`)}
        className={`flex h-8 w-full items-center gap-2 rounded-6 pr-2 text-left whitespace-nowrap text-text-2 hover:bg-soft focus-inside aria-[current]:text-accent tight:h-7 tight:gap-1.5 tight:text-[13px] ${indent(depth)}`}>
        <span className="flex h-full min-w-0 grow flex-wrap gap-x-2 overflow-hidden leading-8 tight:leading-7">
          <span className={`max-w-full truncate ${at >= 0 ? 'font-bold' : ''}`}>{c.name}</span>
          <span className="ml-auto text-xs leading-[inherit] text-text-3">{c.number}</span>
        </span>
        {at >= 0 && <span className="grid h-[18px] min-w-[18px] flex-none place-items-center rounded-4 bg-accent-soft px-1 text-xs font-bold"><span aria-hidden="true">{at + 1}</span><span className="sr-only">{t.wall.rail.onWall(at + 1)}</span></span>}
        <span className={`inline-flex flex-none ${m.tone}`}><Icon name={m.icon} className={m.icon === 'dot' ? 'size-3.5' : 'size-[15px]'} /><span className="sr-only">{t.state[c.state]}</span></span>
      </button>
    </li>
  );
}

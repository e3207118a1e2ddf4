import { useEffect, useRef, useState } from 'react';
import { MINUTE, SECOND } from '../time/instant.ts';
import { useText } from '../text/index.ts';
import { taken } from '../ui/keys.ts';
import type { Arrangement } from './arrange.ts';
import { focusSearch, focusTile, fullScreen } from './focus.ts';
import type { Hand } from './hand.ts';
import { beside, type Direction, type Grid } from './layout.ts';

const arrows: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** Moving is a picture on its way to another place, by keyboard. */
export interface Moving {
  from: number;
  to: number;
}

interface Keyboard {
  wall: Arrangement;
  grid: Grid;
  hand: Hand | null; // of the selected tile
  name: (place: number) => string;
  pull: () => void; // opens and closes the timeline of the selected tile
  help: () => void;
}

/** useKeys is the keyboard of the wall. Fields and dialogs keep their keys, buttons keep Space and Enter. */
export function useKeys(board: Keyboard): Moving | null {
  const t = useText();
  const [moving, setMoving] = useState<Moving | null>(null);
  const latest = useRef({ board, moving, t });
  useEffect(() => {
    latest.current = { board, moving, t };
  });
  useEffect(() => {
    const down = (e: KeyboardEvent) => {
      if (taken(e)) return;
      const now = latest.current;
      if (e.ctrlKey && !arrows[e.key]) return;
      if (now.moving ? move(e, now.board, now.moving, setMoving, now.t.wall.say) : press(e, now.board, setMoving, now.t.wall.say)) e.preventDefault();
    };
    addEventListener('keydown', down);
    return () => removeEventListener('keydown', down);
  }, []);
  return moving;
}

type Say = ReturnType<typeof useText>['wall']['say'];

/** move leads a picked-up picture to its place. */
function move(e: KeyboardEvent, { wall, grid }: Keyboard, m: Moving, set: (m: Moving | null) => void, say: Say): boolean {
  const direction = arrows[e.key];
  if (direction) {
    const to = beside(grid, wall.ids.length, m.to, direction);
    set({ ...m, to });
    wall.say(say.over(to + 1));
    return true;
  }
  set(null);
  if (e.key === 'Enter' || e.key.toLowerCase() === 'm') wall.swap(m.from, m.to);
  else wall.say(say.cancelled);
  return true;
}

/** press does what a key says, and reports whether it says anything. */
function press(e: KeyboardEvent, b: Keyboard, set: (m: Moving | null) => void, say: Say): boolean {
  const { wall } = b;
  const at = wall.selected;
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
  if (inRail(e) && (arrows[key] || key === 'Enter' || key === 'Delete')) return false;
  if (/^[1-9]$/.test(key)) return choose(wall, Number(key) - 1);
  const direction = arrows[key];
  if (direction && (e.ctrlKey || direction === 'up' || direction === 'down')) return go(b, direction);
  switch (key) {
    case 'Enter': return act(wall.place?.big ?? at, wall.enlarge);
    case 'Escape': return wall.place?.big != null && act(wall.place.big, wall.enlarge);
    case 'Delete': return act(at, wall.take);
    case 'm':
      if (at === null || !wall.ids[at] || wall.ids.length < 2 || wall.place?.big != null) return false;
      set({ from: at, to: at });
      wall.say(say.picked(b.name(at)));
      return true;
    case 'f': fullScreen(); return true;
    case '/': focusSearch(); return true;
    case '?': b.help(); return true;
    case 'p':
      if (!wall.tour) return false;
      wall.pause(!wall.tour.paused);
      return true;
    case 't': b.pull(); return true;
    default: return b.hand !== null && time(e, key, b.hand);
  }
}

/** time is what keys do with the time of the selected tile. */
function time(e: KeyboardEvent, key: string, hand: Hand): boolean {
  const far = e.shiftKey ? MINUTE : 10 * SECOND;
  switch (key) {
    case 'ArrowLeft': hand.jump(-far); return true;
    case 'ArrowRight': hand.jump(far); return true;
    case ' ': hand.toggle(); return true;
    case ',': hand.step(-1); return true;
    case '.': hand.step(1); return true;
    case 'j': hand.faster(-1); return true;
    case 'k': hand.pause(); return true;
    case 'l': hand.faster(1); return true;
    case 'End': hand.live(); return true;
    default: return false;
  }
}

const inRail = (e: KeyboardEvent) => (e.target as HTMLElement).closest('nav, header, [role=toolbar]') !== null;

function act(at: number | null, f: (place: number) => void): boolean {
  if (at === null) return false;
  f(at);
  return true;
}

function choose(wall: Arrangement, at: number): boolean {
  if (at >= wall.ids.length) return false;
  wall.select(at);
  if (wall.place?.big != null && wall.place.big !== at) wall.enlarge(at);
  focusTile(at);
  return true;
}

function go({ wall, grid }: Keyboard, direction: Direction): boolean {
  if (wall.place?.big != null) return false;
  const to = wall.selected === null ? 0 : beside(grid, wall.ids.length, wall.selected, direction);
  wall.select(to);
  focusTile(to);
  return true;
}

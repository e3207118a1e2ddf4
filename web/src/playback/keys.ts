import { useEffect, useRef } from 'react';
import { MINUTE, SECOND } from '../time/instant.ts';
import { taken } from '../ui/keys.ts';
import type { Control } from './control.ts';
import { goField } from './GoTo.tsx';
import { stageElement } from './Stage.tsx';

/** Hands are what keys do beside playing. */
export interface Hands {
  activity: (direction: 1 | -1) => void;
  still: () => void;
  bookmark: () => void;
  hold: () => void;
  copy: () => void;
  pick: () => void;
  help: () => void;
}

const speeds = [1, 2, 4, 8, 16, 32, 64];

/** useKeys is the keyboard of the room. Fields and dialogs keep their keys, buttons keep Space and Enter. */
export function useKeys(control: Control, hands: Hands) {
  const latest = useRef({ control, hands });
  useEffect(() => {
    latest.current = { control, hands };
  });
  useEffect(() => {
    const down = (e: KeyboardEvent) => {
      if (e.ctrlKey || taken(e)) return;
      const { control, hands } = latest.current;
      if (always(e, hands) || (control.cameras.length > 0 && press(e, control, hands))) e.preventDefault();
    };
    addEventListener('keydown', down);
    return () => removeEventListener('keydown', down);
  }, []);
}

/** always are the keys that need no camera. */
function always(e: KeyboardEvent, hands: Hands): boolean {
  switch (e.key) {
    case '?': hands.help(); return true;
    case '/': hands.pick(); return true;
    default: return false;
  }
}

/** press does what a key says, and reports whether it says anything. */
function press(e: KeyboardEvent, c: Control, hands: Hands): boolean {
  const far = e.shiftKey ? MINUTE : 10 * SECOND;
  const { room } = c;
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
  if (/^[1-9]$/.test(key)) {
    const chosen = c.cameras[Number(key) - 1];
    if (chosen) c.measureBy(chosen.id);
    return true;
  }
  switch (key) {
    case ' ': room.toggle(); return true;
    case 'ArrowLeft': c.jump(-far); return true;
    case 'ArrowRight': c.jump(far); return true;
    case ',': room.step(-1); return true;
    case '.': room.step(1); return true;
    case 'j': room.play(-faster(c, -1)); return true;
    case 'k': room.pause(); return true;
    case 'l': room.play(faster(c, 1)); return true;
    case 'n': hands.activity(1); return true;
    case 'p': hands.activity(-1); return true;
    case 'g': document.getElementById(goField)?.focus(); return true;
    case 's': hands.still(); return true;
    case 'b': hands.bookmark(); return true;
    case 'h': hands.hold(); return true;
    case 'c': hands.copy(); return true;
    case 'Enter': c.enlarge(); return true;
    case 'End': c.live(); return true;
    case 'f': fullScreen(); return true;
    case '+': case ';': c.view.zoom(0.5, room.position()); return true;
    case '-': c.view.zoom(2, room.position()); return true;
    default: return false;
  }
}

/** faster is the next speed in a direction: 1 first, then twice as fast each time. */
function faster({ room }: Control, direction: 1 | -1): number {
  const { playing, rate } = room.get();
  if (!playing || Math.sign(rate) !== direction) return 1;
  return speeds.find((s) => s > Math.abs(rate)) ?? 64;
}

function fullScreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.getElementById(stageElement)?.requestFullscreen();
}

import { useEffect, useRef } from 'react';
import { MINUTE, SECOND } from '../time/instant.ts';
import type { Control } from './control.ts';

export const searchField = 'camera-search';
export const pictureElement = 'picture';
const speeds = [1, 2, 4, 8, 16, 32, 64];

/** useKeys is the keyboard of the page. Fields and dialogs keep their keys, buttons keep Space and Enter. */
export function useKeys(control: Control, zoom: (factor: number) => void, help: () => void) {
  const latest = useRef({ control, zoom, help });
  useEffect(() => {
    latest.current = { control, zoom, help };
  });
  useEffect(() => {
    const down = (e: KeyboardEvent) => {
      const target = e.target as HTMLElement;
      if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || target.closest('input, textarea, dialog')) return;
      if ((e.key === ' ' || e.key === 'Enter') && target.closest('button, a, summary')) return;
      if (press(e, latest.current)) e.preventDefault();
    };
    addEventListener('keydown', down);
    return () => removeEventListener('keydown', down);
  }, []);
}

/** press does what a key says, and reports whether it says anything. */
function press(e: KeyboardEvent, { control: c, zoom, help }: { control: Control; zoom: (factor: number) => void; help: () => void }): boolean {
  const far = e.shiftKey ? MINUTE : 10 * SECOND;
  switch (e.key.length === 1 ? e.key.toLowerCase() : e.key) {
    case ' ': c.toggle(); return true;
    case 'ArrowLeft': c.jump(-far); return true;
    case 'ArrowRight': c.jump(far); return true;
    case ',': c.step(-1); return true;
    case '.': c.step(1); return true;
    case 'j': c.rate(-faster(c, -1)); return true;
    case 'k': pause(c); return true;
    case 'l': c.rate(faster(c, 1)); return true;
    case 'End': c.live(); return true;
    case 'f': fullScreen(); return true;
    case '/': document.getElementById(searchField)?.focus(); return true;
    case '+': case ';': zoom(0.5); return true;
    case '-': zoom(2); return true;
    case '?': help(); return true;
    default: return false;
  }
}

function pause(c: Control) {
  const { mode } = c.player.get();
  if (mode.kind === 'live' || (mode.kind === 'past' && mode.playing)) c.toggle();
}

/** faster is the next speed in a direction: 1 first, then twice as fast each time. */
function faster(c: Control, direction: 1 | -1): number {
  const { mode } = c.player.get();
  if (mode.kind !== 'past' || !mode.playing || Math.sign(mode.rate) !== direction) return 1;
  return speeds.find((s) => s > Math.abs(mode.rate)) ?? 64;
}

export function fullScreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.getElementById(pictureElement)?.requestFullscreen();
}

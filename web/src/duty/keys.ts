import { useEffect, useRef } from 'react';
import type { Verdict } from '../api/duty.ts';
import { MINUTE, SECOND } from '../time/instant.ts';
import { taken } from '../ui/keys.ts';
import type { Look } from './look.ts';

interface Does {
  mark: (v: Verdict) => void;
  step: (by: 1 | -1) => void;
  help: () => void;
}

/** useRoundKeys is the keyboard of a round. Fields and dialogs keep their keys, buttons keep Space and Enter. */
export function useRoundKeys(look: Look, does: Does) {
  const latest = useRef(does);
  useEffect(() => {
    latest.current = does;
  });
  useEffect(() => {
    const down = (e: KeyboardEvent) => {
      if (e.ctrlKey || taken(e)) return;
      if (press(e, look, latest.current)) e.preventDefault();
    };
    addEventListener('keydown', down);
    return () => removeEventListener('keydown', down);
  }, [look]);
}

/** press does what a key says, and reports whether it says anything. A key held down gives one verdict. */
function press(e: KeyboardEvent, look: Look, does: Does): boolean {
  const far = e.shiftKey ? MINUTE : 10 * SECOND;
  switch (e.key.length === 1 ? e.key.toLowerCase() : e.key) {
    case 'y': case 'Enter': if (!e.repeat) does.mark('fine'); return true;
    case 'x': if (!e.repeat) does.mark('attention'); return true;
    case ' ': look.toggle(); return true;
    case 'r': look.again(); return true;
    case 'k': look.pause(); return true;
    case 'j': look.faster(-1); return true;
    case 'l': look.faster(1); return true;
    case 'ArrowLeft': look.jump(-far); return true;
    case 'ArrowRight': look.jump(far); return true;
    case ',': look.step(-1); return true;
    case '.': look.step(1); return true;
    case 'PageUp': does.step(-1); return true;
    case 'PageDown': does.step(1); return true;
    case '?': does.help(); return true;
    default: return false;
  }
}

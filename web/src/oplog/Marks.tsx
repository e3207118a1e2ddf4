import type { ReactNode } from 'react';
import { serverClock } from '../api/client.ts';
import type { Hint, HintState } from '../api/oplog.ts';
import { useText } from '../text/index.ts';
import { DAY, parseInstant } from '../time/instant.ts';
import { Chip, type Tone } from '../ui/Chip.tsx';

/** Heading is one of a card's parts. */
export function Heading({ children, note }: { children: ReactNode; note?: ReactNode }) {
  return <h3 className="flex items-baseline gap-2.5 text-[15px]">{children}{note && <span className="text-[13px] font-normal text-text-3">{note}</span>}</h3>;
}

const tones: Record<HintState, Tone> = { new: 'warn', asked: 'late', necessary: 'ok', look: 'warn', footage: 'key', handed: 'key', done: 'plain' };
const icons = { new: 'dot', asked: 'clock', necessary: 'check', look: 'search', footage: 'eye', handed: 'send', done: 'check' } as const;

export function HintChip({ state }: { state: HintState }) {
  return <Chip tone={tones[state]} icon={icons[state]}>{useText().oplog.states[state]}</Chip>;
}

/** Lapses says when the footage of a hint goes. */
export function Lapses({ hint: h }: { hint: Hint }) {
  const w = useText().oplog.hint;
  if (!h.lapses) return null; // no camera covers its terminals
  const left = Math.floor((parseInstant(h.lapses) - serverClock.now()) / DAY);
  return <Chip tone={h.warn ? 'warn' : 'plain'} icon="history">{left < 0 ? w.lapsed : w.lapses(left)}</Chip>;
}

/** Scroll is a part of a card that scrolls by itself, also by keyboard. */
export function Scroll({ label, children, className = '' }: { label: string; children: ReactNode; className?: string }) {
  return <div tabIndex={0} role="region" aria-label={label} className={`focus-inside min-h-0 min-w-0 grow overflow-auto ${className}`}>{children}</div>;
}

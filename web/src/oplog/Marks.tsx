import { useId, type ReactNode } from 'react';
import { serverClock } from '../api/client.ts';
import type { Hint, HintState } from '../api/oplog.ts';
import { useText } from '../text/index.ts';
import { DAY, parseInstant } from '../time/instant.ts';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Icon } from '../ui/Icon.tsx';

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
  return <div tabIndex={0} role="region" aria-label={label} className={`focus-inside min-h-0 min-w-0 grow overflow-auto print:overflow-visible ${className}`}>{children}</div>;
}

/** Small is a number that paper, like every file, may not show: a small one, or one that gives a small one away. */
export function Small({ hidden, children }: { hidden: boolean; children: ReactNode }) {
  if (!hidden) return children;
  return <><span className="print:hidden">{children}</span><span aria-hidden="true" className="hidden print:inline">＊</span></>;
}

/** Files are the ways to have a table as a file. */
export function Files({ of, hint }: { of: (format: 'csv' | 'xlsx') => string; hint: string }) {
  const w = useText().oplog.counts;
  return (['xlsx', 'csv'] as const).map((f) => <a key={f} className="inline-flex h-9 items-center gap-1.5 rounded-8 border border-line bg-raised px-3 whitespace-nowrap text-text hover:bg-soft tight:h-8" href={of(f)} download aria-label={`${w.export} ${w[f]}`} title={hint}><Icon name="download" className="size-4" />{w[f]}</a>);
}

/** Labelled is a control under a small label. */
export function Labelled({ label, children }: { label: ReactNode; children: (id: string) => ReactNode }) {
  const id = useId();
  return <div className="flex min-w-0 flex-col gap-1"><label htmlFor={id} className="text-[13px] text-text-2">{label}</label>{children(id)}</div>;
}

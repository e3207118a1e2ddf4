import { memo } from 'react';
import type { CoverDay, CoverOf } from '../api/health.ts';
import { useText, type Text } from '../text/index.ts';
import type { Instant } from '../time/instant.ts';
import { percent } from './model.ts';
import { causeOf, dateOf } from './words.ts';

type Kind = CoverDay['kind'] | 'stopped';

const hatch = 'bg-[repeating-linear-gradient(135deg,#767676_0_1.5px,#fff_1.5px_4px)]';

const paint: Record<Kind, string> = {
  ok: 'bg-blue-300', gap: 'bg-[linear-gradient(var(--color-orange-600)_45%,var(--color-blue-300)_45%)]', long: 'bg-orange-600', stopped: 'bg-red-900',
  planned: hatch, none: 'bg-white inset-ring inset-ring-[#ccc]',
};

/** kindOf is what a day is drawn as: today, a camera that stands still is stopped before all. */
const kindOf = (d: CoverDay, last: boolean, stopped: boolean): Kind => (last && stopped ? 'stopped' : d.kind);

const broken = (d: CoverDay) => d.kind === 'gap' || d.kind === 'long';

/** say is a day in words. */
function say(t: Text, d: CoverDay, kind: Kind, day: string, now: Instant): string {
  const w = t.health.cover;
  const longest = d.longest >= 1 && d.kind !== 'planned' && d.kind !== 'none' ? w.longest(t.duration(d.longest), causeOf(t, d.cause)) : '';
  return w.day(dateOf(t, day, now), w.kinds[kind], d.recorded >= 0 ? `${percent(d.recorded)}％` : '', longest).trim();
}

interface Props {
  cover: CoverOf | null;
  days: readonly string[];
  stopped: boolean;
  today: Instant; // any moment of today
  large?: boolean;
}

/** Strip is the last days of a camera, a bar each. */
export const Strip = memo(function Strip({ cover, days, stopped, today, large = false }: Props) {
  const t = useText();
  const w = t.health.cover;
  const size = large ? 'h-9 gap-0.5' : 'h-5 w-[179px] gap-px tight:h-4 tight:w-[119px]';
  if (!cover) return <span className={`bone block ${size}`}><span className="sr-only">{w.loading}</span></span>;
  const bad = cover.days.flatMap((d, i) => (broken(d) ? [dateOf(t, days[i] ?? '', today)] : []));
  const label = w.whole(cover.days.filter((d) => d.kind === 'ok').length, bad.length > 0 ? w.gaps(bad.length, bad.slice(-5).join('、')) : '');
  return (
    <span role="img" aria-label={label} className={`relative z-[1] flex ${size}`}>
      {cover.days.map((d, i) => {
        const kind = kindOf(d, i === cover.days.length - 1, stopped);
        return <i key={days[i]} title={say(t, d, kind, days[i] ?? '', today)} className={`h-full min-w-0 grow basis-0 ${paint[kind]} ${large ? 'rounded-[2px]' : ''}`} />;
      })}
    </span>
  );
});

/** StripLegend says what the bars mean. */
export function StripLegend({ className = '' }: { className?: string }) {
  const { kinds } = useText().health.cover;
  return (
    <ul className={`flex gap-3 text-xs whitespace-nowrap text-text-2 tight:gap-2 ${className}`}>
      {(Object.keys(paint) as Kind[]).map((k) => <li key={k} className="flex items-center gap-1"><i className={`h-3 w-2.5 ${paint[k]}`} />{kinds[k]}</li>)}
    </ul>
  );
}

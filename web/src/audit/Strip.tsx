import { useText } from '../text/index.ts';
import { SECOND } from '../time/instant.ts';
import { until, when, type Seen } from './words.ts';

/** Strip is the footage a view really saw, as pieces of the time from its first to its last instant. */
export function Strip({ seen, large = false }: { seen: Seen; large?: boolean }) {
  const t = useText();
  const whole = Math.max(seen.to - seen.from, SECOND);
  const percent = (n: number) => `${(100 * n) / whole}%`;
  return (
    <span className="block min-w-0">
      <span aria-hidden="true" className={`relative block w-full overflow-hidden rounded-4 bg-soft ${large ? 'h-4' : 'h-2'}`}>
        {seen.spans.map((s) => <span key={s.from} className="absolute inset-y-0 min-w-[2px] rounded-[2px] bg-accent" style={{ left: percent(s.from - seen.from), width: percent(s.to - s.from) }} />)}
      </span>
      <span className="mt-1 block truncate text-xs text-text-2" title={`${when(t, seen.from)}～${until(t, seen.from, seen.to)}`}>{when(t, seen.from)}～{until(t, seen.from, seen.to)}</span>
    </span>
  );
}

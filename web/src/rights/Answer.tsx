import type { Right } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import { Icon } from '../ui/Icon.tsx';

const box = 'inline-flex h-7 min-w-11 items-center justify-center gap-0.5 rounded-6 px-1.5 text-[13px] whitespace-nowrap tight:h-6 tight:min-w-9 tight:text-xs';

/** Answer is what somebody may do with one action. sign: what a draft changes about it. */
export function Answer({ action, right, sign = 0 }: { action: string; right: Right; sign?: number }) {
  const t = useText();
  const w = t.rights;
  const own = action === 'evidence.approve' && right.answer === 'yes';
  const long = `${own ? w.othersLong : w.answersLong[right.answer]}${right.earlier ? `（${w.earlier}）` : ''}`;
  if (sign !== 0) {
    return <span className={`${box} font-bold text-white ${sign > 0 ? 'bg-green-800' : 'bg-red-900'}`}><Icon name={sign > 0 ? 'plus' : 'minus'} className="size-[15px]" /><span aria-hidden="true">{sign > 0 ? w.changes.gain.slice(0, 1) : w.changes.loss.slice(0, 1)}</span><span className="sr-only">{sign > 0 ? w.changes.gain : w.changes.loss}：{long}</span></span>;
  }
  if (right.answer === 'no') return <span className={`${box} text-text-3`}><span aria-hidden="true">－</span><span className="sr-only">{long}</span></span>;
  if (right.answer === 'yes' && !own && !right.earlier) return <span className={`${box} bg-accent-soft text-accent`}><Icon name="check" className="size-[15px]" /><span className="sr-only">{long}</span></span>;
  return <span title={long} className={`${box} border border-accent-line text-accent`}><span aria-hidden="true">{right.earlier ? w.earlier.slice(0, 2) : own ? w.others : w.answers[right.answer]}</span><span className="sr-only">{long}</span></span>;
}

import { useEffect } from 'react';
import { audit, type Head } from '../api/audit.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { clock, MINUTE, parseInstant, sameDay, SECOND } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { useSeconds } from '../ui/time.ts';
import { when } from './words.ts';

const lags = 5 * MINUTE; // so long without a new anchor is told

/** Chain is how the log ends, and how much of it is known outside the database: whoever notes it down can hold the log to it. */
export function Chain() {
  const t = useText();
  const { answer, again } = useAnswer('head', audit.head);
  useEffect(() => {
    const timer = setInterval(again, 30_000);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <section aria-label={t.audit.chain.label} className="flex min-h-11 flex-none flex-wrap items-center gap-x-6 gap-y-1 rounded-8 border border-line bg-surface px-4 py-2 leading-[1.5] tight:min-h-10 tight:px-3 tight:py-1.5">
      {answer.kind === 'ready' ? <State head={answer.value} /> : <span className={answer.kind === 'loading' ? 'bone h-5 w-[640px] max-w-full' : 'text-warn'}>{answer.kind === 'failed' && t.audit.chain.unknown}</span>}
    </section>
  );
}

function State({ head }: { head: Head }) {
  const t = useText();
  const c = t.audit.chain;
  const now = useSeconds();
  const at = head.anchored.time ? parseInstant(head.anchored.time) : null;
  const ok = at !== null && now - at < lags;
  return (
    <>
      <span className={`flex items-center gap-1.5 font-bold ${ok ? 'text-ok' : 'text-warn'}`}><Icon name={ok ? 'shield' : 'warn'} />{ok ? c.ok : at === null ? c.none : c.late}</span>
      <span><span className="text-text-3">{c.last}</span>　<b>{c.row(head.seq)}</b></span>
      <span className="min-w-0"><span className="text-text-3">{c.value}</span>　<code className="font-mono text-[13px] break-all select-all" title={head.hash}>{head.hash.slice(0, 16)}…</code></span>
      <span><span className="text-text-3">{c.anchor}</span>　{at === null ? c.noAnchor : <><b>{c.row(head.anchored.seq)}</b>　{sameDay(at, now) ? clock(at) : when(t, at)}（{c.ago(t.duration(Math.max(0, (now - at) / SECOND)))}）</>}</span>
      <span className="ml-auto text-[13px] text-text-3 max-[1500px]:hidden">{c.why}</span>
    </>
  );
}

import type { ReactNode } from 'react';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { percent, type Row, type Sums } from './model.ts';
import { agoOf, floorOf, kindOf, momentOf, offsetOf } from './words.ts';
import type { Measured } from './board.ts';

/** Totals are the figures of the whole on top of the page. */
export function Totals({ sums: s, measured: m }: { sums: Sums; measured: Measured }) {
  const t = useText();
  const w = t.health.kpi;
  const first = s.stopped[0];
  const at = m.at;
  const ready = at !== null;
  return (
    <section aria-label={w.label} className="grid flex-none grid-cols-6 gap-3 tight:gap-2 max-[1080px]:grid-cols-3 max-[640px]:grid-cols-2">
      <Total name={w.recording} value={s.recording} unit={w.of(s.working)} tone={s.recording === s.working ? 'text-ok' : ''}
        note={[at !== null && s.written !== null ? w.written(agoOf(t, s.written, at)) : ready ? w.noneRecording : w.unwritten, s.planned > 0 && w.planned(s.planned)].filter(Boolean).join('・')} />
      <Total name={w.stopped} value={s.stopped.length} unit={w.unit} tone={first ? 'text-bad' : 'text-ok'}
        note={first ? w.stoppedAt(floorOf(t, first.camera.site_name, first.camera.floor), momentOf(t, parseInstant(first.camera.since), at ?? parseInstant(first.camera.since))) : w.stoppedNone} />
      <Total name={w.attention} value={s.attention.length} unit={w.unit} tone={s.attention.length > 0 ? 'text-warn' : 'text-ok'} note={s.attention.length > 0 ? <Kinds rows={s.attention} /> : w.attentionNone} />
      <Total name={w.share} value={s.share === null ? null : percent(s.share)} unit="％" note={s.share === null ? w.shareNone : w.gapDays(s.gapDays)} />
      <Total name={w.rate} value={ready ? (s.kbps / 1000).toFixed(s.kbps < 99_950 ? 1 : 0) : null} unit="Mbps" note={w.pictures(Math.round(s.fps).toLocaleString('ja-JP'))} />
      <Total name={w.clock} {...offset(s.clock, t)} note={s.clock ? w.clockOf(s.clock.camera.name) : w.clockNone} />
    </section>
  );

  function offset(r: Row | null, text: typeof t) {
    if (!r?.figures) return { value: ready ? '－' : null };
    const m = /^([+−]?[\d.]+)(.*)$/.exec(offsetOf(text, r.figures.clock_offset));
    return { value: m?.[1] ?? '', unit: m?.[2]?.trim() ?? '', tone: r.troubles.some((x) => x.kind === 'clock') ? 'text-warn' : '' };
  }
}

function Kinds({ rows }: { rows: readonly Row[] }) {
  const t = useText();
  const counts = new Map<string, number>();
  for (const r of rows) counts.set(t.health.words[kindOf(r)], (counts.get(t.health.words[kindOf(r)]) ?? 0) + 1);
  return t.health.kpi.kinds([...counts].map(([word, n]) => `${word} ${n}`));
}

function Total({ name, value, unit = '', note, tone = '' }: { name: string; value: string | number | null; unit?: string; note: ReactNode; tone?: string }) {
  return (
    <dl className="flex min-w-0 flex-col gap-1 rounded-8 border border-line bg-surface px-4 py-3.5 tight:gap-0.5 tight:px-3 tight:py-2">
      <dt className="truncate text-text-2">{name}</dt>
      <dd className={`text-[32px] leading-[1.1] font-bold whitespace-nowrap tight:text-2xl ${tone}`}>
        {value === null ? <span className="bone inline-block h-[.8em] w-20 align-middle" /> : value}<small className="ml-0.5 text-base font-normal tight:text-sm">{value !== null && unit}</small>
      </dd>
      <dd className="truncate text-[13px] text-text-3 tight:text-xs" title={typeof note === 'string' ? note : undefined}>{note || ' '}</dd>
    </dl>
  );
}


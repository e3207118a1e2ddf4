import type { ReactNode } from 'react';
import { serverClock } from '../api/client.ts';
import { oplog, type Summary } from '../api/oplog.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { DAY, parseInstant } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { follow } from '../url.ts';
import { to } from './place.ts';
import { change, noon } from './say.ts';

/** Tiles say how the analysis stands: hints, footage that goes, the log that is due, the last month beside others. */
export function Tiles({ turn }: { turn: number }) {
  const t = useText();
  const w = t.oplog.tiles;
  const { answer } = useAnswer(`oplog summary ${turn}`, oplog.summary);
  const s = answer.kind === 'ready' ? answer.value : null;
  return (
    <ul aria-label={w.label} className="grid flex-none grid-cols-4 gap-4 tight:gap-2.5 max-[1079px]:grid-cols-2 print:hidden">
      <HintTile summary={s} />
      <Lapse summary={s} />
      <Taken summary={s} />
      <Tile label={s?.counted ? w.month(t.month(noon(s.counted))) : w.last} value={s && (s.counted ? s.n.toLocaleString('ja-JP') : '－')} unit={s?.counted ? w.operations : ''}
        note={s && s.counted !== '' && [`${w.previous} ${moved(s.n, s.previous)}`, `${w.year} ${moved(s.n, s.last_year)}`].join('　')} />
    </ul>
  );
}

function moved(n: number, before: number | null): string {
  const c = change(n, before);
  return c === null ? '－' : `${c > 0 ? '＋' : c < 0 ? '−' : '±'}${Math.abs(c).toFixed(1)}％`;
}

const open = ['new', 'asked', 'necessary', 'look', 'footage', 'handed'];

function HintTile({ summary: s }: { summary: Summary | null }) {
  const t = useText();
  const w = t.oplog.tiles;
  const left = s?.states.filter((x) => open.includes(x.state)) ?? [];
  const note = left.filter((x) => x.n > 0).map((x) => `${x.name[t.lang]} ${x.n}`).join('・');
  return (
    <Tile label={w.hints} value={s && left.reduce((n, x) => n + x.n, 0).toLocaleString('ja-JP')} unit={w.hintsUnit} note={s && (note || w.none)}
      side={s !== null && s.late > 0 && <a href={to({ state: 'late' })} onClick={follow} className="flex items-center gap-1 font-bold text-bad underline underline-offset-3"><Icon name="warn" className="size-4" />{w.late(s.late)}</a>} />
  );
}

function Lapse({ summary: s }: { summary: Summary | null }) {
  const w = useText().oplog.tiles;
  if (!s?.lapses) return <Tile label={w.lapse} value={s && '－'} note={s && w.noLapse} />;
  const days = Math.max(0, Math.floor((parseInstant(s.lapses) - serverClock.now()) / DAY));
  return <Tile label={w.lapse} value={String(days)} unit={w.days} tone={days <= 7 ? 'text-warn' : ''} note={<a href={to({ hint: s.hint })} onClick={follow} className="text-accent underline underline-offset-3">{w.openHint}</a>} />;
}

function Taken({ summary: s }: { summary: Summary | null }) {
  const t = useText();
  const w = t.oplog.tiles;
  if (!s) return <Tile label={w.taken} value={null} />;
  const month = t.month(noon(s.month));
  if (s.taken) return <Tile label={w.taken} value={t.day(parseInstant(s.taken.at))} note={w.has(month)} />;
  return <Tile label={w.taken} value={s.last ? t.day(parseInstant(s.last.at)) : '－'} tone={s.overdue ? 'text-bad' : ''} note={<span className={s.overdue ? 'font-bold text-bad' : ''}>{s.overdue ? w.overdue(month, t.day(noon(s.due))) : w.due(month, t.day(noon(s.due)))}</span>} />;
}

function Tile({ label, value, unit, note, side, tone = '' }: { label: string; value: string | null; unit?: string; note?: ReactNode; side?: ReactNode; tone?: string }) {
  return (
    <li className="flex min-w-0 flex-col rounded-8 border border-line bg-surface px-4 py-2.5 tight:px-3 tight:py-1.5">
      <span className="truncate text-[13px] text-text-2">{label}</span>
      <span className="flex items-baseline gap-2">
        {value === null ? <span className="my-1 h-6 w-16 rounded-6 bg-soft" /> : <><b className={`text-2xl leading-[1.35] tabular-nums tight:text-xl ${tone}`}>{value}</b><span className="text-text-2">{unit}</span></>}
        {side && <span className="ml-auto whitespace-nowrap">{side}</span>}
      </span>
      <span className="min-h-5 truncate text-[13px] text-text-2">{note}</span>
    </li>
  );
}

import { useSyncExternalStore, type ReactNode } from 'react';
import type { Camera, Gap, SessionInfo } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { DAY, MINUTE, SECOND, clock, minutes, parseInstant, sameDay, type Instant } from '../time/instant.ts';
import { explained, length } from '../timeline/model.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { useSeconds, useTight } from '../ui/time.ts';
import type { Control } from './control.ts';
import { StateMark } from './Rail.tsx';
import { mayPast, stated } from '../person/rights.ts';
import { useKept, type Kept } from './TimePane.tsx';

interface Props {
  camera: Camera;
  session: SessionInfo;
  control: Control;
  showKeys: () => void;
}

/** Side tells of the camera on screen, of the purpose, and of the gaps in view, in words. */
export function Side({ camera, session, control, showKeys }: Props) {
  const t = useText();
  const kept = useKept();
  return (
    <aside aria-label={t.side.label} className="flex w-[340px] flex-none flex-col overflow-y-auto border-l border-line bg-surface tight:w-[262px]">
      {camera.actions.some((a) => a === 'live' || a === 'past') && <Purpose camera={camera} session={session} control={control} />}
      <Facts camera={camera} />
      {kept && <Gaps kept={kept} camera={camera} control={control} />}
      <div className="mt-auto p-4 text-[13px] leading-[1.6] text-text-3 tight:px-3 tight:py-2">
        <p className="flex items-center gap-2"><Icon name="shield" className="size-4" />{t.view.logged}</p>
        <button type="button" onClick={showKeys} className="mt-1 -ml-1 flex items-center gap-2 rounded-6 p-1 text-text-2 hover:underline"><Kbd>?</Kbd>{t.side.keys}</button>
      </div>
    </aside>
  );
}

function Block({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-b border-line px-4 py-3.5 tight:px-3 tight:py-2">
      <div className="flex min-h-[30px] items-center gap-2 tight:min-h-7"><h2 className="grow text-base">{title}</h2>{aside}</div>
      {children}
    </section>
  );
}

function Purpose({ camera, session, control }: Omit<Props, 'showKeys'>) {
  const t = useText();
  const ok = stated(session, camera);
  return (
    <Block title={t.purpose.title} aside={<Button look={ok ? 'plain' : 'outline'} size="small" onClick={control.askPurpose}>{ok ? t.purpose.change : t.purpose.choose}</Button>}>
      <p className={`mt-1 flex items-center gap-2 text-[15px] ${ok ? 'font-bold' : 'text-text-2'}`}>
        <Icon name={ok ? 'check' : 'ring'} className={`size-4 ${ok ? 'text-ok' : 'text-text-3'}`} />{ok ? t.purpose.names[session.purpose] : t.purpose.none}
      </p>
    </Block>
  );
}

function Facts({ camera: c }: { camera: Camera }) {
  const t = useText();
  const now = useSeconds();
  const tight = useTight();
  const since = parseInstant(c.since);
  const rows: [string, ReactNode][] = [
    [t.side.state, <span key="s" className="inline-flex flex-wrap items-center gap-x-2"><StateMark camera={c} word />{c.state !== 'recording' && c.cause && <span className="text-text-2">{t.causes[c.cause] ?? c.cause}</span>}</span>],
    [t.side.since, since > 0 && c.state !== 'unknown' ? t.clearly(moment(t.day, since, now), t.duration(Math.max(0, (now - since) / SECOND))) : '－'],
    [t.side.place, [c.site_name, c.floor && t.rail.floor(c.floor), c.room].filter(Boolean).join(' ')],
    [t.side.kind, t.side.kinds[c.kind]],
    [t.side.keep, <span key="k">{t.side.keepDays(c.keep_days)}{!tight && <span className="block text-[13px] text-text-3">{t.side.erased(t.date(now - c.keep_days * DAY))}</span>}</span>],
  ];
  return (
    <Block title={t.side.camera} aside={<span className="text-text-3">{c.number}</span>}>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3.5 gap-y-1.5 leading-[1.4] tight:gap-y-0.5 tight:text-[13px]">
        {rows.map(([k, v]) => <div key={k} className="contents"><dt className="text-text-3">{k}</dt><dd>{v}</dd></div>)}
      </dl>
    </Block>
  );
}

/** moment is a time, with its day where that is not today. */
function moment(day: (at: Instant) => string, at: Instant, now: Instant): string {
  return sameDay(at, now) ? clock(at) : `${day(at)} ${minutes(at)}`;
}

const shown = { roomy: 6, tight: 3 };

function Gaps({ kept, camera, control }: { kept: Kept; camera: Camera; control: Control }) {
  const t = useText();
  const now = useSeconds();
  const tight = useTight();
  const state = useSyncExternalStore(kept.record.subscribe, kept.record.get);
  useSyncExternalStore(kept.view.subscribe, kept.view.get);
  const view = kept.view.span();
  if (state.kind !== 'ready') return <Block title={t.side.gaps}><p className="bone mt-2 h-4 w-40" /></Block>;
  const gaps = explained(state.data.gaps).filter((g) => g.to > view.from && g.from < view.to && length(g) >= SECOND).reverse();
  const most = tight ? shown.tight : shown.roomy;
  return (
    <Block title={t.side.gaps} aside={<span className="text-[13px] text-text-3">{t.side.gapsIn(t.duration(length(view) / SECOND))}</span>}>
      {gaps.length === 0 && <p className="mt-1 text-text-2">{t.side.noGaps}</p>}
      <ul className="mt-1">{gaps.slice(0, most).map((g) => <GapRow key={g.from} gap={g} now={now} go={mayPast(camera) ? control.seek : null} />)}</ul>
      {gaps.length > most && <p className="pt-1 text-[13px] text-text-3">{t.side.more(gaps.length - most)}</p>}
    </Block>
  );
}

function GapRow({ gap, now, go }: { gap: Gap; now: Instant; go: ((at: Instant) => void) | null }) {
  const t = useText();
  const when = moment(t.day, gap.from, now);
  const open = now - gap.to < MINUTE / 6;
  return (
    <li className="border-b border-soft last:border-0">
      <button type="button" disabled={!go} title={t.side.goGap(when)} onClick={() => go?.(gap.from - 5 * SECOND)} className="-mx-1.5 flex w-[calc(100%+12px)] items-center gap-2 rounded-6 px-1.5 py-1.5 text-left hover:bg-soft disabled:hover:bg-transparent tight:py-1 tight:text-[13px]">
        <Icon name="warn" className="size-[15px] text-warn" />
        <time className="flex-none">{when}</time>
        <span className="min-w-0 grow truncate text-text-2">{t.causes[gap.cause] ?? gap.cause}</span>
        <span className={`flex-none text-[13px] ${open ? 'text-warn' : 'text-text-3'}`}>{t.duration(length(gap) / SECOND)}</span>
      </button>
    </li>
  );
}

import { useEffect, useRef, type ReactNode } from 'react';
import type { CoverDay } from '../api/health.ts';
import { mayLive } from '../person/rights.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { useSeconds } from '../ui/time.ts';
import { follow, link } from '../url.ts';
import type { Measured } from './board.ts';
import { percent, type Row } from './model.ts';
import { Status } from './Rows.tsx';
import { Strip, StripLegend } from './Strip.tsx';
import { agoOf, calm, causeOf, clearly, floorOf, offsetOf } from './words.ts';

/** Detail is everything known of one camera's health, in a drawer over the page; Escape closes it. */
export function Detail({ row: r, measured: m, close }: { row: Row; measured: Measured; close: () => void }) {
  const t = useText();
  const w = t.health.detail;
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const { camera: c, cover } = r;
  return (
    <dialog ref={ref} aria-label={w.label(c.name)} onClose={close} onClick={(e) => e.target === e.currentTarget && close()}
      className="m-0 ml-auto h-full max-h-none w-[520px] max-w-full border-l border-line bg-surface p-0 text-text backdrop:bg-[#0006]">
      <div className="flex min-h-full flex-col gap-5 p-6 tight:gap-4 tight:p-5">
        <header className="flex items-start gap-3">
          <div className="min-w-0 grow">
            <h2 className="text-xl leading-[1.4]">{c.name}</h2>
            <p className="mt-0.5 text-text-2">{floorOf(t, c.site_name, c.floor)}{c.room && `　${c.room}`}・{c.number}</p>
          </div>
          <button type="button" onClick={close} className="grid size-9 flex-none place-items-center rounded-8 text-text-2 hover:bg-soft"><Icon name="close" /><span className="sr-only">{w.close}</span></button>
        </header>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2"><Status row={r} />{mayLive(c) && <a href={link('wall', { camera: c.id })} onClick={follow} className="ml-auto text-accent underline underline-offset-3 hover:no-underline">{w.watch}</a>}</div>
        {r.troubles.length > 0 && (
          <Part title={w.troubles}>
            <ul className="flex flex-col gap-1.5 leading-[1.6]">{r.troubles.map((x) => <li key={x.kind} className="flex gap-2"><Icon name={x.kind === 'stopped' ? 'off' : 'warn'} className={`mt-[3px] size-4 ${x.kind === 'stopped' ? 'text-bad' : 'text-warn'}`} />{clearly(t, x)}</li>)}</ul>
          </Part>
        )}
        <Facts row={r} />
        <Part title={w.cover} note={cover && cover.share >= 0 ? `${percent(cover.share)}％` : ''}>
          <Strip cover={cover} days={m.days} stopped={c.state === 'stopped'} today={m.at ?? 0} large />
          {m.days.length > 0 && <p className="mt-1 flex justify-between text-xs text-text-3" aria-hidden="true"><span>{dayOf(m.days[0]!)}</span><span>{dayOf(m.days.at(-1)!)}</span></p>}
          <StripLegend className="mt-2 flex-wrap gap-y-1" />
        </Part>
        {cover && <Days days={cover.days.map((d, i) => ({ ...d, day: m.days[i] ?? '' }))} />}
      </div>
    </dialog>
  );

  function dayOf(day: string): string {
    return t.day(parseInstant(`${day}T00:00:00+09:00`));
  }
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 flex items-baseline gap-3 border-b border-soft pb-1.5 text-[15px]">{title}{note && <span className="ml-auto text-base">{note}</span>}</h3>
      {children}
    </section>
  );
}

function Facts({ row: { camera: c, figures: f } }: { row: Row }) {
  const t = useText();
  const w = t.health.detail;
  const now = useSeconds();
  const since = parseInstant(c.since);
  const written = f?.last_written ? parseInstant(f.last_written) : null;
  const moving = f && c.state === 'recording';
  const facts: [string, string][] = [
    [w.since, c.state === 'unknown' && !f ? w.none : `${t.calendar(since)} ${clock(since)}（${calm(t, now - since)}）`],
    [w.written, written === null ? w.none : `${t.calendar(written)} ${clock(written)}（${w.ago(agoOf(t, written, now))}）`],
    [w.rate, moving ? `${t.health.kbps(Math.round(f.kbps).toLocaleString('ja-JP'))}・${t.health.fps(f.fps.toFixed(1))}` : w.none],
    [w.loss, moving ? `${(f.loss * 100).toFixed(2)}％` : w.none],
    [w.clock, moving ? offsetOf(t, f.clock_offset) : w.none],
    [w.streams, c.streams.map((s) => w.streamNames[s] ?? s).join('・')],
    [w.keep, t.side.keepDays(c.keep_days)],
    [w.node, f?.node || w.none],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 rounded-8 bg-bg px-4 py-3 leading-[1.6]">
      {facts.map(([name, value]) => <div key={name} className="contents"><dt className="whitespace-nowrap text-text-3">{name}</dt><dd className="break-words">{value}</dd></div>)}
    </dl>
  );
}

function Days({ days }: { days: readonly (CoverDay & { day: string })[] }) {
  const t = useText();
  const w = t.health.detail;
  const bad = days.filter((d) => d.kind === 'gap' || d.kind === 'long').reverse();
  const short = days.filter((d) => d.kind === 'ok' && d.longest >= 1).length;
  const th = 'h-8 border-b border-[#949494] text-left text-[13px] text-text-2 whitespace-nowrap';
  const td = 'h-9 border-b border-soft pr-3';
  return (
    <Part title={w.days}>
      {bad.length === 0 ? <p className="leading-[1.6] text-text-2">{w.noDays}</p> : (
        <table className="w-full border-collapse">
          <thead><tr><th scope="col" className={th}>{w.day}</th><th scope="col" className={`${th} pr-5! text-right`}>{w.share}</th><th scope="col" className={th}>{w.longest}</th><th scope="col" className={th}>{w.cause}</th></tr></thead>
          <tbody>
            {bad.map((d) => (
              <tr key={d.day}>
                <th scope="row" className={`${td} text-left font-normal whitespace-nowrap`}>{t.calendar(parseInstant(`${d.day}T00:00:00+09:00`))}</th>
                <td className={`${td} pr-5! text-right whitespace-nowrap`}>{percent(d.recorded)}％</td><td className={`${td} whitespace-nowrap`}>{t.duration(d.longest)}</td><td className={td}>{causeOf(t, d.cause)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {short > 0 && <p className="mt-2 text-[13px] leading-[1.6] text-text-3">{w.short(short)}</p>}
    </Part>
  );
}

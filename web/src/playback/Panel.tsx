import { useSyncExternalStore, type ReactNode } from 'react';
import type { Camera, Gap } from '../api/types.ts';
import { usePerson } from '../person/person.ts';
import { stated } from '../person/rights.ts';
import { useText } from '../text/index.ts';
import { DAY, MINUTE, SECOND, clock, floorTo, minutes, parseInstant, sameDay, type Instant, type Span } from '../time/instant.ts';
import { explained, length } from '../timeline/model.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useSeconds, useTight } from '../ui/time.ts';
import { follow, link } from '../url.ts';
import { Key, keepFocus } from './Bar.tsx';
import type { Control } from './control.ts';
import { nearest, type Note } from './notes.ts';

interface Props {
  control: Control;
  still: () => void;
  bookmark: () => void;
  hold: () => void;
  copy: () => void;
}

/** Panel says what one looks for, and what is known of the time in view: notes and gaps. */
export function Panel({ control, still, bookmark, hold, copy }: Props) {
  const t = useText();
  const may = (action: string) => control.reference?.actions.includes(action) ?? false;
  return (
    <aside aria-label={t.playback.panel.label} onMouseDown={keepFocus} className="flex w-[340px] flex-none flex-col border-l border-line bg-surface tight:w-[262px]">
      <Purpose control={control} />
      <div className="min-h-0 grow overflow-y-auto">
        <Bookmarks control={control} add={may('bookmark') ? bookmark : null} />
        <Gaps control={control} />
      </div>
      <div className="grid flex-none grid-cols-2 gap-2 border-t border-line px-4 py-3.5 tight:gap-1.5 tight:px-3 tight:py-2">
        <Button disabled={!may('still')} onClick={still}><Icon name="photo" />{t.playback.still.button}<Key>S</Key></Button>
        {may('hold') && <Button title={t.evidence.placing.long} onClick={hold}><Icon name="lock" />{t.evidence.placing.button}<Key>H</Key></Button>}
        <Button look="quiet" title={t.playback.link.long} onClick={copy}><Icon name="link" />{t.playback.link.button}<Key>C</Key></Button>
      </div>
    </aside>
  );
}

function Block({ title, count, aside, children }: { title: string; count?: ReactNode; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-b border-line px-4 py-3.5 last:border-0 tight:px-3 tight:py-2">
      <div className="flex min-h-[30px] items-center gap-2 tight:min-h-7"><h2 className="text-base tight:text-[15px]">{title}</h2><span className="min-w-0 grow truncate text-text-3">{count}</span>{aside}</div>
      {children}
    </section>
  );
}

function Purpose({ control }: { control: Control }) {
  const t = useText();
  const { session } = usePerson();
  const { reference, cameras } = control;
  const ok = cameras.length > 0 && cameras.every((c) => stated(session, c));
  const words = t.playback.panel;
  return (
    <Block title={words.title} aside={<Button look={ok ? 'plain' : 'outline'} size="small" onClick={control.askPurpose}>{ok ? words.change : words.choose}</Button>}>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3.5 gap-y-1.5 leading-[1.4] tight:gap-y-0.5 tight:text-[13px]">
        <dt className="text-text-3">{words.purpose}</dt><dd className={ok ? 'font-bold' : 'text-text-2'}>{ok ? t.purpose.names[session.purpose] : t.purpose.none}</dd>
        <dt className="text-text-3">{words.case}</dt><dd className="truncate">{(ok && session.case) || words.noCase}</dd>
        {reference && <Kept control={control} camera={reference} />}
      </dl>
    </Block>
  );
}

/** Kept says how long the footage on screen will be there. */
function Kept({ control, camera }: { control: Control; camera: Camera }) {
  const t = useText();
  const words = t.playback.panel;
  const day = useSyncExternalStore(control.room.watch, () => floorTo(control.room.position(), DAY));
  const erased = day + camera.keep_days * DAY;
  const list = useSyncExternalStore(control.holds.subscribe, control.holds.get);
  const held = useSyncExternalStore(control.room.watch, () => list.get(camera.id)?.find((k) => k.from <= control.room.position() && control.room.position() < k.to));
  return (
    <>
      <dt className="text-text-3">{words.keep}</dt><dd>{words.keepDays(camera.keep_days)}</dd>
      {held && <><dt className="text-text-3">{t.evidence.panel.held}</dt><dd className="truncate text-hold">{t.evidence.panel.until(t.calendar(parseInstant(held.of.until) - 1))}</dd></>}
      <dt className="text-text-3">{words.erase}</dt><dd className={held ? 'text-hold' : ''}>{held ? t.evidence.panel.notErased : words.erased(t.calendar(erased))}</dd>
    </>
  );
}

/** useSpan is the stretch of time in view. */
function useSpan(control: Control): Span {
  useSyncExternalStore(control.view.subscribe, control.view.get);
  useSeconds();
  return control.view.span();
}

function Bookmarks({ control, add }: { control: Control; add: (() => void) | null }) {
  const t = useText();
  const words = t.playback.bookmarks;
  const span = useSpan(control);
  const state = useSyncExternalStore(control.notes.subscribe, control.notes.get);
  const position = useSyncExternalStore(control.room.watch, () => Math.floor(control.room.position() / SECOND) * SECOND);
  const all = state.kind === 'ready' ? state.notes : [];
  const seen = all.filter((n) => n.at >= span.from && n.at <= span.to);
  const current = nearest(seen, position + SECOND);
  return (
    <Block title={words.title} count={state.kind === 'ready' ? seen.length : ''} aside={add && <Button look="quiet" size="small" onClick={add}><Icon name="flag" className="size-4" />{words.add}<Key>B</Key></Button>}>
      {state.kind === 'loading' && <p className="bone mt-2 h-4 w-40" />}
      {state.kind === 'failed' && <p role="alert" className="mt-1 text-warn">{words.failed}</p>}
      {state.kind === 'ready' && seen.length === 0 && <p className="mt-1 leading-[1.6] text-text-3 tight:text-[13px]">{all.length > 0 ? words.noneShort : words.none}</p>}
      <ul className="mt-1">{seen.map((n, i) => <NoteRow key={n.id} note={n} current={i === current} control={control} span={span} />)}</ul>
      {all.length > 0 && <p className="pt-1.5"><a href={link('bookmarks')} onClick={follow} className="rounded-4 text-[13px] text-accent underline underline-offset-3 hover:no-underline">{words.all}</a></p>}
    </Block>
  );
}

function NoteRow({ note, current, control, span }: { note: Note; current: boolean; control: Control; span: Span }) {
  const t = useText();
  const when = length(span) > DAY ? `${t.day(note.at)} ${minutes(note.at)}` : clock(note.at);
  const text = note.text || t.playback.bookmarks.still;
  const go = () => {
    if (note.of.camera !== control.reference?.id) control.measureBy(note.of.camera);
    control.seek(note.at);
  };
  return (
    <li>
      <button type="button" aria-current={current || undefined} title={t.playback.bookmarks.go(when, text)} onClick={go}
        className="-mx-1.5 flex w-[calc(100%+12px)] items-center gap-2 rounded-6 px-1.5 py-1.5 text-left whitespace-nowrap hover:bg-soft focus-inside aria-[current]:bg-accent-soft tight:py-1 tight:text-[13px]">
        <Icon name={note.of.still ? 'photo' : 'flag'} className="size-[15px] text-mark" />
        <time className="flex-none">{when}</time>
        <span className="min-w-0 grow truncate">{text}</span>
        {!note.of.mine && <span className="max-w-24 flex-none truncate text-xs text-text-3">{note.of.by_name}</span>}
      </button>
    </li>
  );
}

const listed = { roomy: 6, tight: 4 };

/** Hole is a gap that several cameras share: one cause, at one time. */
interface Hole {
  gap: Gap;
  cameras: Camera[];
}

/** holes are the gaps in view, those of one cause that overlap taken together. */
function holes(control: Control, span: Span): Hole[] {
  const all = control.cameras.flatMap((camera) => explained(control.lanes.of(camera.id)?.recordings()?.gaps ?? [])
    .filter((g) => g.to > span.from && g.from < span.to && length(g) >= SECOND).map((gap) => ({ camera, gap })));
  const out: Hole[] = [];
  for (const { camera, gap } of all.sort((a, b) => a.gap.from - b.gap.from)) {
    const same = out.find((h) => h.gap.cause === gap.cause && h.gap.to >= gap.from && !h.cameras.includes(camera));
    if (!same) out.push({ gap, cameras: [camera] });
    else {
      same.gap = { ...same.gap, to: Math.max(same.gap.to, gap.to) };
      same.cameras.push(camera);
    }
  }
  return out;
}

function Gaps({ control }: { control: Control }) {
  const t = useText();
  const words = t.playback.panel;
  const span = useSpan(control);
  const tight = useTight();
  const now = useSeconds();
  useSyncExternalStore(control.lanes.subscribe, control.lanes.get);
  const position = useSyncExternalStore(control.room.watch, () => Math.floor(control.room.position() / MINUTE) * MINUTE);
  const all = holes(control, span);
  const most = tight ? listed.tight : listed.roomy;
  const near = [...all].sort((a, b) => Math.abs(a.gap.from - position) - Math.abs(b.gap.from - position)).slice(0, most).sort((a, b) => a.gap.from - b.gap.from);
  return (
    <Block title={words.gaps} count={all.length > 0 ? all.length : words.gapsIn(t.duration(length(span) / SECOND))}>
      {all.length === 0 && <p className="mt-1 text-text-3 tight:text-[13px]">{words.noGaps}</p>}
      <ul className="mt-1">{near.map((h) => <HoleRow key={`${h.cameras[0]!.id} ${h.gap.from}`} hole={h} now={now} control={control} />)}</ul>
      {all.length > most && <p className="pt-1 text-[13px] text-text-3">{words.more(all.length - most)}</p>}
    </Block>
  );
}

function HoleRow({ hole: { gap, cameras }, now, control }: { hole: Hole; now: Instant; control: Control }) {
  const t = useText();
  const when = sameDay(gap.from, now) ? clock(gap.from) : `${t.day(gap.from)} ${minutes(gap.from)}`;
  const open = now - gap.to < MINUTE / 6;
  const who = cameras.length > 1 ? t.cameras(cameras.length) : cameras[0]!.number;
  return (
    <li>
      <button type="button" title={t.playback.panel.goGap(cameras.map((c) => c.name).join('、'), when)} onClick={() => control.seek(gap.from - 5 * SECOND)}
        className="-mx-1.5 flex w-[calc(100%+12px)] items-center gap-2 rounded-6 px-1.5 py-1.5 text-left whitespace-nowrap hover:bg-soft focus-inside tight:gap-1.5 tight:py-1 tight:text-[13px]">
        <Icon name="warn" className="size-[15px] text-warn" />
        <time className="flex-none">{when}</time>
        <span className="flex-none text-xs text-text-3">{who}</span>
        <span className="min-w-0 grow truncate text-text-2">{t.causes[gap.cause] ?? gap.cause}</span>
        <span className={`flex-none text-[13px] ${open ? 'text-warn' : 'text-text-3'}`}>{t.duration(length(gap) / SECOND)}</span>
      </button>
    </li>
  );
}

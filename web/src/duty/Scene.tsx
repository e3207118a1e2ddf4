import { useSyncExternalStore, type MouseEvent } from 'react';
import { api } from '../api/client.ts';
import type { Moment, Round, Verdict } from '../api/duty.ts';
import type { Problem } from '../api/result.ts';
import type { Camera } from '../api/types.ts';
import { nameOf, post } from '../frame/Top.tsx';
import { usePerson } from '../person/person.ts';
import { stated } from '../person/rights.ts';
import { useOverlay } from '../person/settings.ts';
import { useText } from '../text/index.ts';
import { Badge } from '../tile/Badge.tsx';
import { NoticeLine, Over } from '../tile/Over.tsx';
import { Picture, PictureTime } from '../tile/Picture.tsx';
import { clock, parseInstant, SECOND } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Note } from '../ui/Note.tsx';
import { follow, link } from '../url.ts';
import { dutyPurpose } from './Watching.tsx';
import type { Look } from './look.ts';
import { resultOf, whyLooks, whyNote } from './why.ts';

interface Props {
  look: Look;
  round: Round;
  moment: Moment;
  camera: Camera | null;
  busy: boolean;
  refusal: Problem | null; // of the last mark
  askPurpose: () => void;
  mark: (v: Verdict) => void;
  help: () => void;
}

/** keepFocus leaves the focus where it is when something is pressed by mouse, so that the keys go on working. */
const keepFocus = (e: MouseEvent) => e.preventDefault();

/** Scene is the moment one is at: why, the picture, and the two answers. */
export function Scene(props: Props) {
  const t = useText();
  const { round, moment, camera } = props;
  const look = whyLooks[moment.why];
  return (
    <main className="dark flex min-w-0 grow flex-col bg-bg text-text">
      <div onMouseDown={keepFocus} className="flex h-12 flex-none items-center gap-3 border-b border-line bg-surface px-4 whitespace-nowrap tight:h-[42px] tight:gap-2 tight:px-3">
        <h1 className="text-base">{t.duty.round.of(moment.n, round.moments.length)}</h1>
        <span className="h-5 w-px flex-none bg-line" />
        <b className="min-w-0 truncate text-[15px]">{camera?.name ?? moment.camera}</b>
        <span className="text-text-3">{camera?.number}</span>
        <span className="min-w-0 truncate text-text-2 max-[1400px]:hidden">{camera && [camera.site_name, camera.floor && t.rail.floor(camera.floor), camera.room].filter(Boolean).join(' ')}</span>
        <span className="min-w-2 grow" />
        {camera && <Purpose camera={camera} />}
        <Button look="quiet" size="small" onClick={props.help} title={t.keys.help}><Icon name="help" className="size-4" /><span className="sr-only">{t.keys.help}</span><Kbd>?</Kbd></Button>
        <a href={link('duty')} onClick={follow} title={t.duty.round.leaveLong} className="inline-flex h-[30px] flex-none items-center rounded-6 border border-line bg-raised px-2.5 text-text hover:bg-soft tight:h-7">{t.duty.round.leave}</a>
      </div>
      <p className="flex min-h-10 flex-none items-center gap-3 border-b border-line bg-raised px-4 py-1.5 tight:min-h-9 tight:gap-2 tight:px-3">
        <Chip tone={look.tone} icon={look.icon} className="font-bold">{t.duty.round.why[moment.why]}</Chip>
        <span title={whyNote(t, moment)} className="min-w-0 truncate text-text-2 tight:text-[13px]">{whyNote(t, moment)}</span>
        <b className="ml-auto flex-none text-base">{t.date(parseInstant(moment.at))} {clock(parseInstant(moment.at))}</b>
      </p>
      <div className="relative flex min-h-0 grow items-center justify-center p-1 [container-type:size]">
        {camera ? <Tile {...props} camera={camera} /> : (
          <Bare title={t.duty.round.gone} body={t.duty.round.goneBody} />
        )}
        {props.refusal && <Refusal error={props.refusal} again={props.look.again} />}
      </div>
      <Bar {...props} />
    </main>
  );
}

function Tile({ look, camera, moment, askPurpose }: Props & { camera: Camera }) {
  const t = useText();
  const { session } = usePerson();
  const overlay = useOverlay();
  const { player } = look;
  const state = useSyncExternalStore(player.subscribe, player.get);
  const nothing = useSyncExternalStore(look.subscribe, look.nothing);
  return (
    <section id="picture" aria-label={t.duty.round.picture(`${camera.name} ${camera.number}`, `${t.date(parseInstant(moment.at))} ${clock(parseInstant(moment.at))}`)} data-mode={state.mode.kind}
      className="relative aspect-video max-h-full overflow-hidden rounded-4 bg-ink-2 [width:min(100cqw,100cqh*16/9)]">
      <Picture player={player} />
      {nothing ? <Bare title={t.duty.round.bare} body={t.duty.round.bareBody} /> : <Over player={player} state={state} camera={camera} remedies={{ askPurpose, retry: look.again }} />}
      <div className="pointer-events-none absolute inset-x-0 top-0 flex items-center justify-end bg-linear-to-b from-black/60 to-transparent px-2.5 pt-2 pb-5">{!nothing && <Badge player={player} mode={state.mode} down={false} />}</div>
      <div className="pointer-events-none absolute inset-x-0 bottom-0 flex items-end justify-between gap-4 bg-linear-to-b from-transparent to-black/65 px-2.5 pt-4 pb-1.5 text-xs whitespace-nowrap text-white">
        <span className="truncate tracking-[.02em]">{overlay && [stated(session, camera) ? t.purpose.names[session.purpose] : '', `${post(t, session)} ${nameOf(session)}`].filter(Boolean).join('　')}</span>
        <PictureTime player={player} />
      </div>
      {!nothing && <NoticeLine state={state} />}
    </section>
  );
}

/** Bare stands where nothing can be seen of a moment. */
const Bare = ({ title, body }: { title: string; body: string }) => (
  <div role="status" className="hatch absolute inset-0 flex flex-col items-center justify-center gap-2 rounded-4 px-6 text-center"><Icon name="off" className="size-9 stroke-[1.3] text-text-3" /><p className="text-lg font-bold">{title}</p><p className="max-w-[36em] leading-[1.7] text-text-2">{body}</p></div>
);

/** Purpose is what the view is for; one stated for something else can be changed to the duty's own. */
function Purpose({ camera }: { camera: Camera }) {
  const t = useText();
  const { session, change } = usePerson();
  if (!stated(session, camera)) return null;
  const other = session.purpose !== dutyPurpose && camera.purposes.includes(dutyPurpose);
  const set = async () => {
    const res = await api.setPurpose(dutyPurpose);
    if (res.ok) change(res.value);
  };
  return (
    <span className="flex flex-none items-center gap-2">
      <Chip icon="shield">{t.purpose.label(t.purpose.names[session.purpose] ?? session.purpose)}</Chip>
      {other && <Button look="plain" size="small" onClick={() => void set()} className="max-[1400px]:hidden">{t.duty.round.change}</Button>}
    </span>
  );
}

/** Refusal says why a mark was not taken, and what to do. */
function Refusal({ error, again }: { error: Problem; again: () => void }) {
  const t = useText();
  const unseen = error.code === 'not-seen';
  return (
    <div className="absolute inset-x-0 bottom-12 z-[1] flex justify-center px-4">
      <Note tone="warn" alert className="max-w-[44em] bg-raised">
        <b>{unseen ? t.duty.round.notSeen : t.duty.round.failed}</b>
        <p className="text-text-2">{unseen ? t.duty.round.notSeenBody : t.oops(error.detail)}</p>
        {unseen && <Button size="small" className="mt-2" onClick={again}><Icon name="play" className="size-4" />{t.duty.round.again}<Kbd>R</Kbd></Button>}
      </Note>
    </div>
  );
}

function Bar({ look, moment, busy, mark }: Props) {
  const t = useText();
  const r = t.duty.round;
  const { mode } = useSyncExternalStore(look.player.subscribe, look.player.get);
  const past = mode.kind === 'past' ? mode : null;
  const missing = moment.why === 'gap' || moment.why === 'stall';
  return (
    <div onMouseDown={keepFocus} className="flex h-16 flex-none items-center gap-3 border-t border-line bg-surface px-4 tight:h-[58px] tight:gap-2 tight:px-3">
      <div role="group" aria-label={r.controls} className="flex items-center gap-2">
        <button type="button" aria-label={past?.playing ? r.pause : r.play} disabled={!past} onClick={look.toggle}
          className="grid h-10 w-11 flex-none place-items-center rounded-8 border border-line bg-raised text-text hover:bg-soft disabled:text-[#5b636d] tight:h-9"><Icon name={past?.playing ? 'pause' : 'play'} className="size-5" /></button>
        <div className="inline-flex flex-none overflow-hidden rounded-8 border border-line bg-raised">
          <Key icon="back10" label={r.back} off={!past} press={() => look.jump(-10 * SECOND)} />
          <Key icon="stepBack" label={r.stepBack} off={!past} press={() => look.step(-1)} />
          <Key icon="stepForward" label={r.stepForward} off={!past} press={() => look.step(1)} />
          <Key icon="forward10" label={r.forward} off={!past} press={() => look.jump(10 * SECOND)} />
        </div>
        <Button look="quiet" disabled={!past} onClick={look.again}>{missing ? r.before : r.again}<Kbd>R</Kbd></Button>
        {missing && <Button look="quiet" disabled={!past} onClick={look.after}>{r.after}</Button>}
        {past?.playing && past.rate !== 1 && <Chip>{r.rate(String(past.rate))}</Chip>}
      </div>
      <div role="group" aria-label={r.marks} className="ml-auto flex flex-none items-center gap-3 tight:gap-2">
        {moment.result !== '' && <span className="flex items-center gap-1.5 text-text-2 max-[1400px]:hidden"><Icon name="check" className="size-4" />{resultOf(t, moment)}</span>}
        <Button look="primary" size="large" disabled={busy} aria-pressed={moment.result === 'fine'} onClick={() => mark('fine')} className="min-w-40 tight:min-w-36"><Icon name="check" />{r.fine}<OwnKey>Y</OwnKey></Button>
        <button type="button" disabled={busy} aria-pressed={moment.result === 'attention'} onClick={() => mark('attention')}
          className="inline-flex h-12 min-w-36 flex-none items-center justify-center gap-1.5 rounded-8 border border-warn bg-surface px-5 text-base font-bold text-warn hover:bg-warn-bg disabled:opacity-60 tight:h-[46px] tight:min-w-32"><Icon name="warn" />{r.attention}<OwnKey>X</OwnKey></button>
      </div>
    </div>
  );
}

/** OwnKey is the key of a button, in the button's own colour. */
const OwnKey = ({ children }: { children: string }) => <kbd className="ml-1 rounded-4 border border-b-2 border-current/50 px-1.5 py-0.5 font-sans text-xs leading-none font-normal">{children}</kbd>;

function Key({ icon, label, off, press }: { icon: IconName; label: string; off: boolean; press: () => void }) {
  return (
    <button type="button" aria-label={label} title={label} disabled={off} onClick={press}
      className="grid h-9 w-9 place-items-center border-r border-line text-text-2 last:border-0 hover:bg-soft focus-inside disabled:text-[#5b636d] tight:h-8 tight:w-8"><Icon name={icon} /></button>
  );
}

import { useEffect, useMemo, useState } from 'react';
import type { Bookmark } from '../api/bookmarks.ts';
import type { Hold } from '../api/holds.ts';
import type { Camera } from '../api/types.ts';
import { HoldDialog, around, recordedSay } from '../evidence/HoldDialog.tsx';
import { useCameras, usePerson } from '../person/person.ts';
import { mayPast } from '../person/rights.ts';
import { useText } from '../text/index.ts';
import { MILLISECOND, MINUTE, clock, type Instant } from '../time/instant.ts';
import { Failed, Nothing } from '../ui/Nothing.tsx';
import type { KeyRow } from '../ui/KeyRows.tsx';
import { useToast } from '../ui/Toast.tsx';
import { Bar, where } from './Bar.tsx';
import { BookmarkDialog } from './BookmarkDialog.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { useControl, type Control } from './control.ts';
import { useKeys } from './keys.ts';
import { Panel } from './Panel.tsx';
import { Begin, Picker } from './Picker.tsx';
import { write } from './place.ts';
import { Rail } from './Rail.tsx';
import { Stage } from './Stage.tsx';
import { StillDialog } from './StillDialog.tsx';
import { TimePane } from './TimePane.tsx';
import { Transport } from './Transport.tsx';

type Open = { kind: 'none' } | { kind: 'pick' } | { kind: 'keys' } | { kind: 'still' | 'bookmark' | 'hold'; camera: Camera; at: Instant };

/** Playback is the page of the past: up to sixteen cameras, or a floor, at one and the same moment. */
export default function Playback() {
  const t = useText();
  const { desk } = usePerson();
  const list = useCameras();
  if (list.kind === 'failed') return <main className="flex min-h-0 grow"><h1 className="sr-only">{t.playback.page}</h1><Failed error={list.error} retry={() => void desk.cameras.load()} /></main>;
  if (list.kind === 'ready' && !list.cameras.some(mayPast)) {
    return <main className="flex min-h-0 grow"><Nothing icon="info" heading="h1" title={t.playback.none.title}>{t.playback.none.body}</Nothing></main>;
  }
  return <Viewing />;
}

function Viewing() {
  const t = useText();
  const control = useControl();
  const list = useCameras();
  const { cameras, notes } = control;
  const { session } = usePerson();
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const [toast, say] = useToast();
  const close = () => setOpen({ kind: 'none' });
  const hands = useHands(control, say, setOpen);
  useKeys(control, hands);
  const title = cameras.length > 0 ? `${where(t, cameras)} ${t.playback.page}` : t.playback.page;
  useEffect(() => {
    document.title = t.title(title);
  }, [t, title]);
  const kept = (b: Bookmark) => notes.put(b);
  const held = (placed: readonly Hold[]) => {
    void control.holds.load();
    say([t.evidence.done.placed(placed.length), recordedSay(t, placed)].filter(Boolean).join('　'));
    close();
  };
  return (
    <>
      <div className="flex min-h-0 grow">
        {cameras.length > 0 && <Rail control={control} />}
        <main className="flex min-w-0 grow flex-col">
          {list.kind !== 'ready' ? <Loading /> : cameras.length === 0 ? <><Unknown control={control} /><Begin control={control} pick={hands.pick} /></> : <><Bar control={control} pick={hands.pick} /><Stage control={control} /></>}
        </main>
        {cameras.length > 0 && <Panel control={control} still={hands.still} bookmark={hands.bookmark} hold={hands.hold} copy={hands.copy} />}
      </div>
      {cameras.length > 0 && <TimePane control={control} />}
      {cameras.length > 0 && <Transport control={control} activity={hands.activity} />}
      {toast}
      {open.kind === 'pick' && <Picker control={control} close={close} />}
      {open.kind === 'keys' && <KeyHelp close={close} more={keysOf(t)} />}
      {open.kind === 'still' && <StillDialog camera={open.camera} at={open.at} kept={kept} dropped={(id) => (notes.drop(id), say(t.playback.still.discarded))} close={close} />}
      {open.kind === 'hold' && <HoldDialog dark camera={open.camera} others={cameras.filter((c) => c !== open.camera && c.actions.includes('hold'))} span={around(open.at, 5 * MINUTE, 5 * MINUTE)} caseNumber={session.case} done={held} close={close} />}
      {open.kind === 'bookmark' && <BookmarkDialog camera={open.camera} at={open.at} done={(b) => (kept(b), say(t.playback.adding.done), close())} close={close} />}
    </>
  );
}

const keysOf = (t: ReturnType<typeof useText>): KeyRow[] => {
  const k = t.playback.keys;
  return [[['N', 'P'], k.activity], [['G'], k.go], [['B'], k.bookmark], [['S'], k.still], [['H'], k.hold], [['C'], k.copy], [['1', '～', '9'], k.tile], [['Enter'], k.enlarge]];
};

/** A still is of the main stream where one may see it, and its picture may have come a little behind that of the sub stream. */
const sameOnMain = 15 * MILLISECOND;

function useHands(control: Control, say: (text: string) => void, setOpen: (o: Open) => void) {
  const t = useText();
  return useMemo(() => {
    const { room, reference } = control;
    const may = (action: string) => reference?.actions.includes(action) ?? false;
    const at = () => {
      room.pause();
      return room.position();
    };
    return {
      activity: (direction: 1 | -1) => void control.activity(direction).then((res) => {
        if (res === null) say(t.playback.transport.noMore(direction > 0));
        else if (typeof res === 'object') say(res.detail || t.playback.transport.noNext);
        else say(t.playback.transport.jumped(clock(res)));
      }),
      still: () => reference && may('still') && setOpen({ kind: 'still', camera: reference, at: at() + sameOnMain }),
      bookmark: () => reference && may('bookmark') && setOpen({ kind: 'bookmark', camera: reference, at: at() }),
      hold: () => reference && may('hold') && setOpen({ kind: 'hold', camera: reference, at: at() }),
      copy: () => {
        const url = location.origin + write({ ...control.place, at: room.position() });
        navigator.clipboard?.writeText(url).then(() => say(t.playback.link.copied), () => say(t.playback.link.failed));
      },
      pick: () => setOpen({ kind: 'pick' }),
      help: () => setOpen({ kind: 'keys' }),
    };
  }, [control, say, setOpen, t]);
}

function Unknown({ control }: { control: Control }) {
  const t = useText();
  if (control.unknown.length === 0) return null;
  return <p role="alert" className="border-b border-line bg-warn-bg px-4 py-2 text-warn">{t.playback.unknown(control.unknown.join('、'))}</p>;
}

function Loading() {
  const t = useText();
  return (
    <div aria-busy="true" className="flex min-h-0 grow flex-col">
      <h1 className="sr-only">{t.playback.page}</h1>
      <p role="status" className="sr-only">{t.rail.loading}</p>
      <div className="flex h-12 flex-none items-center gap-3 border-b border-line bg-surface px-4"><span className="bone h-4 w-40" /><span className="bone h-7 w-56" /></div>
      <div className="grid min-h-0 grow grid-cols-2 gap-1 p-1"><span className="bone" /><span className="bone" /><span className="bone" /><span className="bone" /></div>
    </div>
  );
}

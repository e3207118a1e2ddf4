import { useCallback, useEffect, useRef, useState } from 'react';
import { serverClock } from '../api/client.ts';
import type { Bookmark } from '../api/bookmarks.ts';
import type { Problem } from '../api/result.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import { nameOf, post } from '../frame/Top.tsx';
import { usePerson } from '../person/person.ts';
import { wanted } from '../person/rights.ts';
import { decode, decodes, fetchPicture } from '../player/picture.ts';
import { usePurpose } from '../purpose/purpose.tsx';
import { useText } from '../text/index.ts';
import { clock, parseInstant, stamp } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

type State = { kind: 'loading' } | { kind: 'asking' } | { kind: 'shown' } | { kind: 'undecodable' } | { kind: 'failed'; error: Problem };

/** Still shows the picture a still names, decoded here, with who looks at it and when written into it. */
export function Still({ bookmark: b, camera, onDark = false }: { bookmark: Bookmark; camera: Camera; onDark?: boolean }) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { state, open } = useStill(b, camera, canvas);
  const at = parseInstant(b.at);
  return (
    <figure className="dark flex flex-none flex-col gap-1.5 print:hidden">
      <div data-testid="still" data-state={state.kind} className="relative aspect-video overflow-hidden rounded-4 bg-ink-2 text-text">
        <canvas ref={canvas} role="img" aria-label={t.bookmarks.picture.label(`${camera.name} ${camera.number}`, `${t.date(at)} ${clock(at)}`)} onContextMenu={(e) => e.preventDefault()} hidden={state.kind !== 'shown'} className="absolute inset-0 size-full object-contain" />
        {state.kind !== 'shown' && <Instead state={state} open={open} />}
        {state.kind === 'shown' && (
          <button type="button" aria-label={t.view.full} title={t.view.full} onClick={() => void fullScreen(canvas.current?.parentElement)}
            className="absolute top-2 right-2 grid size-8 place-items-center rounded-6 bg-[#0d1115d9] text-white hover:bg-black"><Icon name="full" /></button>
        )}
      </div>
      <figcaption className={`text-[13px] leading-[1.6] ${onDark ? 'text-text-3' : 'text-[#666]'}`}>{t.bookmarks.picture.note}</figcaption>
    </figure>
  );
}

const fullScreen = (e: HTMLElement | null | undefined) => (document.fullscreenElement ? document.exitFullscreen() : e?.requestFullscreen());

function Instead({ state, open }: { state: State; open: () => void }) {
  const t = useText();
  const p = t.bookmarks.picture;
  const gone = state.kind === 'failed' && state.error.code === 'no-picture';
  const words = state.kind === 'loading' ? p.loading : state.kind === 'asking' ? p.choose : state.kind === 'undecodable' ? p.undecodable : gone ? p.none : p.failed;
  return (
    <div role={state.kind === 'failed' ? 'alert' : 'status'} className="hatch absolute inset-0 flex flex-col items-center justify-center gap-2 px-6 text-center leading-[1.6]">
      <Icon name={state.kind === 'asking' ? 'shield' : 'photo'} className="size-8 stroke-[1.3] text-text-3" />
      <p className="font-bold">{words}</p>
      {state.kind === 'undecodable' && <p className="text-[13px] text-text-2">{p.undecodableBody}</p>}
      {state.kind === 'failed' && <p className="text-[13px] text-text-2">{state.error.status === 0 ? t.noAnswer : state.error.detail}</p>}
      {state.kind === 'asking' && <Button size="small" look="primary" onClick={open}>{p.show}</Button>}
      {state.kind === 'failed' && !gone && <Button size="small" onClick={open}>{t.ui.retry}</Button>}
    </div>
  );
}

/** useStill fetches and draws the picture once a purpose allows it. */
function useStill(b: Bookmark, camera: Camera, canvas: React.RefObject<HTMLCanvasElement | null>) {
  const t = useText();
  const { need } = usePurpose();
  const { leave } = usePerson();
  const [state, setState] = useState<State>({ kind: 'loading' });
  const ending = useRef<AbortController>(null);
  const show = useCallback(async (s: SessionInfo) => {
    ending.current?.abort();
    const turn = (ending.current = new AbortController());
    if (!decodes()) return setState({ kind: 'undecodable' });
    setState({ kind: 'loading' });
    const at = parseInstant(b.at);
    const res = await fetchPicture({ ...wanted(s, camera, at), at }, turn.signal);
    if (turn.signal.aborted) return;
    if (!res.ok) return res.error.status === 401 ? leave('ended') : setState({ kind: 'failed', error: res.error });
    const frame = await decode(res.value);
    if (frame && canvas.current && !turn.signal.aborted) {
      const who = `${post(t, s)} ${nameOf(s)}`;
      draw(canvas.current, frame, [`${camera.number} ${camera.name}　${stamp(res.value.at)}`, t.bookmarks.picture.stamp(who, s.login, stamp(serverClock.now()).slice(0, 19))]);
      setState({ kind: 'shown' });
    } else if (!turn.signal.aborted) setState({ kind: 'undecodable' });
    frame?.close();
  }, [b.at, camera, canvas, leave, t]);
  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  const open = useCallback(() => need([camera], (s) => void latest.current(s), () => setState({ kind: 'asking' })), [need, camera]);
  const first = useRef(open);
  useEffect(() => {
    first.current();
    return () => ending.current?.abort();
  }, [b.id]);
  return { state, open };
}

/** draw puts the picture on the canvas, and below it, in it, what it is and who looks at it. */
function draw(canvas: HTMLCanvasElement, frame: VideoFrame, lines: readonly string[]) {
  canvas.width = frame.displayWidth;
  canvas.height = frame.displayHeight;
  const c = canvas.getContext('2d');
  if (!c) return;
  c.drawImage(frame, 0, 0);
  const size = Math.round(canvas.height / 26);
  c.fillStyle = '#000b';
  c.fillRect(0, canvas.height - size * 3.4, canvas.width, size * 3.4);
  c.font = `${size}px ${getComputedStyle(canvas).fontFamily}`;
  c.fillStyle = '#fff';
  c.textBaseline = 'bottom';
  lines.forEach((line, i) => c.fillText(line, size * 0.7, canvas.height - size * (0.35 + 1.45 * (lines.length - 1 - i)), canvas.width - size * 1.4));
}

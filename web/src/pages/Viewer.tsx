import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { Cameras } from '../api/cameras.ts';
import { serverClock } from '../api/client.ts';
import { Events, type ServerEvent } from '../api/events.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import { Player } from '../player/player.ts';
import { useText } from '../text/index.ts';
import { parseInstant, type Instant } from '../time/instant.ts';
import { useControl } from './control.ts';
import { Empty, ListFailed, Nobody } from './Empty.tsx';
import { Expiry, Relaxed } from './Banners.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { useKeys } from './keys.ts';
import { PurposeDialog } from './PurposeDialog.tsx';
import { Rail, RailSkeleton } from './Rail.tsx';
import { Side } from './Side.tsx';
import { Stage } from './Stage.tsx';
import { KeptContext, TimePane, useKeptOf } from './TimePane.tsx';
import { Top } from './Top.tsx';

interface Props {
  session: SessionInfo;
  change: (s: SessionInfo) => void;
  leave: (why: 'new' | 'ended') => void;
  toggleLanguage: () => void;
}

/** Viewer is the page of footage: the cameras one may see, one of them live or past, and its timeline. */
export function Viewer({ session, change, leave, toggleLanguage }: Props) {
  const t = useText();
  const ended = useCallback(() => leave('ended'), [leave]);
  const [{ player, cameras }] = useState(() => ({ player: new Player(ended), cameras: new Cameras(ended) }));
  const expires = useLife(player, cameras, ended);
  const list = useSyncExternalStore(cameras.subscribe, cameras.get);
  const visible = useMemo(() => (list.kind === 'ready' ? list.cameras : null), [list]);
  const control = useControl(player, session, visible);
  const kept = useKeptOf(control.camera);
  const [help, setHelp] = useState(false);
  useKeys(control, (factor) => kept?.view.zoom(factor, player.position() ?? serverClock.now()), () => setHelp(true));
  const { camera } = control;
  useEffect(() => {
    document.title = t.title(camera ? `${camera.name} ${camera.number}` : t.nav.view);
  }, [t, camera]);
  const bare = visible?.length === 0;
  return (
    <div className={`flex h-full min-h-[560px] flex-col overflow-hidden bg-bg text-text ${bare ? '' : 'dark'}`}>
      <Top session={session} cameras={visible} leave={() => leave('new')} toggleLanguage={toggleLanguage} />
      <Relaxed safeguards={session.relaxed} />
      <Expiry expires={expires} />
      {bare ? <Empty session={session} /> : (
        <KeptContext value={kept}>
          <div className="flex min-h-0 grow">
            {visible ? <Rail cameras={visible} selected={camera?.id ?? null} choose={control.choose} /> : <RailSkeleton />}
            <main className="flex min-w-0 grow flex-col">
              {list.kind === 'failed' ? <ListFailed error={list.error} retry={() => void cameras.load()} /> : <Middle control={control} session={session} cameras={visible} />}
            </main>
            {camera && <Side camera={camera} session={session} control={control} showKeys={() => setHelp(true)} />}
          </div>
          <TimePane camera={camera} control={control} />
        </KeptContext>
      )}
      {control.asking && camera && <PurposeDialog camera={camera} session={session} chosen={(s: SessionInfo) => (change(s), control.purposeChosen(s))} close={control.purposeDeclined} />}
      {help && <KeyHelp close={() => setHelp(false)} />}
    </div>
  );
}

function Middle({ control, session, cameras }: { control: ReturnType<typeof useControl>; session: SessionInfo; cameras: Camera[] | null }) {
  const { want } = useSyncExternalStore(control.player.subscribe, control.player.get);
  if (!want && cameras) return <Nobody first={() => control.choose(cameras.find((c) => c.actions.includes('live'))?.id ?? cameras[0]!.id)} />;
  return <Stage control={control} session={session} />;
}

/** useLife keeps list and events alive while the page is there; it returns when the session ends, once that is near. */
function useLife(player: Player, cameras: Cameras, ended: () => void): Instant | null {
  const [expires, setExpires] = useState<Instant | null>(null);
  useEffect(() => {
    void cameras.load();
    const hear = (e: ServerEvent) => {
      cameras.hear(e);
      if (e.kind === 'session' && e.ended) ended();
      if (e.kind === 'session' && e.expires) setExpires(parseInstant(e.expires));
      if (e.kind === 'away') player.suspect();
      if (e.kind === 'back') {
        player.hurry();
        void cameras.load();
      }
    };
    const events = new Events(hear);
    return () => {
      events.close();
      cameras.close();
      player.close();
    };
  }, [player, cameras, ended]);
  return expires;
}

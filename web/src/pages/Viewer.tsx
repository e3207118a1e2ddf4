import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { serverClock } from '../api/client.ts';
import type { Camera, SessionInfo } from '../api/types.ts';
import { KeyHelp } from '../frame/KeyHelp.tsx';
import { useCameras, usePerson } from '../person/person.ts';
import { Player } from '../player/player.ts';
import { useText } from '../text/index.ts';
import { useControl } from './control.ts';
import { Empty, ListFailed, Nobody } from '../wall/Empty.tsx';
import { useKeys } from './keys.ts';
import { Rail, RailSkeleton } from './Rail.tsx';
import { Side } from './Side.tsx';
import { Stage } from './Stage.tsx';
import { KeptContext, TimePane, useKeptOf } from './TimePane.tsx';

/** Viewer is the page of footage: the cameras one may see, one of them live or past, and its timeline. */
export default function Viewer() {
  const t = useText();
  const { session, desk } = usePerson();
  const [player] = useState(() => new Player(desk.ended));
  useEffect(() => {
    const stop = desk.listen((e) => {
      if (e.kind === 'away') player.suspect();
      if (e.kind === 'back') player.hurry();
    });
    return () => (stop(), player.close());
  }, [desk, player]);
  const list = useCameras();
  const visible = useMemo(() => (list.kind === 'ready' ? list.cameras : null), [list]);
  const control = useControl(player, session, visible);
  const kept = useKeptOf(control.camera);
  const [help, setHelp] = useState(false);
  useKeys(control, (factor) => kept?.view.zoom(factor, player.position() ?? serverClock.now()), () => setHelp(true));
  const { camera } = control;
  useEffect(() => {
    if (camera) document.title = t.title(`${camera.name} ${camera.number}`);
  }, [t, camera]);
  if (visible?.length === 0) return <Empty session={session} />;
  return (
    <KeptContext value={kept}>
      <div className="flex min-h-0 grow">
        {visible ? <Rail cameras={visible} selected={camera?.id ?? null} choose={control.choose} /> : <RailSkeleton />}
        <main className="flex min-w-0 grow flex-col">
          {list.kind === 'failed' ? <ListFailed error={list.error} retry={() => void desk.cameras.load()} /> : <Middle control={control} session={session} cameras={visible} />}
        </main>
        {camera && <Side camera={camera} session={session} control={control} showKeys={() => setHelp(true)} />}
      </div>
      <TimePane camera={camera} control={control} />
      {help && <KeyHelp close={() => setHelp(false)} />}
    </KeptContext>
  );
}

function Middle({ control, session, cameras }: { control: ReturnType<typeof useControl>; session: SessionInfo; cameras: Camera[] | null }) {
  const { want } = useSyncExternalStore(control.player.subscribe, control.player.get);
  if (!want && cameras) return <Nobody first={() => control.choose(cameras.find((c) => c.actions.includes('live'))?.id ?? cameras[0]!.id)} />;
  return <Stage control={control} session={session} />;
}

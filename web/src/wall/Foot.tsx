import { useSyncExternalStore, type ReactNode } from 'react';
import { serverClock } from '../api/client.ts';
import type { Camera } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { SECOND } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { onLook } from '../ui/time.ts';

/** Foot says what always holds here, and the keys one needs most. */
export function Foot({ shown, help }: { shown: readonly Camera[]; help: () => void }) {
  const t = useText();
  const w = t.wall.foot;
  const kept = [...new Set(shown.map((c) => c.keep_days))];
  return (
    <footer aria-label={w.label} className="flex h-[30px] flex-none items-center gap-7 overflow-hidden border-t border-line bg-surface px-4 text-xs whitespace-nowrap text-text-2 tight:h-[26px] tight:gap-5 tight:px-3">
      <span className="flex items-center gap-1.5"><Icon name="shield" className="size-[15px]" />{w.logged}</span>
      {kept.length === 1 && <span>{w.keep(kept[0]!)}</span>}
      <ClockDifference />
      <span className="flex items-center gap-3 tight:gap-2.5">
        <Hint keys={['←→']} words={w.keys.ten} />
        <Hint keys={['J K L']} words={w.keys.play} />
        <Hint keys={['Enter']} words={w.keys.enlarge} />
        <span className="flex items-center gap-1"><Kbd>1</Kbd>{w.to}<Hint keys={['9']} words={w.keys.camera} /></span>
        <Hint keys={['M']} words={w.keys.tile} />
        <button type="button" onClick={help} className="flex items-center gap-1.5 rounded-4 px-1 text-text-2 hover:underline focus-inside"><Kbd>?</Kbd>{w.keys.all}</button>
      </span>
    </footer>
  );
}

function Hint({ keys, words }: { keys: string[]; words: string }): ReactNode {
  return <span className="flex items-center gap-1.5">{keys.map((k) => <Kbd key={k}>{k}</Kbd>)}{words}</span>;
}

/** ClockDifference is how far this computer's clock is off the server's; pictures are judged by the server's. */
function ClockDifference() {
  const t = useText();
  const hundredths = useSyncExternalStore(onLook, () => Math.round(((Date.now() * 1000 - serverClock.now()) / SECOND) * 20) * 5);
  const text = (hundredths / 100).toFixed(2);
  return <span>{t.wall.foot.zone(`${hundredths > 0 ? '+' : hundredths === 0 ? '±' : ''}${text.replace('-', '−')}${t.lang === 'ja' ? '秒' : ' s'}`)}</span>;
}

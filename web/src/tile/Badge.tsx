import { useCallback, useEffect, useState } from 'react';
import { serverClock } from '../api/client.ts';
import type { Mode, Player } from '../player/player.ts';
import { useText } from '../text/index.ts';
import { SECOND } from '../time/instant.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';

const looks: Record<'live' | 'late' | 'stopped' | 'past' | 'wait', { tone: string; icon: IconName }> = {
  live: { tone: 'bg-[#0d1115d9] text-green-300', icon: 'dot' }, late: { tone: 'bg-[#0d1115d9] text-yellow-300', icon: 'clock' }, stopped: { tone: 'bg-[#0d1115d9] text-red-300', icon: 'off' },
  past: { tone: 'bg-blue-300 text-[#00114d]', icon: 'history' }, wait: { tone: 'bg-[#0d1115d9] text-white', icon: 'clock' },
};

/** Badge is the state of the picture in icon and word, with its age. */
export function Badge({ player, mode, down }: { player: Player; mode: Mode; down: boolean }) {
  const t = useText();
  const age = useAge(player);
  const { look, word, value } = ((): { look: keyof typeof looks; word: string; value?: string | undefined } => {
    switch (mode.kind) {
      case 'live': {
        const late = mode.pulse === 'late' || (age !== null && age > 2);
        if (mode.pulse === 'stopped') return { look: 'stopped', word: t.view.stopped };
        return { look: late ? 'late' : 'live', word: late ? t.view.late : t.view.live, value: age === null ? undefined : t.seconds(age) };
      }
      case 'past':
        return { look: 'past', word: t.view.past, value: age === null ? undefined : t.view.ago(t.duration(age)) };
      case 'refused':
        return { look: 'stopped', word: t.view.refused };
      case 'lost':
        return { look: 'late', word: t.view.lost };
      case 'opening':
      case 'idle':
        if (down) return { look: 'stopped', word: t.view.stopped };
        return { look: 'wait', word: t.view.opening };
    }
  })();
  return (
    <span data-testid="badge" className={`inline-flex h-[22px] items-center gap-1.5 rounded-4 px-2 text-[12.5px] font-bold ${looks[look].tone}`}>
      <Icon name={looks[look].icon} className={look === 'live' ? 'size-3' : 'size-[15px]'} />
      {word}
      {value && <span className={`font-normal ${look === 'past' ? '' : 'text-white'}`}>{value}</span>}
    </span>
  );
}

/** useAge is the age of the picture on screen in seconds, looked at five times a second. */
export function useAge(player: Player): number | null {
  const read = useCallback(() => {
    const p = player.picture();
    if (!p) return null;
    const { mode } = player.get();
    const age = (serverClock.now() - p.at) / SECOND;
    return Math.max(0, Math.round((mode.kind === 'live' ? Math.max(age, p.still / 1000) : age) * 10) / 10);
  }, [player]);
  const [age, setAge] = useState(read);
  useEffect(() => {
    const look = () => setAge(read());
    const timer = setInterval(look, 200);
    const stop = player.subscribe(look);
    return () => (clearInterval(timer), stop());
  }, [player, read]);
  return age;
}

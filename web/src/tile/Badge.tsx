import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { serverClock } from '../api/client.ts';
import type { Mode, Player } from '../player/player.ts';
import { useText } from '../text/index.ts';
import { SECOND } from '../time/instant.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { onLook } from '../ui/time.ts';

const looks: Record<'live' | 'late' | 'stopped' | 'past' | 'wait', { tone: string; icon: IconName }> = {
  live: { tone: 'bg-[#0d1115d9] text-green-300', icon: 'dot' }, late: { tone: 'bg-[#0d1115d9] text-yellow-300', icon: 'clock' }, stopped: { tone: 'bg-[#0d1115d9] text-red-300', icon: 'off' },
  past: { tone: 'bg-blue-300 text-[#00114d]', icon: 'history' }, wait: { tone: 'bg-[#0d1115d9] text-white', icon: 'clock' },
};

const lateFrom = 2; // s

/** Badge is the state of the picture in icon and word, with its age. */
export function Badge({ player, mode, down }: { player: Player; mode: Mode; down: boolean }) {
  const t = useText();
  const old = useOld(player);
  const { look, word, value } = ((): { look: keyof typeof looks; word: string; value?: (age: number) => string } => {
    switch (mode.kind) {
      case 'live': {
        const late = mode.pulse === 'late' || old;
        if (mode.pulse === 'stopped') return { look: 'stopped', word: t.view.stopped };
        return { look: late ? 'late' : 'live', word: late ? t.view.late : t.view.live, value: t.seconds };
      }
      case 'past':
        return { look: 'past', word: t.view.past, value: (age) => t.view.ago(t.duration(age)) };
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
    <span data-testid="badge" data-look={look} className={`inline-flex h-[22px] flex-none items-center gap-1.5 rounded-4 px-2 text-[12.5px] font-bold whitespace-nowrap ${looks[look].tone}`}>
      <Icon name={looks[look].icon} className={look === 'live' ? 'size-3' : 'size-[15px]'} />
      <span className={look === 'live' ? '@max-[230px]:sr-only' : ''}>{word}</span>
      {value && <Age player={player} text={value} className={`font-normal empty:hidden ${look === 'past' ? '' : 'text-white'}`} />}
    </span>
  );
}

/** Age writes the age of the picture five times a second, past React: a wall has many. */
function Age({ player, text, className }: { player: Player; text: (age: number) => string; className: string }) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = () => {
      const age = ageOf(player);
      const next = age === null ? '' : text(age);
      if (ref.current && ref.current.textContent !== next) ref.current.textContent = next;
    };
    write();
    return onAge(player, write);
  }, [player, text]);
  return <span ref={ref} className={className} />;
}

/** ageOf is the age of the picture on screen in seconds, to a tenth; null: there is none. */
export function ageOf(player: Player): number | null {
  const p = player.picture();
  if (!p) return null;
  const age = (serverClock.now() - p.at) / SECOND;
  return Math.max(0, Math.round((player.get().mode.kind === 'live' ? Math.max(age, p.still / 1000) : age) * 10) / 10);
}

/** useOld reports whether a live picture is older than it should be. */
function useOld(player: Player): boolean {
  const subscribe = useCallback((f: () => void) => onAge(player, f), [player]);
  return useSyncExternalStore(subscribe, () => (ageOf(player) ?? 0) > lateFrom);
}

/** onAge calls f five times a second, and when the player's state changes. */
function onAge(player: Player, f: () => void): () => void {
  const stops = [onLook(f), player.subscribe(f)];
  return () => stops.forEach((stop) => stop());
}

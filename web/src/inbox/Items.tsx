import type { InboxState } from '../api/inbox.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { follow, link } from '../url.ts';
import { kindIcons, say } from './say.ts';

/** Items is the list of what waits, newest first. */
export function Items({ state, selected, retry }: { state: InboxState; selected: string | null; retry: () => void }) {
  const t = useText();
  const cameraOf = useCameraOf();
  if (state.kind === 'loading') return <Bones />;
  if (state.kind === 'failed') return <Failed error={state.error} retry={retry} />;
  if (state.items.length === 0) return <Nothing icon="bell" title={t.inbox.none}>{t.inbox.noneBody}</Nothing>;
  return (
    <ul>
      {state.items.map((i) => {
        const at = parseInstant(i.at);
        const camera = i.subject.camera ? (cameraOf(i.subject.camera)?.name ?? i.subject.number ?? '') : (i.subject.unit_name ?? '');
        return (
          <li key={i.id} className="border-b border-soft last:border-b-0">
            <a href={link('inbox', { item: i.id })} onClick={follow} aria-current={i.id === selected || undefined}
              className="flex items-center gap-3 px-4 py-3 hover:bg-soft focus-inside aria-[current]:bg-accent-soft aria-[current]:shadow-[inset_4px_0_0_var(--accent)] tight:px-3 tight:py-2.5">
              <span className={`grid size-9 flex-none place-items-center rounded-8 ${i.read ? 'bg-soft text-text-2' : 'bg-accent-soft text-accent'}`}><Icon name={kindIcons[i.kind]} /></span>
              <span className="min-w-0 grow leading-[1.5]">
                <span className={`line-clamp-2 text-[15px] leading-[1.4] break-words ${i.read ? 'text-text-2' : 'font-bold'}`}>{say(t, i)}</span>
                <span className="block truncate text-[13px] text-text-3">{[t.inbox.kinds[i.kind], camera].filter(Boolean).join('・')}</span>
              </span>
              <span className="flex flex-none flex-col items-end gap-1 text-xs text-text-3">{t.day(at)} {clock(at).slice(0, 5)}{!i.read && <span className="flex items-center gap-1 font-bold text-accent"><Icon name="dot" className="size-3" />{t.inbox.isUnread}</span>}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

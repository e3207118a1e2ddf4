import type { Report } from '../api/duty.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Chip } from '../ui/Chip.tsx';
import { follow, link } from '../url.ts';
import { stateLooks, stateOf } from './state.ts';

/** ReportRows is a list of reports; each leads to its page of the inbox. */
export function ReportRows({ reports, selected, choose }: { reports: readonly Report[]; selected: string | null; choose: ((id: string) => void) | null }) {
  const t = useText();
  const cameraOf = useCameraOf();
  return (
    <ul>
      {reports.map((r) => {
        const camera = cameraOf(r.camera);
        const state = stateOf(r);
        const at = parseInstant(r.at);
        return (
          <li key={r.id} className="border-b border-soft last:border-b-0">
            <a href={link('inbox', { view: 'reports', report: r.id })} onClick={choose ? (e) => (e.preventDefault(), choose(r.id)) : follow} aria-current={r.id === selected || undefined}
              className="flex flex-col gap-1 px-4 py-2.5 hover:bg-soft focus-inside aria-[current]:bg-accent-soft aria-[current]:shadow-[inset_4px_0_0_var(--accent)] tight:px-3 tight:py-2">
              <span className="flex items-center gap-2"><b className="min-w-0 truncate text-[15px]">{camera?.name ?? r.camera}</b><span className="flex-none text-xs text-text-3">{camera?.number}</span><span className="ml-auto flex-none text-xs text-text-3">{t.day(parseInstant(r.sent))} {clock(parseInstant(r.sent)).slice(0, 5)}</span></span>
              <span className="flex items-center gap-2"><span className="min-w-0 grow truncate text-[13px] text-text-2">{r.note}</span><Chip {...stateLooks[state]}>{t.inbox.report.state[state]}</Chip></span>
              <span className="text-xs text-text-3">{t.date(at)} {clock(at)}{!r.mine && `・${r.from_title} ${r.from_name.replace('　', ' ')}`}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

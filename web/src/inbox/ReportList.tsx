import type { Report } from '../api/duty.ts';
import type { Answer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Segment } from '../ui/Segment.tsx';
import { go, link, useQuery } from '../url.ts';
import { ReportRows } from './ReportRows.tsx';

const shows = ['open', 'closed', 'all'] as const;
type Shows = (typeof shows)[number];

/** ReportList is every report one may read, by how far it has come. */
export function ReportList({ answer, again, selected }: { answer: Answer<{ reports: Report[] }>; again: () => void; selected: string | null }) {
  const t = useText();
  const query = useQuery();
  const shown: Shows = shows.find((s) => s === query.get('show')) ?? 'open';
  if (answer.kind === 'loading') return <Bones />;
  if (answer.kind === 'failed') return <Failed error={answer.error} retry={again} />;
  const of = (s: Shows) => answer.value.reports.filter((r) => s === 'all' || (s === 'closed') === (r.closed !== null));
  return (
    <>
      <div className="flex-none border-b border-soft px-4 py-2 tight:px-3">
        <Segment<Shows> label={t.inbox.filter} value={shown} choose={(s) => go(link('inbox', { view: 'reports', show: s === 'open' ? null : s }), true)}
          choices={shows.map((s) => ({ value: s, text: t.inbox.report.filters[s], count: of(s).length }))} />
      </div>
      {of(shown).length === 0 ? <Nothing icon="send" title={t.inbox.report.none[shown]} />
        : <ReportRows reports={of(shown)} selected={selected} choose={(id) => go(link('inbox', { view: 'reports', show: shown === 'open' ? null : shown, report: id }))} />}
    </>
  );
}

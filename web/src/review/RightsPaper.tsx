import type { RightsLine, RightsReview } from '../api/inventory.ts';
import { when } from '../audit/words.ts';
import { sheets, type Sheet } from '../duty/sheets.ts';
import { Confidential, Foot } from '../print/Sheet.tsx';
import { useText } from '../text/index.ts';
import { parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Page } from '../ui/Page.tsx';
import { follow, link } from '../url.ts';
import { period, plain, rightsOf } from './RightsRows.tsx';

const room = { first: 21, others: 26 }; // rows of a sheet

/** RightsPaper is a review of rights as it will be on paper. */
export function RightsPaper({ review: r }: { review: RightsReview }) {
  const t = useText();
  const w = t.review.rights;
  const laid = sheets(r.lines, room.first, room.others, (l) => 1 + (l.reason ? Math.ceil(l.reason.length / 28) * 0.4 : 0));
  return (
    <Page title={w.page} tools={<><Button look="primary" onClick={() => print()}><Icon name="print" className="size-4" />{t.review.report.print}</Button><a href={link('review', { rights: r.id })} onClick={follow} className="px-2 text-accent underline underline-offset-3 hover:no-underline">{w.back}</a></>}>
      <div className="flex flex-col items-center gap-6 pb-6 print:block print:p-0">{laid.map((s) => <Paper key={s.page} review={r} sheet={s} />)}</div>
    </Page>
  );
}

function Paper({ review: r, sheet }: { review: RightsReview; sheet: Sheet<RightsLine> }) {
  const t = useText();
  const w = t.review.rights;
  const cell = 'border border-black px-[1.2mm] py-[.6mm] align-top leading-[1.3]';
  const at = t.duty.book.date(parseInstant(r.taken));
  return (
    <section aria-label={w.label(sheet.page, sheet.pages)} className="paper">
      {sheet.page > 1 ? <p className="flex h-[9mm] items-start justify-between"><span>{w.paper}　{w.as(at)}</span><Confidential /></p> : (
        <>
          <div className="flex h-[33mm] items-start justify-between">
            <div>
              <Confidential />
              <h2 className="mt-[4mm] text-[18pt] leading-none font-bold tracking-[.15em]">{w.paper}</h2>
              <p className="mt-[2.5mm] text-[11pt] leading-none">{w.as(at)}</p>
            </div>
            <table className="border-collapse text-center"><tbody>
              <tr>{w.approval.map((who) => <th key={who} scope="col" className="h-[6mm] w-[20mm] border border-black font-normal">{who}</th>)}</tr>
              <tr>{w.approval.map((who) => <td key={who} className="h-[19mm] border border-black" />)}</tr>
            </tbody></table>
          </div>
          <p className="mb-[2.5mm] text-[8pt]">{w.progress(when(t, parseInstant(r.taken)), r.lines.length - r.left, r.lines.length, r.lines.filter((l) => l.state === 'objected').length)}{r.closed && `　${w.closedOn(t.duty.book.date(parseInstant(r.closed)))}（${plain(r.closed_by)}）`}{r.remark && `　${w.remark}：${r.remark}`}</p>
        </>
      )}
      <table className="w-full table-fixed border-collapse text-[8pt]">
        <caption className="sr-only">{w.paper}</caption>
        <colgroup><col className="w-[8mm]" /><col className="w-[32mm]" /><col className="w-[38mm]" /><col /><col className="w-[36mm]" /></colgroup>
        <thead><tr>{[t.review.report.columns.n, w.columns.who, w.columns.post, w.columns.rights, w.columns.state].map((c) => <th key={c} scope="col" className="h-[6mm] border border-black px-[1mm] text-left text-[7.5pt] font-bold">{c}</th>)}</tr></thead>
        <tbody>
          {sheet.rows.map((l) => (
            <tr key={l.n} className="h-[8.6mm]">
              <td className={`${cell} text-right`}>{l.n}</td>
              <td className={cell}>{plain(l.name)}<br />{l.login}</td>
              <td className={cell}>{t.posts[l.post] ?? l.title}<br />{l.unit_name}</td>
              <td className={cell}>{rightsOf(t, l)}<br />{period(t, l)}</td>
              <td className={cell}><b>{l.ended && l.state === 'objected' ? w.endedState : w.states[l.state]}</b>　{plain(l.decided_by)}{l.reason && <span className="block">{l.reason}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Foot made={t.review.report.made} page={sheet.page} pages={sheet.pages} />
    </section>
  );
}

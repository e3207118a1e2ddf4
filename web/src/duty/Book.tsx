import { serverClock } from '../api/client.ts';
import { duty, type Ledger } from '../api/duty.ts';
import { useAnswer } from '../person/answer.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { Pager } from '../ui/Pager.tsx';
import { follow, go, link } from '../url.ts';
import { begins, formatMonth, monthOf, parseMonth, shifted } from './month.ts';
import { BookSheet, heightOf } from './BookSheet.tsx';
import { sheets } from './sheets.ts';

const rows = { first: 20, others: 26 }; // of ordinary height that fit on a sheet of A4

/** Book is the 映像確認簿 of a unit's month, as it will be on paper. */
export function Book({ unit, month: text }: { unit: string; month: string }) {
  const t = useText();
  const b = t.duty.book;
  const now = monthOf(serverClock.now());
  const month = parseMonth(text) ?? now;
  const { answer, again } = useAnswer(`${unit} ${formatMonth(month)}`, (signal) => duty.ledger(unit, formatMonth(month), signal));
  const turn = (to: string, m = month) => go(link('duty', { book: to, month: formatMonth(m) }), true);
  const laid = answer.kind === 'ready' ? sheets(answer.value.entries, rows.first, rows.others, heightOf) : [];
  return (
    <Page title={b.title} lead={laid.length > 0 && b.sheets(laid.length)} tools={
      <>
        <Units unit={unit} turn={turn} />
        <Pager label={b.month} back={{ label: b.earlier, go: () => turn(unit, shifted(month, -1)) }} forward={{ label: b.later, go: begins(month) >= begins(now) ? null : () => turn(unit, shifted(month, 1)) }}>{t.duty.month(month.year, month.month)}</Pager>
        <Button look="primary" disabled={laid.length === 0} onClick={() => print()}><Icon name="print" className="size-4" />{b.print}</Button>
        <a href={link('duty')} onClick={follow} className="px-2 text-accent underline underline-offset-3 hover:no-underline">{b.back}</a>
      </>
    }>
      {answer.kind === 'ready' ? <Paper ledger={answer.value} month={month} laid={laid} /> : (
        <Card title={b.title} className="grow" body="grow flex flex-col">{answer.kind === 'loading' ? <Bones rows={8} /> : <Failed error={answer.error} retry={again} />}</Card>
      )}
    </Page>
  );
}

function Paper({ ledger, month, laid }: { ledger: Ledger; month: ReturnType<typeof monthOf>; laid: ReturnType<typeof sheets<Ledger['entries'][number]>> }) {
  return (
    <div className="flex flex-col items-center gap-6 pb-6 print:block print:p-0">
      {laid.map((s) => <BookSheet key={s.page} ledger={ledger} month={month} sheet={s} />)}
    </div>
  );
}

/** Units chooses among the units whose ledger one may read. */
function Units({ unit, turn }: { unit: string; turn: (unit: string) => void }) {
  const t = useText();
  const { answer } = useAnswer('duty', duty.units);
  const units = answer.kind === 'ready' ? answer.value.units : [];
  if (units.length < 2) return null;
  const ids = new Set(units.map((u) => u.unit));
  return <Select aria-label={t.duty.book.unit} value={unit} onChange={(e) => turn(e.target.value)}>{units.map((u) => <option key={u.unit} value={u.unit}>{ids.has(u.parent) ? '　' : ''}{u.unit_name}</option>)}</Select>;
}

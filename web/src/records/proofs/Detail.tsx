import type { Control, Proof, Proofs } from '../../api/proofs.ts';
import { useText } from '../../text/index.ts';
import { follow, link } from '../../url.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Note } from '../../ui/Note.tsx';
import { to } from '../place.ts';
import { StandingChip } from './ProofsPage.tsx';

/** Detail is a control: what proves it in the year, and what is missing. */
export function Detail({ control: c, value, close, make }: { control: Control; value: Proofs; close: () => void; make: () => void }) {
  const t = useText();
  const w = t.proofs;
  const lacks = c.state === 'short' || c.state === 'missing' || c.state === 'unset';
  return (
    <Card title={`${c.code}　${c.name}`} body="flex min-h-0 grow flex-col gap-3 overflow-auto px-4 py-3 tight:px-3 tight:py-2 focus-inside" tools={<Button look="quiet" size="small" onClick={close} aria-label={t.ui.close}><Icon name="close" className="size-4" /></Button>}>
      <div className="flex flex-wrap items-center gap-3"><StandingChip state={c.state} /><a className="text-accent underline underline-offset-3" href={to('isms-control', { record: c.id })} onClick={follow}>{w.edit}</a></div>
      {(lacks || c.state === 'excluded') && <Note tone={c.state === 'missing' ? 'bad' : c.state === 'excluded' ? 'key' : 'late'}>{w.why[c.state]}</Note>}
      <dl className="leading-[1.6]"><dt className="text-[13px] font-bold text-text-3">{w.reason}</dt><dd className="break-words">{c.reason}</dd></dl>
      {c.proofs.length > 0 && (
        <ul aria-label={w.heads.proof} className="flex flex-col rounded-6 border border-line">
          {c.proofs.map((p) => <ProofRow key={`${p.kind} ${p.field} ${p.value}`} proof={p} value={value} />)}
        </ul>
      )}
      {c.singles.length > 0 && (
        <section aria-label={w.singles}>
          <h3 className="pb-1 text-[13px] font-bold text-text-3">{w.singles}</h3>
          <ul className="flex flex-col gap-1">
            {c.singles.map((s) => (
              <li key={s.label} className="flex flex-wrap gap-x-3">
                {s.id ? <a className="text-accent underline underline-offset-3" href={to(s.kind, { record: s.id })} onClick={follow}>{s.label}　{s.title}</a> : <span className="text-bad">{s.label}　{w.gone}</span>}
                <span className="text-text-2">{s.note}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div><Button look="outline" onClick={make}><Icon name="download" className="size-4" />{w.makeOne(c.code)}</Button></div>
    </Card>
  );
}

function ProofRow({ proof: p, value }: { proof: Proof; value: Proofs }) {
  const t = useText();
  const w = t.proofs;
  const enough = p.count >= p.least;
  const list = p.ledger ? link('audit') : to(p.kind, p.stands ? {} : { from: value.from, to: value.to });
  return (
    <li className="flex items-center gap-3 border-b border-soft px-3 py-2 last:border-b-0">
      <span className="min-w-0 grow leading-[1.5]">
        <b className="block truncate">{p.name[t.lang]}{p.field && `（${p.field}＝${p.value}）`}</b>
        <span className="block text-[13px] text-text-3">{p.hidden ? w.hidden : `${p.ledger ? w.ledger : p.stands ? w.stands : w.ofYear}・${w.heads.least} ${w.count(p.least)}`}</span>
      </span>
      <b className={`tabular-nums whitespace-nowrap ${enough ? '' : 'text-bad'}`}>{!enough && <Icon name="warn" className="mr-1 inline size-4 align-[-3px]" />}{w.count(p.count)}</b>
      {!p.hidden && <a className="text-[13px] whitespace-nowrap text-accent underline underline-offset-3" href={list} onClick={follow} aria-label={`${w.open} ${p.name[t.lang]}`}>{w.open}</a>}
    </li>
  );
}

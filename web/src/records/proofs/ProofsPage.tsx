import { useEffect, type ReactNode } from 'react';
import { packFile, proofs, type Control, type Pack, type Proofs } from '../../api/proofs.ts';
import { useAnswer } from '../../person/answer.ts';
import { useText } from '../../text/index.ts';
import { follow, go, link, useQuery } from '../../url.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip, type Tone } from '../../ui/Chip.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Bones, Failed, Nothing } from '../../ui/Nothing.tsx';
import { Page } from '../../ui/Page.tsx';
import { Segment } from '../../ui/Segment.tsx';
import { Select } from '../../ui/Field.tsx';
import { Table } from '../../ui/Table.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { dayIn } from '../day.ts';
import { fiscalYear, yearOf } from '../figures/figure.ts';
import { Detail } from './Detail.tsx';
import { Packs } from './Packs.tsx';

/** Look is what of the controls is looked at: the query of the address. */
export interface Look {
  year: string; // fiscal year; '' this one
  show: string; // lacking: only what lacks something
  control: string; // code of the one that is open
}

export const to = (l: Look) => link('records', { ...l }).replace('/records', '/records/proofs');

const tones: Record<Control['state'], [Tone, IconName]> = { proved: ['ok', 'check'], short: ['late', 'warn'], missing: ['bad', 'close'], unset: ['warn', 'help'], excluded: ['plain', 'minus'] };

export function StandingChip({ state }: { state: Control['state'] }) {
  const [tone, icon] = tones[state];
  return <Chip tone={tone} icon={icon}>{useText().proofs.states[state]}</Chip>;
}

const lacks = (c: Control) => c.state === 'short' || c.state === 'missing' || c.state === 'unset';
export const total = (c: Control) => c.proofs.reduce((n, p) => n + p.count, 0) + c.singles.filter((s) => s.id).length;

/** ProofsPage is 管理策の証跡: which records prove each control in a year, what is missing, and packs of them. */
export function ProofsPage({ rail }: { rail: ReactNode }) {
  const t = useText();
  const w = t.proofs;
  const q = useQuery();
  const look: Look = { year: q.get('year') ?? '', show: q.get('show') ?? '', control: q.get('control') ?? '' };
  const { answer, again } = useAnswer(`proofs ${look.year}`, (s) => proofs.of(look.year, s));
  const packs = useAnswer('proof packs', proofs.packs);
  const [toast, say] = useToast();
  const value = answer.kind === 'ready' ? answer.value : null;
  const running = packs.answer.kind === 'ready' && packs.answer.value.packs.some((p) => p.state === 'making' || (p.state === 'asked' && p.mine));
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(packs.again, 1500);
    return () => clearInterval(timer);
  }, [running, packs.again]);
  const make = async (controls: readonly string[]) => {
    if (!value) return;
    const res = await proofs.ask(value.year, controls);
    if (!res.ok) return say(t.oops(res.error.detail));
    fetchPack(res.value);
    say(w.asking);
    packs.again();
  };
  return (
    <Page title={w.page} lead={value && w.lead(fiscalYear(value.year))} tools={<Button look="primary" disabled={!value || value.controls.length === 0} onClick={() => void make([])}><Icon name="download" className="size-4" />{w.makeAll}</Button>}>
      <div className="grid min-h-0 grow grid-cols-[216px_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[900px]:grid-cols-1">
        {rail}
        <div className="flex min-h-0 min-w-0 flex-col gap-4 tight:gap-2.5">
          {answer.kind === 'loading' && <Card title={w.list} className="grow"><Bones rows={9} /></Card>}
          {answer.kind === 'failed' && <Card title={w.list} className="grow"><Failed error={answer.error} retry={again} /></Card>}
          {value && <Controls value={value} look={look} make={(code) => void make([code])} />}
          {packs.answer.kind === 'ready' && <Packs packs={packs.answer.value.packs} again={(p) => (fetchPack(p), packs.again())} />}
        </div>
      </div>
      {toast}
    </Page>
  );
}

/** fetchPack begins the download. */
function fetchPack(p: Pack) {
  const a = document.createElement('a');
  a.href = packFile(p.id);
  a.download = '';
  a.click();
}

function Controls({ value, look, make }: { value: Proofs; look: Look; make: (code: string) => void }) {
  const t = useText();
  const w = t.proofs;
  const lacking = value.controls.filter(lacks);
  const rows = look.show === 'lacking' ? lacking : value.controls;
  const open = value.controls.find((c) => c.code === look.control) ?? null;
  const this_ = yearOf(dayIn(0));
  const years = [...new Set([...Array.from({ length: 4 }, (_, i) => this_ - i), value.year])];
  return (
    <div className={`grid min-h-[280px] grow gap-4 tight:gap-2.5 ${open ? 'grid-cols-[minmax(0,1fr)_minmax(0,1fr)] max-[1100px]:grid-cols-1' : ''}`}>
      <Card title={w.list} body="grow overflow-auto focus-inside" tools={(
        <>
          <Select aria-label={w.year} value={String(value.year)} onChange={(e) => go(to({ ...look, year: Number(e.target.value) === this_ ? '' : e.target.value }))}>
            {years.map((y) => <option key={y} value={y}>{t.figures.yearOption(fiscalYear(y), y)}</option>)}
          </Select>
          <Segment label={w.show} value={look.show === 'lacking' ? 'lacking' : 'all'} choose={(show) => go(to({ ...look, show: show === 'all' ? '' : show }))}
            choices={[{ value: 'all', text: w.all, count: value.controls.length }, { value: 'lacking', text: w.lacking, count: lacking.length }]} />
        </>
      )}>
        {rows.length === 0 ? <Nothing icon={value.controls.length === 0 ? 'list' : 'check'} title={value.controls.length === 0 ? w.empty : w.none}>{value.controls.length === 0 ? w.emptyWhy : w.noneWhy}</Nothing> : (
          <Table dense label={w.list} rows={rows} keyOf={(c) => c.id} selected={(c) => c === open} columns={[
            { head: w.heads.code, className: 'w-14', cell: (c) => <span className="tabular-nums">{c.code}</span> },
            { head: w.heads.name, names: true, className: 'max-w-0 w-full', cell: (c) => <a href={to({ ...look, control: c.code })} onClick={follow} className="block truncate leading-[26px] text-accent after:absolute after:inset-0">{c.name}</a> },
            ...(open ? [] : [{ head: w.heads.proof, className: 'max-[1500px]:hidden', cell: (c: Control) => <span className="text-[13px] text-text-2">{c.proofs.map((p) => p.name[t.lang]).join('・')}</span> }]),
            { head: w.heads.count, align: 'right' as const, cell: (c) => <span className={`tabular-nums ${total(c) === 0 ? 'text-text-3' : ''}`}>{c.state === 'excluded' ? '－' : total(c).toLocaleString('ja-JP')}</span> },
            { head: w.heads.state, className: 'w-28', cell: (c) => <StandingChip state={c.state} /> },
          ]} />
        )}
      </Card>
      {open && <Detail control={open} value={value} close={() => go(to({ ...look, control: '' }))} make={() => make(open.code)} />}
    </div>
  );
}

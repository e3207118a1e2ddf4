import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { rights, type Emergency, type Viewed } from '../api/rights.ts';
import { usePerson } from '../person/person.ts';
import { useText, type Text } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { Bones } from '../ui/Nothing.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { NightChip } from './Emergency.tsx';

/** EmergencyCard is one emergency viewing: why, what was viewed in it, and what its review found. */
export function EmergencyCard({ night: e, done }: { night: Emergency; done: (text: string) => void }) {
  const t = useText();
  const w = t.rights.emergency;
  const { session } = usePerson();
  const when = (at: string) => `${t.date(parseInstant(at))} ${clock(parseInstant(at)).slice(0, 5)}`;
  const rows: [string, ReactNode][] = [
    [w.who, `${e.name.replace('　', ' ')}（${e.login}）`], [w.when, `${when(e.from)}～${clock(parseInstant(e.to)).slice(0, 5)}`], [w.reason, e.reason],
    ...(e.finding ? [[w.finding, e.finding], [w.by, `${e.reviewed_name.replace('　', ' ')}${e.reviewed_at ? `・${when(e.reviewed_at)}` : ''}`]] as [string, ReactNode][] : [[w.due, when(e.due)] as [string, ReactNode]]),
  ];
  return (
    <Card title={w.title} tools={<NightChip night={e} />} body="min-h-0 grow flex flex-col">
      <div role="group" aria-label={w.title} tabIndex={0} className="flex min-h-0 grow flex-col gap-4 overflow-auto px-5 py-4 focus-inside tight:px-3 tight:py-3">
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 leading-[1.7]">{rows.map(([name, value]) => <div key={name} className="contents"><dt className="whitespace-nowrap text-text-3">{name}</dt><dd className="min-w-0 break-words">{value}</dd></div>)}</dl>
        <Views id={e.id} />
        {e.may_review && <Review id={e.id} done={done} />}
        {!e.may_review && !e.finding && e.login === session.login && <p className="text-text-2">{w.own}</p>}
      </div>
    </Card>
  );
}

/** rangesOf is which footage was seen. */
function rangesOf(t: Text, v: Viewed): string {
  if (v.ranges.length === 0) return '－';
  const [first, last] = [v.ranges[0]!, v.ranges[v.ranges.length - 1]!];
  return t.range(clock(parseInstant(first.from)), clock(parseInstant(last.to)));
}

function Views({ id }: { id: string }) {
  const t = useText();
  const w = t.rights.emergency;
  const [views, setViews] = useState<readonly Viewed[] | null>(null);
  useEffect(() => {
    void rights.emergency(id).then((res) => setViews(res.ok ? res.value.views : []));
  }, [id]);
  const columns: Column<Viewed>[] = [
    { head: w.camera, names: true, cell: (v) => <span className="block truncate" title={v.camera.name}><b>{v.camera.number}</b>　{v.camera.name}</span>, className: 'w-full max-w-0' },
    { head: w.kind, cell: (v) => w.viewKinds[v.action] ?? v.action },
    { head: w.viewedAt, cell: (v) => clock(parseInstant(v.time)) },
    { head: w.range, cell: (v) => rangesOf(t, v) },
  ];
  return (
    <section aria-label={w.views}>
      <h3 className="pb-2 text-base">{w.views}</h3>
      {views === null ? <Bones rows={2} /> : views.length === 0 ? <p className="text-text-2">{w.noViews}</p> : <Table label={w.views} columns={columns} rows={views} keyOf={(v) => `${v.time}${v.camera.id}`} dense />}
    </section>
  );
}

function Review({ id, done }: { id: string; done: (text: string) => void }) {
  const t = useText();
  const w = t.rights.emergency;
  const [finding, setFinding] = useState('');
  const [error, setError] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (!finding.trim()) return setError(w.findingMissing);
    const res = await rights.reviewEmergency(id, finding.trim());
    setError(res.ok ? '' : t.oops(res.error.detail));
    if (res.ok) done(w.reviewed);
  };
  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-3">
      <Field label={w.finding} need="required" hint={w.findingHint} error={error}>{(wiring) => <TextArea {...wiring} value={finding} onChange={(e) => setFinding(e.target.value)} maxLength={2000} rows={3} />}</Field>
      <div><Button type="submit" look="primary">{w.review}</Button></div>
    </form>
  );
}

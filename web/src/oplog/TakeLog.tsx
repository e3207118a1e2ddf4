import { useState, type ReactNode } from 'react';
import { oplog, type Overview, type Report } from '../api/oplog.ts';
import { words } from '../security/words.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field, Input, Select } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Table } from '../ui/Table.tsx';
import { Picker, Problems } from './Picker.tsx';
import { band } from './say.ts';

type State =
  | { kind: 'choosing'; error: string }
  | { kind: 'checking' | 'taking'; file: File }
  | { kind: 'checked'; file: File; report: Report };

/** TakeLog takes a file of operations: first it says what would come of it, then it takes all of it or nothing. */
export function TakeLog({ overview, done }: { overview: Overview; done: (text: string) => void }) {
  const t = useText();
  const w = t.oplog.imports;
  const [profile, setProfile] = useState(overview.profiles[0]?.id ?? '');
  const [media, setMedia] = useState('');
  const [missing, setMissing] = useState(false);
  const [state, setState] = useState<State>({ kind: 'choosing', error: '' });
  const send = async (file: File, dry: boolean) => {
    if (!dry && !media.trim()) return setMissing(true);
    setState({ kind: dry ? 'checking' : 'taking', file });
    const res = await oplog.take(profile, media.trim(), file, dry);
    if (!res.ok) return setState({ kind: 'choosing', error: words(t, res.error) });
    if (res.value.id === 0) return setState({ kind: 'checked', file, report: res.value });
    setState({ kind: 'choosing', error: '' });
    setMedia('');
    done(w.done(res.value.rows));
  };
  return (
    <Card title={w.take} note={w.takeNote} body="flex flex-col gap-3 px-4 py-3 tight:px-3 tight:py-2.5">
      <p className="leading-[1.7] text-text-2">{w.privacy}</p>
      <div className="grid grid-cols-2 gap-3">
        <Field label={w.profile}>{(wiring) => <Select {...wiring} value={profile} onChange={(e) => (setProfile(e.target.value), setState({ kind: 'choosing', error: '' }))}>{overview.profiles.map((p) => <option key={p.id} value={p.id}>{p.name[t.lang]}</option>)}</Select>}</Field>
        <Field label={w.media} need="required" error={missing ? w.needMedia : null}>{(wiring) => <Input {...wiring} value={media} maxLength={100} autoComplete="off" title={w.mediaHint} onChange={(e) => (setMedia(e.target.value), setMissing(false))} />}</Field>
      </div>
      {state.kind === 'choosing' && state.error && <Note tone="bad" alert>{state.error}</Note>}
      {state.kind === 'choosing' && <div><Picker label={w.choose} accept=".csv,.txt" name="log" pick={(f) => void send(f, true)} /></div>}
      {(state.kind === 'checking' || state.kind === 'taking') && <p role="status" className="py-2 text-text-2">{state.kind === 'checking' ? w.checking : w.taking}　{state.file.name}</p>}
      {state.kind === 'checked' && <Checked report={state.report} name={state.file.name} take={() => void send(state.file, false)} again={() => setState({ kind: 'choosing', error: '' })} />}
    </Card>
  );
}

/** Checked is what is in a file; without take it was only looked at. */
export function Checked({ report: r, name, take, again }: { report: Report; name: string; take?: () => void; again: () => void }) {
  const t = useText();
  const w = t.oplog.imports;
  const n = (x: number) => x.toLocaleString('ja-JP');
  const day = (at: string) => t.calendar(parseInstant(at));
  const rows: [string, ReactNode][] = [[w.encoding, r.encoding], [w.rows, n(r.rows)], [w.duplicates, n(r.duplicates)], [w.strangers, n(r.strangers)], [w.homeless, n(r.homeless)]];
  if (r.from && r.to) rows.push([w.period, t.range(day(r.from), day(r.to))]);
  const good = r.bad === 0 && r.rows > 0;
  return (
    <>
      <p role="status" className={`leading-[1.7] ${r.bad === 0 ? 'text-ok' : 'text-bad'}`}><b>{r.bad > 0 ? `＊${w.bad(r.bad)}` : good ? w.fine : w.nothing}</b>　<span className="break-all text-text-2">{name}</span></p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)] gap-x-4 gap-y-1 leading-[1.6]">{rows.map(([label, says]) => <div key={label} className="contents"><dt className="text-text-3">{label}</dt><dd>{says}</dd></div>)}</dl>
      {r.bad > 0 ? <Problems problems={r.problems} all={r.bad} /> : <Lines report={r} />}
      <div className="flex justify-end gap-2"><Button look="quiet" onClick={again}>{take ? w.again : t.oplog.cross.close}</Button>{good && take && <Button look="primary" onClick={take}>{w.commit}</Button>}</div>
    </>
  );
}

/** Lines are the first operations, as they would be kept. */
function Lines({ report }: { report: Report }) {
  const t = useText();
  const w = t.oplog;
  const s = w.hint.sample;
  const rows = report.sample.slice(0, 5).map((e, i) => ({ ...e, key: String(i) }));
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3 className="text-[15px]">{w.imports.sample}</h3>
      <div tabIndex={0} role="region" aria-label={w.imports.sample} className="overflow-x-auto rounded-8 border border-line">
        <Table dense label={w.imports.sample} rows={rows} keyOf={(e) => e.key} columns={[
          { head: s.at, names: true, cell: (e) => <span className="tabular-nums">{t.day(parseInstant(e.at))} {clock(parseInstant(e.at))}</span> },
          { head: s.terminal, cell: (e) => e.terminal },
          { head: s.business, cell: (e) => e.business },
          { head: s.action, cell: (e) => w.actions[e.action] ?? e.action },
          { head: s.person, cell: (e) => <span className="text-text-2">{e.person || '－'}</span> },
          { head: w.cross.ages, cell: (e) => `${w.sexes[e.sex] ?? ''} ${e.age < 0 ? '' : band(t, Math.floor(e.age / 5))}` },
        ]} />
      </div>
    </div>
  );
}

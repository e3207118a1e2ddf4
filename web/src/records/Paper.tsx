import { records, type Kind, type OneRecord, type Values, type Version } from '../api/records.ts';
import { serverClock } from '../api/client.ts';
import { filesOf, type Attached } from '../api/files.ts';
import { useAnswer } from '../person/answer.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { size } from './files/size.ts';
import { say, shows } from './values.ts';

/** Paper is a record as it is printed: A4 upright, bound at the left, with the boxes of those who signed. */
export function Paper({ kind, id, back }: { kind: Kind; id: string; back: () => void }) {
  const t = useText();
  const { answer, again } = useAnswer(`record ${kind.id} ${id}`, (s) => records.one(kind.id, id, s));
  const tools = <><Button look="quiet" onClick={back}>{t.records.sheet.close}</Button><Button look="primary" onClick={() => print()}><Icon name="print" className="size-4" />{t.records.sheet.print}</Button></>;
  return (
    <Page title={kind.name[t.lang]} tools={tools}>
      {answer.kind === 'loading' && <Bones rows={8} />}
      {answer.kind === 'failed' && <Failed error={answer.error} retry={again} />}
      {answer.kind === 'ready' && <Form kind={kind} record={answer.value} />}
    </Page>
  );
}

function Form({ kind, record }: { kind: Kind; record: OneRecord }) {
  const t = useText();
  const p = t.records.paper;
  const { session } = usePerson();
  const values = record.values as Values;
  const state = kind.states.find((s) => s.id === record.state);
  const now = serverClock.now();
  const cell = 'border border-black px-[2mm] py-[1.2mm] text-left align-top font-normal';
  return (
    <section aria-label={record.label} className="paper">
      <div className="flex min-h-[31mm] items-start justify-between">
        <div>
          <p className="inline-block border border-black px-[2mm] text-[9pt]">{p.confidential}</p>
          <h2 className="mt-[4mm] text-[18pt] leading-none font-bold tracking-[.12em]">{kind.name.ja}</h2>
          <p className="mt-[2.5mm] text-[11pt] leading-[1.5]">{p.number}　{record.label}{record.unit_name && <>　{p.unit}　<b>{record.unit_name}</b></>}　{p.state}　{state?.name.ja}</p>
        </div>
        <Stamps kind={kind} history={record.history} />
      </div>
      <table className="mt-[4mm] w-full border-collapse text-[10pt] leading-[1.5]">
        <tbody>
          {kind.fields.filter((f) => shows(f, values)).map((f) => (
            <tr key={f.id} className="break-inside-avoid">
              <th scope="row" className={`${cell} w-[38mm]`}>{f.name.ja}</th>
              <td className={`${cell} whitespace-pre-wrap`}>{f.type === 'table' && values[f.id] ? <Rows field={f} rows={values[f.id] as Values[]} /> : f.type === 'files' ? <PaperFiles files={filesOf(values[f.id])} /> : say(f, values[f.id], 'ja')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-[4mm] flex justify-between text-[8pt]"><span>{p.versionNote(record.version)}</span><span>{p.printed(session.name, `${t.date(now)} ${clock(now)}`)}</span></p>
    </section>
  );
}

function Rows({ field, rows }: { field: Kind['fields'][number]; rows: readonly Values[] }) {
  return (
    <table className="w-full border-collapse text-[9pt]">
      <thead><tr>{field.columns.map((c) => <th key={c.id} scope="col" className="border-b border-black pr-[2mm] text-left">{c.name.ja}</th>)}</tr></thead>
      <tbody>{rows.map((row, i) => <tr key={i}>{field.columns.map((c) => <td key={c.id} className="border-b border-[#999] py-[.5mm] pr-[2mm] align-top">{say(c, row[c.id], 'ja')}</td>)}</tr>)}</tbody>
    </table>
  );
}

/** PaperFiles are attached files as they are printed: what each hashes to, so that paper and file can be compared. */
function PaperFiles({ files }: { files: readonly Attached[] }) {
  const t = useText();
  return files.map((f) => {
    const at = parseInstant(f.at);
    return (
      <p key={f.id} className="break-inside-avoid pb-[1mm] last:pb-0">{f.name}　{size(f.size)}　<span className="text-[8pt]">{f.signed}　{t.date(at)} {clock(at)}</span><br /><span className="font-mono text-[7.5pt] break-all">SHA-256 {f.sha256}</span></p>
    );
  });
}

/** Stamps are the boxes of a printed form (決裁欄): who made a move last, and when. A deputy's says so. */
function Stamps({ kind, history }: { kind: Kind; history: readonly Version[] }) {
  const t = useText();
  if (kind.stamps.length === 0) return null;
  const of = (move: string) => history.find((v) => v.what === move);
  return (
    <table className="border-collapse text-center">
      <tbody>
        <tr>{kind.stamps.map((s) => <th key={s.move} scope="col" className="h-[6mm] w-[24mm] border border-black text-[9pt] font-normal">{s.name.ja}</th>)}</tr>
        <tr>{kind.stamps.map((s) => {
          const v = of(s.move);
          return <td key={s.move} className="h-[19mm] border border-black text-[8pt] leading-[1.5]">{v && <>{v.deputy && <>{t.records.sheet.deputy}<br /></>}{v.name}<br />{t.date(parseInstant(v.at))}</>}</td>;
        })}</tr>
      </tbody>
    </table>
  );
}

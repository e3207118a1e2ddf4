import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../api/result.ts';
import { rights, type Ground, type Line, type Version, type VersionDetail } from '../api/rights.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed } from '../ui/Nothing.tsx';
import { Changes } from './Changes.tsx';
import { GroundForm } from './GroundForm.tsx';
import { StateChip, whoOf } from './Versions.tsx';

type State = { kind: 'loading' } | { kind: 'ready'; detail: VersionDetail } | { kind: 'failed'; error: Problem };

/** VersionCard is what a version changes, in its files and in the rights of people, and where a second person decides. */
export function VersionCard({ version: v, approves, names, done }: { version: Version; approves: boolean; names: boolean; done: (text: string) => void }) {
  const t = useText();
  const w = t.rights.versions;
  const [state, setState] = useState<State>({ kind: 'loading' });
  const load = useCallback(() => {
    void rights.version({ kind: v.kind, number: v.number }).then((res) => setState(res.ok ? { kind: 'ready', detail: res.value } : { kind: 'failed', error: res.error }));
  }, [v.kind, v.number]);
  useEffect(load, [load]);
  return (
    <Card title={`${w.kinds[v.kind]}　${w.number(v.number)}`} tools={<StateChip version={v} />} body="min-h-0 grow flex flex-col">
      <div role="group" aria-label={`${w.kinds[v.kind]}　${w.number(v.number)}`} tabIndex={0} className="flex min-h-0 grow flex-col gap-4 overflow-auto px-5 py-4 focus-inside tight:px-3 tight:py-3">
        <Story version={v} />
        {v.why.length > 0 && <Note tone={v.state === 'waiting' ? 'late' : 'key'}><b>{w.wider}</b><ul className="text-[13px] leading-[1.6] text-text-2">{v.why.map((why) => <li key={why} className="break-words">{why}</li>)}</ul></Note>}
        {(v.state === 'waiting' || approves) && <Decision version={v} detail={state.kind === 'ready' ? state.detail : null} approves={approves} done={done} />}
        {state.kind === 'ready' && v.state === 'accepted' && <Rests detail={state.detail} names={names} done={done} />}
        {state.kind === 'loading' && <Bones rows={7} />}
        {state.kind === 'failed' && <Failed error={state.error} retry={load} />}
        {state.kind === 'ready' && <Difference detail={state.detail} />}
      </div>
    </Card>
  );
}

function Story({ version: v }: { version: Version }) {
  const t = useText();
  const w = t.rights.versions;
  const when = (at: string) => `${t.date(parseInstant(at))} ${clock(parseInstant(at)).slice(0, 5)}`;
  const cell = 'flex gap-3';
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-1 leading-[1.6]">
      <div className={cell}><dt className="text-text-3">{w.proposed}</dt><dd>{whoOf(t, v.proposed_by, v.proposed_name)}・{when(v.proposed_at)}</dd></div>
      {v.decided_at && <div className={cell}><dt className="text-text-3">{w.decided}</dt><dd>{whoOf(t, v.decided_by, v.decided_name)}・{when(v.decided_at)}</dd></div>}
    </dl>
  );
}

/** Rests says on which article a version rests, and lets it be named where nobody did. */
function Rests({ detail: d, names, done }: { detail: VersionDetail; names: boolean; done: (text: string) => void }) {
  const t = useText();
  const w = t.rights.ground;
  const [naming, setNaming] = useState(false);
  const [error, setError] = useState('');
  if (d.ground) return <p className="flex gap-3 leading-[1.6]"><span className="text-text-3">{w.title}</span><b className="break-words">{d.ground}</b></p>;
  if (d.governs.length === 0) return null;
  const give = async (g: Ground) => {
    const res = await rights.ground(d, g);
    if (res.ok) return done(w.named);
    setNaming(false);
    setError(t.oops(res.error.detail));
  };
  return (
    <>
      <Note tone="warn"><b>{w.missing}</b>{names && <div className="pt-1.5"><Button size="small" onClick={() => setNaming(true)}>{w.name}</Button></div>}</Note>
      {error && <Note tone="bad" alert>{error}</Note>}
      {naming && <Dialog title={w.name} close={() => setNaming(false)} closeLabel={t.ui.close} className="w-[560px]"><GroundForm detail={d} verb={w.name} give={(g) => void give(g)} cancel={() => setNaming(false)} /></Dialog>}
    </>
  );
}

function Decision({ version: v, detail, approves, done }: { version: Version; detail: VersionDetail | null; approves: boolean; done: (text: string) => void }) {
  const t = useText();
  const w = t.rights.versions;
  const [asking, setAsking] = useState<'accept' | 'refuse' | null>(null);
  const [error, setError] = useState('');
  const governed = detail !== null && detail.governs.length > 0;
  if (!approves || v.mine) return <p className="text-text-2">{v.mine ? w.mine : w.who}</p>;
  const decide = async (how: 'accept' | 'refuse', ground?: Ground) => {
    setAsking(null);
    const res = how === 'accept' ? await rights.accept(v, ground) : await rights.refuse(v);
    if (!res.ok) return setError(t.oops(res.error.detail));
    done(how === 'accept' ? w.accepted(v.number) : w.refused(v.number));
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button look="primary" disabled={detail === null} onClick={() => setAsking('accept')}>{w.accept}</Button>
      {v.state === 'waiting' && <Button look="danger" onClick={() => setAsking('refuse')}>{w.refuse}</Button>}
      {error && <Note tone="bad" alert>{error}</Note>}
      {asking && (
        <Dialog title={`${w.kinds[v.kind]}　${w.number(v.number)}`} close={() => setAsking(null)} closeLabel={t.ui.close} className={asking === 'accept' && governed ? 'w-[560px]' : 'w-[420px]'}>
          <p className="leading-[1.7]">{asking === 'accept' ? w.sureAccept : w.sureRefuse}</p>
          {asking === 'accept' && governed ? <GroundForm detail={detail} verb={w.accept} give={(g) => void decide('accept', g)} cancel={() => setAsking(null)} /> : <div className="flex gap-2"><Button look={asking === 'accept' ? 'primary' : 'danger'} onClick={() => void decide(asking)}>{w[asking]}</Button><Button look="quiet" onClick={() => setAsking(null)}>{t.ui.cancel}</Button></div>}
        </Dialog>
      )}
    </div>
  );
}

function Difference({ detail: d }: { detail: VersionDetail }) {
  const t = useText();
  const w = t.rights.versions;
  if (d.before === 0) return <p className="text-text-2">{w.first}</p>;
  const title = 'flex items-baseline gap-3 pb-2 text-base';
  return (
    <>
      <section aria-label={w.rights}>
        <h3 className={title}>{w.rights}<span className="text-[13px] font-normal text-text-3">{w.compared(d.before)}</span></h3>
        {d.unread ? <Note tone="warn"><b>{w.unread}</b><p lang="en" className="text-[13px] break-words">{d.unread}</p></Note> : <Changes changes={d.changes} posts={d.posts} />}
      </section>
      <section aria-label={w.files}>
        <h3 className={title}>{w.files}{d.kind === 'cameras' && <span className="text-[13px] font-normal text-text-3">{w.secret}</span>}</h3>
        {d.files.length === 0 && <p className="text-text-2">{w.noFiles}</p>}
        <div className="flex flex-col gap-3">{d.files.map((f) => <File key={f.name} name={f.name} lines={f.lines} />)}</div>
      </section>
    </>
  );
}

const tones = { same: '', skip: 'bg-bg text-text-3', minus: 'bg-bad-bg text-[#850000]', plus: 'bg-ok-bg text-[#0c472a]' };
const signs = { same: ' ', skip: '…', minus: '−', plus: '+' };

function File({ name, lines }: { name: string; lines: readonly Line[] }) {
  const t = useText();
  const w = t.rights.versions;
  return (
    <figure className="overflow-hidden rounded-6 border border-line">
      <figcaption className="border-b border-soft bg-raised px-3 py-1.5 font-bold">{name}</figcaption>
      <div role="region" aria-label={name} tabIndex={0} className="overflow-x-auto focus-inside">
        <table className="w-full border-collapse font-mono text-[13px] leading-[1.6]">
          <caption className="sr-only">{name}</caption>
          <tbody>
            {lines.map((l, i) => (
              <tr key={i} className={tones[l.kind]}>
                <td aria-hidden="true" className="w-10 px-2 text-right text-text-3 select-none">{l.old || ''}</td>
                <td aria-hidden="true" className="w-10 px-2 text-right text-text-3 select-none">{l.kind === 'skip' ? '' : l.new || ''}</td>
                <td className="px-2 whitespace-pre">{l.kind === 'minus' || l.kind === 'plus' ? <span className="sr-only">{w[l.kind]}：</span> : null}<span aria-hidden="true" className="mr-2 select-none">{signs[l.kind]}</span>{l.kind === 'skip' ? w.skipped(l.count ?? 0) : l.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

import { useEffect, useRef, type ReactNode } from 'react';
import { audit, type Entry } from '../api/audit.ts';
import { useAnswer } from '../person/answer.ts';
import { useCameraOf } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant, SECOND, thousandths } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Strip } from './Strip.tsx';
import { actionOf, isView, sayOf, seenOf, until, when, whyOf } from './words.ts';

interface Props {
  seq: number;
  entry: Entry | null; // where the list has it
  close: () => void;
  ask: (about: { actor?: string; camera?: string }) => void;
}

/** Detail is everything a row says, in a drawer over the page; Escape closes it. */
export function Detail({ seq, entry, close, ask }: Props) {
  const t = useText();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} aria-label={t.audit.detail.label(seq)} onClose={close} onClick={(e) => e.target === e.currentTarget && close()}
      className="m-0 ml-auto h-full max-h-none w-[560px] max-w-full border-l border-line bg-surface p-0 text-text backdrop:bg-[#0006]">
      <div className="flex min-h-full flex-col gap-5 p-6 tight:gap-4 tight:p-5">
        <header className="flex items-center gap-3">
          <h2 className="min-w-0 grow truncate text-xl leading-[1.4]">{entry ? actionOf(t, entry.action) : t.audit.detail.label(seq)}</h2>
          <button type="button" onClick={close} className="grid size-9 flex-none place-items-center rounded-8 text-text-2 hover:bg-soft"><Icon name="close" /><span className="sr-only">{t.ui.close}</span></button>
        </header>
        {entry ? <Row entry={entry} ask={ask} /> : <Fetched seq={seq} ask={ask} />}
      </div>
    </dialog>
  );
}

/** Fetched is a row that the list does not show. */
function Fetched({ seq, ask }: Pick<Props, 'seq' | 'ask'>) {
  const t = useText();
  const { answer, again } = useAnswer(`row ${seq}`, (signal) => audit.row(seq, signal));
  if (answer.kind === 'loading') return <Bones rows={8} />;
  if (answer.kind === 'failed') return <Failed error={answer.error} retry={again} />;
  const [entry] = answer.value.entries;
  return entry?.seq === seq ? <Row entry={entry} ask={ask} /> : <Nothing icon="lock" title={t.audit.detail.gone}>{t.audit.detail.goneWhy}</Nothing>;
}

function Row({ entry: e, ask }: { entry: Entry; ask: Props['ask'] }) {
  const t = useText();
  const d = t.audit.detail;
  const camera = useCameraOf()(e.camera);
  const at = parseInstant(e.time);
  const ended = e.ended ? parseInstant(e.ended) : null;
  const seen = seenOf(e);
  const facts: [string, ReactNode][] = [
    [d.who, `${e.actor_title} ${e.actor_name.replace('　', ' ')}（${e.actor || '－'}）`], [d.when, `${t.date(at)} ${clock(at)}.${thousandths(at)}`],
  ];
  if (isView(e) && e.outcome === 'ok') facts.push([d.ended, ended === null ? t.audit.running : `${until(t, at, ended)}（${t.duration((ended - at) / SECOND)}）`]);
  if (e.end_reason) facts.push([d.why, whyOf(t, e.end_reason)]);
  facts.push([d.outcome, t.audit.outcomes[e.outcome]]);
  if (e.camera) facts.push([d.camera, camera ? `${camera.number}　${camera.name}` : e.camera]);
  if (e.stream) facts.push([d.stream, `${t.view.quality[e.stream as 'main' | 'sub'] ?? e.stream}`]);
  if (e.at) facts.push([d.at, when(t, parseInstant(e.at))]);
  if (e.purpose || isView(e)) facts.push([d.purpose, (t.purpose.names[e.purpose] ?? e.purpose) || '－'], [d.case, e.case || '－']);
  if (e.detail) facts.push([d.detail, e.detail]);
  if (e.source) facts.push([d.source, e.source]);
  if (e.session) facts.push([d.session, <code key="s" className="font-mono text-[13px] break-all">{e.session}</code>]);
  facts.push([d.row, `${t.audit.chain.row(e.seq)}`]);
  return (
    <>
      {e.hints.length > 0 && (
        <Note tone="late"><b>{t.audit.hints.title}</b><ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5 leading-[1.6]">{e.hints.map((h) => <li key={h.kind}>{sayOf(t, h)}</li>)}</ul><p className="mt-1 text-[13px] text-text-2">{t.audit.hints.never}</p></Note>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 rounded-8 bg-bg px-4 py-3 leading-[1.6]">
        {facts.map(([name, value]) => <div key={name} className="contents"><dt className="whitespace-nowrap text-text-3">{name}</dt><dd className="break-words">{value}</dd></div>)}
      </dl>
      {seen && (
        <section>
          <h3 className="mb-2 flex items-baseline gap-3 border-b border-soft pb-1.5 text-[15px]">{d.ranges}<span className="ml-auto font-normal text-text-2">{d.sum(t.duration(seen.seconds), seen.spans.length)}</span></h3>
          <Strip seen={seen} large />
          <ol className="mt-2 flex flex-col leading-[1.7] text-text-2">{seen.spans.map((s) => <li key={s.from} className="flex justify-between"><span>{when(t, s.from)}～{until(t, s.from, s.to)}</span><span>{t.duration((s.to - s.from) / SECOND)}</span></li>)}</ol>
        </section>
      )}
      <p className="mt-auto flex flex-wrap gap-x-6 gap-y-1">
        {e.actor && <button type="button" className="text-accent underline underline-offset-3 hover:no-underline" onClick={() => ask({ actor: e.actor })}>{d.ofPerson}</button>}
        {e.camera && <button type="button" className="text-accent underline underline-offset-3 hover:no-underline" onClick={() => ask({ camera: e.camera })}>{d.ofCamera}</button>}
      </p>
    </>
  );
}

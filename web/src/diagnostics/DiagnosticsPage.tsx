import { useEffect, useState, useSyncExternalStore } from 'react';
import { nameOf } from '../frame/Top.tsx';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Page } from '../ui/Page.tsx';
import { useToast } from '../ui/Toast.tsx';
import { Diagnosis } from './diagnosis.ts';
import { groupsOf, textOf, verdictOf, type Group, type Level, type Line } from './lines.ts';

/** DiagnosticsPage tells the help desk what stands between this computer and footage; it can be printed. */
export default function DiagnosticsPage() {
  const t = useText();
  const d = t.diagnostics;
  const { session } = usePerson();
  const [diagnosis] = useState(() => new Diagnosis());
  const f = useSyncExternalStore(diagnosis.subscribe, diagnosis.get);
  const [toast, say] = useToast();
  useEffect(() => {
    void diagnosis.run();
    return () => diagnosis.close();
  }, [diagnosis]);
  const groups = groupsOf(t, f);
  const verdict = verdictOf(f, groups);
  const head: [string, string][] = [
    [d.paper.at, f.at === null ? '' : `${t.date(f.at)} ${clock(f.at)}`], [d.paper.by, `${nameOf(session)}（${session.login}）`], [d.paper.address, location.origin],
  ];
  const copy = async () => say((await copied(textOf(t, groups, head))) ? d.copied : d.copyFailed);
  return (
    <Page title={d.page} lead={<span className="max-[1240px]:hidden">{d.lead}</span>} tools={
      <>
        <Button look="quiet" disabled={f.at === null} onClick={() => void diagnosis.run()}><Icon name="sync" />{d.again}</Button>
        <Button look="quiet" disabled={f.at === null} onClick={() => void copy()}><Icon name="list" />{d.copy}</Button>
        <Button disabled={f.at === null} onClick={() => print()}><Icon name="print" />{d.print}</Button>
      </>
    }>
      <div className="hidden print:block">
        <p className="text-xl font-bold">{d.paper.title}</p>
        <dl className="my-3 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">{head.map(([name, value]) => <div key={name} className="contents"><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      </div>
      <Verdict level={verdict} note={f.at === null ? d.running : d.done(clock(f.at))} />
      <div className="flex-none rounded-8 border border-line bg-surface print:border-0">
        <table className="w-full border-collapse">
          <caption className="sr-only">{d.table}</caption>
          <thead>
            <tr>{[d.columns.item, d.columns.result, d.columns.value, d.columns.advice].map((name, i) => <th key={name} scope="col" className={`h-[34px] border-b border-[#949494] bg-raised px-4 text-left text-[13px] whitespace-nowrap text-text-2 first:rounded-tl-8 last:rounded-tr-8 tight:h-[30px] tight:px-3 max-[900px]:w-auto! ${['w-[250px] tight:w-[212px] print:w-[150px]', 'w-[96px] print:w-[70px]', 'w-[320px] tight:w-[268px] print:w-[170px]', ''][i]}`}>{name}</th>)}</tr>
          </thead>
          {groups.map((g) => <Part key={g.name} group={g} />)}
        </table>
      </div>
      {toast}
    </Page>
  );
}

const looks: Record<Level, { icon: IconName; tone: string }> = {
  ok: { icon: 'check', tone: 'text-ok' }, note: { icon: 'warn', tone: 'text-warn' }, bad: { icon: 'close', tone: 'text-bad' }, info: { icon: 'info', tone: 'text-text-3' }, wait: { icon: 'clock', tone: 'text-text-3' },
};

/** Verdict is the whole in one sentence; it is spoken when it is known. */
function Verdict({ level, note }: { level: Level; note: string }) {
  const { verdict, verdictWhy } = useText().diagnostics;
  const key = level === 'info' ? 'ok' : level;
  const { icon, tone } = looks[level];
  return (
    <section className="flex flex-none items-center gap-4 rounded-8 border border-line bg-surface px-5 py-4 tight:px-4 tight:py-3">
      <span className={`grid size-11 flex-none place-items-center rounded-full bg-bg ${tone}`}><Icon name={icon} className="size-6" /></span>
      <div role="status" className="min-w-0 grow"><p className={`text-lg leading-[1.4] font-bold ${tone}`}>{verdict[key]}</p><p className="leading-[1.6] text-text-2">{verdictWhy[key]}</p></div>
      <p className="flex-none text-text-3 print:hidden">{note}</p>
    </section>
  );
}

function Part({ group: g }: { group: Group }) {
  return (
    <tbody className="break-inside-avoid">
      <tr><th scope="rowgroup" colSpan={4} className="h-9 border-b border-soft bg-bg px-4 text-left tight:h-8 tight:px-3">{g.name}</th></tr>
      {g.lines.map((l) => <Row key={l.name} line={l} />)}
    </tbody>
  );
}

function Row({ line: l }: { line: Line }) {
  const { levels } = useText().diagnostics;
  const { icon, tone } = looks[l.level];
  const cell = 'h-10 border-b border-soft px-4 py-1.5 leading-[1.5] tight:h-[34px] tight:px-3 tight:py-1';
  return (
    <tr>
      <th scope="row" className={`${cell} text-left font-normal whitespace-nowrap max-[900px]:whitespace-normal`}>{l.name}</th>
      <td className={`${cell} whitespace-nowrap`}><span className={`inline-flex items-center gap-1.5 font-bold ${tone}`}><Icon name={icon} className="size-[15px]" />{levels[l.level]}</span></td>
      <td className={`${cell} [overflow-wrap:anywhere]`}>{l.level === 'wait' ? <span aria-hidden="true" className="bone block h-4 w-32" /> : l.value}</td>
      <td className={`${cell} ${l.level === 'note' || l.level === 'bad' ? '' : 'text-text-2'}`}>{l.advice}</td>
    </tr>
  );
}

/** copied puts text into the clipboard; insecure pages have only the old way. */
async function copied(text: string): Promise<boolean> {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const ok = document.execCommand('copy');
  area.remove();
  return ok;
}

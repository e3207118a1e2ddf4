import type { ReactNode } from 'react';
import { useKnown, usePerson } from '../person/person.ts';
import { pagesOf } from '../person/roles.ts';
import { Keys } from '../settings/Keys.tsx';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Page } from '../ui/Page.tsx';
import { follow, link } from '../url.ts';
import { Who } from './Who.tsx';

/** HelpPage says in plain words what the system does, who may see what, and whom to ask. Everybody may read it. */
export default function HelpPage() {
  const t = useText();
  const h = t.help;
  const { session } = usePerson();
  const known = useKnown();
  const playback = pagesOf(session, known).includes('playback');
  const sections: [string, string, ReactNode][] = [
    ['about', h.about.title, <><Prose list={h.about.body} /><h3>{h.about.not}</h3><List list={h.about.nots} /></>],
    ['who', h.who.title, <Who key="who" />],
    ['keep', h.keep.title, <Keep key="keep" />],
    ['purposes', h.purposes.title, <Purposes key="purposes" />],
    ['logged', h.logged.title, <Prose key="logged" list={h.logged.body} />],
    ['past', h.past.title, <><ol className="flex list-decimal flex-col gap-1.5 pl-6 marker:text-text-3">{h.past.steps.map((s) => <li key={s}>{s}</li>)}</ol>{playback && <p><Go to={link('playback')}>{h.past.open}</Go></p>}</>],
    ['ask', h.ask.title, <Ask key="ask" />],
    ['keys', h.keys.title, <Keys key="keys" footage={playback || pagesOf(session, known).includes('wall')} />],
    ['access', h.access.title, <><Prose list={h.access.body} /><h3>{h.access.except}</h3><List list={h.access.excepts} /><p>{h.access.ask}</p></>],
    ['words', h.words.title, <dl key="words" className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1.5 max-[640px]:grid-cols-1">{h.words.list.map(([word, what]) => <div key={word} className="contents"><dt className="font-bold">{word}</dt><dd className="text-text-2">{what}</dd></div>)}</dl>],
  ];
  return (
    <Page title={h.page} tools={<Button look="quiet" onClick={() => print()}><Icon name="print" />{h.print}</Button>}>
      <div className="grid grid-cols-[220px_minmax(0,1fr)] gap-6 tight:grid-cols-[200px_minmax(0,1fr)] tight:gap-4 max-[900px]:grid-cols-1 print:block">
        <nav aria-label={h.contents} className="sticky top-0 flex flex-col self-start max-[900px]:static print:hidden">
          {sections.map(([id, title]) => <a key={id} href={`#${id}`} className="rounded-6 px-3 py-2 leading-[1.4] text-text-2 hover:bg-soft hover:text-text tight:py-1.5 tight:text-[13px]">{title}</a>)}
        </nav>
        <div className="flex min-w-0 flex-col gap-4 tight:gap-2.5">
          {sections.map(([id, title, body]) => (
            <section key={id} id={id} aria-labelledby={`${id}-title`} className="scroll-mt-2 rounded-8 border border-line bg-surface px-6 py-5 leading-[1.7] tight:px-5 tight:py-4 print:break-inside-avoid print:border-0 print:px-0 [&_h3]:mt-1 [&_h3]:text-[15px]">
              <h2 id={`${id}-title`} className="mb-3 text-lg leading-[1.4] tight:text-base">{title}</h2>
              <div className="flex flex-col gap-3">{body}</div>
            </section>
          ))}
        </div>
      </div>
    </Page>
  );
}

/** Prose is paragraphs no longer than one likes to read. */
export function Prose({ list }: { list: readonly string[] }) {
  return list.map((text) => <p key={text} className="max-w-[52em] text-pretty">{text}</p>);
}

function List({ list }: { list: readonly string[] }) {
  return <ul className="flex max-w-[52em] list-disc flex-col gap-1 pl-6 marker:text-text-3">{list.map((text) => <li key={text}>{text}</li>)}</ul>;
}

function Go({ to, children }: { to: string; children: ReactNode }) {
  return <a href={to} onClick={follow} className="text-accent underline underline-offset-3 hover:no-underline">{children}</a>;
}

/** Keep is how long, of the cameras one may know of. */
function Keep() {
  const k = useText().help.keep;
  const counts = new Map<number, number>();
  for (const c of useKnown()) counts.set(c.keep_days, (counts.get(c.keep_days) ?? 0) + 1);
  return (
    <>
      {counts.size === 0 ? <p>{k.none}</p> : (
        <dl aria-label={k.list} className="flex flex-wrap gap-3">
          {[...counts].sort((a, b) => b[1] - a[1]).map(([days, n]) => <div key={days} className="rounded-8 bg-bg px-5 py-3 text-center leading-[1.3]"><dt className="text-[28px] font-bold tight:text-2xl">{k.days(days)}</dt><dd className="text-[13px] text-text-2">{k.cameras(n)}</dd></div>)}
        </dl>
      )}
      <Prose list={k.body} />
    </>
  );
}

function Purposes() {
  const t = useText();
  const p = t.help.purposes;
  const { session } = usePerson();
  return (
    <>
      <p className="max-w-[52em] text-pretty">{p.lead}</p>
      <dl className="grid grid-cols-2 gap-2 max-[640px]:grid-cols-1">
        {session.purposes.map((id) => <div key={id} className="rounded-8 border border-line px-4 py-2.5 leading-[1.5]"><dt className="font-bold">{t.purpose.names[id] ?? id}</dt><dd className="text-[13px] text-text-2">{t.purpose.notes[id]}</dd></div>)}
      </dl>
      <p className="max-w-[52em] text-pretty">{p.security}</p>
      <p className="flex max-w-[52em] gap-2 font-bold"><Icon name="shield" className="mt-1 size-[18px] text-accent" />{p.never}</p>
    </>
  );
}

function Ask() {
  const a = useText().help.ask;
  const cell = 'border-b border-soft py-2 pr-6 text-left align-top';
  return (
    <>
      <table className="w-full border-collapse">
        <caption className="sr-only">{a.table}</caption>
        <thead><tr>{[a.when, a.whom].map((name) => <th key={name} scope="col" className="border-b border-[#949494] py-1.5 pr-6 text-left text-[13px] text-text-2">{name}</th>)}</tr></thead>
        <tbody>{a.rows.map(([when, whom]) => <tr key={when}><th scope="row" className={`${cell} font-normal`}>{when}</th><td className={`${cell} font-bold`}>{whom}</td></tr>)}</tbody>
      </table>
      <p className="max-w-[52em] text-text-2">{a.unknown}</p>
      <p><Go to={link('diagnostics')}>{a.diagnostics}</Go></p>
    </>
  );
}

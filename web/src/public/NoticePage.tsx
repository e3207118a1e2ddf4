import { useId, type ReactNode } from 'react';
import type { Notice } from '../api/public.ts';
import { Icon } from '../ui/Icon.tsx';
import { Ask } from './Ask.tsx';
import { Look } from './Look.tsx';
import { useText } from './text.ts';

/** Part is a part of the page, named by its heading. */
export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section id={id} aria-labelledby={heading} className="flex flex-col gap-3 rounded-8 border border-line bg-surface px-4 py-5 min-[600px]:px-6">
      <h2 id={heading} className="text-xl leading-[1.4]">{title}</h2>
      {children}
    </section>
  );
}

/** NoticePage says what the cameras are for and who looks, and takes questions. */
export function NoticePage({ notice: n }: { notice: Notice }) {
  const t = useText();
  const parts = { why: t.why.title, not: t.not.title, keep: t.keep.title, who: t.who.title, views: t.views.title, ask: t.ask.title, look: t.look.title, contact: t.contact.title };
  return (
    <>
      <p>{t.lead(n.organisation)}</p>
      <nav aria-label={t.contents} className="rounded-8 border border-line bg-surface px-4 py-3 min-[600px]:px-6 print:hidden">
        <ul className="grid gap-x-6 min-[600px]:grid-cols-2">{Object.entries(parts).map(([id, title]) => <li key={id}><a href={`#${id}`} className="flex min-h-11 items-center py-1 leading-[1.4] text-accent underline underline-offset-3 hover:no-underline">{title}</a></li>)}</ul>
      </nav>
      <Part id="why" title={parts.why}><Why notice={n} /></Part>
      <Part id="not" title={parts.not}><ul className="flex flex-col gap-1.5">{t.not.list.map((s) => <li key={s} className="flex gap-2"><Icon name="check" className="mt-1 size-5 text-ok" />{s}</li>)}</ul></Part>
      <Part id="keep" title={parts.keep}>
        <dl className="flex flex-col gap-1">{n.kinds.map((k) => <div key={k.kind} className="flex flex-wrap gap-x-3"><dt>{t.why.kinds[k.kind]}</dt><dd className="font-bold">{t.keep.days(k.least, k.most)}</dd></div>)}</dl>
        <p>{t.keep.body}</p>
      </Part>
      <Part id="who" title={parts.who}><Who notice={n} /></Part>
      <Part id="views" title={parts.views}><Views notice={n} /></Part>
      <Part id="ask" title={parts.ask}><Ask areas={n.areas} /></Part>
      <Part id="look" title={parts.look}><Look /></Part>
      <Part id="contact" title={parts.contact}><Contact notice={n} /></Part>
      <p className="print:hidden"><a href="/public/sign" className="inline-flex min-h-11 items-center gap-1.5 text-accent underline underline-offset-3 hover:no-underline"><Icon name="print" />{t.sign.link}</a></p>
    </>
  );
}

function Why({ notice: n }: { notice: Notice }) {
  const t = useText();
  if (n.kinds.length === 0) return <p>{t.why.none}</p>;
  return n.kinds.map((k) => (
    <div key={k.kind} className="flex flex-col gap-2">
      <h3 className="text-[17px]">{t.why.kinds[k.kind]}<span className="ml-2 font-normal text-text-2">{t.why.cameras(k.cameras)}</span></h3>
      <p>{t.why.about[k.kind]}</p>
      <p className="text-text-2">{t.why.purposes}</p>
      <ul className="flex list-disc flex-col pl-6">{k.purposes.map((p) => <li key={p}>{t.purposes[p] ?? p}</li>)}</ul>
    </div>
  ));
}

function Who({ notice: n }: { notice: Notice }) {
  const t = useText();
  if (n.posts.length === 0) return <p>{t.who.none}</p>;
  return (
    <>
      <dl className="flex flex-col gap-2">
        {n.posts.map((p) => (
          <div key={p.post} className="border-l-4 border-accent-line pl-3">
            <dt className="font-bold">{t.who.posts[p.post] ?? p.title}</dt>
            <dd>{p.all ? t.who.all : t.who.own}{t.lang === 'ja' ? '・' : ' · '}{p.live && p.past ? t.who.livePast : p.live ? t.who.live : t.who.past}</dd>
          </div>
        ))}
      </dl>
      <p>{t.who.body}</p>
    </>
  );
}

const th = 'border-b border-[#949494] px-2 py-2 text-right text-sm font-bold first:pl-0 first:text-left last:pr-0';
const td = 'border-b border-soft px-2 py-2 text-right align-top first:pl-0 first:text-left last:pr-0';

function Views({ notice: n }: { notice: Notice }) {
  const t = useText();
  const [year, month] = n.month.split('-').map(Number);
  const seen = Object.entries(n.purposes).filter(([, count]) => count > 0);
  return (
    <>
      <p className="font-bold">{t.views.month(year ?? 0, month ?? 0)}</p>
      <table className="w-full border-collapse">
        <caption className="sr-only">{t.views.table}</caption>
        <thead><tr><th scope="col" className={th}>{t.views.unit}</th><th scope="col" className={th}>{t.views.live}</th><th scope="col" className={th}>{t.views.past}</th><th scope="col" className={th}>{t.views.exports}</th></tr></thead>
        <tbody>{n.units.map((u) => <tr key={u.name}><th scope="row" className={`${td} font-normal`}>{u.name || t.views.gone}</th><td className={td}>{u.live}</td><td className={td}>{u.past}</td><td className={td}>{u.exports}</td></tr>)}</tbody>
      </table>
      {seen.length === 0 ? <p>{t.views.unused}</p> : (
        <>
          <h3 className="mt-1 text-[17px]">{t.views.purpose}</h3>
          <dl className="flex flex-col">{seen.map(([p, count]) => <div key={p} className="flex gap-3 border-b border-soft py-1.5"><dt className="grow">{t.purposes[p] ?? p}</dt><dd className="flex-none">{t.views.times(count)}</dd></div>)}</dl>
        </>
      )}
      <p className="text-sm text-text-2">{t.views.body}</p>
      <p className="text-sm text-text-2">{t.views.exports0}</p>
    </>
  );
}

function Contact({ notice: n }: { notice: Notice }) {
  const t = useText();
  const rows: [string, ReactNode][] = [];
  if (n.responsible) rows.push([t.contact.responsible, n.responsible]);
  if (n.office) rows.push([t.contact.office, n.office]);
  if (n.phone) rows.push([t.contact.phone, <a href={`tel:${n.phone.replace(/[^\d+]/g, '')}`} className="inline-flex min-h-11 items-center text-accent underline underline-offset-3">{n.phone}</a>]);
  if (rows.length === 0) return <p>{t.contact.none}</p>;
  return <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-5 gap-y-1">{rows.map(([name, value]) => <div key={name} className="contents"><dt className="text-text-2">{name}</dt><dd>{value}</dd></div>)}</dl>;
}

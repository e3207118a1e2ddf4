import type { Notice } from '../api/public.ts';
import { Qr } from '../security/Qr.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { ja, useText } from './text.ts';

/** SignPage is the sheet that hangs where people are filmed. What is on it is in Japanese, with the least in English. */
export function SignPage({ notice: n }: { notice: Notice }) {
  const t = useText();
  const s = t.sign;
  const names = n.kinds.map((k) => ja.why.kinds[k.kind]).join('・');
  const days = ja.keep.days(Math.min(...n.kinds.map((k) => k.least)), Math.max(...n.kinds.map((k) => k.most))).replace(/（.*）/, '');
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 print:hidden">
        <p className="min-w-0 grow">{s.hint}</p>
        <Button look="primary" size="large" onClick={() => print()}><Icon name="print" />{s.print}</Button>
      </div>
      <p className="print:hidden"><a href="/public" className="inline-flex min-h-11 items-center text-accent underline underline-offset-3 hover:no-underline">{s.back}</a></p>
      <div className="overflow-x-auto print:overflow-visible" tabIndex={0} role="region" aria-label={s.title}>
        <article lang="ja" className="sign flex flex-col items-center border border-line bg-white text-center text-black">
          <svg viewBox="0 0 100 60" aria-hidden="true" className="h-[34mm]"><path d="M12 14h50l10 10v12l-10 8H12zM72 30h14M86 20v20M34 44v8M22 52h24" fill="none" stroke="#000" strokeWidth="4" strokeLinejoin="round" strokeLinecap="round" /><circle cx="30" cy="29" r="7" fill="#000" /></svg>
          <p className="mt-[4mm] text-[20mm] leading-[1.2] font-bold">{ja.sign.on}</p>
          <p lang="en" className="text-[8mm] leading-[1.4] font-bold tracking-[.04em]">{ja.sign.small}</p>
          <p className="mt-[6mm] text-[7.5mm] leading-[1.5]">{ja.sign.kind(names)}</p>
          <ul className="mt-[5mm] text-[6mm] leading-[1.7]">{ja.sign.points(days).map((p) => <li key={p}>{p}</li>)}</ul>
          <div className="mt-auto flex w-full items-center gap-[8mm] border-t-2 border-black pt-[7mm] text-left">
            <Qr rows={n.qr} label={s.qr} />
            <div className="min-w-0 text-[5mm] leading-[1.5]">
              <p className="font-bold">{ja.sign.read}</p>
              <p lang="en" className="text-[4.2mm]">{ja.sign.readEn}</p>
              <p className="mt-[2mm] text-[3.8mm] break-all">{n.page}</p>
              <p className="mt-[3mm]">{n.organisation}{n.responsible && <><br />{ja.contact.responsible}　{n.responsible}</>}{n.office && <><br />{n.office}</>}{n.phone && <><br />{ja.contact.phone}　{n.phone}</>}</p>
            </div>
          </div>
        </article>
      </div>
    </>
  );
}

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { serverClock } from '../api/client.ts';
import { nameOf, post } from '../frame/Top.tsx';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock } from '../time/instant.ts';

// What stands on every sheet of paper: its measures are those of the style sheet's `paper`.

export function Confidential() {
  const t = useText();
  return <span className="inline-block border-2 border-black px-[3mm] py-[.8mm] text-[10pt] leading-none font-bold tracking-[.15em]">{t.duty.book.confidential}</span>;
}

/** Foot says who printed it when, what it was made from, and which page it is. */
export function Foot({ made, page, pages }: { made: string; page: number; pages: number }) {
  const t = useText();
  const b = t.duty.book;
  const { session } = usePerson();
  const [at, setAt] = useState(() => serverClock.now());
  useEffect(() => {
    const stamp = () => flushSync(() => setAt(serverClock.now()));
    addEventListener('beforeprint', stamp);
    return () => removeEventListener('beforeprint', stamp);
  }, []);
  return (
    <p className="absolute right-[15mm] bottom-[9mm] left-[25mm] flex items-end justify-between text-[8pt]">
      <span>{b.printed(`${b.date(at)} ${clock(at).slice(0, 5)}`, `${post(t, session)} ${nameOf(session)}（${session.login}）`)}　{made}</span><span className="text-[10pt]">{b.page(page, pages)}</span>
    </p>
  );
}

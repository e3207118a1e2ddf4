import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { rights } from '../api/rights.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { MINUTE, SECOND, parseInstant, type Instant } from '../time/instant.ts';
import { Icon } from '../ui/Icon.tsx';
import { useSeconds } from '../ui/time.ts';

/** left is how long until then: 14:59. */
const left = (us: number) => `${Math.floor(us / MINUTE)}:${String(Math.floor((us % MINUTE) / SECOND)).padStart(2, '0')}`;

/** Night counts an emergency viewing down on every page, and says when it is over. */
export function Night() {
  const t = useText();
  const w = t.rights.emergency;
  const { session, desk, change } = usePerson();
  const now = useSeconds();
  const until = session.emergency.until ? parseInstant(session.emergency.until) : null;
  const [seen, setSeen] = useState<Instant | null>(null); // the end of the one that was counted down last
  if (until !== null && until !== seen) setSeen(until);
  const running = until !== null && now < until;
  const over = !running && seen !== null;
  const was = useRef(running);
  useEffect(() => {
    if (was.current === running) return;
    was.current = running;
    void desk.cameras.load(); // other cameras may be seen from now on
  }, [running, desk]);
  const stop = async () => {
    const res = await rights.stopEmergency();
    if (!res.ok) return;
    const fresh = await api.session();
    if (fresh.ok) change(fresh.value);
  };
  const minutes = until === null ? 0 : Math.ceil((until - now) / MINUTE);
  const bar = 'flex h-9 flex-none items-center gap-3 border-b border-line px-4 whitespace-nowrap tight:px-3 print:hidden';
  return (
    <section aria-label={w.banner} className={running ? `${bar} bg-[#8b0000] text-white` : over ? `${bar} bg-late-bg text-late` : 'sr-only'}>
      {(running || over) && <Icon name={running ? 'warn' : 'clock'} className="size-[18px] flex-none" />}
      {running && <b>{w.running}</b>}
      {running && <span aria-hidden="true" className="text-base font-bold tabular-nums" data-testid="night">{w.left(left(until - now))}</span>}
      <p role="status" className={running ? 'sr-only' : 'truncate'}>{running ? (minutes === 15 || minutes === 5 || minutes === 1 ? w.spoken(minutes) : '') : over ? `${w.over}　${w.overWhy}` : ''}</p>
      {running && <button type="button" onClick={() => void stop()} className="ml-auto flex-none rounded-4 px-1 font-bold underline underline-offset-3 hover:no-underline">{w.stop}</button>}
      {over && <button type="button" onClick={() => setSeen(null)} className="ml-auto flex-none rounded-4 px-1 font-bold underline underline-offset-3 hover:no-underline">{t.ui.close}</button>}
    </section>
  );
}

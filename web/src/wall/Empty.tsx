import type { Problem } from '../api/result.ts';
import type { SessionInfo } from '../api/types.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { focusSearch } from './focus.ts';
import { nameOf, post } from '../frame/Top.tsx';

/** Empty is the page of a person in whose charge there is no camera: all is well, and it says so. */
export function Empty({ session }: { session: SessionInfo }) {
  const t = useText();
  const units = session.appointments.map((a) => a.unit_name).filter(Boolean).join('・');
  return (
    <main className="grid min-h-0 grow place-items-center overflow-auto p-6">
      <section className="flex w-[620px] max-w-full flex-col gap-5 rounded-12 border border-line bg-surface p-10 tight:gap-4 tight:p-8">
        <NoCameras className="h-[132px] w-full tight:h-[104px]" />
        <h1 className="text-2xl leading-[1.4] tight:text-xl">{t.empty.title}</h1>
        <p className="text-base leading-[1.8] text-text-2 tight:text-[15px]">{units ? t.empty.body(units) : t.empty.bodyAnyone}</p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 rounded-8 bg-bg px-5 py-4 leading-[1.6]">
          <dt className="text-text-3">{t.empty.you}</dt>
          <dd><b>{post(t, session)}　{nameOf(session)}</b>{units && <span className="block text-text-2">{units}</span>}</dd>
        </dl>
        <p className="flex gap-2 leading-[1.7] text-text-2"><Icon name="info" className="mt-[3px] size-[18px]" />{t.empty.ask}</p>
      </section>
    </main>
  );
}

/** A plan of a floor in quiet lines, with no camera in it. */
function NoCameras({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 540 132" aria-hidden="true" className={className} fill="none" strokeLinecap="round" strokeLinejoin="round">
      <path d="M20 14H520V118H360V106H270V118H20Z" fill="#fafafa" stroke="#767676" strokeWidth="2" />
      <path d="M180 14V72M180 90V118M360 14V60M360 78V106M20 72H60M92 72H180M180 72H250M282 72H360" stroke="#b3b3b3" strokeWidth="1.6" />
      <path d="M48 32h44v18H48zM108 32h44v18h-44zM212 32h48v20h-48zM284 32h48v20h-48zM392 32h40v18h-40zM452 32h40v18h-40zM392 66h40v18h-40zM452 66h40v18h-40zM48 90h60M212 92h60" stroke="#cccccc" strokeWidth="1.5" />
      <g stroke="#949494" strokeWidth="1.6" strokeDasharray="3 5"><circle cx="36" cy="28" r="7" /><circle cx="196" cy="28" r="7" /><circle cx="504" cy="28" r="7" /></g>
    </svg>
  );
}

/** Nobody is the stage before a camera is chosen. */
export function Nobody({ first }: { first: () => void }) {
  const t = useText();
  return (
    <section className="grid min-h-0 grow place-items-center p-6">
      <div className="flex flex-col items-center gap-4 text-center">
        <span className="grid size-20 place-items-center rounded-full bg-ink-2 text-text-2 ring-8 ring-ink-1 tight:size-16"><Icon name="camera" className="size-9 stroke-[1.2] tight:size-8" /></span>
        <h1 className="text-xl leading-[1.4]">{t.pick.title}</h1>
        <p className="text-base leading-[1.7] text-text-2">{t.pick.body}</p>
        <Button look="primary" onClick={first}>{t.pick.first}</Button>
        <p className="flex items-center gap-2 text-[13px] text-text-3"><Icon name="shield" className="size-4" />{t.pick.logged}</p>
        <button type="button" className="flex items-center gap-2 rounded-6 px-2 py-1 text-[13px] text-text-2" onClick={() => focusSearch()}><Kbd>/</Kbd>{t.pick.key}</button>
      </div>
    </section>
  );
}

export function ListFailed({ error, retry }: { error: Problem; retry: () => void }) {
  const t = useText();
  return (
    <section role="alert" className="grid min-h-0 grow place-items-center p-6">
      <div className="flex max-w-lg flex-col items-center gap-4 text-center">
        <Icon name="warn" className="size-12 stroke-[1.3] text-warn" />
        <h1 className="text-xl">{t.failedList.title}</h1>
        <p className="leading-[1.7] text-text-2">{error.code === 'no-answer' ? t.noAnswer : t.oops(error.detail)}</p>
        <Button onClick={retry}>{t.failedList.retry}</Button>
      </div>
    </section>
  );
}

import { useCallback, useEffect, useState } from 'react';
import { open, type Notice } from '../api/public.ts';
import type { Problem } from '../api/result.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { NoticePage } from './NoticePage.tsx';
import { SignPage } from './SignPage.tsx';
import { en, ja, remember, remembered, TextContext } from './text.ts';

type State = { kind: 'loading' } | { kind: 'ready'; notice: Notice } | { kind: 'failed'; error: Problem };

/** Public is what is for everybody: the page about the cameras, and the sign that leads to it. Nobody signs in here. */
export function Public() {
  const [t, setText] = useState(remembered);
  const [state, setState] = useState<State>({ kind: 'loading' });
  const sign = location.pathname.replace(/\/$/, '') === '/public/sign';
  useEffect(() => {
    remember(t);
    document.documentElement.lang = t.lang;
    document.title = sign ? t.sign.title : t.title;
  }, [t, sign]);
  const load = useCallback(() => {
    void open.notice().then((res) => setState(res.ok ? { kind: 'ready', notice: res.value } : { kind: 'failed', error: res.error }));
  }, []);
  useEffect(load, [load]);
  const ward = state.kind === 'ready' ? state.notice.organisation : '';
  return (
    <TextContext value={t}>
      <div className="flex min-h-full flex-col bg-bg text-base leading-[1.7] text-text print:bg-white">
        <header className="flex min-h-14 items-center gap-3 border-b border-line bg-surface px-4 print:hidden">
          <span className="min-w-0 font-bold">{ward}</span>
          <button type="button" lang={t.lang === 'ja' ? 'en' : 'ja'} onClick={() => setText(t.lang === 'ja' ? en : ja)} className="ml-auto inline-flex min-h-11 flex-none items-center px-2 text-accent underline underline-offset-3 hover:no-underline">{t.other}</button>
        </header>
        <main className={`mx-auto flex w-full ${sign ? 'max-w-[860px]' : 'max-w-[760px]'} grow flex-col gap-4 px-4 py-6 print:max-w-none print:p-0`}>
          <h1 className="text-[26px] leading-[1.35] min-[600px]:text-[32px] print:hidden">{sign ? t.sign.title : t.title}</h1>
          {state.kind === 'loading' && <p role="status" className="text-text-2">{t.loading}</p>}
          {state.kind === 'failed' && <Note tone="bad" alert><b>{t.failed}</b><p>{state.error.detail || t.noAnswer}</p><Button onClick={load} className="mt-2 min-h-11"><Icon name="sync" />{t.retry}</Button></Note>}
          {state.kind === 'ready' && (sign ? <SignPage notice={state.notice} /> : <NoticePage notice={state.notice} />)}
        </main>
      </div>
    </TextContext>
  );
}

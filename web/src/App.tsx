import { useCallback, useEffect, useState } from 'react';
import { first } from './api/first.ts';
import type { SessionInfo, System } from './api/types.ts';
import { SignedIn } from './frame/Frame.tsx';
import { SignIn } from './pages/SignIn.tsx';
import { cameBack } from './security/directory.ts';
import { StartPage } from './security/StartPage.tsx';
import { remember, remembered, TextContext, textsOf, type Voice } from './text/index.ts';

type State = { kind: 'asking' } | { kind: 'out'; why: 'new' | 'ended' | 'no-answer'; because: string } | { kind: 'in'; session: SessionInfo };

export function App() {
  const [voice, setVoice] = useState(remembered);
  const [state, setState] = useState<State>({ kind: 'asking' });
  const [returned, setReturned] = useState(cameBack); // from the directory's page
  const [system, setSystem] = useState<Pick<System, 'relaxed' | 'directory'>>({ relaxed: [], directory: [] });
  const speak = useCallback((change: Partial<Voice>) => setVoice((old) => ({ ...old, ...change })), []);
  useEffect(() => {
    remember(voice);
    document.documentElement.lang = voice.language;
  }, [voice]);
  useEffect(() => {
    void Promise.all([first.session(), first.system()]).then(([res, system]) => {
      if (!res.ok) first.forget();
      if (system.ok) setSystem(system.value);
      if (res.ok) setState({ kind: 'in', session: res.value });
      else if (res.error.code === 'session-ended') setState({ kind: 'out', why: 'ended', because: res.error.detail });
      else setState({ kind: 'out', why: res.error.status === 401 ? 'new' : 'no-answer', because: '' });
    });
  }, []);
  const enter = useCallback((session: SessionInfo) => {
    setReturned(null);
    setState({ kind: 'in', session });
  }, []);
  const leave = useCallback((why: 'new' | 'ended', because = '') => setState({ kind: 'out', why, because }), []);
  const toggleLanguage = () => speak({ language: voice.language === 'ja' ? 'en' : 'ja' });
  const start = location.pathname === '/start';
  return (
    <TextContext value={textsOf(voice)}>
      {state.kind === 'out' && start && <StartPage code={location.hash.slice(1)} toggleLanguage={toggleLanguage} />}
      {(state.kind === 'out' && !start || state.kind === 'in' && returned) && <SignIn why={state.kind === 'out' ? state.why : 'new'} because={state.kind === 'out' ? state.because : ''} returned={returned} {...system} enter={enter} toggleLanguage={toggleLanguage} />}
      {state.kind === 'in' && !returned && <SignedIn key={state.session.login} session={state.session} change={enter} leave={leave} speak={speak} />}
    </TextContext>
  );
}

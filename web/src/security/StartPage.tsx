import { useEffect, useState, type FormEvent } from 'react';
import { security, type StartPost } from '../api/security.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field, Input } from '../ui/Field.tsx';
import { Icon, Mark } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { NewPassword, type Chosen } from './NewPassword.tsx';
import { words } from './words.ts';

const posts: readonly StartPost[] = ['administrator', 'information_security'];

type State = { kind: 'asking' } | { kind: 'open'; left: readonly StartPost[] } | { kind: 'ended'; text: string };

/** StartPage makes the first two people, by the link the server printed. */
export function StartPage({ code, toggleLanguage }: { code: string; toggleLanguage: () => void }) {
  const t = useText();
  const w = t.security.start;
  const [state, setState] = useState<State>({ kind: 'asking' });
  useEffect(() => {
    document.title = t.title(w.title);
  }, [t, w]);
  useEffect(() => {
    void security.checkStart(code).then((res) => setState(res.ok ? { kind: 'open', left: res.value.posts } : { kind: 'ended', text: words(t, res.error) }));
  }, [code, t]);
  return (
    <div className="flex h-full min-h-[560px] flex-col overflow-auto bg-bg text-text">
      <header className="flex h-14 flex-none items-center gap-2 border-b border-line bg-surface px-6 text-lg font-bold tracking-[.04em] tight:h-12 tight:px-4"><Mark className="size-[26px]" light />{t.product}<button type="button" lang={t.lang === 'ja' ? 'en' : 'ja'} onClick={toggleLanguage} className="ml-auto text-sm font-normal tracking-normal text-accent underline underline-offset-3 hover:no-underline">{t.other}</button></header>
      <main className="mx-auto flex w-[960px] max-w-full flex-col gap-5 px-6 py-8 tight:gap-4 tight:py-5">
        <h1 className="text-[28px] leading-[1.3] tight:text-2xl">{w.title}</h1>
        {state.kind === 'ended' && <Note tone="bad" alert><b>{w.ended}</b><p>{state.text}</p><a href="/" className="text-accent underline underline-offset-3">{w.go}</a></Note>}
        {state.kind === 'open' && state.left.length > 0 && <p className="leading-[1.7]">{w.lead}</p>}
        {state.kind === 'open' && state.left.length === 0 && <Note tone="ok"><b role="status">{w.done}</b><p>{w.doneWhy}</p><a href="/" className="text-accent underline underline-offset-3">{w.go}</a></Note>}
        {state.kind === 'open' && (
          <div className="grid grid-cols-2 items-start gap-4 max-[800px]:grid-cols-1">
            {posts.map((post) => <Person key={post} post={post} code={code} made={!state.left.includes(post)} done={(left) => setState({ kind: 'open', left })} />)}
          </div>
        )}
      </main>
    </div>
  );
}

function Person({ post, code, made, done }: { post: StartPost; code: string; made: boolean; done: (left: readonly StartPost[]) => void }) {
  const w = useText().security.start;
  const name = w.posts[post]!;
  return (
    <Card title={name} body="flex flex-col gap-4 px-4 py-4">
      <p className="leading-[1.7] text-text-2">{w.about[post]}</p>
      {made ? <p className="flex items-center gap-2 font-bold text-ok"><Icon name="check" />{w.made(name)}</p> : <Form post={post} code={code} done={done} />}
    </Card>
  );
}

function Form({ post, code, done }: { post: StartPost; code: string; done: (left: readonly StartPost[]) => void }) {
  const t = useText();
  const w = t.security.start;
  const missing = t.security.password.missing;
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Chosen>({ password: '', error: '' });
  const [tried, setTried] = useState(false);
  const [failed, setFailed] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setTried(true);
    if (!login.trim() || !name.trim() || chosen.error !== null) return;
    const res = await security.start({ code, post, login: login.trim(), name: name.trim(), password: chosen.password });
    if (res.ok) done(res.value.posts);
    else setFailed(words(t, res.error));
  };
  return (
    <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-4">
      <Field label={w.login} need="required" hint={w.loginHint} error={tried && !login.trim() ? missing : null}>{(wiring) => <Input {...wiring} value={login} onChange={(e) => setLogin(e.target.value)} maxLength={64} autoComplete="username" autoCapitalize="none" spellCheck={false} />}</Field>
      <Field label={w.name} need="required" hint={w.nameHint} error={tried && !name.trim() ? missing : null}>{(wiring) => <Input {...wiring} value={name} onChange={(e) => setName(e.target.value)} maxLength={60} autoComplete="name" />}</Field>
      <NewPassword tried={tried} change={setChosen} label={w.password} again={w.again} />
      {failed && <Note tone="bad" alert>{failed}</Note>}
      <div><Button type="submit" look="primary">{w.submit(w.posts[post]!)}</Button></div>
    </form>
  );
}

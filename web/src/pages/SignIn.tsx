import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { api } from '../api/client.ts';
import type { Problem } from '../api/result.ts';
import type { SessionInfo } from '../api/types.ts';
import { isHalf, security, type Half, type SignedIn } from '../api/security.ts';
import { goToDirectory, type Returned } from '../security/directory.ts';
import { Recover } from '../security/Recover.tsx';
import { Second } from '../security/Second.tsx';
import { useText, type Text } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon, Mark, type IconName } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Tower } from '../ui/Tower.tsx';
import { Relaxed } from '../frame/Banners.tsx';

interface Props {
  why: 'new' | 'ended' | 'no-answer';
  because: string; // why a session ended, by the server; may be empty
  relaxed: readonly string[]; // safeguards that are switched off
  directory: readonly string[]; // how the ward's directory takes part
  returned: Returned | null; // with what it answered
  enter: (s: SessionInfo) => void;
  toggleLanguage: () => void;
}

const purposes = ['deterrence_check', 'misuse_verification', 'incident', 'maintenance', 'legal_request', 'subject_request'];

type Step = { kind: 'password'; say?: 'directory' | 'recovered'; failed?: Problem } | { kind: 'returned' } | { kind: 'second'; half: Half; purpose: string } | { kind: 'recover' };

export function SignIn({ why, because, relaxed, directory, returned, enter, toggleLanguage }: Props) {
  const t = useText();
  const [step, setStep] = useState<Step>({ kind: returned ? 'returned' : 'password' });
  const next = (s: SignedIn, purpose: string) => {
    if (isHalf(s) && s.state === 'directory') setStep({ kind: 'password', say: 'recovered' });
    else if (isHalf(s)) setStep({ kind: 'second', half: s, purpose });
    else void stating(s, purpose).then(enter);
  };
  const first = () => setStep({ kind: 'password' });
  useEffect(() => {
    document.title = t.title(t.signIn.page);
  }, [t]);
  return (
    <div className="flex h-full min-h-[560px] flex-col">
      <Relaxed safeguards={relaxed} />
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)] overflow-auto max-[900px]:grid-cols-1">
        <Welcome />
        <div className="flex min-h-0 flex-col bg-white">
          <main className="m-auto w-[608px] max-w-full px-6 py-8 tight:w-[520px] tight:px-0 tight:py-4">
            <h1 className="mb-6 text-[32px] tight:mb-4 tight:text-[26px]">{step.kind === 'recover' ? t.security.recover.title : t.signIn.page}</h1>
            {step.kind === 'returned' && <Returning returned={returned} done={next} failed={(failed) => setStep({ kind: 'password', failed })} />}
            {step.kind === 'password' && <Form why={why} because={because} directory={directory} recovered={step.say === 'recovered'} failed={step.failed} next={next} recover={() => setStep({ kind: 'recover' })} />}
            {step.kind === 'second' && <Second half={step.half} done={(s) => next(s, step.purpose)} back={first} trouble={() => setStep({ kind: 'recover' })} />}
            {step.kind === 'recover' && <Recover done={(s) => next(s, '')} back={first} />}
          </main>
          <footer className="flex flex-none items-center gap-6 border-t border-soft px-12 py-4 tight:px-8 tight:py-2.5 tight:text-[13px]">
            <button type="button" lang={t.lang === 'ja' ? 'en' : 'ja'} onClick={toggleLanguage} className="text-accent underline underline-offset-3 hover:no-underline">{t.other}</button>
            <span className="ml-auto text-text-2">{t.signIn.help}</span>
          </footer>
        </div>
      </div>
    </div>
  );
}

function Welcome() {
  const t = useText();
  const icons: IconName[] = ['shield', 'eye', 'history'];
  return (
    <section aria-label={t.product} className="relative flex min-h-0 flex-col justify-between overflow-hidden bg-linear-[#070b26,#15236b_58%,#4d4a86] px-16 py-12 text-white max-[900px]:hidden tight:px-9 tight:py-6">
      <div className="flex items-center gap-3.5 text-[30px] font-bold tracking-[.04em] tight:text-2xl"><Mark className="size-11" />{t.product}</div>
      <Tower className="my-2 min-h-0 w-full flex-1 overflow-visible" />
      <ul className="relative flex flex-col gap-3.5 text-[17px] tight:gap-2 tight:text-sm">
        {t.signIn.say.map((line, i) => (
          <li key={line} className="flex items-center gap-3"><Icon name={icons[i]!} className="size-6 text-blue-300 tight:size-5" />{line}</li>
        ))}
      </ul>
    </section>
  );
}

type State = { kind: 'ready' } | { kind: 'busy' } | { kind: 'error'; text: string; page?: boolean }; // page: of the directory, not of what was typed

interface FormProps extends Pick<Props, 'why' | 'because' | 'directory'> {
  recovered: boolean;
  failed: Problem | undefined;
  next: (s: SignedIn, purpose: string) => void;
  recover: () => void;
}

function Form({ why, because, directory, recovered, failed, next, recover }: FormProps) {
  const t = useText();
  const [state, setState] = useState<State>(failed ? { kind: 'error', text: words(t, failed), page: true } : { kind: 'ready' });
  const page = directory.includes('oidc');
  const wrong = state.kind === 'error' && !state.page;
  const form = useRef<HTMLFormElement>(null);
  const error = useId();
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const data = new FormData(form.current!);
    const field = (name: string) => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    if (!field('login') || !field('password')) return setState({ kind: 'error', text: t.signIn.missing });
    setState({ kind: 'busy' });
    const res = await security.signIn(field('login').trim(), field('password'));
    if (res.ok) return next(res.value, field('purpose'));
    setState({ kind: 'error', text: words(t, res.error) });
    form.current?.querySelector<HTMLInputElement>('[name=password]')?.focus();
  };
  const leave = async () => {
    const purpose = new FormData(form.current!).get('purpose');
    setState({ kind: 'busy' });
    const failed = await goToDirectory(typeof purpose === 'string' ? purpose : '');
    if (failed) setState({ kind: 'error', text: words(t, failed), page: true });
  };
  const note = recovered ? t.signIn.recovered : why === 'ended' ? t.signIn.ended : why === 'no-answer' ? t.noAnswer : '';
  return (
    <form ref={form} onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-5 tight:gap-3.5">
      {note && <p role="status" className="flex gap-2.5 rounded-8 border border-l-[6px] border-line border-l-accent px-3.5 py-2.5 leading-[1.55]"><Icon name="info" className="mt-0.5 size-[18px] text-accent" /><span>{note}{why === 'ended' && because && <span className="block text-text-2">{because}</span>}</span></p>}
      {page && <Directory busy={state.kind === 'busy'} error={state.kind === 'error' && state.page ? state.text : ''} go={() => void leave()} />}
      <Field label={t.signIn.login} name="login" autoComplete="username" invalid={wrong} describedBy={error} autoFocus={!page} />
      <Password invalid={wrong} describedBy={error} />
      <div id={error} role="alert" className="-mt-3 -mb-3 min-h-[1.55em] text-sm leading-[1.55] text-bad tight:-mt-2 tight:-mb-2">{wrong && state.text}</div>
      <Purposes />
      <Button look={page ? 'quiet' : 'primary'} size="large" type="submit" aria-disabled={state.kind === 'busy'}>{state.kind === 'busy' ? t.signIn.busy : t.signIn.submit}</Button>
      <Button look="plain" size="small" className="-mt-1 self-end px-0!" onClick={recover}>{t.security.trouble}</Button>
    </form>
  );
}

/** Directory leads to the page of the ward's directory; who has a password of Yagura goes on below. */
function Directory({ busy, error, go }: { busy: boolean; error: string; go: () => void }) {
  const t = useText();
  return (
    <>
      <Button look="primary" size="large" autoFocus aria-disabled={busy} onClick={busy ? () => undefined : go}><Icon name="key" />{t.signIn.directory}</Button>
      {error && <Note tone="bad" alert>{error}</Note>}
      <p className="flex items-center gap-3 text-[13px] text-text-3 before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">{t.signIn.orPassword}</p>
    </>
  );
}

/** Returning hands over what the directory answered, once. */
function Returning({ returned, done, failed }: { returned: Returned | null; done: (s: SignedIn, purpose: string) => void; failed: (p: Problem) => void }) {
  const t = useText();
  const begun = useRef(false);
  useEffect(() => {
    if (!returned || begun.current) return;
    begun.current = true;
    void security.finishDirectory(returned.query).then((res) => (res.ok ? done(res.value, returned.purpose) : failed(res.error)));
  });
  return <p role="status" className="flex items-center gap-2.5 leading-[1.7] text-text-2"><Icon name="key" className="size-5 text-accent" />{t.signIn.returning}</p>;
}

/** stating states the purpose as well, where one was chosen; without it the session begins all the same. */
async function stating(s: SessionInfo, purpose: string): Promise<SessionInfo> {
  const stated = purpose ? await api.setPurpose(purpose) : null;
  return stated?.ok ? stated.value : s;
}

function words(t: Text, p: Problem): string {
  switch (p.code) {
    case 'no-answer':
      return t.noAnswer;
    case 'sign-in-failed':
      return t.signIn.failed;
    case 'too-many-attempts':
      return t.signIn.tooMany;
    default:
      return t.signIn.directoryErrors[p.code] ?? t.oops(p.detail);
  }
}

interface FieldProps {
  label: string;
  name: string;
  type?: string;
  autoComplete: string;
  invalid: boolean;
  describedBy: string;
  autoFocus?: boolean;
  children?: React.ReactNode;
}

function Field({ label, name, type = 'text', invalid, describedBy, children, ...rest }: FieldProps) {
  const t = useText();
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-base font-bold tight:text-sm">{label}<span className="ml-1.5 text-[13px] font-normal text-bad">{t.signIn.required}</span></label>
      <div className="relative">
        <input id={id} name={name} type={type} required aria-invalid={invalid} aria-describedby={describedBy} autoCapitalize="none" spellCheck={false} {...rest}
          className={`h-12 w-full rounded-8 border bg-white px-4 text-base tight:h-11 ${invalid ? 'border-bad' : 'border-solid-gray-600'} ${children ? 'pr-20' : ''}`} />
        {children}
      </div>
    </div>
  );
}

function Password({ invalid, describedBy }: { invalid: boolean; describedBy: string }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <Field label={t.signIn.password} name="password" type={open ? 'text' : 'password'} autoComplete="current-password" invalid={invalid} describedBy={describedBy}>
      <button type="button" aria-pressed={open} aria-label={open ? t.signIn.hideLong : t.signIn.showLong} onClick={() => setOpen(!open)}
        className="absolute inset-y-1.5 right-1.5 rounded-6 px-3 text-sm text-accent underline underline-offset-3 hover:no-underline">{open ? t.signIn.hide : t.signIn.show}</button>
    </Field>
  );
}

function Purposes() {
  const t = useText();
  const [chosen, setChosen] = useState('');
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-base font-bold tight:text-sm">{t.signIn.purpose}<span className="ml-1.5 text-[13px] font-normal text-text-3">{t.signIn.optional}</span></legend>
      <div className="grid grid-cols-3 gap-2">
        {purposes.map((p) => (
          <label key={p} className="relative flex h-11 items-center gap-2 rounded-8 border border-solid-gray-536 px-2.5 text-sm leading-[1.2] has-checked:border-2 has-checked:border-accent has-checked:bg-accent-soft has-checked:px-[9px] has-checked:font-bold has-focus-visible:outline-4 has-focus-visible:outline-offset-2 has-focus-visible:outline-black has-focus-visible:ring-2 has-focus-visible:ring-yellow-300 tight:h-10 tight:text-[13px]">
            <input type="radio" name="purpose" value={p} checked={chosen === p} onChange={() => setChosen(p)} className="peer absolute inset-0 cursor-pointer opacity-0" />
            <span aria-hidden="true" className="size-[18px] flex-none rounded-full border-2 border-solid-gray-536 peer-checked:border-6 peer-checked:border-accent" />
            {t.purpose.names[p]}
          </label>
        ))}
      </div>
      <p className="text-[13px] leading-[1.55] text-text-3">{t.signIn.purposeHint}</p>
    </fieldset>
  );
}

import { useCallback, useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { api } from '../api/client.ts';
import type { Problem } from '../api/result.ts';
import { rights, type Emergency as Night } from '../api/rights.ts';
import { usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { clock, parseInstant, type Instant } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { Field, TextArea } from '../ui/Field.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones, Failed, Nothing } from '../ui/Nothing.tsx';
import { Page } from '../ui/Page.tsx';
import { useSeconds } from '../ui/time.ts';
import { useToast } from '../ui/Toast.tsx';
import { follow, link, useQuery } from '../url.ts';
import { EmergencyCard } from './EmergencyCard.tsx';

type State = { kind: 'loading' } | { kind: 'ready'; list: readonly Night[]; may: boolean; offered: boolean; why: string } | { kind: 'failed'; error: Problem };

/** Emergency is 緊急閲覧: where it begins at night, and where others review it. */
export function Emergency({ choice }: { choice: ReactNode }) {
  const t = useText();
  const w = t.rights.emergency;
  const { session, change } = usePerson();
  const query = useQuery();
  const [toast, say] = useToast();
  const [state, setState] = useState<State>({ kind: 'loading' });
  const load = useCallback(() => {
    void rights.emergencies().then((res) => setState(res.ok ? { kind: 'ready', list: res.value.emergencies, may: res.value.may_begin, offered: res.value.offered, why: res.value.why } : { kind: 'failed', error: res.error }));
  }, []);
  useEffect(load, [load, session.emergency.until]);
  const begun = async () => {
    say(w.begun);
    const fresh = await api.session();
    if (fresh.ok) change(fresh.value);
  };
  const list = state.kind === 'ready' ? state.list : [];
  const chosen = list.find((e) => e.id === query.get('id')) ?? null;
  if (state.kind === 'failed') return <Page title={t.rights.page} lead={choice}><Card title={w.title}><Failed error={state.error} retry={load} /></Card></Page>;
  return (
    <Page title={t.rights.page} lead={choice}>
      <div className="grid min-h-0 grow grid-cols-[minmax(360px,38%)_minmax(0,1fr)] gap-4 tight:gap-2.5 max-[1079px]:min-h-max max-[1079px]:grid-cols-1">
        <div className="flex min-h-0 flex-col gap-4 tight:gap-2.5">
          {state.kind === 'ready' && state.offered && <Begin may={state.may} why={state.why} running={session.emergency.until !== null} begun={() => void begun()} />}
          <Card title={w.list} className="min-h-[120px] grow" body="min-h-0 grow flex flex-col">
            <div role="group" aria-label={w.list} tabIndex={0} className="flex min-h-0 grow flex-col overflow-auto focus-inside">
            {state.kind === 'loading' && <Bones rows={5} />}
            {state.kind === 'ready' && list.length === 0 && <Nothing icon="clock" title={w.none}>{w.noneWhy}</Nothing>}
            {list.length > 0 && <ul aria-label={w.title}>{list.map((e) => <Row key={e.id} night={e} current={e === chosen} />)}</ul>}
            </div>
          </Card>
        </div>
        {chosen ? <EmergencyCard key={`${chosen.id}${chosen.running}${chosen.reviewed_by}`} night={chosen} done={(text) => (say(text), load())} /> : <Card title={<span className="sr-only">{w.pick}</span>}><Nothing icon="eye" title={w.pick} heading="p" /></Card>}
      </div>
      {toast}
    </Page>
  );
}

function Begin({ may, why, running, begun }: { may: boolean; why: string; running: boolean; begun: () => void }) {
  const t = useText();
  const w = t.rights.emergency;
  const [reason, setReason] = useState('');
  const [error, setError] = useState('');
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (!reason.trim()) return setError(w.missing);
    const res = await rights.beginEmergency(reason.trim());
    setError(res.ok ? '' : t.oops(res.error.detail));
    if (!res.ok) return;
    setReason('');
    begun();
  };
  return (
    <Card title={w.title} className="flex-none" body="flex flex-col gap-3 px-4 py-3 tight:px-3">
      <p className="leading-[1.6] text-pretty">{w.about}</p>
      <ul className="flex list-disc flex-col gap-0.5 pl-5 text-[13px] leading-[1.6] text-text-2">{w.rules.map((r) => <li key={r}>{r}</li>)}</ul>
      {running ? <div><a href={link('wall')} onClick={follow} className="inline-flex h-9 items-center gap-1.5 rounded-8 border border-primary bg-primary px-3.5 font-bold text-white hover:bg-primary-hover"><Icon name="camera" className="size-4" />{w.wall}</a></div> : !may ? <Note tone="late"><b>{w.notNow}</b><p className="text-text-2">{why}</p></Note> : (
        <form onSubmit={(e) => void submit(e)} noValidate className="flex flex-col gap-3">
          <Field label={w.reason} need="required" hint={w.reasonHint} error={error}>{(wiring) => <TextArea {...wiring} value={reason} onChange={(e) => setReason(e.target.value)} maxLength={500} rows={2} />}</Field>
          <div><Button type="submit" look="danger"><Icon name="warn" className="size-4" />{w.begin}</Button></div>
        </form>
      )}
    </Card>
  );
}

type Standing = 'running' | 'open' | 'late' | 'done';
const looks: Record<Standing, [Tone, IconName]> = { running: ['bad', 'eye'], open: ['late', 'clock'], late: ['bad', 'warn'], done: ['ok', 'check'] };

const standing = (e: Night, now: Instant): Standing => (e.running ? 'running' : e.finding ? 'done' : now > parseInstant(e.due) ? 'late' : 'open');

export function NightChip({ night }: { night: Night }) {
  const t = useText();
  const s = standing(night, useSeconds());
  const [tone, icon] = looks[s];
  return <Chip tone={tone} icon={icon}>{t.rights.emergency.states[s]}</Chip>;
}

function Row({ night: e, current }: { night: Night; current: boolean }) {
  const t = useText();
  const from = parseInstant(e.from);
  return (
    <li className="border-b border-soft last:border-b-0">
      <a href={link('rights', { tab: 'emergency', id: e.id })} onClick={follow} aria-current={current || undefined} className="flex items-center gap-3 px-4 py-2.5 hover:bg-soft focus-inside aria-[current]:bg-accent-soft tight:px-3 tight:py-2">
        <span className="min-w-0 grow leading-[1.5]"><b className="block truncate">{e.name.replace('　', ' ')}<span className="ml-2 font-normal text-text-2">{t.calendar(from)} {clock(from).slice(0, 5)}</span></b><span className="block truncate text-[13px] text-text-3">{e.reason}</span></span>
        <NightChip night={e} />
      </a>
    </li>
  );
}

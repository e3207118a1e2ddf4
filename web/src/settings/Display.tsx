import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import type { SettingsValue } from '../api/settings.ts';
import { useCameras, usePerson } from '../person/person.ts';
import { startOf, startsOf } from '../person/roles.ts';
import { useSettings } from '../person/settings.ts';
import { useText } from '../text/index.ts';
import { Card } from '../ui/Card.tsx';
import { Check, Select } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Note } from '../ui/Note.tsx';
import { Bones } from '../ui/Nothing.tsx';
import { Segment } from '../ui/Segment.tsx';
import { useSeconds } from '../ui/time.ts';

/** Display is how pages look; each change is kept at once. */
export function Display({ say }: { say: (text: string) => void }) {
  const t = useText();
  const w = t.settings;
  const { desk } = usePerson();
  const state = useSettings();
  const [fault, setFault] = useState<string | null>(null);
  const save = async (change: Partial<SettingsValue>) => {
    const res = await desk.settings.save(change);
    setFault(res.ok ? null : res.error.status === 0 ? t.noAnswer : t.oops(res.error.detail));
    if (res.ok) say(w.saved);
  };
  return (
    <Card title={w.show.title} body="flex flex-col px-4 py-1 tight:px-3">
      {state.kind === 'failed' && <Note tone="late" alert>{w.loadFailed}</Note>}
      {fault && <Note tone="bad" alert>{w.failed(fault)}</Note>}
      {state.kind === 'ready' ? <Choices settings={state.settings} save={(c) => void save(c)} /> : <Bones rows={6} />}
    </Card>
  );
}

function Choices({ settings: s, save }: { settings: SettingsValue; save: (change: Partial<SettingsValue>) => void }) {
  const t = useText();
  const w = t.settings.show;
  const { session } = usePerson();
  const list = useCameras();
  const cameras = list.kind === 'ready' ? list.cameras : null;
  const now = useSeconds();
  const starts = startsOf(session, cameras);
  const begin = startOf(session, cameras, s.start);
  return (
    <>
      <Choice name={w.language} hint={w.languageHint}>
        <Segment label={w.language} value={s.language || (t.lang === 'en' ? 'en' : 'ja')} choose={(language) => save({ language })} choices={[{ value: 'ja', text: w.languages.ja }, { value: 'en', text: w.languages.en }]} />
      </Choice>
      <Choice name={w.calendar} hint={`${w.calendarHint(t.date(now))}${w.calendarNote}`}>
        <Segment label={w.calendar} value={s.calendar} choose={(calendar) => save({ calendar })} choices={(['western', 'era', 'both'] as const).map((value) => ({ value, text: w.calendars[value] }))} />
      </Choice>
      <Choice name={w.start} hint={w.startHint}>
        <Select aria-label={w.start} value={begin} onChange={(e) => save({ start: e.target.value as SettingsValue['start'] })} className="w-40">
          {starts.map((p) => <option key={p} value={p}>{t[p].page}</option>)}
        </Select>
      </Choice>
      {cameras?.some((c) => c.actions.includes('live') || c.actions.includes('past')) && <Overlay on={s.overlay} save={(overlay) => save({ overlay })} />}
    </>
  );
}

function Choice({ name, hint, children }: { name: string; hint: string; children: React.ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-6 border-b border-soft py-3 last:border-b-0">
      <div className="min-w-0"><p className="font-bold" aria-hidden="true">{name}</p><p className="text-[13px] leading-[1.6] text-text-3">{hint}</p></div>
      {children}
    </div>
  );
}

/** Overlay is a choice where the system leaves it to each person. */
function Overlay({ on, save }: { on: boolean; save: (on: boolean) => void }) {
  const w = useText().settings.show;
  const [rule, setRule] = useState<'choice' | 'always' | null>(null);
  useEffect(() => {
    void api.system().then((res) => res.ok && setRule(res.value.overlay));
  }, []);
  if (rule === null) return null;
  if (rule === 'always') return <p className="flex gap-2 py-3 leading-[1.6] text-text-2"><Icon name="lock" className="mt-[3px] size-4" />{w.overlayAlways}</p>;
  return <div className="py-2.5"><Check checked={on} onChange={(e) => save(e.target.checked)}>{w.overlay}</Check><p className="pl-[26px] text-[13px] leading-[1.6] text-text-3">{w.overlayHint}</p></div>;
}

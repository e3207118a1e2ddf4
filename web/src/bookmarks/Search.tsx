import { useEffect, useMemo, useRef, useState } from 'react';
import { serverClock } from '../api/client.ts';
import type { Camera } from '../api/types.ts';
import { useKnown } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { wall } from '../time/instant.ts';
import { Button } from '../ui/Button.tsx';
import { Check, Input, Select } from '../ui/Field.tsx';
import { Segment } from '../ui/Segment.tsx';
import { dayOf, narrowed, type Place } from './place.ts';

const pause = 300; // ms without a key until what was typed is searched

/** Search narrows the list; every change is in the URL at once, typed words after a short pause. */
export function Search({ place, move }: { place: Place; move: (change: Partial<Place>) => void }) {
  const t = useText();
  const s = t.bookmarks;
  const year = wall(serverClock.now()).year;
  const bad = [place.from, place.to].some((d) => d !== '' && dayOf(d, year) === null);
  return (
    <search aria-label={s.search} className="flex flex-none flex-wrap items-end gap-x-4 gap-y-2 rounded-8 border border-line bg-surface px-4 py-3 tight:gap-x-3 tight:px-3 tight:py-2">
      <Labelled label={s.text}><Typed id="bookmark-search" type="search" value={place.q} placeholder={s.textHint} write={(q) => move({ q })} className="w-64 tight:w-52" /></Labelled>
      <Labelled label={s.camera}><Cameras value={place.camera} choose={(camera) => move({ camera })} /></Labelled>
      <Labelled label={s.from} hint={s.dayHint}><Typed value={place.from} placeholder="H29.6.28" invalid={place.from !== '' && dayOf(place.from, year) === null} write={(from) => move({ from })} className="w-28" /></Labelled>
      <Labelled label={s.to} hint={s.dayHint}><Typed value={place.to} placeholder="H29.6.28" invalid={place.to !== '' && dayOf(place.to, year) === null} write={(to) => move({ to })} className="w-28" /></Labelled>
      <Segment<Place['whose']> label={s.whose} value={place.whose} choose={(whose) => move({ whose })} choices={[{ value: 'all', text: s.all }, { value: 'mine', text: s.mine }]} />
      <Check checked={place.still} onChange={(e) => move({ still: e.target.checked })}>{s.still}</Check>
      {narrowed(place) && <Button look="plain" onClick={() => move({ q: '', camera: '', from: '', to: '', whose: 'all', still: false })}>{s.clear}</Button>}
      {bad && <p role="alert" className="basis-full text-[13px] text-bad">＊{s.badDay}</p>}
    </search>
  );
}

function Labelled({ label, hint, children }: { label: string; hint?: string; children: React.ReactNode }) {
  return <label className="flex min-w-0 flex-col gap-1"><span className="text-[13px] font-bold">{label}{hint && <span className="sr-only">{hint}</span>}</span>{children}</label>;
}

/** Typed is a field that tells what was typed after a pause, or at once on Enter. */
function Typed({ value, write, invalid = false, ...rest }: { id?: string; type?: string; value: string; placeholder: string; write: (text: string) => void; invalid?: boolean; className: string }) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) { // changed elsewhere: back and forward, or cleared
    setKnown(value);
    setText(value);
  }
  const latest = useRef(write);
  useEffect(() => {
    latest.current = write;
  });
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => latest.current(text), pause);
    return () => clearTimeout(timer);
  }, [text, value]);
  return <Input {...rest} value={text} aria-invalid={invalid || undefined} autoComplete="off" onChange={(e) => setText(e.target.value)} onKeyDown={(e) => e.key === 'Enter' && write(text)} />;
}

/** Cameras chooses one of those whose footage one may bookmark, by site and floor. */
function Cameras({ value, choose }: { value: string; choose: (id: string) => void }) {
  const t = useText();
  const known = useKnown();
  const groups = useMemo(() => {
    const out = new Map<string, Camera[]>();
    for (const c of known) {
      if (!c.actions.includes('bookmark')) continue;
      const place = [c.site_name, c.floor && t.rail.floor(c.floor)].filter(Boolean).join(' ');
      out.set(place, [...(out.get(place) ?? []), c]);
    }
    return [...out];
  }, [known, t]);
  return (
    <Select value={value} onChange={(e) => choose(e.target.value)} className="w-60 tight:w-48">
      <option value="">{t.bookmarks.anyCamera}</option>
      {groups.map(([place, cameras]) => <optgroup key={place} label={place}>{cameras.map((c) => <option key={c.id} value={c.id}>{c.name} {c.number}</option>)}</optgroup>)}
    </Select>
  );
}

import { useState, type KeyboardEvent } from 'react';
import type { Reach } from '../api/audit.ts';
import { duty } from '../api/duty.ts';
import { useAnswer } from '../person/answer.ts';
import { useKnown, usePerson } from '../person/person.ts';
import { useText } from '../text/index.ts';
import { Button } from '../ui/Button.tsx';
import { Check, Input, Select } from '../ui/Field.tsx';
import { dayOf, everything, type View } from './query.ts';

interface Props {
  view: View;
  change: (c: Partial<View>) => void;
  reach: Reach | null;
}

/** Filters are what the list is narrowed by; each takes effect at once, and all of them are in the URL. */
export function Filters({ view: v, change, reach }: Props) {
  const t = useText();
  const f = t.audit.filters;
  const known = useKnown();
  const { session } = usePerson();
  const wide = reach?.all || reach?.floors;
  const narrowed = (Object.keys(everything) as (keyof View)[]).some((k) => k !== 'entry' && v[k] !== everything[k]);
  const choose = (name: 'camera' | 'action' | 'outcome' | 'purpose', label: string, options: [string, string][], width: string) => (
    <Select aria-label={label} value={v[name]} onChange={(e) => change({ [name]: e.target.value })} className={width}>
      <option value="">{f.all(label)}</option>
      {v[name] && !options.some(([value]) => value === v[name]) && <option value={v[name]}>{v[name]}</option>}
      {options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
    </Select>
  );
  return (
    <form role="search" aria-label={f.label} onSubmit={(e) => e.preventDefault()} className="flex flex-none flex-wrap items-center gap-2">
      {reach?.all && <Who key={v.actor} view={v} change={change} reach={reach} />}
      {known.length > 0 && choose('camera', f.camera, known.map((c) => [c.id, `${c.number}　${c.name}`]), 'w-[190px] tight:w-[150px]')}
      {choose('action', f.action, Object.entries(t.audit.actions), 'w-[150px] tight:w-[124px]')}
      {choose('outcome', f.outcome, Object.entries(t.audit.outcomes), 'w-[104px] tight:w-[94px]')}
      {choose('purpose', f.purpose, Object.entries(t.purpose.names), 'w-[150px] tight:w-[118px]')}
      {wide && <Units key={session.login} view={v} change={change} />}
      <span className="flex items-center gap-1"><Day key={v.from} name={f.from} text={v.from} put={(from) => change({ from })} /><span aria-hidden="true">～</span><Day key={`～${v.to}`} name={f.to} text={v.to} put={(to) => change({ to })} /></span>
      <Check checked={v.hints} onChange={(e) => change({ hints: e.target.checked })}>{f.hints}</Check>
      {narrowed && <Button look="plain" size="small" onClick={() => change(everything)}>{f.clear}</Button>}
    </form>
  );
}

const enter = (f: () => void) => (e: KeyboardEvent) => e.key === 'Enter' && f();

/** Who takes a name or a login; what is neither is looked for as a login. */
function Who({ view, change, reach }: Props) {
  const f = useText().audit.filters;
  const nameOf = (login: string) => reach?.people.find((p) => p.login === login)?.name.replace('　', ' ') ?? login;
  const [text, setText] = useState(view.actor === 'me' ? '' : nameOf(view.actor));
  const put = () => {
    const plain = text.trim().replace('　', ' ');
    const found = reach?.people.find((p) => p.login === plain || p.name.replace('　', ' ') === plain);
    const actor = found?.login ?? plain;
    if (actor !== (view.actor === 'me' ? '' : view.actor)) change({ actor });
  };
  return (
    <>
      <Input list="audit-people" aria-label={f.who} placeholder={f.all(f.who)} value={text} onChange={(e) => setText(e.target.value)} onBlur={put} onKeyDown={enter(put)} className="w-[150px] tight:w-[118px]" />
      <datalist id="audit-people">{reach?.people.map((p) => <option key={p.login} value={p.name.replace('　', ' ')}>{`${p.title} ${p.login}`}</option>)}</datalist>
    </>
  );
}

function Units({ view, change }: { view: View; change: (c: Partial<View>) => void }) {
  const f = useText().audit.filters;
  const { answer } = useAnswer('duty', duty.units);
  const units = answer.kind === 'ready' ? answer.value.units : [];
  const ids = new Set(units.map((u) => u.unit));
  if (units.length < 2 && !view.unit) return null;
  return (
    <Select aria-label={f.unit} value={view.unit} onChange={(e) => change({ unit: e.target.value })} className="w-[150px] tight:w-[118px]">
      <option value="">{f.all(f.unit)}</option>
      {view.unit && !ids.has(view.unit) && <option value={view.unit}>{view.unit}</option>}
      {units.map((u) => <option key={u.unit} value={u.unit}>{ids.has(u.parent) ? '　' : ''}{u.unit_name}</option>)}
    </Select>
  );
}

function Day({ name, text: given, put }: { name: string; text: string; put: (text: string) => void }) {
  const t = useText();
  const [text, setText] = useState(given);
  const bad = Number.isNaN(dayOf(text) ?? 0);
  const done = () => text !== given && put(text.trim());
  return <Input aria-label={name} aria-invalid={bad || undefined} title={bad ? t.audit.filters.badDay : undefined} placeholder={t.audit.filters.day} value={text} onChange={(e) => setText(e.target.value)} onBlur={done} onKeyDown={enter(done)} className="w-[108px] tight:w-[96px]" />;
}

import { useMemo } from 'react';
import type { Camera } from '../api/types.ts';
import { useKnown } from '../person/person.ts';
import { Plan } from '../plan/Plan.tsx';
import { usePlans } from '../plan/plans.ts';
import { useText } from '../text/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { keepFocus } from './Bar.tsx';
import { nearTo, type Control } from './control.ts';

/** Rail are the cameras in the room, where they are, and which others are near. */
export function Rail({ control }: { control: Control }) {
  const t = useText();
  const { cameras, reference, place } = control;
  return (
    <aside aria-label={t.playback.rail.label} onMouseDown={keepFocus} className="flex w-[272px] flex-none flex-col overflow-y-auto border-r border-line bg-surface tight:w-[212px] tight:text-[13px]">
      <section className="border-b border-line px-4 py-3.5 tight:px-3 tight:py-2">
        <h2 className="text-base tight:text-[15px]">{t.playback.rail.shown}</h2>
        <ol className="mt-1.5 tight:mt-0.5">
          {cameras.map((c, i) => <Row key={c.id} n={i + 1} camera={c} current={c === reference} control={control} last={cameras.length === 1} />)}
        </ol>
        {control.unknown.length > 0 && <p role="status" className="pt-2 text-[13px] leading-[1.6] text-warn">{t.playback.unknown(control.unknown.join('、'))}</p>}
      </section>
      {reference && <MiniPlan control={control} reference={reference} shown={place.cameras} />}
      {reference && <Near control={control} reference={reference} />}
    </aside>
  );
}

const row = 'flex h-8 w-full items-center gap-2 rounded-6 px-1.5 tight:h-[26px] tight:gap-1';
/** The number gives way before the name is cut: it falls into a line one does not see. */
const name = 'flex h-full min-w-0 grow flex-wrap gap-x-2 overflow-hidden leading-8 tight:leading-[26px]';

function Row({ n, camera: c, current, control, last }: { n: number; camera: Camera; current: boolean; control: Control; last: boolean }) {
  const t = useText();
  return (
    <li className={`${row} group -mx-1.5 w-[calc(100%+12px)] hover:bg-soft ${current ? 'bg-accent-soft' : ''}`}>
      <button type="button" aria-pressed={current} title={t.playback.rail.choose(c.name)} onClick={() => control.measureBy(c.id)} className="flex h-full min-w-0 grow items-center gap-2 rounded-6 text-left focus-inside tight:gap-1.5">
        <b className={`w-[18px] flex-none text-center font-bold ${current ? 'text-accent' : 'text-text-3'}`}>{n}</b>
        <span className={name}>
          <span className="max-w-full truncate leading-[inherit]">{c.name}</span>
          <span className="ml-auto leading-[inherit] text-text-3 group-focus-within:hidden group-hover:hidden">{c.number}</span>
        </span>
      </button>
      {!last && <button type="button" aria-label={t.playback.rail.remove(c.name)} title={t.playback.rail.remove(c.name)} onClick={() => control.remove(c.id)} className="hidden size-6 flex-none place-items-center rounded-6 text-text-2 group-focus-within:grid group-hover:grid hover:bg-ink-3"><Icon name="close" className="size-3.5" /></button>}
    </li>
  );
}

/** MiniPlan is the floor of the reference: those in the room stand out, a click takes one in or out. */
function MiniPlan({ control, reference, shown }: { control: Control; reference: Camera; shown: readonly string[] }) {
  const t = useText();
  const plans = usePlans();
  const plan = useMemo(() => (plans.kind === 'ready' ? plans.plans.find((p) => p.cameras.some((s) => s.id === reference.id)) : undefined), [plans, reference.id]);
  const selected = useMemo(() => [reference.id, ...shown.filter((id) => id !== reference.id)], [reference.id, shown]);
  if (!plan) return null;
  return (
    <section className="border-b border-line px-4 py-3.5 tight:px-3 tight:py-2">
      <h2 className="mb-2 text-base tight:mb-1 tight:text-[15px]">{plan.name}</h2>
      <Plan plan={plan} selected={selected} shown={shown} choose={(id) => (shown.includes(id) ? control.measureBy(id) : control.add([id]))} className="max-h-[150px] tight:max-h-[104px]" />
      <p className="sr-only">{t.playback.rail.near}</p>
    </section>
  );
}

const nearest = 8;

function Near({ control, reference }: { control: Control; reference: Camera }) {
  const t = useText();
  const known = useKnown();
  const { place } = control;
  const near = useMemo(() => nearTo(reference, known, place.cameras).slice(0, nearest), [reference, known, place.cameras]);
  return (
    <section className="px-4 py-3.5 tight:px-3 tight:py-2">
      <h2 className="text-base tight:text-[15px]">{t.playback.rail.near}</h2>
      {near.length === 0 && <p className="mt-1.5 leading-[1.6] text-text-3">{t.playback.rail.nearNone}</p>}
      <ul className="mt-1.5 tight:mt-0.5">
        {near.map((c) => (
          <li key={c.id}>
            <button type="button" aria-label={t.playback.rail.add(`${c.name} ${c.number}`)} onClick={() => control.add([c.id])} className={`${row} -mx-1.5 w-[calc(100%+12px)] border-b border-soft text-left hover:bg-soft focus-inside`}>
              <span className={name}><span className="max-w-full truncate leading-[inherit]">{c.name}</span><span className="ml-auto leading-[inherit] text-text-3">{c.number}</span></span>
              <Icon name="plus" className="size-4 text-text-2" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

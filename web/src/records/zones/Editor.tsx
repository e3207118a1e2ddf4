import { useState, type FormEvent } from 'react';
import type { PlanDrawing } from '../../api/plans.ts';
import { useText } from '../../text/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Input, Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Segment } from '../../ui/Segment.tsx';
import type { Shape } from './drawing.ts';
import { area, edges, mostCorners, without, type Outline } from './outline.ts';

interface Props {
  plan: PlanDrawing;
  title: string;
  outline: Outline;
  set: (o: Outline) => void;
  shape: Shape;
  setShape: (s: Shape) => void;
  correcting: boolean; // a reason is asked for
  fresh: boolean; // the zone itself comes next
  save: (reason: string) => Promise<string>; // what went wrong, '' nothing
  cancel: () => void;
}

/** Editor is the outline in numbers, beside the plan on which it is drawn: whoever uses no pointer does everything here. */
export function Editor({ plan, title, outline, set, shape, setShape, correcting, fresh, save, cancel }: Props) {
  const t = useText();
  const w = t.zones.edit;
  const [reason, setReason] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (outline.length < 3 || area(outline) === 0) return setError(w.few);
    setBusy(true);
    const wrong = await save(reason);
    setBusy(false);
    setError(wrong);
  };
  return (
    <form aria-label={title} noValidate onSubmit={(e) => void submit(e)} className="flex min-h-0 grow flex-col">
      <div className="flex min-h-0 grow flex-col gap-4 overflow-auto px-4 py-4 tight:gap-3 tight:px-3 tight:py-3">
        <div className="flex flex-wrap items-center gap-3"><Segment label={w.shape} value={shape} choose={setShape} choices={[{ value: 'box', text: w.box }, { value: 'polygon', text: w.polygon }]} /></div>
        <p className="text-[13px] leading-[1.6] text-text-2">{shape === 'box' ? w.boxHint : w.polygonHint}</p>
        <Field label={w.room}>{(wiring) => (
          <Select {...wiring} value="" onChange={(e) => {
            const room = plan.rooms[Number(e.target.value)];
            if (!room) return;
            set(room.points.map(([x, y]) => [x!, y!]));
            setShape('polygon');
          }}><option value="">{w.choose}</option>{plan.rooms.map((r, i) => <option key={i} value={i}>{r.name}</option>)}</Select>
        )}</Field>
        {shape === 'box' ? <Box outline={outline} set={set} /> : <Corners outline={outline} set={set} plan={plan} />}
        <p className="text-[13px] text-text-3">{w.unit(plan.width, plan.height)}</p>
        {correcting && <Field label={w.reason} need="required" hint={w.reasonHint}>{(wiring) => <Input {...wiring} value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />}</Field>}
        {error && <p role="alert" className="text-bad">＊{error}</p>}
      </div>
      <div className="flex flex-none items-center gap-3 border-t border-soft px-4 py-3 tight:px-3 tight:py-2"><Button type="submit" look="primary" disabled={busy}>{fresh ? w.on : w.save}</Button><Button look="quiet" onClick={cancel}>{w.cancel}</Button></div>
    </form>
  );
}

const whole = (text: string, most = 9999) => Math.min(Math.max(Math.round(Number(text.replace(/\D/g, ''))), 0), most);

/** Box is a rectangle by its left upper corner, its width and its height. */
function Box({ outline, set }: { outline: Outline; set: (o: Outline) => void }) {
  const w = useText().zones.edit;
  const b = edges(outline);
  const put = (part: Partial<typeof b>) => {
    const { x, y, w: wide, h } = { ...b, ...part };
    set([[x, y], [x + wide, y], [x + wide, y + h], [x, y + h]]);
  };
  return (
    <div className="grid grid-cols-4 gap-3">
      {([['x', w.x], ['y', w.y], ['w', w.w], ['h', w.h]] as const).map(([key, name]) => (
        <Field key={key} label={name}>{(wiring) => <Input {...wiring} inputMode="numeric" value={b[key]} onChange={(e) => put({ [key]: whole(e.target.value) })} />}</Field>
      ))}
    </div>
  );
}

function Corners({ outline, set, plan }: { outline: Outline; set: (o: Outline) => void; plan: PlanDrawing }) {
  const w = useText().zones.edit;
  const put = (i: number, x: number, y: number) => set(outline.map((c, n) => (n === i ? [x, y] : c)));
  return (
    <div className="flex flex-col gap-1.5">
      {outline.map(([x, y], i) => (
        <div key={i} role="group" aria-label={w.corner(i + 1)} className="flex items-center gap-2">
          <span className="w-10 flex-none text-text-2">{w.corner(i + 1)}</span>
          <Input aria-label={`${w.corner(i + 1)} ${w.across}`} inputMode="numeric" value={x} onChange={(e) => put(i, whole(e.target.value, plan.width), y)} className="w-20" />
          <Input aria-label={`${w.corner(i + 1)} ${w.down}`} inputMode="numeric" value={y} onChange={(e) => put(i, x, whole(e.target.value, plan.height))} className="w-20" />
          <button type="button" aria-label={w.remove(i + 1)} title={w.remove(i + 1)} onClick={() => set(without(outline, i))} className="grid size-8 place-items-center rounded-8 text-text-2 hover:bg-soft"><Icon name="trash" /></button>
        </div>
      ))}
      <div><Button size="small" look="quiet" disabled={outline.length >= mostCorners} onClick={() => set([...outline, outline.at(-1) ?? [0, 0]])}><Icon name="plus" className="size-4" />{w.more}</Button></div>
    </div>
  );
}

import { useId } from 'react';
import { Icon, type IconName } from './Icon.tsx';

export interface Choice<V extends string> {
  value: V;
  text: string;
  icon?: IconName;
  count?: number;
}

/** Segment is a choice of one among a few; the arrow keys move it, as in any group of radio buttons. */
export function Segment<V extends string>({ label, choices, value, choose }: { label: string; choices: readonly Choice<V>[]; value: V; choose: (v: V) => void }) {
  const name = useId();
  return (
    <fieldset className="inline-flex flex-none overflow-hidden rounded-8 border border-line bg-raised has-focus-visible:overflow-visible">
      <legend className="sr-only">{label}</legend>
      {choices.map((c) => (
        <label key={c.value} className="relative inline-flex h-8 min-w-[34px] cursor-pointer items-center justify-center gap-1.5 border-r border-line px-2.5 whitespace-nowrap text-text-2 last:border-r-0 hover:bg-soft has-checked:bg-accent-soft has-checked:font-bold has-checked:text-accent has-checked:shadow-[inset_0_-2px_0_currentColor] tight:h-[30px] tight:px-2">
          <input type="radio" name={name} value={c.value} checked={c.value === value} onChange={() => choose(c.value)} className="absolute inset-0 cursor-pointer appearance-none rounded-6 bg-transparent" />
          {c.icon && <Icon name={c.icon} className="size-[15px]" />}
          {c.text}
          {c.count !== undefined && <span>{c.count}</span>}
        </label>
      ))}
    </fieldset>
  );
}

import { Icon } from './Icon.tsx';

export interface Step {
  title: string;
  note: string; // who, when; or what it waits for
  state: 'done' | 'now' | 'ahead';
}

const marks = { done: 'border-primary bg-primary text-white', now: 'border-primary bg-surface text-primary ring-4 ring-blue-100', ahead: 'border-[#949494] bg-surface text-text-3' };

/** Steps are the stations of something on its way. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol aria-label={label} className="flex items-start">
      {steps.map((s, i) => (
        <li key={s.title} aria-current={s.state === 'now' ? 'step' : undefined} className="relative flex min-w-0 flex-1 flex-col items-center gap-1 text-center">
          {i > 0 && <span aria-hidden="true" className={`absolute top-[13px] -left-1/2 h-0.5 w-full ${s.state === 'ahead' ? 'bg-[#b3b3b3]' : 'bg-primary'}`} />}
          <span aria-hidden="true" className={`relative z-[1] grid size-7 place-items-center rounded-full border-2 font-bold ${marks[s.state]}`}>{s.state === 'done' ? <Icon name="check" className="size-4" /> : i + 1}</span>
          <b className={s.state === 'now' ? 'text-accent' : s.state === 'ahead' ? 'text-text-2' : ''}>{s.title}</b>
          <span className="max-w-full px-1 text-xs leading-[1.4] text-text-3">{s.note}</span>
        </li>
      ))}
    </ol>
  );
}

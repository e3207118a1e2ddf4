import { useText } from '../text/index.ts';
import { planMarks, type PlanMark } from './mark.ts';

const signs: Record<PlanMark, { tone: string; shape: React.ReactNode }> = {
  live: { tone: 'text-ok', shape: <circle cx="6" cy="6" r="4.2" fill="currentColor" /> },
  late: { tone: 'text-late', shape: <path d="M6 1.200L11 10H1z" fill="currentColor" /> },
  stopped: { tone: 'text-bad', shape: <path d="M2 2h8v8H2z" fill="currentColor" /> },
  planned: { tone: 'text-text-3', shape: <circle cx="6" cy="6" r="3.800" fill="none" stroke="currentColor" strokeWidth="1.500" /> },
};

/**
 * PlanLegend says what the shapes mean. With counts, only those that occur are there, each with its number;
 * names replace the usual words.
 */
export function PlanLegend({ counts, names, className = '' }: { counts?: Partial<Record<PlanMark, number>>; names?: Partial<Record<PlanMark, string>>; className?: string }) {
  const t = useText();
  return (
    <ul className={`flex items-center gap-3 text-xs whitespace-nowrap text-text-2 ${className}`}>
      {planMarks.filter((m) => !counts || counts[m]).map((m) => (
        <li key={m} className={`flex items-center gap-1.5 ${counts ? signs[m].tone : ''}`}>
          <svg viewBox="0 0 12 12" aria-hidden="true" className={`size-3 flex-none ${signs[m].tone}`}>{signs[m].shape}</svg>
          {names?.[m] ?? t.plan.marks[m]}{counts && ` ${counts[m]}`}
        </li>
      ))}
    </ul>
  );
}

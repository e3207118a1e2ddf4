import type { Figure } from '../../api/figures.ts';
import { useText } from '../../text/index.ts';

/** parts are what a bar is made of, from the left. What is missing is hatched: colour alone says nothing. */
const parts = ['done', 'late', 'missing', 'open'] as const;
const fills = { done: 'var(--color-green-700)', late: 'var(--color-yellow-600)', missing: 'url(#missing)', open: 'var(--color-solid-gray-100)' };

/** Hatch is drawn once in a page, for all its bars. */
export function Hatch() {
  return (
    <svg aria-hidden="true" className="absolute size-0">
      <defs><pattern id="missing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--color-red-100)" /><rect width="3" height="6" fill="var(--color-red-800)" /></pattern></defs>
    </svg>
  );
}

/** Bar is how far something was met. Its figures stand in the table beside it. */
export function Bar({ figure, className = '' }: { figure: Figure; className?: string }) {
  const width = 1000;
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((n, p) => n + figure[p], 0));
  const scale = figure.due > 0 ? width / figure.due : 0;
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${width} 14`} preserveAspectRatio="none" className={`block h-3.5 w-full ${className}`}>
      <rect width={width} height="14" fill="none" stroke="var(--line)" />
      {parts.map((p, i) => figure[p] > 0 && <rect key={p} x={starts[i]! * scale} width={figure[p] * scale} height="14" fill={fills[p]} />)}
    </svg>
  );
}

/** Legend says what the parts of the bars are. */
export function Legend() {
  const t = useText();
  const w = t.figures.parts;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-[13px] text-text-2">
      {parts.map((p) => <li key={p} className="flex items-center gap-1.5"><svg aria-hidden="true" viewBox="0 0 16 12" className="h-3 w-4"><rect width="16" height="12" fill={fills[p]} stroke="var(--line)" /></svg>{w[p]}</li>)}
    </ul>
  );
}

/** Qr draws rows of 1 (dark) and 0, with the quiet margin readers need. */
export function Qr({ rows, label }: { rows: readonly string[]; label: string }) {
  const n = rows.length;
  const d = rows.flatMap((row, y) => [...row].map((dot, x) => (dot === '1' ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg role="img" aria-label={label} viewBox={`-4 -4 ${n + 8} ${n + 8}`} shapeRendering="crispEdges" className="size-[176px] flex-none rounded-4 bg-white">
      <path d={d} fill="#000" />
    </svg>
  );
}

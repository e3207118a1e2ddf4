import type { ReactNode } from 'react';

export interface Column<T> {
  head: ReactNode;
  cell: (row: T) => ReactNode;
  names?: boolean; // this cell names its row
  align?: 'left' | 'center' | 'right';
  className?: string; // of head and cells: widths, what goes at small sizes
}

interface Props<T> {
  label: string; // what the table is, for those who hear it
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  dense?: boolean;
  selected?: (row: T) => boolean;
  className?: string;
}

const alignment = { left: 'text-left', center: 'text-center', right: 'text-right' };

/** Table is rows of equal things. A cell that may be long truncates itself. */
export function Table<T>({ label, columns, rows, keyOf, dense = false, selected, className = '' }: Props<T>) {
  const height = dense ? 'h-[34px] tight:h-7' : 'h-10 tight:h-[33px]';
  const cell = (c: Column<T>) => `border-b border-soft px-2.5 font-normal whitespace-nowrap tight:px-2 ${height} ${alignment[c.align ?? 'left']} ${c.className ?? ''}`;
  return (
    <table className={`w-full border-collapse ${className}`}>
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          {columns.map((c, i) => (
            <th key={i} scope="col" className={`sticky top-0 z-[1] h-[34px] border-b border-[#949494] bg-raised px-2.5 text-[13px] font-bold whitespace-nowrap text-text-2 tight:h-[30px] tight:px-2 ${alignment[c.align ?? 'left']} ${c.className ?? ''}`}>{c.head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} aria-current={selected?.(row) || undefined} className="relative aria-[current]:bg-accent-soft">
            {columns.map((c, i) => (c.names ? <th key={i} scope="row" className={cell(c)}>{c.cell(row)}</th> : <td key={i} className={cell(c)}>{c.cell(row)}</td>))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Sheet is a page of paper: which rows stand on it. The first one also bears the head of the ledger. */
export interface Sheet<T> {
  page: number; // from 1
  pages: number;
  first: number; // of its rows, from 0
  rows: T[];
}

/** sheets lays rows out on pages; there is always a first one. */
export function sheets<T>(rows: readonly T[], onFirst: number, onOthers: number): Sheet<T>[] {
  const pages = 1 + Math.max(0, Math.ceil((rows.length - onFirst) / onOthers));
  return Array.from({ length: pages }, (_, i) => {
    const first = i === 0 ? 0 : onFirst + (i - 1) * onOthers;
    return { page: i + 1, pages, first, rows: rows.slice(first, first + (i === 0 ? onFirst : onOthers)) };
  });
}

/** Sheet is a page of paper: which rows stand on it. The first one also bears the head of the ledger. */
export interface Sheet<T> {
  page: number; // from 1
  pages: number;
  first: number; // of its rows, from 0
  rows: T[];
}

/**
 * sheets lays rows out on pages; there is always a first one. Room and height are in rows of ordinary
 * height; a row that is higher takes more.
 */
export function sheets<T>(rows: readonly T[], onFirst: number, onOthers: number, height: (row: T) => number): Sheet<T>[] {
  const pages: { first: number; rows: T[] }[] = [{ first: 0, rows: [] }];
  let room = onFirst;
  rows.forEach((row, i) => {
    const last = pages[pages.length - 1]!;
    const needs = height(row);
    if (needs <= room + 1e-9 || last.rows.length === 0) last.rows.push(row);
    else {
      pages.push({ first: i, rows: [row] });
      room = onOthers;
    }
    room -= needs;
  });
  return pages.map((p, i) => ({ page: i + 1, pages: pages.length, ...p }));
}

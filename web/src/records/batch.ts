import type { Values } from '../api/records.ts';

/** Person is a row of the table of inductions. */
export interface Person {
  staff: string;
  name: string;
  kana: string;
  work: string;
}

export const columns = ['staff', 'name', 'kana', 'work'] as const satisfies readonly (keyof Person)[];

export const nobody: Person = { staff: '', name: '', kana: '', work: '' };

export const isEmpty = (p: Person) => columns.every((c) => p[c].trim() === '');

/** pasted puts cells of a spreadsheet into the rows, from a row and column on; null for text that is one cell. */
export function pasted(rows: readonly Person[], text: string, row: number, column: number): Person[] | null {
  const lines = text.replace(/\r/g, '').replace(/\n+$/, '').split('\n').map((l) => l.split('\t'));
  if (lines.length === 1 && lines[0]!.length === 1) return null;
  const out = [...rows];
  lines.forEach((cells, i) => {
    const next = { ...(out[row + i] ?? nobody) };
    cells.forEach((cell, n) => {
      const c = columns[column + n];
      if (c) next[c] = cell.trim();
    });
    out[row + i] = next;
  });
  return out;
}

/** inductions are the records of the people, each with what is the same for all. */
export function inductions(people: readonly Person[], shared: Values): Values[] {
  const same = Object.fromEntries(Object.entries(shared).filter(([, v]) => v !== '' && v !== undefined && v !== false));
  return people.filter((p) => !isEmpty(p)).map((p) => ({ ...same, ...Object.fromEntries(columns.filter((c) => p[c].trim() !== '').map((c) => [c, p[c].trim()])) }));
}

export type Cell = string | number | null;

/**
 * csv writes a table as RFC 4180, with the mark that spreadsheets know UTF-8 by. A text that a spreadsheet
 * would take for a formula is kept a text.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map((r) => r.map(field).join(',')).join('\r\n')}\r\n`;
}

function field(c: Cell): string {
  if (c === null) return '';
  if (typeof c === 'number') return String(c);
  const text = /^[=+\-@\t\r＝＋－＠]/.test(c) ? `'${c}` : c;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

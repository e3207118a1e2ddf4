/** Beginning is the first lines of a log, read in the browser to see how its columns and words are called; nothing of it is sent. */
export interface Beginning {
  headings: readonly string[];
  rows: readonly (readonly string[])[];
}

const most = 1 << 19; // bytes that are looked at
const mostRows = 2000;

/** decoded is a text in UTF-8 or CP932, by what is in it; its last character may be cut. */
export function decoded(bytes: Uint8Array): string {
  for (let cut = 0; cut < 4; cut++) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
    } catch {
      continue;
    }
  }
  return new TextDecoder('shift_jis').decode(bytes);
}

/** parse reads comma- or tab-separated text; a line that was cut at the end is left out where cut is set. */
export function parse(text: string, cut: boolean): Beginning {
  const first = text.slice(0, text.indexOf('\n') + 1 || undefined);
  const comma = first.split('\t').length > first.split(',').length ? '\t' : ',';
  const rows: string[][] = [];
  let row: string[] = [], cell = '', quoted = false;
  const end = () => {
    row.push(cell.trim());
    cell = '';
  };
  for (let i = 0; i < text.length && rows.length <= mostRows; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === comma) end();
    else if (c === '\n') {
      end();
      rows.push(row);
      row = [];
    } else if (c !== '\r') cell += c;
  }
  if (!cut && (cell || row.length > 0)) {
    end();
    rows.push(row);
  }
  const [headings = [], ...rest] = rows;
  return { headings, rows: rest.slice(0, mostRows) };
}

/** begin reads the beginning of a file. */
export async function begin(file: Blob): Promise<Beginning> {
  const bytes = new Uint8Array(await file.slice(0, most).arrayBuffer());
  return parse(decoded(bytes), file.size > most);
}

/** wordsOf are the different words of a column, the commonest first, some of them. */
export function wordsOf(b: Beginning, heading: string): string[] {
  const i = b.headings.indexOf(heading);
  const counts = new Map<string, number>();
  for (const row of b.rows) {
    const word = i < 0 ? '' : (row[i] ?? '');
    if (word) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 30).map(([word]) => word);
}

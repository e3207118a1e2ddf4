import { filesOf } from '../api/files.ts';
import type { Field, Kind, Value, Values } from '../api/records.ts';

/** shows reports whether a field is there, as far as the others say. */
export function shows(f: Field, v: Values): boolean {
  if (!f.when) return true;
  const other = v[f.when];
  const has = Array.isArray(other) ? (other as string[]) : other === undefined || other === null || other === '' || other === false ? [] : [String(other)];
  return f.is.some((x) => has.includes(x));
}

/** say is a value in words, in a language. */
export function say(f: Field, value: Value, lang: 'ja' | 'en'): string {
  const named = (id: string) => f.options.find((o) => o.id === id)?.name[lang] || f.options.find((o) => o.id === id)?.name.ja || id;
  if (value === undefined || value === null || value === '') return '';
  if (f.type === 'yes') return value ? '○' : '';
  if (f.type === 'choice') return named(value as string);
  if (f.type === 'choices') return (value as string[]).map(named).join(lang === 'ja' ? '、' : ', ');
  if (f.type === 'files') return filesOf(value).map((x) => x.name).join('、');
  if (f.type === 'table') return (value as Values[]).map((row) => f.columns.map((c) => say(c, row[c.id], lang)).filter(Boolean).join('｜')).join('\n');
  const plain = value as string | number;
  return f.type === 'number' && f.unit[lang] ? `${plain} ${f.unit[lang]}` : String(plain);
}

/** changed is what differs between two states of a form, as the server wants it: null empties a field. */
export function changed(kind: Kind, before: Values, after: Values): Values {
  const out: Values = {};
  for (const f of kind.fields) {
    const now = shows(f, after) ? clean(f, after[f.id]) : undefined;
    if (JSON.stringify(now) !== JSON.stringify(before[f.id])) out[f.id] = now ?? null;
  }
  return out;
}

/** filled is what a form holds, without what is empty. */
export function filled(kind: Kind, v: Values): Values {
  return Object.fromEntries(kind.fields.filter((f) => shows(f, v)).map((f): [string, Value] => [f.id, clean(f, v[f.id])]).filter(([, x]) => x !== undefined));
}

/** clean is a value without what is empty in it. */
function clean(f: Field, value: Value): Value {
  if (f.type === 'table') {
    const rows = ((value as Values[] | undefined) ?? []).map((row) => Object.fromEntries(f.columns.filter((c) => shows(c, row)).map((c): [string, Value] => [c.id, clean(c, row[c.id])]).filter(([, x]) => x !== undefined)));
    const full = rows.filter((row) => Object.keys(row).length > (f.rows.length > 0 ? 1 : 0));
    return full.length > 0 ? full : undefined;
  }
  if (f.type === 'choices' || f.type === 'files') return (value as string[] | undefined)?.length ? value : undefined;
  if (f.type === 'number') return value === '' || value === undefined ? undefined : Number(value);
  if (f.type === 'yes') return value ? true : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** begun is what a form begins with: rows that are given, and today where a record is of a day. */
export function begun(kind: Kind, today: string): Values {
  return Object.fromEntries([
    ...(kind.day ? [[kind.day, today] as [string, Value]] : []),
    ...kind.fields.filter((f) => f.type === 'table' && f.rows.length > 0).map((f): [string, Value] => [f.id, f.rows.map((name) => ({ [f.columns[0]!.id]: name }))]),
  ]);
}

/** opened is what a form of a record begins with: its values, and the rows that are given. */
export function opened(kind: Kind, v: Values): Values {
  const out: Values = { ...v };
  for (const f of kind.fields) {
    if (f.type !== 'table' || f.rows.length === 0) continue;
    const first = f.columns[0]!.id;
    const rows = (v[f.id] as Values[] | undefined) ?? [];
    out[f.id] = [...f.rows.map((name) => rows.find((r) => r[first] === name) ?? { [first]: name }), ...rows.filter((r) => !f.rows.includes(r[first] as string))];
  }
  return out;
}

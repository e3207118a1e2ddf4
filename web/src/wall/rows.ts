import type { KeyboardEvent } from 'react';
import { focusSearch } from './focus.ts';

const rowsOf = (list: HTMLElement | null) => [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];

export function focusRow(list: HTMLElement | null, i: number) {
  rowsOf(list)[i]?.focus();
}

/** onRows moves the focus between the rows of a list by arrow keys; above the first is the search. */
export function onRows(e: KeyboardEvent, list: HTMLElement | null) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  const all = rowsOf(list);
  const here = all.findIndex((r) => r === e.target || r.parentElement?.contains(e.target as Node));
  if (!step || here < 0) return;
  e.preventDefault();
  e.stopPropagation();
  if (here + step < 0) focusSearch();
  else all[here + step]?.focus();
}

/**
 * taken reports whether a key belongs to what has the focus and not to the page: fields and dialogs keep theirs, buttons
 * keep Space and Enter. A dialog that has just closed has the focus until the next frame; it keeps nothing any more.
 */
export function taken(e: KeyboardEvent): boolean {
  const target = e.target as HTMLElement;
  if (e.metaKey || e.altKey || e.defaultPrevented) return true;
  const dialog = target.closest('dialog');
  if (dialog) return dialog.open;
  return target.closest('input, textarea, select') !== null || ((e.key === ' ' || e.key === 'Enter') && target.closest('button, a, summary') !== null);
}

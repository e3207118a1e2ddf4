/** fitting is how many of the widths, the last of which is that of the button for the rest, fit into the room there is. */
export function fitting(widths: readonly number[], room: number): number {
  const pages = widths.slice(0, -1);
  const sum = (n: number) => pages.slice(0, n).reduce((a, w) => a + w, 0);
  if (sum(pages.length) <= room) return pages.length;
  const button = widths[widths.length - 1] ?? 0;
  let n = pages.length - 1;
  while (n > 0 && sum(n) + button > room) n--;
  return n;
}

/** size is a size in words: 12 KB, 3.4 MB. */
export function size(bytes: number): string {
  if (bytes < 1 << 10) return `${bytes} B`;
  return bytes < 1 << 20 ? `${Math.ceil(bytes / (1 << 10))} KB` : `${(bytes / (1 << 20)).toFixed(1).replace(/\.0$/, '')} MB`;
}

// Elements of the page that keyboard and buttons lead to, by id.

export const searchField = 'camera-search';
export const stageElement = 'stage';

export const focusSearch = () => document.getElementById(searchField)?.focus();

/** focusTile gives the focus to a place, once it is drawn. */
export const focusTile = (place: number) => requestAnimationFrame(() => document.getElementById(`tile-${place}`)?.focus());

/** onTile is the place that has the focus, itself or within. */
export function onTile(): number | null {
  const tile = document.activeElement?.closest<HTMLElement>('[data-place]');
  return tile ? Number(tile.dataset.place) : null;
}

export function fullScreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.getElementById(stageElement)?.requestFullscreen();
}

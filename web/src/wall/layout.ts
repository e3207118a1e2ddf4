// A wall is a row of places, laid out in a grid: which grid, and which place lies beside which.

export const layouts = ['1', '4', '9', '16', '25', 'floor'] as const;
export type Layout = (typeof layouts)[number];

export interface Grid {
  columns: number;
  rows: number;
}

export const most = 36; // places a wall has at most: what one sign-in may watch at once is limited

/** placesOf is how many places a layout has for n cameras: that of a floor has as many as it needs. */
export function placesOf(layout: Layout, n: number): number {
  return layout === 'floor' ? Math.min(most, Math.max(1, n)) : Number(layout);
}

/** gridOf is the grid of a layout: that of a floor shows its pictures (16:9) as large as the stage allows. */
export function gridOf(layout: Layout, n: number, stage: { width: number; height: number }): Grid {
  const places = placesOf(layout, n);
  if (layout !== 'floor') return { columns: Math.sqrt(places), rows: Math.sqrt(places) };
  let best: Grid = { columns: 1, rows: places };
  for (let columns = 2; columns <= places; columns++) {
    const grid = { columns, rows: Math.ceil(places / columns) };
    if (height(grid, stage) > height(best, stage) * sideBySide) best = grid;
  }
  return best;
}

const sideBySide = 0.95; // pictures that are hardly smaller stand better side by side

/** height is how high a picture is in a grid, px. */
function height(g: Grid, stage: { width: number; height: number }): number {
  return Math.min(stage.height / g.rows, (stage.width / g.columns) * (9 / 16));
}

/** smallest is the smallest layout with room for n cameras; more than it has room for are left out. */
export function smallest(n: number, upTo: 9 | 25 = 25): Layout {
  return (['1', '4', '9', '16', '25'] as const).find((l) => Number(l) >= n) ?? (String(upTo) as Layout);
}

const gap = 4; // px between places

/** tracks are the width of a column and the height of a row, px: a place has nearly the shape of a picture. */
export function tracks(g: Grid, stage: { width: number; height: number }): { width: number; height: number } {
  const width = (stage.width - gap * (g.columns - 1)) / g.columns;
  const height = (stage.height - gap * (g.rows - 1)) / g.rows;
  const shape = width / height;
  if (shape > 1.88) return { width: (height * 16) / 9, height };
  return shape < 1.68 ? { width, height: (width * 9) / 16 } : { width, height };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** beside is the place next to one in a direction; the same where there is none. */
export function beside(grid: Grid, places: number, from: number, direction: Direction): number {
  const column = from % grid.columns;
  const to = { left: column > 0 ? from - 1 : from, right: column < grid.columns - 1 ? from + 1 : from, up: from - grid.columns, down: from + grid.columns }[direction];
  return to >= 0 && to < places ? to : from;
}

import { go, link, useQuery } from '../url.ts';
import type { Level } from './model.ts';

/** View is what of the page is looked at: the URL's query. */
export interface View {
  place: string; // "": all
  state: Level | '';
  q: string;
  all: boolean; // normal cameras too
  camera: string; // whose details are open
}

const states = ['stopped', 'attention', 'fine'] as const;

export function useView(): [View, (change: Partial<View>) => void] {
  const q = useQuery();
  const view: View = { place: q.get('place') ?? '', state: states.find((s) => s === q.get('state')) ?? '', q: q.get('q') ?? '', all: q.has('all'), camera: q.get('camera') ?? '' };
  const change = (c: Partial<View>) => {
    const v = { ...view, ...c };
    go(link('health', { place: v.place, state: v.state, q: v.q, all: v.all ? '1' : null, camera: v.camera }), !c.camera);
  };
  return [view, change];
}

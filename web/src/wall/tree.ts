import type { Camera } from '../api/types.ts';

// Cameras by where they hang: site, floor, room, in the order of the list.

/** Branch is a site, a floor or a room. Sites without floors have rooms right below them. */
export interface Branch {
  key: string;
  kind: 'site' | 'floor' | 'room';
  name: string; // of a floor: as the files have it, "1F"
  cameras: Camera[];
  branches: Branch[];
}

/** floorOf is the key of the floor (of the site, where it has none) a camera hangs on. */
export const floorOf = (c: Camera) => (c.floor ? `${c.site}/${c.floor}` : c.site);

/** grow puts the cameras into their tree. A room that is all there is of a site is left out. */
export function grow(cameras: readonly Camera[]): Branch[] {
  const sites: Branch[] = [];
  for (const c of cameras) {
    const site = branch(sites, c.site, 'site', c.site_name || c.site, c);
    const floor = c.floor ? branch(site.branches, floorOf(c), 'floor', c.floor, c) : site;
    if (c.room) branch(floor.branches, `${floorOf(c)}/${c.room}`, 'room', c.room, c);
  }
  const prune = (b: Branch) => {
    const [only] = b.branches;
    if (b.branches.length === 1 && only!.kind === 'room' && only!.cameras.length === b.cameras.length) b.branches = [];
    b.branches.forEach(prune);
  };
  sites.forEach(prune);
  return sites;
}

function branch(among: Branch[], key: string, kind: Branch['kind'], name: string, c: Camera): Branch {
  let b = among.find((x) => x.key === key);
  if (!b) among.push((b = { key, kind, name, cameras: [], branches: [] }));
  b.cameras.push(c);
  return b;
}

const fold = (s: string) => s.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** matches looks in number, name and place, blind to width, case and spaces; floorName is how people call the floor. */
export function matches(c: Camera, query: string, floorName: (floor: string) => string): boolean {
  const text = fold([c.number, c.id, c.name, c.site_name, c.floor, floorName(c.floor), c.room].join('\n'));
  return query.normalize('NFKC').split(/\s+/).every((word) => text.includes(fold(word)));
}

/** pages are the cameras in portions of a wall, for the carousel. */
export function pages(cameras: readonly Camera[], places: number): string[][] {
  const out: string[][] = [];
  for (let i = 0; i < cameras.length; i += places) out.push(cameras.slice(i, i + places).map((c) => c.id));
  return out;
}

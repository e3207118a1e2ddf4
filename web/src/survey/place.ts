import { go, link, useQuery } from '../url.ts';

export type Part = 'replies' | 'answers' | 'report';

/** Place is what of the surveys is looked at. */
export interface Place {
  survey: string; // "": the newest
  target: string; // whose reply is open
  part: Part;
}

export const to = (p: Partial<Place>) => link('survey', { s: p.survey, u: p.target, part: p.part === 'replies' ? null : p.part });

export function usePlace(): [Place, (change: Partial<Place>) => void] {
  const q = useQuery();
  const part = (['answers', 'report'] as const).find((x) => x === q.get('part')) ?? 'replies';
  const place: Place = { survey: q.get('s') ?? '', target: q.get('u') ?? '', part };
  return [place, (change) => go(to({ ...place, ...change }))];
}

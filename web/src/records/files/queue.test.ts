import { expect, test } from 'vitest';
import type { Field } from '../../api/records.ts';
import { filled, say } from '../values.ts';
import { refusal } from './queue.ts';
import { size } from './size.ts';

const field: Field = {
  id: 'photos', type: 'files', name: { ja: '写真', en: 'Photos' }, help: { ja: '', en: '' }, unit: { ja: '', en: '' }, options: [], columns: [], rows: [], kind: '', required: false, when: '', is: [], filter: false,
  filing: { most: 2, bytes: 1000, endings: ['.jpg', '.png'] },
};

test('what can be seen of a file is refused before it is sent', () => {
  const why = (name: string, bytes: number, there = 0) => refusal(field, { name, size: bytes }, there)?.kind ?? null;
  expect([why('a.PNG', 1000), why('a.pdf', 1), why('a.png', 1001), why('a.png', 0), why('a.png', 1, 2)]).toEqual([null, 'ending', 'size', 'empty', 'many']);
});

test('sizes are in words', () => {
  expect([size(5), size(1025), size(20 << 20), size(3_565_158)]).toEqual(['5 B', '2 KB', '20 MB', '3.4 MB']);
});

test('files are named in lists, and none are nothing', () => {
  const one = { id: 'x', name: '写真.png', type: 'png', size: 1, sha256: '0', by: 'x', signed: 'x', at: '' };
  expect([say(field, [one], 'ja'), say(field, undefined, 'ja')]).toEqual(['写真.png', '']);
  const kind = { day: '', fields: [field] } as unknown as Parameters<typeof filled>[0];
  expect([filled(kind, { photos: [one] }), filled(kind, { photos: [] })]).toEqual([{ photos: [one] }, {}]);
});

import { expect, test } from 'vitest';
import type { PlanDrawing } from '../api/plans.ts';
import { nearest, neighbour, wedge, words, type Spot } from './geometry.ts';

const spot = (id: string, x: number, y: number): Spot => ({ id, x, y, angle: 0, fov: 90, reach: 100 });
const spots = [spot('a', 100, 100), spot('b', 300, 110), spot('c', 120, 300), spot('d', 900, 100)];

test('a wedge opens about its angle', () => {
  expect(wedge(spot('a', 100, 100))).toBe('M100 100L170.7 29.3A100 100 0 0 1 170.7 170.7z');
  expect(wedge({ ...spot('a', 0, 0), fov: 270 })).toContain('0 1 1');
  expect(wedge({ ...spot('a', 0, 0), fov: 360 })).toContain('a100 100 0 1 1 200 0');
});

test('the nearest camera within reach of the pointer', () => {
  expect(nearest(spots, 110, 105, 30)?.id).toBe('a');
  expect(nearest(spots, 200, 200, 30)).toBeNull();
});

test('arrow keys lead to the camera ahead', () => {
  const [a, b, c, d] = spots as [Spot, Spot, Spot, Spot];
  expect(neighbour(spots, a, 1, 0)?.id).toBe('b');
  expect(neighbour(spots, b, 1, 0)?.id).toBe('d');
  expect(neighbour(spots, a, 0, 1)?.id).toBe('c');
  expect(neighbour(spots, c, 0, -1)?.id).toBe('a');
  expect(neighbour(spots, d, 1, 0)).toBeNull();
});

test('words keep clear of each other and of cameras', () => {
  const room = (name: string, x: number, w: number) => ({ name, zone: 'business' as const, points: [[x, 0], [x + w, 0], [x + w, 300], [x, 300]], label: [x + w / 2, 150] });
  const plan: PlanDrawing = {
    id: 'p', site: 's', site_name: 's', floor: '', name: 's', width: 1000, height: 300, outline: [], walls: [], doors: [], furniture: [],
    rooms: [room('税務（収納）', 0, 200), room('戸籍住民', 200, 600)],
    labels: [{ text: '階段', x: 900, y: 150, minor: true }, { text: '受付', x: 510, y: 150, minor: false }],
    cameras: [spot('a', 180, 150)],
  };
  const texts = (size: number, minor: boolean) => words(plan, size, 10, minor).map((w) => w.text);
  expect(texts(20, true)).toEqual(['戸籍住民', '税務（収納）', '受付', '階段']);
  expect(texts(20, false)).toEqual(['戸籍住民', '税務（収納）', '受付']);
  expect(words(plan, 20, 10, true).find((w) => w.text === '受付')!.y).toBe(118); // aside of the room's name
  expect(texts(40, false)).toEqual(['戸籍住民', '税務', '受付']);
});

import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND, parseInstant } from '../time/instant.ts';
import { bars, centred, clamp, explained, flags, following, labels, length, reveal, rows, ticks, toAt, toX, zoom } from './model.ts';

const now = parseInstant('2017-07-12T05:05:12Z'); // 14:05:12 in Japan
const scale = { view: { from: now - HOUR, to: now }, width: 720 };

test('pixels and moments are each other’s inverse', () => {
  expect(toX(scale, now - 30 * MINUTE)).toBe(360);
  expect(toAt(scale, 360)).toBe(now - 30 * MINUTE);
});

test('zoom keeps the moment under the pointer where it is', () => {
  const about = now - 40 * MINUTE;
  const view = zoom(scale.view, about, 0.5, 30 * DAY, now);
  expect(length(view)).toBe(30 * MINUTE);
  expect(toX({ view, width: 720 }, about)).toBeCloseTo(toX(scale, about));
});

test('zoom stops at its bounds, and the view does not run ahead of now', () => {
  expect(length(zoom(scale.view, now, 1e-9, 30 * DAY, now))).toBe(SECOND);
  const wide = zoom(scale.view, now, 1e9, 30 * DAY, now);
  expect(length(wide)).toBe(30 * DAY);
  expect(clamp(wide, now)).toEqual(wide);
  expect(centred(now, HOUR, now)).toEqual(following(now, HOUR));
});

test('reveal moves as little as it must', () => {
  expect(reveal(scale.view, now - 30 * MINUTE, now)).toBe(scale.view);
  const back = reveal(scale.view, now - 2 * HOUR, now);
  expect(back.from).toBeLessThan(now - 2 * HOUR);
  expect(length(back)).toBe(HOUR);
});

test('ticks fall on round Japanese times and keep their distance', () => {
  const list = ticks(scale, 70);
  expect(list.map((t) => (t.at - parseInstant('2017-07-12T04:00:00Z')) / MINUTE)).toEqual([10, 20, 30, 40, 50, 60]);
  expect(list.filter((t) => t.major).length).toBe(2);
  const month = ticks({ view: { from: now - 30 * DAY, to: now }, width: 720 }, 60);
  expect(month.every((t) => t.label === 'day' && (t.at + 9 * HOUR) % DAY === 0)).toBe(true);
  expect(month.length).toBeLessThanOrEqual(12);
});

test('bars are cut to the view, joined where no pixel lies between, and never invisible', () => {
  const cut = bars(scale, [{ from: 0, to: now - 30 * MINUTE }, { from: now - 30 * MINUTE + 1, to: now + DAY }], 1, true);
  expect(cut).toMatchObject([{ x: 0, w: 720 }]);
  expect(bars(scale, [{ from: now - MINUTE, to: now - MINUTE + 1 }], 2, false)[0]!.w).toBe(2);
});

test('gaps of one cause that touch are one; what nobody has is none', () => {
  const gap = (from: number, to: number, cause: string) => ({ from, to, cause });
  expect(explained([gap(0, 1, 'retention'), gap(1, 2, 'stalled'), gap(2, 3, 'stalled'), gap(3, 4, 'lost'), gap(6, 7, 'lost')]))
    .toEqual([gap(1, 3, 'stalled'), gap(3, 4, 'lost'), gap(6, 7, 'lost')]);
});

test('labels of gaps never touch; the longest is said first', () => {
  const gap = (from: number, to: number) => ({ from: now - from * MINUTE, to: now - to * MINUTE, cause: 'unreachable' });
  const placed = labels(scale, bars(scale, [gap(50, 48), gap(47, 30), gap(10, 9)], 2, false), (g) => g.cause, () => 200);
  expect(placed.map((l) => Math.round(l.x))).toEqual([258, 606]);
});

test('many lanes take no more room than four', () => {
  expect(rows(4, false).shown).toBe(4 * rows(4, false).h);
  expect(rows(16, false).shown).toBe(rows(4, false).shown);
  expect(rows(5, true).h).toBeLessThan(rows(4, true).h);
});

test('a flag says its text where there is room for it before the next', () => {
  const mark = (id: string, minutes: number, text: string) => ({ id, at: now - minutes * MINUTE, text });
  const placed = flags(scale, [mark('b', 20, 'near'), mark('a', 21, 'left out'), mark('c', 90, 'not in view')], () => 60);
  expect(placed.map((f) => [f.of.id, f.text])).toEqual([['a', ''], ['b', 'near']]);
});

import { expect, test } from 'vitest';
import type { CountRow, Hint, HintFigure, Sample } from '../api/oplog.ts';
import { texts } from '../text/index.ts';
import { amount, byDeadline, change, figureName, firstOf, keyName, requestAddress, terminalsOf, wanted } from './say.ts';

const t = texts.ja;
const figure = (f: Partial<HintFigure>): HintFigure => ({ id: 'events', name: { ja: '操作', en: 'operations' }, value: 1, peers: null, low: null, high: null, text: '', ...f });
const hint = (h: Partial<Hint>) => ({ id: 'x', rule: 'H3', due: '', late: false, found: '2026-11-01T00:00:00.000000Z', state: 'new', figures: [], ...h }) as Hint;
const row = (key: string) => ({ key, person: 'abc', staff: { id: 'S1', number: '', name: '', unit: 'koseki', unit_name: '戸籍住民' } }) as CountRow;
const sample = (terminal: string, at: string): Sample => ({ at, terminal, business: '住民記録', action: 'search', person: 'q7qp2ndd', cased: false });

test('what is owed comes first, oldest first; the rest by when it was found', () => {
  const list = [hint({ id: 'old' }), hint({ id: 'late', due: '2026-11-02' }), hint({ id: 'new', found: '2026-11-09T00:00:00.000000Z' }), hint({ id: 'soon', due: '2026-11-30' })];
  expect(list.sort(byDeadline).map((h) => h.id)).toEqual(['late', 'soon', 'new', 'old']);
});

test('a hint that is done is shown where it is asked for', () => {
  expect([wanted(hint({ state: 'done' }), ''), wanted(hint({ state: 'done' }), 'all'), wanted(hint({ state: 'asked' }), 'done'), wanted(hint({ late: true }), 'late')]).toEqual([false, true, false, true]);
});

test('figures are said with what they are about', () => {
  const share = figure({ id: 'share', name: { ja: '割合', en: 'share' }, value: 0.482, peers: 0.09, text: 'f 20–29' });
  expect(figureName(t, share)).toBe('割合（女 20～29歳）');
  expect(figureName(texts.en, share)).toBe('share (women 20–29)');
  expect([amount('share', 0.482), amount('events', 1434), amount('robust_z', 5.26)]).toEqual(['48.2％', '1,434', '5.3']);
  expect(figureName(t, figure({}))).toBe('操作');
});

test('rows are named by what they count', () => {
  expect([keyName(t, 'age', row('4')), keyName(t, 'age', row('20')), keyName(t, 'age', row('-1')), keyName(t, 'hour', row('2-18')), keyName(t, 'sex', row('f')), keyName(t, 'sex', row('')), keyName(t, 'staff', row('S1')), keyName(t, 'pairs', row('S1 abc')), keyName(t, 'area', row('中央一丁目'))])
    .toEqual(['20～24歳', '100歳～', '不明', '水曜 18時台', '女', '不明', 'S1', 'S1 × abc', '中央一丁目']);
  expect([change(110, 100), change(1, 0), change(1, null)]).toEqual([10, null, null]);
});

test('a request for footage is about a terminal of the hint, the busiest first; nothing else is in its address', () => {
  const samples = [sample('T2', '2026-11-20T09:00:00.000000Z'), sample('T1', '2026-11-20T09:24:37.000000Z'), sample('T1', '2026-11-20T09:30:00.000000Z')];
  expect(terminalsOf(samples).map((x) => [x.terminal, x.events.length])).toEqual([['T1', 2], ['T2', 1]]);
  expect(requestAddress('h1', 'T1')).toBe('/evidence?tab=requests&ask=1&hint=h1&terminal=T1');
});

test('a month lies in a fiscal quarter and a fiscal year', () => {
  expect(['2026-01', '2026-03', '2026-04', '2026-12'].map((m) => [firstOf('month', m), firstOf('quarter', m), firstOf('year', m)])).toEqual([
    ['2026-01', '2026-01', '2025-04'], ['2026-03', '2026-01', '2025-04'], ['2026-04', '2026-04', '2026-04'], ['2026-12', '2026-10', '2026-04']]);
});

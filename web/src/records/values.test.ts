import { describe, expect, test } from 'vitest';
import type { Field, Kind } from '../api/records.ts';
import { begun, changed, filled, opened, say, shows } from './values.ts';

const field = (id: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  id, type, name: { ja: id, en: id }, help: { ja: '', en: '' }, unit: { ja: '', en: '' }, options: [], columns: [], rows: [], kind: '', required: false, when: '', is: [], filter: false, ...more,
});
const option = (id: string, ja: string) => ({ id, name: { ja, en: '' } });

const kind = {
  day: '',
  fields: [
    field('day', 'date'), field('by', 'choice', { options: [option('staff', '指定職員'), option('head', '管理職')] }), field('to', 'person', { when: 'by', is: ['staff'] }),
    field('areas', 'choices', { options: [option('a', '執務室'), option('b', '書庫')] }), field('drill', 'yes'), field('n', 'number', { unit: { ja: '分', en: 'min' } }),
    field('checks', 'table', { rows: ['施錠', '鍵'], columns: [field('item', 'line'), field('result', 'choice', { options: [option('ok', '○')] }), field('note', 'line', { when: 'result', is: ['bad'] })] }),
  ],
} as Kind;

describe('a form of any kind', () => {
  test('a field is there only when its condition holds', () => {
    const to = kind.fields[2]!;
    expect([shows(to, {}), shows(to, { by: 'head' }), shows(to, { by: 'staff' })]).toEqual([false, false, true]);
  });
  test('it begins with the rows that are given, and they alone are nothing', () => {
    expect(begun(kind, '2017-06-01')).toEqual({ checks: [{ item: '施錠' }, { item: '鍵' }] });
    expect(filled(kind, begun(kind, ''))).toEqual({});
    expect(begun({ ...kind, day: 'day' }, '2017-06-01')['day']).toBe('2017-06-01');
  });
  test('what is empty, or hidden, is not sent', () => {
    expect(filled(kind, { day: '2017-06-01', by: 'head', to: 'x', areas: [], drill: false, n: '', checks: [{ item: '施錠', result: 'ok', note: 'x' }, { item: '鍵' }] }))
      .toEqual({ day: '2017-06-01', by: 'head', checks: [{ item: '施錠', result: 'ok' }] });
  });
  test('only what differs is sent, and null empties', () => {
    const before = { day: '2017-06-01', by: 'staff', to: 'x', n: 5, checks: [{ item: '鍵', result: 'ok' }] };
    expect(changed(kind, before, { ...opened(kind, before), by: 'head', n: '15' })).toEqual({ by: 'head', to: null, n: 15 });
    expect(opened(kind, before)['checks']).toEqual([{ item: '施錠' }, { item: '鍵', result: 'ok' }]);
  });
  test('values are said in words', () => {
    expect([say(kind.fields[1]!, 'staff', 'ja'), say(kind.fields[1]!, 'staff', 'en'), say(kind.fields[3]!, ['a', 'b'], 'ja'), say(kind.fields[4]!, true, 'ja'), say(kind.fields[5]!, 15, 'ja'), say(kind.fields[0]!, undefined, 'ja')])
      .toEqual(['指定職員', '指定職員', '執務室、書庫', '○', '15 分', '']);
    expect(say(kind.fields[6]!, [{ item: '施錠', result: 'ok' }], 'ja')).toBe('施錠｜○');
  });
});

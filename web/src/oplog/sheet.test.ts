import { expect, test } from 'vitest';
import { decoded, parse, wordsOf } from './sheet.ts';

test('the beginning of a log is read in either encoding, quotes and all', () => {
  expect(decoded(new TextEncoder().encode('日時,処理').subarray(0, -1))).toBe('日時,処');
  expect(decoded(new Uint8Array([0x93, 0xfa, 0x8e, 0x9e]))).toBe('日時');
  const b = parse('\ufeff日時,"処 ""x""",件\r\n1,"a,b",K\r\n2,c,S\r\n3,c,K\r\n4,cut', true);
  expect(b.headings).toEqual(['日時', '処 "x"', '件']);
  expect(b.rows).toEqual([['1', 'a,b', 'K'], ['2', 'c', 'S'], ['3', 'c', 'K']]);
  expect(wordsOf(b, '件')).toEqual(['K', 'S']);
  expect(wordsOf(b, 'ない')).toEqual([]);
  expect(parse('a\tb\n1\t2', false).rows).toEqual([['1', '2']]);
});

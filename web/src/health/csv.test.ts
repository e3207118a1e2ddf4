import { expect, test } from 'vitest';
import { csv } from './csv.ts';

test('a table for spreadsheets', () => {
  expect(csv([['番号', '名'], ['A1-01', '窓口 "東", 奥'], [-1.5, null]])).toBe('\uFEFF番号,名\r\nA1-01,"窓口 ""東"", 奥"\r\n-1.5,\r\n');
});

test('no text becomes a formula', () => {
  expect(csv([['=1+1', '+81', '-x', '@a', '＝1', '\t=1']])).toBe("\uFEFF'=1+1,'+81,'-x,'@a,'＝1,'\t=1\r\n");
});

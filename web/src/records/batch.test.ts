import { expect, test } from 'vitest';
import { inductions, nobody, pasted } from './batch.ts';

test('cells of a spreadsheet go into the rows, and staff numbers keep their zeros', () => {
  const rows = pasted([nobody], '00012\t見本　花\tミホン　ハナ\t窓口\r\n00013\t例示　葉\tレイジ　ハ\n', 0, 0);
  expect(rows).toEqual([{ staff: '00012', name: '見本　花', kana: 'ミホン　ハナ', work: '窓口' }, { staff: '00013', name: '例示　葉', kana: 'レイジ　ハ', work: '' }]);
  expect(pasted([nobody], 'one', 0, 0)).toBeNull();
  expect(inductions([...rows!, nobody], { kind: 'fiscal', place: '', terminal: true })).toEqual([
    { kind: 'fiscal', terminal: true, staff: '00012', name: '見本　花', kana: 'ミホン　ハナ', work: '窓口' }, { kind: 'fiscal', terminal: true, staff: '00013', name: '例示　葉', kana: 'レイジ　ハ' },
  ]);
});

/** forms is the text of printed forms and of the page that follows their codes. */
export const forms = {
  menu: '様式', menuLabel: '様式（PDF）', each: (name: string) => `${name}（一覧の1件ずつ）`, ofUnit: (name: string, unit: string) => `${name}　${unit}`, opens: '新しいタブで開きます', units: '所属',
  code: {
    page: '用紙の読み取り', lead: '用紙のQRコードを読み取るか、番号を入力すると、その記録が開きます。', field: 'コードまたは番号', hint: '例 R8研-12。キーボード入力型の読取機は、この欄にそのまま読み取れます。', go: '開く', looking: 'さがしています…', gone: 'そのコードの記録がないか、あなたの職では見られません。', title: '読み取る',
    how: '読み取れる用紙', list: ['記録票（すべての記録）', '任用時研修記録・同意書', '指定メモ用紙', '私物情報機器使用承認書', '巡回点検票（所属の新しい記録が始まります）'],
  },
};

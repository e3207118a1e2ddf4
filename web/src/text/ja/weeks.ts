/** weeks is the text of awareness week by week: the bar, the matrix, 今週の一言. */
export const weeks = {
  page: '啓発の週表', list: '一覧', year: (n: number, era: string) => `${era}度（${n}年4月～）`, earlier: '前の年度', later: '次の年度', pager: '年度', print: '年間実施一覧',
  word: '今週の一言', out: (day: string) => `${day} 公開`, read: '読み上げる言葉', none: '公開中の「今週の一言」はありません', noneWhy: '情報安全担当が金曜日に公開すると、ここに出ます。', write: '今週の一言を書く', writeNote: '公開日を先の金曜日にすると、その日に各所属へ出ます。',
  method: '方法', methods: { morning_meeting: '朝礼', meeting: 'ミーティング', email: 'メール', circular: '回覧' } as Record<string, string>, present: '参加人数', done: '実施した', doneIn: (unit: string) => `${unit}で実施した`, doneAll: (n: number) => `${n}所属すべてで実施した`, told: '実施済', saved: (n: number) => (n === 1 ? '啓発の実施を記録しました' : `${n}所属の啓発の実施を記録しました`), open: (unit: string) => `${unit}の記録を開く`,
  confirmed: (n: number, of: number) => `${n} / ${of} 所属で実施済`, bars: '所属ごとの週', unit: '所属', count: '実施週', rate: (n: number, of: number) => `${n} / ${of}週`,
  states: { done: '実施', missing: '未実施', current: '今週', ahead: 'これから', free: '対象外の週' } as Record<string, string>,
  week: (from: string, to: string, state: string) => `${from}～${to}　${state}`, short: (m: number, d: number) => `${m}/${d}`, months: (m: number) => `${m}月`,
  free: '開庁日が1日以下の週は数えません。',
  paper: { title: '啓発 年間実施一覧', back: '週表に戻る', print: '印刷する', marks: '■ 実施　× 未実施　□ 今週・これから　／ 対象外の週（開庁日が1日以下）', made: '啓発の記録から作成' },
};

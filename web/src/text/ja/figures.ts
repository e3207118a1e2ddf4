/** figures is the text of 実施状況, a part of the page /records. */
export const figures = {
  page: '実施状況', lead: (year: string, day: string) => `${year}　${day}時点`, overview: '実施状況の一覧', overviewNote: '項目を選ぶと、部ごとの状況が出ます', ward: '区全体', mine: '見られる部署の合計',
  year: '年度', yearOption: (era: string, y: number) => `${era}（${y}年度）`, at: 'いつの時点か', dayHint: '例 R8.9.30', badDay: '今日までの日付を、R8.9.30 や 2026-09-30 の形で入力してください。', show: '表示する', today: '今日', lastMonth: '前月末',
  past: (day: string) => `${day}の終わりに記録されていた数字です。その後の訂正は含みません。`,
  parts: { done: '実施', late: '遅れて実施', missing: '未実施', open: '期限前' },
  heads: { what: '項目', rule: '基準', bar: '割合', rate: '実施率', before: '前年同期比', due: '対象', unit: '所属' }, noBefore: '前年同期の記録がありません',
  byUnit: (what: string) => `${what}の状況`, level: '表示の単位', departments: '部', units: '部署', report: '報告書', reportOf: (name: string) => `${name}の運用状況報告書`,
  paper: {
    title: '運用状況報告書', back: '実施状況へ戻る', gone: 'この部の数字は見られません', goneWhy: '所属が変わったか、見られる職ではありません。', whole: '4月1日～3月31日', until: (day: string) => `4月1日～${day}`, boxes: ['部長', '統括管理者', '作成者'],
    heads: ['項目', '基準', '割合', '実施率', '前年差', '対象', '実施', '遅れ', '未実施', '期限前'],
    first: '1　取組の実施状況', second: '2　分野別（実施／期限の来たもの）', third: '3　特記事項', made: '記録から自動作成', note: (day: string) => `${day}の終わりに記録されていた内容による。実施率は、期限の来たもののうち実施したもの（遅れて実施したものを含む）の割合。前年差は1年前の同じ時点との差（ポイント）。`,
  },
};

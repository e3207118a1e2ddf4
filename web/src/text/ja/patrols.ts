/** patrols is the text of the month of patrols: the grid, and the 月間巡回記録簿. */
export const patrols = {
  page: '月間巡回表', views: '表示', month: '月間表', list: '一覧', unit: '所属', monthOf: (y: number, m: number) => `${y}年${m}月`, earlier: '前の月', later: '次の月', pager: '月',
  mode: '押したときの記録', fine: '指摘なし', found: '指摘あり', modeNote: { fine: 'マスを押すと「指摘なし」で記録します', found: 'マスを押すと、指摘を書く様式が開きます', read: '所属の巡回を見ています' },
  reportTo: '報告先', copy: '前の開庁日と同じ', copied: (n: number) => `前の開庁日と同じ${n}枠を記録しました`, print: '月間巡回記録簿',
  none: '枠なし', noneArea: '職場全体', slotsHint: '巡回枠を登録すると、区域と時間帯ごとの行になります。', slotsLink: '巡回枠を登録する',
  weekdays: ['日', '月', '火', '水', '木', '金', '土'], slot: '巡回枠', day: (m: number, d: number, w: string) => `${m}月${d}日（${w}）`,
  legend: { fine: '指摘なし', found: '指摘', told: '報告済・確認待ち', draft: '下書き・未報告', today: '本日' }, told: '報',
  cell: {
    empty: '未実施', future: 'これから', press: '押すと記録', fine: '指摘なし', found: (n: number) => `指摘${n}件`, told: '報告済・確認待ち', draft: '下書き・未報告', closed: '閉庁日', by: (names: string) => `実施 ${names}`,
  },
  sum: { done: (n: number) => `${n}回実施`, days: (n: number, of: number) => `${n} / ${of}日`, found: (n: number) => `${n}件 指摘`, told: (n: number) => `${n}件 確認待ち`, draft: (n: number) => `${n}件 未報告` },
  saved: (what: string) => `${what}を「指摘なし」で記録しました`, closedDay: (what: string) => `${what}は閉庁日です。巡回として記録しました`,
  write: (what: string) => `${what}　指摘のある巡回`, open: '記録を開く', takeBack: '取り消す', takeBackTitle: '巡回の記録を取り消す', reason: '取消の理由', slip: '押し間違い', taken: '取り消しました', go: '取り消す', cancel: 'やめる',
  by: { manager: '管理職', executing_officer: '執行責任者', designated: '指定職員' } as Record<string, string>,
  keys: '矢印キーで移動、Enterで記録、Xで指摘を書く', grid: (unit: string, month: string) => `${unit}　${month}の巡回`,
  book: {
    title: '月間巡回記録簿', back: '月間表に戻る', print: '印刷する', approval: ['部長', '統括管理者', '執行責任者', '担当'], day: '日', weekday: '曜', notes: '指摘・備考', count: '実施回数', days: '実施日数', found: '指摘件数', waiting: '確認待ち',
    times: (n: number) => `${n}回`, daysOf: (n: number, of: number) => `${n} / ${of}日`, cases: (n: number) => `${n}件`, foundIn: (label: string, n: number) => `${label} 指摘${n}件`, more: (n: number) => `ほか${n}件`,
    marks: '○ 指摘なし　△ 指摘あり　報 報告済・確認待ち　下 下書き　／ 閉庁日', draft: '下', made: '巡回の記録から作成',
  },
};

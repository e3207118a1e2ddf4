/** debts is the text of 本日の対応 beyond the list: several at once, reminders, last year's plan, forty inductions. */
export const debts = {
  pick: (what: string) => `${what} を選ぶ`, pickAll: '1回で進められるものをすべて選ぶ', act: '手続', chosen: (n: number) => `${n}件を選択中`, go: (n: number) => `選んだ${n}件をまとめて進める`, done: (n: number) => `${n}件を進めました`, refused: (n: number) => `${n}件が進められないため、どれも進めていません。`, open: '開く', clear: '選択をやめる', oneOf: (move: string, what: string) => `${what}　${move}`,
  chase: {
    title: '督促', note: (n: number) => `${n}人に残りがあります`, none: '期限の来た対応が残る人はいません', go: '全員に督促する', hint: '受信箱に知らせます。1人1日1回までです。', done: (n: number) => `${n}人に督促しました`, heads: { who: '氏名', unit: '所属', count: '残り', oldest: '最も古い期限', chased: '前回の督促' }, never: '－', count: (n: number) => `${n}件`,
  },
  copy: {
    button: '前年度の計画を写す', title: (kind: string, year: string) => `${kind}　${year}度の計画`, lead: '前年度の記録から、次の下書きを作ります。日付は1年後の開庁日に移します。', none: '前年度に写せる記録がありません。', there: '作成済', fresh: '作成する', heads: { of: '前年度', title: '今年度の下書き', unit: '所属', state: '扱い' }, go: (n: number) => `${n}件の下書きを作る`, done: (n: number) => `${n}件の下書きを作りました`, cancel: 'やめる',
  },
  batch: {
    button: 'まとめて記録する', title: '任用時研修をまとめて記録する', lead: '4月1日など、同じ日に任用した人の研修を一度に記録します。Excelの表から貼り付けられます。', shared: '全員に共通の内容', people: '任用した人', unit: '所属', row: (n: number) => `${n}人目`, remove: (n: number) => `${n}人目を消す`, add: '行を加える', count: (n: number) => `${n}人`,
    go: (n: number) => `${n}人分を記録する`, done: (n: number) => `${n}人分の研修を記録しました`, refused: (n: number) => `${n}か所を直してください。だれの記録も書いていません。`, materialHint: '使用中の共通教材', noMaterial: '使用中の共通教材がありません。先に研修教材を登録してください。', paste: '職員番号・氏名・フリガナ・業務内容の順に貼り付けられます', back: '一覧に戻る', trained: '研修日が任用初日と同じなら「研修済」で記録します', whole: '行全体',
  },
};

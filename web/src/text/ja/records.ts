/** records is the text of the page /records: the ward's other information-security records. */
export const records = {
  page: '記録', owed: '本日の対応', kinds: '記録の種類', ward: '区全体', lead: '自分の所属の記録です。確定した記録は書き換えず、理由を付けて訂正します。',
  groups: { daily: '日々の取組', staff: '職員・機器', place: '区域・端末・システム', isms: 'ISMS', people: '周知・問合せ' },

  list: {
    search: 'さがす', searchHint: '番号・氏名・内容の一部', state: '状態', unit: '所属', from: '自', to: '至', all: 'すべて', dayHint: '例 2017-06-01', badDay: '日付は 2017-06-01 の形で入力してください。',
    found: (n: number) => `${n.toLocaleString('ja-JP')}件`, none: 'まだ記録がありません', noneWhy: (kind: string) => `「新しく記録する」から、最初の${kind}を記録できます。`, noneRead: 'ここには、所属の人が記録したものが並びます。', nothing: '一致する記録はありません', nothingWhy: '条件を減らしてください。', clear: '条件を消す',
    number: '番号', unitHead: '所属', stateHead: '状態', day: '日', more: '続きを読む', add: '新しく記録する', uncovered: 'カメラのない端末', take: '取り込む', give: '書き出す', csv: 'CSV', xlsx: 'Excel', template: '様式（Excel）',
  },

  owe: {
    title: '本日の対応', note: (n: number) => (n === 0 ? '' : `${n}件`), none: 'いま対応するものはありません', noneWhy: '期限が7日以内に来るものと、過ぎたものがここに並びます。', late: (n: number) => `${n}日超過`, today: '今日まで', left: (n: number) => `あと${n}日`,
    heads: { due: '期限', what: '対応', record: '記録', unit: '所属' }, unseen: '後閲', lacking: '行われていないもの', lackingNote: '基準の日数や週のうちに記録がありません', unseenNote: '代理の人が、あなたに代わって決裁しました。', table: '対応するもの',
  },

  form: {
    create: (kind: string) => `${kind}を記録する`, edit: '編集する', correct: '訂正する', unit: '所属', reason: '訂正の理由', reasonHint: '前の内容とともに残ります', save: '保存する', saving: '保存しています…', cancel: 'やめる', required: '必須', optional: '任意',
    choose: '選んでください', date: '年-月-日', addRow: '行を加える', removeRow: (n: number) => `${n}行目を消す`, find: { person: '名前・職員番号で探す', unit: '所属の名前で探す', link: '番号・題名で探す' }, check: '入力を確かめてください。', problem: (n: number) => `${n}か所を直してください。`, saved: '保存しました', rowOf: (name: string, n: number) => `${name} ${n}行目`,
  },

  sheet: {
    close: '閉じる', gone: 'この記録はありません', gonePeriod: '消されたか、見られる職ではなくなりました。', history: '経過', version: (n: number) => `第${n}版`, values: '内容', empty: '－', by: (who: string, when: string) => `${who}　${when}`, print: '印刷する', link: (label: string) => `${label} を開く`, referred: 'この記録を参照する記録', moreReferred: 'ほかにもあります。一覧で番号を検索してください。', deputy: '代決', see: '後閲する', seen: '後閲を記録しました', moved: (what: string) => `「${what}」を記録しました`, changedFields: (names: string) => `変更：${names}`,
    what: { create: '記録', edit: '編集', correct: '訂正', see: '後閲' } as Record<string, string>, reason: '理由', needs: (what: string) => `「${what}」に必要な内容`, go: 'この内容で進める',
  },

  take: {
    title: (kind: string) => `${kind}を取り込む`, choose: 'ファイルを選ぶ', hint: 'CSV（UTF-8・CP932）かExcelブック、10MBまで。1行が1件です。', checking: '確かめています…', taking: '取り込んでいます…', fine: '取り込めます', counts: (n: number, changed: number, same: number) => `新規 ${n}件　変更 ${changed}件　変わらず ${same}件`, bad: (n: number) => `${n}か所に誤りがあります。何も取り込んでいません。`,
    heads: { line: '行', column: '列', what: '内容' }, row: '行全体', take: '取り込む', again: '別のファイルを選ぶ', done: (n: number) => `${n}件を取り込みました`, nothing: '変わるものはありません', template: '様式をダウンロードする', most: 'はじめの500か所を示しています。',
  },

  paper: { confidential: '取扱注意', printed: (who: string, when: string) => `印刷　${who}　${when}`, number: '番号', unit: '所属', state: '状態', versionNote: (n: number) => `第${n}版` },
};

/** survey is the text of the page /survey. */
export const survey = {
  page: '調査', lead: '各部署の取組みを照会し、回答から報告書を作ります。', ownLead: '所属の回答を書いて承認を受けると、取りまとめの担当に届きます。',
  which: '調査', parts: { label: '表示するもの', replies: '回答状況', answers: '主な回答', report: '報告書' },
  none: 'お答えいただく調査はありません', noneWhy: '調査が始まると、ここと受信箱に届きます。', noneKeep: '調査はまだありません', noneKeepWhy: '「調査を準備する」から、期間と目的を決めて始めます。',
  states: { preparing: '準備中', asking: '照会中', collecting: '取りまとめ中', checking: '確認中', final: '確定' },
  replyStates: { untouched: '未着手', draft: '入力中', waiting: '承認待ち', submitted: '提出済', returned: '差戻し', confirmed: '確定' },
  period: (from: string, to: string) => `${from}～${to}`,
  moves: { open: '照会を始める', collect: '取りまとめに進む', check: '確認に進む', settle: '確定する', reopen: '照会に戻す', back: '取りまとめに戻す' } as Record<string, string>,
  moved: (state: string) => `${state}にしました`,
  summary: '進み具合', progress: (done: number, all: number) => `${all}部署のうち${done}部署が提出`, byCategory: '区分別', head: { category: '区分', all: '部署', done: '提出', share: '割合' },
  chase: '督促する', chased: (n: number) => `${n}部署に督促を届けました`, chaseNote: (n: number, day: string) => `督促 ${n}回（最近 ${day}）`, chaseHint: '未提出のすべての部署の受信箱に届きます。2回目からは部長にも届きます。',
  confirmAll: '提出済をまとめて確定する', confirmedAll: (n: number) => `${n}部署の回答を確定しました`,
  list: '部署', found: (n: number) => `${n}部署`, search: '部署名', filter: '状態', all: 'すべて', missing: '未提出', columns: { name: '部署', category: '区分', state: '状態', changed: '最終更新' }, nothing: '条件に合う部署はありません', clear: '条件を消す', open: (name: string) => `${name}の回答を開く`,
  reply: {
    label: (name: string) => `${name}の回答`, close: '閉じる', pick: '部署を選ぶと、回答をここに表示します', required: '未回答', prefilled: '記録から', take: 'この回答を使う', source: (s: string) => `${s}から入れました。確かめてください。`, differs: (s: string) => `記録（${s}）では別の回答です。`, none: '（回答なし）',
    save: '保存する', saving: '保存しています…', saved: '保存しました', wrong: (n: number) => `${n}か所を確かめてください。`, reason: '理由', reasonHint: '相手に伝わります。', cancel: 'やめる',
    moves: { submit: '承認を求める', approve: '承認して提出する', return: '差し戻す', confirm: '回答を確定する', send_back: '部署へ差し戻す' } as Record<string, string>,
    moved: { submit: '承認を求めました', approve: '提出しました', return: '差し戻しました', confirm: '確定しました', send_back: '差し戻しました' } as Record<string, string>,
    history: 'これまでの経過', what: { save: '保存', quote: '主な回答の編集', sample: '見本の取り込み' } as Record<string, string>, because: (r: string) => `理由：${r}`, unsaved: '保存していない変更があります。', returned: '差し戻されています。理由は下の経過にあります。',
  },
  answers: {
    title: '主な回答', lead: '報告書に載せる回答を選びます。原文は残り、編集した文が報告書に載ります。', none: '文章の回答はまだありません', noneWhy: '提出された回答のうち、文章のあるものがここに並びます。', main: '報告書に載せる', mainLong: (name: string) => `${name}の回答を報告書に載せる`, edit: '編集する', editLong: (name: string) => `${name}の回答を編集する`, original: '原文', edited: '報告書の文', hint: '空にすると原文のまま載ります。', save: '保存する', saved: '主な回答を保存しました', count: (n: number, all: number) => `${all}件のうち${n}件を掲載`,
  },
  report: { print: '印刷する', text: 'テキスト', pdf: 'PDF', xlsx: 'Excelの表', label: '報告書', notYet: '照会を始めると、報告書の案を見られます', draft: '提出された回答だけで作った案です。' },
  create: {
    edit: '調査の内容を直す', keep: '保存する', kept: '調査の内容を直しました',
    button: '調査を準備する', title: '調査を準備する', name: '略号', nameHint: '半角の英小文字・数字・ハイフン。例　r8-1', titleField: '件名', purpose: '調査の目的', from: '開始日', to: '締切', since: '記録の対象期間の初日', sinceHint: 'この日から締切までの記録を、回答にあらかじめ入れます。', asOf: '報告書の日付', day: '2026-06-01', save: '準備する', done: '調査を準備しました', cancel: 'やめる',
    titleDefault: '情報セキュリティ強化に向けた取組みの実施状況について',
  },
  ask: { title: (what: string) => what, go: '進める', reason: '理由' },
};

/** inbox is the text of the page /inbox, and of reports wherever they are shown. */
export const inbox = {
  page: '受信箱',
  unread: (n: number) => `未読 ${n}件`, allRead: '未読はありません',
  list: '一覧', views: '表示するもの', arrived: '届いたもの', reports: '連絡', filter: '状態',
  none: 'いま届いているものはありません', noneBody: '連絡・承認の依頼・確認の残りなど、あなたの対応や返事が届くとここに並び、上のベルに件数が出ます。',
  pick: '一覧から選ぶと、内容をここに表示します', gone: 'この連絡は、対応が済んだか取り下げられました',
  isUnread: '未読',
  kinds: { emergency: '緊急閲覧', report: '連絡', receipt: '受領', outcome: '結果', approval: '承認待ち', duty: '確認の残り', recovery: '承認待ち', token: '確認待ち', inquiry: '照会', review: '閲覧監査', review_month: '閲覧監査', rights_lines: '権限の棚卸', rights_objection: '終了の依頼' },
  say: {
    report: (from: string) => `${from}からの連絡`, receipt: '連絡が受領されました', outcome: (o: string) => `連絡の結果：${o}`,
    cameras: (n: number) => `カメラ設定 第${n}版の承認`, policies: (n: number) => `権限規則 第${n}版の承認`, appointment: (name: string, title: string) => `任用の承認：${title}　${name}`,
    emergency: (name: string) => `緊急閲覧：${name}`, grant: (name: string) => `期限付きの権限の承認：${name}`, duty: (unit: string, left: number) => `${unit}の確認があと${left}回`, recovery: (name: string) => `サインインの回復の承認：${name}`, token: (label: string) => `APIトークンの確認：${label}`, inquiry: (place: string) => `閲覧状況の照会：${place}`,
    review: 'あなたの閲覧についての照会', reviewMonth: (month: string, left: number) => `${month}の閲覧監査　要対応${left}件`, rightsLines: (left: number) => `アクセス権棚卸　要確認${left}行`, rightsObjection: (n: number) => `任用の終了の依頼　${n}件`,
  },
  approval: {
    asked: '依頼した人', since: '依頼日時', what: '内容',
    cameras: '映像を見られる範囲・所管・保存期間のどれかを広げる、または変える設定です。承認されるまで効力はありません。',
    grant: '職の権限のほかに、期限を決めて映像を見る権限です。申請した人と本人のほかの危機管理担当が決めます。',
    policies: '映像を見られる範囲を広げる規則です。承認されるまで効力はありません。',
    appointment: '映像を見る権限が付く任用です。依頼した人とは別の人が承認します。',
    go: '変わるところを見て決める', goPeople: '承認の画面へ', unit: '所属', person: '対象者',
  },
  signIn: {
    recovery: (from: string, name: string) => `${from}が、${name}のサインインの回復を依頼しました。依頼した人と本人のほかの人が承認します。`, goRecovery: 'サインインの回復を開く',
    token: (from: string, label: string) => `${from}が、あなたの権限で使うAPIトークン「${label}」を作りました。設定の画面で確認するまで使えません。覚えがなければ、無効にしてください。`, goToken: '設定を開く',
  },
  inquiry: { body: (place: string) => `${place}に映った方から、映像を見た者がいるかどうかの照会が届いています。監査ログから回答してください。`, go: '閲覧状況の照会を開く' },
  emergency: { body: (name: string) => `${name}が緊急閲覧を始めました。終わったあと、見た内容を確認して所見を記録してください。所見が記録されるまで、ここに残ります。`, go: '緊急閲覧を開く' },
  review: { asked: (who: string) => `${who}が、あなたの閲覧について事情をたずねています。何の業務で必要だったかを回答してください。`, month: (month: string, left: number, all: number) => `${month}の閲覧から抽出した${all}件のうち、${left}件があなたの対応を待っています。`, go: '閲覧監査を開く' },
  rights: { lines: (left: number, all: number) => `あなたが確認する${all}行のうち、${left}行が残っています。職と映像の権限がいまも必要かを、一行ずつ確かめてください。`, objection: (n: number) => `棚卸で異議のあった任用が${n}件、まだ有効です。理由を読み、必要な終了をしてください。`, go: '棚卸を開く' },
  duty: { body: (unit: string, done: number, rounds: number) => `${unit}は、今月の規準${rounds}回のうち${done}回を確認しました。月末までに残りを確認してください。`, go: '今回の確認を開く' },

  report: {
    label: (camera: string) => `連絡：${camera}`, state: { sent: '未受領', received: '受領済み', investigating: '調査中', no_issue: '問題なし', handled: '対応済み' },
    steps: { sent: '送信', received: '受領', outcome: '結果' }, waiting: '危機管理の受領を待っています', working: '結果を待っています',
    moment: '場面', camera: 'カメラ', others: 'ほかのカメラ', unit: '所管', from: '連絡した人', note: '内容', answer: '危機管理からの返事', see: 'この場面を見る', seeAll: 'すべてのカメラで見る', who: '読めるのは、連絡した人と危機管理担当だけです。',
    receive: '受領する', received: '受領しました', own: '自分の連絡は、ほかの危機管理担当が扱います。',
    outcome: '結果', outcomes: { no_issue: '問題なし', handled: '対応済み', investigating: '調査中' }, outcomeHint: '問題なし・対応済みは、この連絡を完了にします。', text: '連絡した人への返事', textHint: '何を確かめ、どうしたか。', long: '2,000字までで入力してください。', decide: '結果を記録する', decided: '結果を記録しました', failed: '記録できませんでした',
    filters: { open: '対応中', closed: '完了', all: 'すべて' }, none: { open: '対応中の連絡はありません', closed: '完了した連絡はありません', all: '連絡はありません' }, count: (n: number) => `${n}件`,
  },
};

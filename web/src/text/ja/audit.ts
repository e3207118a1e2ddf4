/** audit is the text of the page /audit. */
export const audit = {
  page: '閲覧の記録',
  table: '記録', shown: (n: number, more: boolean) => (more ? `新しい順に${n}件を表示` : `${n}件`), again: '新しい記録を読む', more: 'さらに読み込む', further: 'さらに前をさがす',
  lead: {
    all: 'すべての閲覧と操作。映像は見られません', floors: '所管の映像をだれが見たかと、自分の記録', own: '自分の記録。だれが何のために見たかは、すべてこのように残ります',
    person: (name: string) => `${name} の記録`, camera: (name: string) => `${name} の記録`,
  },
  scope: { label: 'だれの記録', all: 'すべて', floors: '所管と自分', me: '自分の記録' },
  columns: { when: '日時', who: 'だれが', what: '操作', camera: 'カメラ', seen: '見た映像の範囲', purpose: '目的・事案', hints: '兆候' },
  seq: (n: number) => `第${n.toLocaleString('ja-JP')}件`, running: '表示中', live: 'ライブ', notYet: '範囲は終了後に記録', nothingSeen: '映像は表示されませんでした',
  none: '条件に合う記録はありません', noneWhy: '条件をゆるめるか、期間を広げてください。', nothing: '記録はまだありません', nothingWhy: 'サインインや映像の閲覧をすると、ここに残ります。',

  chain: {
    label: '記録の状態', ok: '記録の鎖は外部に控えられています', late: '5分以上、新しい控えがありません', none: 'まだ外部に控えがありません', unknown: '記録の状態を読み込めません',
    last: '最後の記録', row: (n: number) => `第${n.toLocaleString('ja-JP')}件`, value: '値', anchor: '外部の控え', noAnchor: 'なし', ago: (d: string) => `${d}前`, why: '値を控えておくと、あとから書き換えられていないことを確かめられます',
  },

  filters: {
    label: '記録をしぼり込む', all: (what: string) => what, who: '人', camera: 'カメラ', action: '操作', outcome: '結果', purpose: '目的', unit: '部署', from: '期間の初日', to: '期間の末日', day: '年/月/日', badDay: '日付として読めません（例　2026/11/26、R8.11.26）', hints: '兆候のみ', clear: '条件を消す',
  },

  outcomes: { ok: '実行', refused: '拒否', failed: '失敗' } as Record<string, string>,
  actions: {
    'view.live': 'ライブの閲覧', 'view.past': '過去映像の閲覧', 'view.still': '静止画の閲覧', 'still.keep': '静止画の保存',
    'bookmark.add': 'しおりの追加', 'bookmark.change': 'しおりの変更', 'bookmark.remove': 'しおりの削除',
    'oplog.import': '操作ログの取込み', 'oplog.staff': '職員の名簿の取込み', 'oplog.erased': '媒体の消去の記録', 'oplog.read': '操作ログの閲覧', 'oplog.export': '操作ログの書き出し', 'oplog.hint': '兆候の対応', 'oplog.identify': '再識別の手続', 'oplog.profile': '取込みの定義',
    'survey.create': '調査の準備', 'survey.amend': '調査の準備の変更', 'survey.move': '調査の手続', 'survey.chase': '調査の督促', 'survey.save': '調査の回答の保存', 'survey.reply': '調査の回答の手続', 'survey.quote': '主な回答の編集', 'survey.export': '調査報告の書き出し', 'survey.units': '部署一覧の更新',
    'record.create': '記録の作成', 'record.edit': '記録の編集', 'record.move': '記録の手続', 'record.correct': '記録の訂正', 'record.see': '記録の後閲', 'record.import': '記録の取り込み', 'record.export': '記録の書き出し', 'record.print': '記録の印刷', 'record.attach': 'ファイルの添付', 'record.download': '添付ファイルの取得',
    'duty.draw': '確認の場面を選出', 'duty.mark': '確認の結果', 'duty.norm': '規準の変更', 'report.send': '危機管理へ連絡', 'report.receive': '連絡の受領', 'report.outcome': '連絡の結果',
    'session.sign-in': 'サインイン', 'session.sign-out': 'サインアウト', 'session.purpose': '目的の申告', 'session.step-up': '本人の再確認', 'session.end': 'サインインの終了',
    'person.add': '利用者の登録', 'person.edit': '利用者の変更', 'person.import': '利用者の取り込み', 'person.disable': '利用者の停止', 'person.enable': '利用者の再開', 'person.directory': '認証の切り替え',
    'person.appoint': '任用', 'person.appoint.approve': '任用の承認', 'person.appoint.refuse': '任用の差し戻し', 'person.appoint.end': '任用の終了', 'person.password': 'パスワードの変更', 'person.factor.add': '認証手段の登録', 'person.factor.remove': '認証手段の削除', 'person.codes': '確認コードの許可',
    'person.token': 'APIトークンの作成', 'person.token.confirm': 'APIトークンの確認', 'person.recovery.ask': '回復の依頼', 'person.recovery.decide': '回復の承認', 'person.recovery.use': '回復の実行',
    'case.seal': '事案の封印', 'case.extend': '封印の延長', 'case.close': '封印の終了',
    'request.ask': '映像確認の依頼', 'request.read': '映像確認依頼の閲覧', 'request.take': '映像確認の着手', 'request.answer': '映像確認の結果',
    'hold.place': '映像の保全', 'hold.extend': '保全の延長', 'hold.ask-release': '保全解除の申請', 'hold.release': '保全の解除', 'hold.keep': '保全解除の取りやめ',
    'audit.export': '記録の書き出し', 'audit.read': '記録の調査',
    'rights.grant.ask': '期限付き権限の依頼', 'rights.grant.decide': '期限付き権限の決定', 'rights.grant.end': '期限付き権限の終了', 'rights.deny': '閲覧の除外', 'rights.emergency': '緊急閲覧', 'rights.emergency.review': '緊急閲覧の確認', 'version.decide': '設定の版の決定',
    'inquiry.ask': '閲覧状況の照会', 'inquiry.answer': '照会への回答', 'inquiry.refuse': '照会の却下',
    'rights.take': '権限棚卸の開始', 'rights.confirm': '権限の確認', 'rights.object': '権限への異議', 'rights.close': '権限棚卸の締切', 'review.draw': '閲覧監査の抽出', 'review.fine': '閲覧監査：妥当', 'review.ask': '閲覧監査：照会', 'review.answer': '閲覧監査：回答', 'review.find': '閲覧監査：所見', 'review.done': '閲覧監査：完了', 'review.report': '閲覧監査の報告',
    'audit.chained': '鎖の開始', 'audit.key': '署名鍵の作成', 'audit.contradicted': '控えとの不一致', 'footage.roots': '映像の照合値', 'config.version': '設定の版', 'system.relax': '安全措置の緩和',
  } as Record<string, string>,
  notOpened: '表示されずに終了',
  reasons: {
    'closed by the viewer': '閲覧者が終了', 'process ended': 'サーバーの停止で終了', 'the right to see this was withdrawn': '権限がなくなり終了', 'camera removed': 'カメラの登録がなくなり終了', 'camera moved': 'カメラの所管が変わり終了', 'session expired': 'セッションの期限で終了',
    'appointment ended': '任用が終わり終了',
  } as Record<string, string>,

  hints: {
    title: '兆候', never: '兆候は数の目印で、不適切だったという判断ではありません。業務の都合で説明できることがほとんどです。',
    chip: { hours: (d: string) => `時間外 ${d}`, weekend: (day: number): string => (day === 6 ? '土曜日' : '日曜日'), holiday: (name: string) => name, many: (n: number) => `この日 ${n}回`, long: (d: string) => `長さ ${d}` },
    say: {
      hours: (d: string) => `業務時間（8:30～17:15）から${d}離れた時刻に始まりました。`, weekend: (day: number) => `${day === 6 ? '土曜日' : '日曜日'}に始まりました。`, holiday: (name: string) => `閉庁日（${name}）に始まりました。`,
      many: (n: number, usual: number, limit: number) => `この人は、このカメラをこの日に${n}回見ました。前の30日は1日平均${usual}回、目安は${limit}回までです。`, long: (d: string, limit: string) => `${d}続きました。目安は${limit}までです。`,
    },
  },

  detail: {
    label: (n: number) => `記録 第${n}件`, who: 'だれが', when: '始まり', ended: '終わり', why: '終了の理由', outcome: '結果', camera: 'カメラ', stream: '画質', at: '指定した時刻', purpose: '目的', case: '事案番号', detail: '内容', source: '端末', session: 'セッション', row: '記録の位置',
    ranges: '実際に見た映像', sum: (d: string, n: number) => `計 ${d}・${n}区間`, ofPerson: 'この人の記録', ofCamera: 'このカメラの記録', gone: 'この記録は表示できません', goneWhy: '記録がないか、あなたが読める範囲にありません。',
  },

  seals: {
    title: '封印した事案', tab: '封印', seal: '事案を封印する', lead: '事案番号を添えた閲覧を、所管の長の一覧に90日間出しません。監査担当には常に見えます。', caseHint: '目的とともに申告する番号と同じものを入力します', reason: '理由', reasonHint: '監査担当が読みます', missing: '入力してください。', sealFor: '90日間封印する',
    how: '封印は、調べられる側に調査を気付かせないためのものです', howBody: '封印した事案の閲覧は、終了するか90日たつまで、所管の長の「だれが見たか」に出ません。延長は、前に封印・延長した人とは別の人が、期限の30日前から90日ずつ行います。一度終わった事案は、再び封印できません。',
    none: '封印した事案はありません', noneWhy: '封印しない限り、所管の長はだれが映像を見たかをすぐに読めます。', states: { sealed: '封印中', lapsed: '期限が過ぎて公開', closed: '終了して公開' }, until: (d: string) => `${d}まで封印`,
    by: (who: string, d: string) => `${d} ${who}が封印`, extendedBy: (who: string) => `${who}が延長`, closedBy: (who: string, d: string) => `${d} ${who}が終了`,
    extend: '90日延長する', extendLong: (c: string) => `${c}の封印を90日延長する`, close: '封印を終える', closeLong: (c: string) => `${c}の封印を終える`, sealed: '事案を封印しました', extended: '封印を延長しました', closed: '封印を終えました。所管の長に見えるようになりました',
    why: { 'second-person': '延長は別の人が行います', 'too-early': '延長は期限の30日前から' } as Record<string, string>,
  },

  ledger: {
    open: '簿冊', back: '閲覧の記録へ戻る', which: '簿冊の種類', names: { views: '閲覧記録簿', exports: '書き出し記録簿' }, none: { views: 'この条件の閲覧はありません', exports: 'この条件の書き出しはありません' }, sheets: (n: number) => `A4縦 ${n}枚`, label: (name: string, n: number, all: number) => `${name} ${n} / ${all}ページ`,
    some: (n: number) => `記録が多いため、新しい${n.toLocaleString('ja-JP')}件までから作っています。期間を狭めてください。`, count: (n: number) => `${n.toLocaleString('ja-JP')}件`, made: '閲覧の記録から機械的に作成', approval: ['監査', '情報安全', '担当'], period: (from: string, to: string) => `${from || '最初'}～${to || '現在'}`, all: '条件なし',
    columns: { when: '日時', by: '職名・氏名・職員ID', camera: 'カメラ', kind: '映像', seen: '映像の対象日時', purpose: '目的・事案番号', result: '結果', source: '端末', what: '書き出したもの', detail: '条件' },
  },

  export: {
    open: '書き出す', title: '署名を付けて書き出す', lead: 'いま絞り込んでいる記録を、1つのzipファイルに書き出します。書き出したこと自体も記録に残ります。',
    contents: ['entries　記録の一覧（CSVかJSON）。兆候は印として付きますが、兆候のみの絞り込みは効きません', 'export.json　だれが、いつ、どの条件で書き出したか', 'SHA256SUMS と .sig　各ファイルの値と、その電子署名（Ed25519）', 'public.pem と VERIFY.txt　公開鍵と、確かめ方'],
    format: '形式', csv: 'CSV（表計算）', json: 'JSON', verify: '確かめ方（OpenSSL 3）', key: 'public.pem は、設置のときに控えた鍵（yagura audit key）と比べてください。同じなら、このシステムから出たあと変わっていません。', save: '書き出す', busy: '書き出しています…', done: '記録を書き出しました',
  },
};

/** rights is the text of the page /rights: who may see what, and who decides about it. */
export const rights = {
  page: '権限', tabs: { label: '権限の画面', who: '誰が見られるか', grants: '期限付きの権限', versions: '版', emergency: '緊急閲覧' },
  actions: {
    live: 'ライブ', past: '過去映像', search: '動きの検索', main: '高画質', still: '静止画', 'still.mosaic': 'モザイク静止画', bookmark: 'しおり', 'evidence.request': '提供の申請', 'evidence.approve': '提供の承認', hold: '保全', health: '稼働状況', who_viewed: '閲覧者',
    records: '記録', 'records.read': '記録の閲覧', 'records.case': '事案の記録', 'records.oplog': '操作ログ', approve_policy: '規程・権限の承認', duty: '今回の確認', 'duty.read': '確認の状況', 'duty.receive': '連絡の受領', cameras: 'カメラの管理', people: '職員の管理',
  } as Record<string, string>,
  answers: { yes: '可', purpose: '目的', ask: '申請', no: '－' }, answersLong: { yes: '可', purpose: '目的を示せば可', ask: '申請できる', no: '不可' }, earlier: '以前の映像のみ', others: '他人分', othersLong: '自分の申請を除き可',
  more: (first: string, n: number) => (n > 1 ? `${first} ほか` : first), people: (n: number) => `（${n}人）`,
  sim: {
    at: (when: string) => `${when} の時点`, asOfNow: 'いまの時点', asOf: '調べる時点', asOfBody: '任用の期間・組織改正・カメラの設置日を、その時点で判断します。', day: '日付', dayHint: '例：2026-04-01、令和8年4月1日', clock: '時刻', clockHint: '例：9:00', badDay: '日付を読み取れません。2026-04-01 のように入力してください。', badClock: '時刻を読み取れません。9:00 のように入力してください。', look: 'その時点で調べる', back: 'いまに戻す',
    viewers: 'このカメラを見られる人', camera: 'カメラ', who: 'だれが', reason: '理由', effect: '変更の影響', same: '変わらず', why: '理由', whyLong: (who: string) => `${who}の理由`, whyTitle: (who: string, number: string) => `${who}と ${number}`, noRule: 'これを認める規則はありません', byGrant: '期限付きの権限', byDenial: '除外', byEmergency: '緊急閲覧', rule: (n: number) => `規則 ${n}行目`, othersCount: (n: number) => `ほか${n}人には、このカメラについての権限がありません。`, nobody: 'このカメラについて権限を持つ人はいません。', own: 'あなたが閲覧者を確認できるカメラについて、いま見られる人を表示しています。',
    person: 'この人が見られるもの', personPick: '職員', ofAll: (n: number) => ` / ${n}台`, livePast: 'ライブ・過去映像', liveOnly: (past: number) => `ライブ（過去映像は ${past}台）`, since: (when: string) => `在任 ${when}～`, noPost: 'この時点の職はありません', elsewhere: 'その他の場所', bar: (place: string, n: number, all: number) => `${place} ${all}台のうち${n}台`,
    shows: { label: '表示', now: 'いま', after: '変更後', diff: '差だけ' },
  },
  draft: {
    title: '変更の予行', note: '保存されません', kinds: { label: '変更の種類', appointment: '任用', policies: '規則' }, person: '職員', post: '職', unit: '所属', noUnit: '区全体', choose: '選んでください', run: '予行する', again: '変更をやめる', missing: '職員と職を選んでください。', needUnit: 'この職には所属が要ります。', rules: 'rules.csv', rulesHint: 'いまの規則を書き換えて予行します。効力を持たせるには、規則とその試験（access_test.yaml）を一緒に変え、二人目の承認を受けます。',
    tests: (ok: number, all: number) => `規則の試験 ${ok} / ${all}`, failing: (n: number) => `試験に合わない結果が${n}件あります。試験も変えなければ、この規則は効力を持ちません。`, gains: (n: number) => `増える ${n}人`, losses: (n: number) => `減る ${n}人`, nothing: '権限は変わりません', result: '変更の前と後',
  },
  grants: {
    title: '期限付きの権限と除外', list: '期限付きの権限の一覧', add: '申請する', addOrDeny: '申請・除外する', none: '期限付きの権限はありません', noneWhy: '応援や代理などで、職の権限のほかに映像確認が必要なときに申請します。危機管理担当が決め、期限がくると終わります。', pick: '一覧から選ぶと、内容をここに表示します',
    kinds: { grant: '期限付きの権限', denial: '除外', emergency: '緊急閲覧' }, states: { waiting: '承認待ち', planned: '開始前', active: '有効', expired: '期限切れ', ended: '終了', refused: '不承認' }, shows: { label: '表示するもの', open: '有効・承認待ち', all: 'すべて' },
    who: '対象者', what: 'できること', on: '対象', period: '期間', reason: '理由', case: '事案番号', asked: '申請', set: '決定', decided: '決定', endedBy: '終了', forever: '解除まで', range: (a: string, b: string) => `${a}～${b}`, allActions: '映像・閲覧者の確認のすべて', unitCameras: (unit: string) => `${unit}の所管`, effect: '承認すると', effectNow: 'この権限の効果', by: (who: string) => `${who}`,
    approve: '承認する', refuse: '承認しない', end: '取り下げる', lift: '除外を解く', approved: '承認しました', refusedDone: '承認しませんでした', ended: '取り下げました', lifted: '除外を解きました', sureEnd: '取り下げると、開いている映像もすぐに終わります。', sureLift: '解くと、職の権限どおりに見られるようになります。', sureApprove: '承認すると、期間のあいだ見られるようになります。', sureRefuse: '申請した人に、一覧で不承認と表示されます。',
    form: {
      title: '期限付きの権限を申請する', titleDeny: '除外する', kind: '種類', lead: '危機管理担当が決めます。申請した人と本人は決められません。', leadDeny: 'ただちに見られなくなります。職や期限付きの権限より優先します。本人には理由を表示しません。解くのは、別の人が行います。', login: '職員ID', scope: '対象', cameras: 'カメラ', unit: '部署', addCamera: 'カメラを加える', removeCamera: (n: string) => `${n}を外す`, actions: 'できること', until: '終了日', untilClock: '終了時刻', untilHint: '30日以内', untilDeny: '終了日（空欄：解くまで）', reason: '理由', case: '事案番号', caseHint: '例：8-危-014', submit: '申請する', deny: '除外する', missing: '職員ID、対象、理由を入力してください。', noActions: 'できることを一つ以上選んでください。', badUntil: '終了日時を読み取れません。2026-04-01、17:15 のように入力してください。', asked: '申請しました。危機管理担当の決定を待ちます。', denied: '除外しました。',
    },
  },
  emergency: {
    title: '緊急閲覧', about: '夜間・休日に一人で対応するとき、すべてのカメラの映像を15分間だけ見られます。', rules: ['見られるのは、ライブと開始前24時間の映像です。', '保全はできます。持ち出しの申請はできません。', '始めると危機管理担当に知らせます。翌執務日に、見た内容をほかの人が確認します。', '理由と、見た映像のすべてが記録に残ります。'], reason: '理由', reasonHint: '例：3階の火災報知器が鳴り、状況を確かめるため', begin: '緊急閲覧を始める', missing: '理由を入力してください。', notNow: 'いまは使えません', notYours: 'あなたの職では使えません。夜間に映像が必要なときは、危機管理担当に連絡してください。', begun: '緊急閲覧を始めました',
    banner: '緊急閲覧の残り時間', running: '緊急閲覧中', left: (m: string) => `残り ${m}`, over: '緊急閲覧が終わりました', overWhy: '続けて必要なときは、危機管理担当に連絡してください。', stop: '終える', stopped: '緊急閲覧を終えました', wall: '映像確認を開く', spoken: (m: number) => `緊急閲覧の残り${m}分`,
    list: '緊急閲覧の一覧', none: '緊急閲覧はありません', noneWhy: '始められると、ここに並びます。', states: { running: '閲覧中', open: '確認待ち', late: '確認の期限切れ', done: '確認済み' }, pick: '一覧から選ぶと、見た内容をここに表示します', who: '見た人', when: '日時', due: '確認の期限', finding: '所見', findingHint: '必要だったか、見た範囲は理由に合っていたか。', by: '確認した人', views: '見た映像', noViews: '映像は見ていません', review: '所見を記録する', findingMissing: '所見を入力してください。', reviewed: '所見を記録しました', own: '自分の緊急閲覧は、ほかの人が確認します。', viewKinds: { 'view.live': 'ライブ', 'view.past': '過去映像', 'view.still': '静止画' } as Record<string, string>, range: '映像の範囲', viewedAt: '見た時刻', camera: 'カメラ', kind: '種類',
  },
  changes: { cameras: (n: number) => `${n}台`, all: (n: number) => `ほか${n}台`, gain: '増える', loss: '減る', own: '所管', other: '所管外', posts: '職ごとの差', people: '人ごとの差', none: 'だれの権限も変わりません。', morePeople: (n: number) => `ほか${n}人` },
  ground: {
    title: '根拠', why: (settings: string) => `${settings}を変える版です。これを定める規程の条文を示してください。条文は決定の記録と監査ログに残ります。`, settings: { retention: '保存日数', purpose: '確認の目的', viewing: '映像を確認できる職・範囲' },
    article: '定める条文', pick: '条文を選ぶ', choose: '条文を選んでください。', says: (value: string) => `条文の値：${value}`, from: (day: string) => `${day}施行`, other: '規程の記録にない根拠を書く',
    none: '施行中の規程が記録されていません', noneWhy: '「記録」の規程に登録すると、条文から選べます。いまは根拠と、条文で示せない理由を書いてください。',
    text: '根拠', reason: '条文で示せない理由', textMissing: '根拠を入力してください。', reasonMissing: '理由を入力してください。', missing: 'この版が変えた設定の根拠（規程の条文）が、まだ示されていません。', name: '根拠を記す', named: '根拠を記しました',
  },
  versions: {
    title: '設定と規則の版', kinds: { cameras: 'カメラ・組織', policies: '権限規則' } as Record<string, string>, number: (n: number) => `第${n}版`, kind: '種類', version: '版', state: '状態', proposed: '提案', decided: '決定', list: '版の一覧',
    states: { accepted: '以前の版', waiting: '承認待ち', refused: '不承認', withdrawn: '取下げ', force: '適用中' },
    pick: '版を選ぶと、変わるところを表示します', wider: '承認が必要な理由', compared: (n: number) => `第${n}版と比べて`, first: '最初の版です。比べる版はありません。', rights: '権限の差', files: 'ファイルの差', noFiles: 'ファイルの違いはありません。', unread: '権限を比べられません', skipped: (n: number) => `同じ行 ${n}行`, minus: '削除', plus: '追加',
    accept: '承認する', refuse: '承認しない', accepted: (n: number) => `第${n}版を承認しました`, refused: (n: number) => `第${n}版を承認しませんでした`, mine: 'あなたの提案です。ほかの人が決めます。', who: '承認できるのは、提案した人とは別の危機管理担当・情報安全担当です。', sureRefuse: 'いまの版がそのまま使われます。', sureAccept: '承認すると、ただちに適用されます。', secret: '接続の資格情報は伏せています。',
  },
};

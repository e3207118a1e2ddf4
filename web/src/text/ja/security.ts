/** security is the text of proving who one is: the second step of signing in, step-up, keys, sessions, recovery. */
export const security = {
  steps: { label: 'サインインの手順', password: 'パスワード', prove: '本人確認', enrol: '登録' },
  notYou: '別の人',
  key: {
    title: '認証器で確認してください', body: '指紋・顔・暗証番号など、この端末やセキュリティキーの方法でご本人を確認します。', privacy: '指紋などのデータは、端末の外に出ません。', button: '認証器で本人確認する', busy: '認証器の操作を待っています…',
  },
  enrolKey: {
    title: '認証器を登録してください', body: 'あなたの職では、パスワードに加えて認証器での本人確認が必要です。この端末の指紋・顔・暗証番号、またはセキュリティキーを登録します。', button: '認証器を登録する', label: '認証器の名前', labelHint: '例　机のPC、予備のキー',
  },
  code: {
    title: '確認コードを入力してください', body: '登録したアプリに表示されている6桁の数字です。', label: '確認コード', button: '確認する', missing: '6桁の数字を入力してください。',
  },
  enrolCode: {
    title: '確認コードのアプリを登録してください', body: '携帯電話の認証アプリでこの図を読み取り、表示された6桁の数字を入力してください。', secret: '読み取れないときの文字', qr: '認証アプリで読み取る図', button: '登録する', label: 'アプリの名前', labelHint: '例　業務用携帯',
  },
  useCode: '確認コードを使う', useKey: '認証器を使う', trouble: 'パスワード・認証器が使えないとき',
  errors: {
    'key-stopped': '認証器での確認が終わりませんでした。もう一度お試しください。',
    'key-taken': 'この認証器は、あなたの認証器として登録済みです。',
    'no-keys': 'このブラウザー、またはこのアドレスでは認証器を使えません。情報システム担当に連絡してください。',
    'not-signed-in': '5分を過ぎたため、はじめからサインインし直してください。',
    'too-many-attempts': '続けて失敗したため、しばらく確認できません。数分おいて、もう一度お試しください。',
  } as Record<string, string>,

  stepUp: {
    title: '操作の前に、もう一度本人確認をします', body: '大切な操作です。確認すると、5分間は続けて操作できます。', password: 'パスワード', confirm: '確認する', missing: 'パスワードを入力してください。', loading: '確認の方法を調べています', directory: '区のアカウントでサインインし直すと、この画面に戻ります。そのあと、もう一度同じ操作をしてください。',
  },

  section: 'サインインと安全',
  uses: {
    title: 'サインイン中の端末', note: (n: number) => `同時に${n}件まで`, list: 'サインインの一覧', here: 'この端末', from: (address: string) => `接続元 ${address}`, by: (factor: string) => `${factor}で本人確認`, byPassword: 'パスワードのみ', since: (when: string) => `${when}にサインイン`, acted: (when: string) => `最後の操作 ${when}`,
    end: '終了する', endLong: (what: string) => `${what}のサインインを終了する`, ended: 'サインインを終了しました', hint: '覚えのないサインインは終了し、パスワードを変えてください。4件目のサインインで、最も古いものが終了します。',
  },
  factors: {
    title: '本人確認の手段', list: '本人確認の手段の一覧', none: '登録されていません', noneWhy: 'あなたの職では必須ではありません。登録すると、サインインのたびに確認します。',
    kinds: { webauthn: '認証器', totp: '確認コード' } as Record<string, string>, about: (created: string, used: string) => `${created}に登録・最後の利用 ${used}`,
    addKey: '認証器を追加する', addCode: '確認コードを追加する', remove: '削除する', removeLong: (name: string) => `「${name}」を削除する`, sure: (name: string) => `「${name}」を削除しますか`, sureWhy: '削除すると、この手段ではサインインできません。ほかの端末のサインインも終了します。', removed: (name: string) => `「${name}」を削除しました`, added: (name: string) => `「${name}」を登録しました`,
    last: '最後の手段は削除できません。', spare: '予備の認証器をもう一つ登録しておくと、紛失したときに困りません。', name: '名前', start: '登録を始める', starting: '認証器の操作を待っています…',
  },
  password: {
    title: 'パスワード', current: '現在のパスワード', next: '新しいパスワード', hint: '12文字以上128文字以下。記号や大文字は要りません。無関係な言葉を三つ以上つなげると、覚えやすく推測されにくくなります。', again: '新しいパスワード（確認）', differs: '二つの新しいパスワードが違います。', short: '12文字以上にしてください。', missing: '入力してください。', save: '変更する', saved: 'パスワードを変更しました。ほかの端末のサインインは終了しました。', change: 'パスワードを変更する', lead: '変更すると、ほかの端末のサインインは終了します。', directory: '区のアカウントでサインインしているため、Yagura のパスワードはありません。パスワードは区の手続きで変更してください。',
  },
  tokens: {
    title: 'APIトークン', lead: 'プログラムがあなたの権限で接続するための文字列です', list: 'APIトークンの一覧', none: 'APIトークンはありません', noneWhy: '必要なときだけ作ってください。だれが作り、何に使ったかは記録に残ります。', made: (who: string, when: string) => `${who}が作成・${when}まで`, mine: 'あなた', operator: 'サーバーの管理者',
    waits: '確認待ち', confirm: '確認して使えるようにする', confirmLong: (what: string) => `「${what}」を確認して使えるようにする`, confirmed: (what: string) => `「${what}」を使えるようにしました`, end: '無効にする', endLong: (what: string) => `「${what}」を無効にする`, ended: (what: string) => `「${what}」を無効にしました`,
    waitsWhy: '覚えのないトークンは確認せず、無効にしてください。',
    add: 'トークンを作る', label: '用途', labelHint: '例　夜間の点検プログラム', missing: '用途を1～60字で入力してください。', hours: '有効期間', hour: (n: number) => (n < 24 ? `${n}時間` : `${n / 24}日`), make: '作る', shown: 'この文字列は、いまだけ表示します。必要な場所に控えてください。', copy: 'コピーする', copied: 'コピーしました', close: '控えた',
  },

  recover: {
    title: 'サインインの回復', lead: '管理者と、もう一人の承認者から受け取ったコードの前半・後半を入力し、新しいパスワードを決めてください。区のアカウントでサインインする方のパスワードは変わりません（この欄に決めたものは使われません）。', ask: 'コードがないときは、管理者に「サインインの回復」を依頼してください。二人の承認が要ります。コードは承認から10分間使えます。', login: '職員ID', first: 'コードの前半', firstHint: '回復を依頼した管理者から', second: 'コードの後半', secondHint: '承認した人から', submit: '回復する', back: 'サインインへ戻る', missing: 'すべての欄に入力してください。',
  },
  start: {
    title: '最初の設定', lead: 'まだ利用者がいません。最初の二人を登録します。別の人が、それぞれ自分のパスワードを決めてください。',
    posts: { administrator: '管理者', information_security: '情報安全担当' } as Record<string, string>,
    about: { administrator: '利用者とカメラを管理します。映像は見られません。', information_security: '規程と権限の変更を承認します。映像は見られません。' } as Record<string, string>,
    login: '職員ID', loginHint: '半角の英小文字・数字・._-', name: '氏名', nameHint: '姓と名の間は全角空白', password: 'パスワード', again: 'パスワード（確認）', submit: (post: string) => `${post}を登録する`, made: (post: string) => `${post}を登録しました`, done: '二人の登録が終わりました', doneWhy: 'それぞれサインインすると、認証器の登録に進みます。', go: 'サインインへ', ended: 'このリンクは使えません',
  },
  recovery: {
    page: 'サインインの回復', lead: '認証器をなくした人、パスワードを忘れた人のために、二人で承認します',
    ask: { title: '回復を依頼する', login: '対象の職員ID', reason: '理由', reasonHint: '本人であることをどう確かめたかも書いてください。記録に残ります。', submit: '依頼する', missing: '職員IDと理由を入力してください。' },
    waiting: { title: '承認待ちと有効なコード', list: '回復の一覧', none: '承認を待つ依頼はありません', noneWhy: '管理者が依頼すると、ここに載ります。' },
    heads: { person: '対象', reason: '理由', by: '依頼', state: '状態' }, states: { waiting: '承認待ち', approved: 'コード有効' } as Record<string, string>, until: (when: string) => `${when}まで`,
    approve: '承認する', approveLong: (who: string) => `${who}の回復を承認する`, refuse: '差し戻す', refuseLong: (who: string) => `${who}の回復を差し戻す`, mine: 'ほかの人が承認します', refused: '差し戻しました',
    half: (which: string) => `コードの${which}`, first: '前半', second: '後半', hand: '本人であることを確かめ、本人だけに伝えてください。いまだけ表示します。', handSecond: '前半は依頼した管理者が伝えます。後半は、承認したあなたが本人だけに伝えてください。10分間使えます。', done: '伝えた',
    codes: { title: '確認コードの利用', body: '認証器を使えない人に限り、携帯電話の確認コードを許可できます。', login: '職員ID', allow: '許可する', deny: '許可を取り消す', allowed: (who: string) => `${who} に確認コードを許可しました`, denied: (who: string) => `${who} の許可を取り消しました`, missing: '職員IDを入力してください。' },
  },
};

/** people is the text of the page /people: people, their posts, the organisation. */
export const people = {
  page: '職員と組織',
  views: { label: '職員と組織の画面', list: '職員', waiting: '承認待ち', units: '部署と欠員', import: '取り込み', reorganisation: '組織改正' },
  keeping: '管理者だけが使えます。職員の異動は、管理者に依頼してください。',
  lead: '職に就いている期間だけ、その職の権限があります',

  list: {
    title: '職員の一覧', table: '職員', search: '職員をさがす', searchHint: '氏名・フリガナ・職員ID・職員番号', unit: '部署', post: '職', day: '日付', dayHint: '今日', state: '状態', all: 'すべて',
    states: { active: '職あり', none: '職なし', waiting: '承認待ち', new: '初回登録前', disabled: '利用停止' } as Record<string, string>,
    found: (n: number) => `${n}人`, shown: (n: number, of: number) => `${of}人のうち${n}人を表示しています。条件を加えてください。`, none: '一致する職員はいません', noneWhy: '条件を減らすか、氏名の一部で探してください。', clear: '条件を消す', add: '職員を追加する',
    heads: { name: '氏名', number: '職員番号', post: '職', state: '状態' }, noPost: '職なし', more: (n: number) => `ほか${n}件`, pick: '職員を選んでください', pickWhy: '一覧から選ぶと、職の経過と手続きをここに表示します。', badDay: '日付を読み取れません。例：2018/4/1、平成30年4月1日',
  },

  sheet: {
    directory: '区のアカウントにする', directorySure: (name: string) => `${name} を区のアカウントでサインインする人にしますか`, directoryWhy: 'Yagura のパスワードは消え、いまのサインインは終了します。次からは、区のアカウントだけでサインインします。職と権限は変わりません。', directoryNow: (name: string) => `${name} を区のアカウントにしました`,
    local: 'Yagura のパスワードに戻す', localSure: (name: string) => `${name} を Yagura のパスワードに戻しますか`, localWhy: '区のアカウントではサインインできなくなります。パスワードは「サインインの回復」で、本人が決めます。', localNow: (name: string) => `${name} を Yagura のパスワードに戻しました`, signIn: 'サインイン', byDirectory: '区のアカウント',
    label: (name: string) => `${name} の職員票`, id: '職員ID', number: '職員番号', kana: 'フリガナ', noNumber: 'なし', gone: 'この職員はいません', close: '職員票を閉じる',
    active: '利用中', disabled: '利用停止', new: '初回登録前',
    edit: '編集する', disable: '利用を停止する', enable: '利用を再開する', invite: '初回登録を依頼する', appoint: '職を加える',
    disableSure: (name: string) => `${name} の利用を停止しますか`, disableWhy: 'サインインと、表示中の映像がすぐに終わります。職の記録は残ります。', enableSure: (name: string) => `${name} の利用を再開しますか`, enableWhy: '映像を見られる職と情報安全担当は、もう一度、管理者以外の人の承認を受けるまで無効です。',
    inviteSure: (name: string) => `${name} の初回登録を依頼しますか`, inviteWhy: 'コードの前半をここに表示します。後半は、承認した人が受け取ります。コードは承認から7日間使え、本人がパスワードを決めます。', inviteReason: '初回登録', half: 'コードの前半', halfWhy: '本人だけに伝えてください。いまだけ表示します。承認は「サインインの回復」の画面で行います。', told: '伝えた',
    disabledNow: (name: string) => `${name} の利用を停止しました`, enabledNow: (name: string) => `${name} の利用を再開しました`, saved: '保存しました', added: (name: string) => `${name} を追加しました`,
  },

  posts: {
    title: '職の経過', list: '職の一覧', none: '職に就いたことはありません', noneWhy: '「職を加える」で、職と部署、期間を決めます。',
    kinds: { regular: '本務', concurrent: '兼務', acting: '事務取扱' } as Record<string, string>,
    states: { now: '在任中', future: '予定', past: '終了', waiting: '承認待ち', refused: '差戻し' } as Record<string, string>,
    period: (from: string, to: string) => `${from}～${to}`, open: (from: string) => `${from}～`, axis: (from: string, to: string) => `${from}から${to}まで`, now: '現在',
    asked: (who: string) => `依頼 ${who}`, decided: (who: string) => `承認 ${who}`, refusedBy: (who: string) => `差戻し ${who}`, footage: '映像を見られる職',
    end: '終える', endLong: (what: string) => `${what}を終える`, withdraw: '取り下げる', withdrawLong: (what: string) => `${what}の依頼を取り下げる`, approve: '承認する', approveLong: (who: string) => `${who}を承認する`, refuse: '差し戻す', refuseLong: (who: string) => `${who}を差し戻す`,
    mine: '依頼した人と本人のほかの人が承認します', approved: (who: string) => `${who}を承認しました`, refused: (who: string) => `${who}を差し戻しました`, withdrawn: '依頼を取り下げました',
    ended: (what: string) => `${what}を終えました`, willEnd: (what: string, when: string) => `${what}は${when}に終わります`,
  },

  endForm: { title: (what: string) => `${what}を終えますか`, why: 'いま終えると、映像の表示もすぐに終わり、画面に理由が出ます。', when: '終わる時', at: { now: 'いま', day: '日を決める' } as Record<string, string>, day: '終わる日', dayHint: 'この日の午前0時から権限がなくなります。例：2018/4/1', submit: '終える' },

  personForm: {
    add: '職員を追加', edit: '職員の編集', login: '職員ID', loginHint: '半角の英小文字・数字・._-　あとから変えられません', name: '氏名', nameHint: '姓と名の間は全角空白', kana: 'フリガナ', number: '職員番号', submit: '追加する', save: '保存する', missing: '職員IDと氏名を入力してください。',
    after: 'パスワードは本人が決めます。追加したあと「初回登録を依頼する」で、コードを二人で渡します。',
  },

  appointForm: {
    title: (name: string) => `${name} に職を加える`, post: '職', unit: '部署', noUnit: '区全体', kind: '区分', kindHint: '本務は同じ期間に一つだけです。', from: '始まる日', fromHint: '空欄はいまから', to: '終わる日', toHint: '空欄は定めなし。この日の午前0時に終わります',
    choose: '選んでください', missing: '職を選んでください。', missingUnit: 'この職には部署が要ります。', badDay: '日付を読み取れません。例：2018/4/1、平成30年4月1日', order: '終わる日は、始まる日より後にしてください。',
    footage: '映像を見られる職です。管理者以外の人が承認するまで有効になりません。', decides: 'ほかの人の権限を承認する職です。管理者以外の人が承認するまで有効になりません。', noFootage: '映像は見られない職です。すぐに有効になります。', submit: '依頼する', submitNow: '任命する', asked: '承認待ちにしました', done: '任命しました',
  },

  waiting: {
    title: '承認を待つ任命', list: '承認待ちの一覧', lead: '映像を見られる職と情報安全担当は、依頼した人と本人、管理者のほかの人が承認します', none: '承認を待つ任命はありません', noneWhy: '管理者が映像を見られる職を依頼すると、ここに載ります。', since: (when: string) => `${when}に依頼`, view: (name: string) => `${name} の職員票`, what: (title: string, unit: string) => (unit ? `${unit}　${title}` : title),
  },

  take: {
    title: 'ファイルから取り込む', lead: '何が変わるかを見てから取り込みます。誤りが一つでもあれば、何も変わりません', choose: 'ファイルを選ぶ', chooseHint: 'Excel（.xlsx）または CSV。10MB、5,000行まで', again: '別のファイルを選ぶ', drop: 'ここにファイルを置くこともできます', recheck: '直したファイルをもう一度確かめる', busy: '確かめています…',
    templates: 'ひな形', xlsx: 'ひな形（Excel）', csv: 'ひな形（CSV）', filled: 'いまの職員（Excel）', templatesWhy: '一行に、一人の一つの職を書きます。職を終えるときは終了日を書きます。書いていない人や職は変わりません。',
    problems: (n: number) => `直すところが${n}件あります`, problemsWhy: 'ファイルを直して、もう一度選んでください。まだ何も変わっていません。', problemTable: '直すところ', heads: { line: '行', column: '列', text: '内容と直し方' }, whole: '行全体',
    effects: (name: string) => `${name} を取り込むと`, effectTable: '取り込みの内容', effectHeads: { line: '行', who: '職員', what: '変わること', post: '職' }, nothing: '変わるところはありません',
    what: { new: '新規', changed: '氏名など変更', appointed: '任命', waiting: '承認待ち', ended: '終了', same: '変更なし' } as Record<string, string>, count: (what: string, n: number) => `${what} ${n}`, showSame: '変更なしも表示する', more: (n: number) => `ほか${n}件（件数は上に出ています）`, ends: (when: string) => `${when}に終了`,
    submit: (n: number) => `${n}件を取り込む`, submitWhy: '映像を見られる職と情報安全担当は、管理者以外の人が承認するまで有効になりません。', done: (name: string) => `${name} を取り込みました`, doneWhy: '映像を見られる職は承認待ちです。新しい職員は、初回登録を依頼するとサインインできます。', toWaiting: '承認待ちを見る', toNew: '初回登録前の職員を見る', tooLarge: 'ファイルが大きすぎます（10MBまで）。',
  },

  reform: {
    steps: { label: '組織改正の手順', choose: '日とファイル', chooseNote: '新しい組織と異動', look: '影響の確認', lookNote: 'だれが何を見られるか', proposed: '承認待ち', proposedNote: '別の人が決める' },
    title: '組織改正の準備', lead: 'その日に、だれがどのカメラを見られるかを、前もって確かめます', day: '改正の日', dayHint: 'この日の午前0時から。例：2027/4/1、令和9年4月1日', badDay: '日付を読み取れません。例：2027/4/1、令和9年4月1日',
    organisation: '新しい組織', organisationHint: '部署の表（Excel・CSV）、または organisation.yaml。廃止する部署も消さずに、廃止日と引継先を書きます', appointments: '異動の表', appointmentsHint: '取り込みと同じ形の Excel・CSV。新しい部署の名前も使えます', choose: 'ファイルを選ぶ', change: '選び直す', none: '選んでいません',
    current: 'いまの組織', xlsx: '部署の表（Excel）', csv: '部署の表（CSV）', yaml: 'organisation.yaml', currentWhy: 'いまの組織を書き出し、書き換えて使います。',
    missing: '改正の日と、新しい組織のファイルを選んでください。', submit: '影響を確かめる', busy: '確かめています…', problems: { organisation: '新しい組織に直すところがあります', appointments: '異動の表に直すところがあります' },
    tabs: { label: '影響の見方', people: '人', cameras: 'カメラ', gaps: '欠員・残る職', posts: '異動' },
    sum: { people: (n: number) => `見える範囲が変わる人 ${n}`, cameras: (n: number) => `所管が変わるカメラ ${n}`, orphans: (n: number) => `所管なし ${n}台`, unseen: (n: number) => `長が見られない ${n}台`, vacant: (n: number) => `欠員 ${n}`, stranded: (n: number) => `なくなる部署に残る職 ${n}`, none: '変わりません' },
    on: (day: string) => `${day}の影響`, beside: 'いまと比べて。承認待ちの任命は、承認されたものとして数えます',
    cameraTable: '所管の変わるカメラ', cameraHeads: { camera: 'カメラ', before: 'いまの所管', after: '改正後の所管', state: '確かめること' }, orphan: '所管なし', unseen: '長が見られない', noUnit: '－', noCameras: '所管が変わるカメラはありません',
    vacant: '長のいない部署（カメラあり）', noVacant: 'カメラがある部署には、すべて長がいます', stranded: 'なくなる部署に残る職', strandedWhy: 'この日から権限がなくなります。異動の表で、新しい部署の職を加えてください。', heirs: (names: string) => `引継先 ${names}`, noHeirs: '引継先なし', noStranded: 'なくなる部署に残る職はありません', noPosts: '異動の表を選んでいません', noChanges: '見える範囲が変わる人はいません',
    propose: 'この改正を提案する', proposeWhy: '組織は版として、映像を見られる職と情報安全担当は任命として、管理者以外の人の承認を待ちます。', back: '日とファイルへ戻る',
    done: (n: number) => `組織改正を提案しました（カメラと組織の版 ${n}）`, waits: 'この版は承認待ちです。承認されるまで、いまの組織のままです。', inForce: 'この版は所管を広げないため、すぐに有効になりました。', file: '承認されたら、サーバーの organisation.yaml も、書き出した新しいものに置き換えてください。', toVersion: '版の内容を見る', toWaiting: '任命の承認待ちを見る',
  },

  units: {
    title: '部署と長', table: '部署', lead: '建制順', heads: { unit: '部署', head: '長の職', who: '在任者', cameras: 'カメラ' }, vacant: '欠員', none: '－', onlyVacant: '欠員のみ', vacancies: (n: number) => `欠員 ${n}`, noVacancy: '欠員はありません', people: (name: string) => `${name}の職員`, nothing: 'この日の部署はありません',
  },

};

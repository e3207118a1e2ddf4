/** settings is the text of the page /settings. */
export const settings = {
  page: '設定',
  lead: 'あなたの設定はサーバーに保存し、どの端末でも同じように使えます',
  saved: '設定を保存しました',
  failed: (why: string) => `保存できませんでした。${why}`,
  loadFailed: '設定を読み込めません。自動で再試行しています。',

  show: {
    title: '表示', language: '言語', languages: { ja: '日本語', en: 'English' }, languageHint: 'この端末のサインイン画面にも使います',
    calendar: '年の表し方', calendars: { western: '西暦', era: '和暦', both: '併記' }, calendarHint: (date: string) => `例　${date}`, calendarNote: '（紙に印刷する簿冊は和暦です）',
    start: '最初に開く画面', startHint: 'サインインしたときに開きます',
    overlay: '映像に職・氏名と時刻を薄く重ねる', overlayHint: '画面を撮影した写真が持ち出されたとき、だれの画面かが分かります', overlayAlways: '映像には、職・氏名と時刻をいつも重ねます（組織の設定）',
  },

  purpose: {
    title: '今回の目的', none: 'まだ選んでいません。過去の映像を見るときに選びます。', change: '目的を変える', choose: '目的を選ぶ', case: '事案番号', caseHint: '閲覧の記録に目的とともに残ります', caseNone: 'なし', save: '登録する', saved: '事案番号を登録しました', cleared: '事案番号を消しました', never: '勤務の評価・出退勤の確認には使えません。',
  },

  session: {
    title: 'あなたと、このセッション', who: '氏名', posts: '職と所管', since: (d: string) => `${d}から`, noPost: '現在の職はありません', until: 'セッションの終了', untilHint: '時刻の前に画面でお知らせします。作業を続けるときは、サインインし直してください。', today: '今日', signOut: 'サインアウトする',
  },

  sets: {
    title: '保存した並び', lead: '映像確認の画面で保存した、カメラの並びです', none: '保存した並びはありません', noneWhy: '映像確認で映像を並べて「保存」を押すと、ここに載ります。', list: '保存した並びの一覧',
    about: (layout: string, n: number) => `${layout}・${n}台`, layouts: (n: string) => `${n}分割`, floor: 'この階', updated: (d: string) => `${d}に保存`,
    open: '開く', openLong: (name: string) => `「${name}」を映像確認で開く`, rename: '名前を変える', renameLong: (name: string) => `「${name}」の名前を変える`, remove: '削除する', removeLong: (name: string) => `「${name}」を削除する`,
    sure: (name: string) => `「${name}」を削除しますか`, sureWhy: 'カメラと記録には影響しません。元に戻すことはできません。', cancel: 'やめる', name: '名前', missing: '名前を1～60字で入力してください。', submit: '変える', renamed: (name: string) => `名前を「${name}」に変えました`, removed: (name: string) => `「${name}」を削除しました`, failed: '変更できませんでした。もう一度お試しください。',
  },

  keys: {
    title: 'キー操作', note: '映像の画面では ? を押すと、その画面で使えるキーの一覧を表示します。',
    groups: { time: '時間', picture: '映像', page: '画面' },
    ten: '10秒戻る・進む', minute: '1分戻る・進む', jkl: '逆再生・停止・再生', play: '再生・一時停止', frame: 'コマ送り', activity: '前・次の動き', live: 'ライブへ', goTo: '日時を指定して移動',
    tile: '映像を選ぶ', enlarge: '拡大・元に戻す', full: '全画面', bookmark: 'しおりを付ける', search: 'さがす', help: 'キーの一覧', close: '閉じる・やめる', next: '次の項目へ', plan: '平面図のカメラを移る',
  },
};

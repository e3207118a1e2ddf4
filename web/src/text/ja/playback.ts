/** playback is the text of the page /playback. */
export const playback = {
  page: '過去映像',
  layouts: { label: '配置', '1': '1', '4': '2×2', '9': '3×3', '16': '4×4', floor: '階全体' },
  layoutNames: { '1': '1台', '4': '2×2', '9': '3×3', '16': '4×4', floor: '階全体（この階のすべてのカメラ）' },
  heading: (place: string, n: number) => `${place} ${n}台`,
  add: 'カメラ', addLong: 'カメラを加える', full: 'この部屋に並べられるのは39台までです。',

  rail: { label: 'カメラ', shown: '表示中のカメラ', near: '近くのカメラ', nearNone: '近くにほかのカメラはありません。', remove: (name: string) => `${name} を外す`, add: (name: string) => `${name} を加える`, choose: (name: string) => `${name} を基準にする`, moveUp: '上へ', plan: (site: string, floor: string) => [site, floor].filter(Boolean).join(' ') },
  pick: { title: 'カメラを選んでください', body: '部屋をひとつ選ぶと、そのカメラを同じ時刻に並べて再生します。', rooms: '部屋から開く', other: 'カメラを1台ずつ選ぶ', dialog: 'カメラを加える', search: 'カメラ名・番号・場所', none: '一致するカメラはありません。', done: '閉じる', room: (name: string, n: number) => `${name}　${n}台`, chosen: (n: number) => `${n}台を表示中` },
  none: { title: '過去の映像を見られるカメラはありません', body: 'あなたの職では、過去の映像を見る所管のカメラがありません。異常ではありません。所管や職に誤りがあるときは、情報安全担当に連絡してください。' },
  unknown: (ids: string) => `次のカメラは見つからないか、あなたの所管ではありません：${ids}`,

  calendar: { label: '年の表し方', western: '西暦', era: '和暦' },
  go: { label: '日時へ移動', field: '日時', go: '移動', hint: '例：平成29年6月28日 18:24、H29.6.28 18:24:37、6/28、18:24',
    bad: '日時を読み取れません。「2017/6/28 18:24」「H29.6.28 18:24:37」「18:24」のように入力してください。', badDay: '日付を読み取れません。「2017/6/28」「平成29年6月28日」「H29.6.28」のように入力してください。', badClock: '時刻を読み取れません。「18:24」「18:24:37」のように入力してください。',
    future: 'まだ来ていない日時です。いまより前を入力してください。', erased: (days: number) => `保存期間（${days}日間）より前です。映像はもうありません。` },

  tile: {
    reference: '基準', choose: (name: string, number: string) => `${name} ${number} を基準にする。Enterで拡大`, skew: (ms: string) => `${ms} ms`, skewLong: (ms: string) => `基準との差 ${ms} ミリ秒`,
    gap: '欠落', gapFrom: (range: string) => range, gapCause: (cause: string, d: string) => `${cause}（${d}）`, others: 'ほかのカメラは再生を続けます',
    joining: '同期中', end: '記録の端です', waiting: '映像を読み込んでいます',
  },
  sync: { chip: '同期ずれ', value: (ms: number) => `±${ms} ms`, one: '1台', keys: '間引き表示', keysWhy: '速い再生と多数のカメラでは、キー画像だけを表示します', gathering: '映像をそろえています', long: '基準のカメラとの時刻の差。サーバーの時計で同時に再生を始め、ずれたカメラは自動でそろえ直します' },
  stage: '同時再生',

  lanes: { label: '記録のあるカメラ', noPast: '権限なし' },
  preview: { label: 'ポインターの位置の映像', gap: (cause: string, d: string) => `欠落　${cause} ${d}`, none: '映像はありません', loading: '読み込み中' },

  transport: { prev: '前の動き', next: '次の動き', skip: '欠落を飛ばす', skipOn: '欠落を飛ばす：入', skipOff: '欠落を飛ばす：切', live: 'ライブへ', noMore: (forward: boolean): string => (forward ? 'この先7日間に動きはありません。' : 'この前7日間に動きはありません。'), noNext: '動きを調べられませんでした。もう一度お試しください。', jumped: (clock: string) => `${clock} の動きへ移動しました` },

  panel: { label: '目的としおり', title: '目的と事案', change: '変更', choose: '目的を選ぶ', purpose: '目的', case: '事案', keep: '保存', erase: '消去', keepDays: (n: number) => `${n}日間`, erased: (date: string) => `${date}（この映像）`, noCase: '－',
    gaps: '欠落', gapsIn: (w: string) => `表示範囲 ${w}`, noGaps: '表示範囲に欠落はありません。', more: (n: number) => `ほか ${n}件`, goGap: (name: string, when: string) => `${name} ${when} の欠落の直前へ移動する` },
  bookmarks: { title: 'しおり', add: '追加', none: 'まだありません。気になった時刻に、しおりを付けられます。', noneShort: '表示範囲にありません。', still: '静止画', go: (when: string, text: string) => `${when} ${text} へ移動する`, failed: 'しおりを読み込めません。', mine: '自分だけ', shared: '所管内で共有', all: 'しおりの一覧' },
  adding: { title: 'しおりを追加', at: '時刻', camera: 'カメラ', text: 'メモ', hint: '1～500字。人の評価は書けません。', share: '見られる人', mine: '自分だけ', mineWhy: '', shared: '所管内で共有', sharedWhy: 'この映像にしおりを付けられる人が見られます', save: '追加する', saving: '追加しています…', cancel: 'やめる', missing: 'メモを入力してください。', failed: 'しおりを追加できませんでした。', done: 'しおりを追加しました' },
  still: { button: '静止画', title: '静止画', kept: '静止画を残しました。自分のしおりから、いつでも見られます。', inside: '画像はシステムの外に出ません。ダウンロードや印刷が必要なときは、映像提供を申請してください。', loading: '静止画を取り出しています', failed: '静止画を残せませんでした。', noDecoder: 'この端末では静止画を表示できません。静止画は残しました。', alt: (camera: string, at: string) => `${camera} ${at} の静止画`, note: 'メモ', share: '所管内で共有する', save: '保存する', saved: '保存しました', close: '閉じる', discard: '取り消す', discarded: '静止画を取り消しました' },
  link: { button: 'リンク', long: 'この時刻へのリンクをコピーする', copied: 'コピーしました', failed: 'コピーできませんでした。アドレス欄のリンクを使ってください。' },
  keys: { hold: '保全', activity: '前・次の動き', go: '日時へ', bookmark: 'しおり', still: '静止画', tile: '基準のカメラ', enlarge: '拡大・戻す', copy: 'リンク' },
};

/** wall is the text of the page /wall. */
export const wall = {
  page: '映像確認',
  stage: '映像', place: (n: number) => `${n}番`, empty: '空き', emptyHint: '左の一覧から選ぶか、ここへドラッグします',
  changed: '（変更あり）', back: '元の並び',
  layout: '分割', layouts: { '1': '1', '4': '4', '9': '9', '16': '16', '25': '25', floor: 'この階' }, layoutLong: (n: string) => `${n}分割`, floorLong: (name: string) => `この階のカメラをすべて並べる（${name}）`,
  received: (n: number, of: number) => `受信 ${n} / ${of}`, late: (n: number) => `遅延 ${n}`, stopped: (n: number) => `停止 ${n}`,
  purposeNone: '目的：未選択', purposeChange: '目的を変える',
  carousel: {
    start: '巡回表示', label: '巡回表示', page: (n: number, of: number) => `${n} / ${of}`, pageLong: (n: number, of: number) => `巡回表示 ${of}画面中の${n}画面目`,
    pause: '巡回を一時停止する', resume: '巡回を再開する', previous: '前の画面', next: '次の画面', every: '切り替えの間隔', seconds: (n: number) => `${n}秒`, end: '終える', endLong: '巡回表示を終える',
    paused: '一時停止中',
  },
  save: {
    open: '保存', title: '並びを保存する', name: '名前', hint: '例：朝の確認', missing: '名前を入力してください。', submit: '保存する', over: '上書きする', asNew: '新しく保存する', cancel: 'やめる', close: '閉じる',
    body: (n: number) => `いま並んでいる${n}台を、いつでも呼び出せるようにします。見られるのはあなただけです。`,
    done: (name: string) => `「${name}」を保存しました`, removed: (name: string) => `「${name}」を削除しました`, failed: '保存できませんでした。もう一度お試しください。', full: '保存できる並びは50件までです。使わないものを削除してください。',
  },
  sets: {
    label: '保存した並び', none: '保存した並びはありません', noneHint: '映像を並べて「保存」を押すと、ここから呼び出せます。', about: (layout: string, n: number) => `${layout}・${n}台`, layouts: (n: string) => `${n}分割`, floor: '階',
    remove: (name: string) => `「${name}」を削除する`, sure: (name: string) => `「${name}」を削除しますか。カメラと記録には影響しません。`, removeShort: '削除する', rename: (name: string) => `「${name}」の名前を変える`, renameTitle: '名前を変える', renameSubmit: '変える', failed: '保存した並びを読み込めませんでした', retry: 'もう一度読み込む',
  },
  rail: {
    tabs: '選び方', places: '場所', plan: '平面図', sets: '保存', show: (name: string) => `${name}のカメラを並べる`, showShort: '並べる', put: (name: string) => `${name}を表示する`, onWall: (n: number) => `${n}番に表示中`, stopped: (n: number) => `停止 ${n}台`,
    here: (n: number) => `表示中 ${n}台`, noPlan: 'この場所の平面図はありません', planFailed: '平面図を読み込めませんでした', plans: '場所を選ぶ', legend: { live: '正常', late: '接続中', stopped: '停止', planned: '予定' },
  },
  tile: {
    name: (parts: string[]) => parts.filter(Boolean).join(' '), live: (state: string, age: string) => `${state} ${age}`,
    time: '時間軸', timeLong: (name: string) => `${name}の時間軸を開く`, enlarge: '拡大する', shrink: '元の大きさに戻す', remove: '外す', enlargeLong: (name: string) => `${name}を拡大する`, shrinkLong: (name: string) => `${name}を元の大きさに戻す`, removeLong: (name: string) => `${name}を外す`,
    planned: '運用前', plannedFrom: (day: string) => `${day}から映像を確認できます`, plannedSoon: '運用を始めると映像を確認できます',
    unknown: '表示できません', unknownWhy: '番号が違うか、所管ではありません', noLive: 'この職では見られません',
  },
  time: {
    label: (name: string) => `${name}の時間軸`, slider: '表示する時刻', behind: (d: string) => `現在の ${d} 前`, live: 'ライブへ', back: '10秒戻る', forward: '10秒進む', stepBack: '1コマ戻る', stepForward: '1コマ進む', play: '再生', pause: '一時停止', close: '時間軸を閉じる', open: '過去映像で開く', now: '現在',
    loading: '記録を読み込んでいます', failed: '記録を読み込めません', gap: (cause: string, d: string) => `欠落：${cause}（${d}）`,
  },
  say: {
    put: (name: string, n: number) => `${name}を${n}番に表示しました`, already: (name: string, n: number) => `${name}は${n}番に表示しています`, taken: (name: string) => `${name}を外しました`, swapped: (a: string, b: string) => `${a}を${b}へ動かしました`, full: '空いている場所がありません。入れ替える映像を選んでください。',
    picked: (name: string) => `${name}を動かします。矢印キーで行き先を選び、Enterで決めます。Escでやめます。`, over: (n: number) => `${n}番`, cancelled: '移動をやめました', enlarged: (name: string) => `${name}を拡大しました`, shrunk: '元の並びに戻しました', layout: (n: string) => `${n}の並びにしました`, page: (n: number, of: number) => `${of}画面中の${n}画面目`, paused: '巡回を一時停止しました',
  },
  foot: {
    label: '案内', logged: '閲覧はすべて記録されます', keep: (n: number) => `保存期間 ${n}日`, zone: (d: string) => `時刻 JST・時計の差 ${d}`, zoneOnly: '時刻 JST',
    keys: { ten: '10秒', play: '再生', enlarge: '拡大', camera: 'カメラ', all: 'キー一覧', tile: '移動' }, to: '～',
  },
  keys: {
    title: 'キー操作の一覧', groups: { wall: '並び', time: '時間', page: '画面' },
    select: '映像を選ぶ', beside: '隣の映像', enlarge: '拡大・元に戻す', move: '映像を動かす', remove: '映像を外す', ten: '10秒戻る・進む', minute: '1分戻る・進む', jkl: '逆再生・停止・再生', frame: 'コマ送り', space: '再生・一時停止', live: 'ライブへ', timeline: '時間軸を開く・閉じる',
    full: '全画面', search: 'カメラをさがす', help: 'この一覧', layouts: '巡回表示の一時停止', note: '映像をダブルクリックすると拡大します。映像や一覧の行はドラッグで動かせます。',
  },
};

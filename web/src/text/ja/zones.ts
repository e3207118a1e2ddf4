/** zones is the text of zones on floor plans. */
export const zones = {
  page: '区域図', lead: '業務区域及び機密区域では私物の情報機器の使用は禁止（公開区域は使用可）。', list: '一覧で見る', plan: '平面図', planOption: (name: string, n: number) => `${name}（${n}区域）`,
  types: { public: '公開区域', business: '業務区域', secure: '機密区域' }, short: { public: '公開', business: '業務', secure: '機密' },
  rules: { public: '私物の情報機器は使用できます', business: '私物の情報機器の使用は禁止です（承認を受けた範囲を除く）', secure: '私物の情報機器の使用は禁止です（通常の承認では認められません）' },
  legend: '凡例', terminals: '端末（室ごと。位置は示しません）', camera: 'カメラ', draft: '案',
  none: 'この階に描いた区域はありません', noneWhy: '区域を選んで範囲を描くと、ここに表れます。', here: 'この階の区域', undrawn: 'まだ描いていない区域', choose: '区域を選ぶと、決まりと例外が表れます。', of: (type: string, room: string, state: string) => `${type} ${room} ${state}`,
  facts: { rule: '決まり', unit: '所属', terminals: '端末', number: '番号', exceptions: '承認された例外' }, count: (n: number) => `${n}台`, noExceptions: '例外はありません', until: (day: string) => `${day}まで`, openRecord: '記録を開く', poster: '掲示を印刷する', printPlan: 'この階の区域図を印刷する',
  draw: '範囲を描く', redraw: '範囲を直す', add: '区域を描いて加える',
  edit: {
    title: (name: string) => `${name}の範囲`, fresh: '新しい区域の範囲', shape: '描き方', box: '四角形', polygon: '多角形', boxHint: '平面図の上で、角から角へ引きます。または下に数を入力します。', polygonHint: '平面図を押すと角が加わります。角は引いて動かし、矢印キーでも動きます（Shiftで1ずつ、Deleteで消えます）。',
    room: '室の形を使う', choose: '選んでください', x: '左', y: '上', w: '幅', h: '高さ', corner: (n: number) => `角${n}`, cornerAt: (n: number, x: number, y: number) => `角${n}　横${x} 縦${y}`, across: '横', down: '縦', remove: (n: number) => `角${n}を消す`, more: '角を加える', unit: (w: number, h: number) => `平面図の単位です（幅${w}、高さ${h}）`,
    reason: '訂正の理由', reasonHint: '適用中の区域なので、前の範囲とともに残ります', save: '保存する', on: '区域の内容へ', cancel: 'やめる', few: '角を3つ以上、広さのあるように描いてください。', saved: '範囲を保存しました', drawing: '描いている範囲',
  },
};

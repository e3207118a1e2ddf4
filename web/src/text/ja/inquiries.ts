/** inquiries is the text of the page /inquiries. */
export const inquiries = {
  page: '閲覧状況の照会', lead: '映像に映った方からの照会に、監査ログから回答します',
  list: '照会', none: '照会はありません', noneBody: '公開ページから照会が届くと、ここに並びます。', pick: '一覧から選ぶと、内容と回答の案を表示します', gone: 'その照会はありません',
  states: { waiting: '未回答', answered: '回答済み', refused: '回答しない' },
  due: (d: string) => `期限 ${d}`, overdue: '期限を過ぎています', count: (n: number) => `未回答 ${n}件`,
  place: '場所', time: '映像の時間', asked: '受付', dueLong: '期限', contact: '連絡先', noContact: 'なし', number: '受付番号', decided: '回答', by: (name: string, when: string) => `${name}　${when}`,
  found: '回答の案', foundLead: (when: string) => `${when} までの監査ログから作りました。氏名は含みません。`, answer: '回答した内容',
  nobody: '記録の範囲では、この場所・時間の映像を見た者はいません。', withheld: (n: number) => `ほかに、封印中の事案に属する確認が${n}件あります。封印が終わるまで、回答に含めません。`,
  columns: { date: '見た日', post: '見た職', kind: '種類', purpose: '目的', times: '回数' }, kinds: { live: 'ライブ', past: '過去', still: '静止画' }, noPurpose: '－', unknown: '不明',
  note: '添える言葉', noteHint: '照会した方に見えます。氏名は書かないでください。', send: '回答する', sent: '回答しました',
  refuse: '回答しない', reason: '回答できない理由', reasonHint: '照会した方に見えます。', refuseTitle: 'この照会に回答しない', refuseDo: '理由を伝えて終える', refused: '理由を伝えました', missing: '理由を入力してください。', cancel: 'やめる',
  why: '理由', noteWas: '添えた言葉', log: '監査ログで一件ずつ確かめるときは、この場所・時間で検索してください。',
};

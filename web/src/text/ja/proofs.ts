/** proofs is the text of 管理策の証跡, a part of the page /records. */
export const proofs = {
  page: '管理策の証跡', lead: (year: string) => `${year}の記録で、どの管理策が証されるか`, list: '管理策', year: '年度', show: '表示', all: 'すべて', lacking: '足りないもの',
  states: { proved: '証跡あり', short: '不足', missing: '証跡なし', unset: '定めなし', excluded: '適用除外' },
  heads: { code: '番号', name: '管理策', state: '判定', count: '件数', proof: '証跡', least: '必要', pack: '対象', who: '作成者', when: '依頼日時', progress: '状況', files: 'ファイル', sums: 'SHA256SUMSのSHA-256' },
  none: '足りない管理策はありません', noneWhy: 'この年度は、適用するすべての管理策に証跡があります。', empty: '管理策が登録されていません', emptyWhy: '「記録」の管理策に、適用宣言書の管理策を登録してください。', pick: '管理策を選ぶと、証跡と足りないものが出ます',
  reason: '適用の理由', edit: '管理策の記録を開く', ledger: '監査ログ', stands: '現に有効なもの', ofYear: 'この年度のもの', hidden: 'この職では読めない記録です', gone: '記録がありません',
  why: {
    missing: 'この年度の証跡が1件もありません。記録を残すか、証跡となる記録を見直してください。', short: '足りない証跡があります。', unset: 'どの記録が証跡になるか、管理策の記録に定めてください。', excluded: '適用宣言書で適用しないとした管理策です。', proved: '',
  },
  singles: '個別の証跡', open: '記録を見る', count: (n: number) => `${n.toLocaleString('ja-JP')}件`, make: '証跡パックを作成', makeOne: (code: string) => `${code}の証跡パックを作成`, makeAll: 'すべての管理策の証跡パックを作成',
  packs: '作成した証跡パック', packsNote: '索引・表・印刷した記録・監査ログの証明を1つのZIPにします', noPacks: 'まだ作成されていません', noPacksWhy: '「証跡パックを作成」を押すと、ダウンロードが始まり、ここに進み具合が出ます。',
  asking: 'ダウンロードを始めました。進み具合は下に出ます。', whole: '全管理策', several: (n: number) => `管理策${n}件`,
  progress: { asked: '受取り待ち', making: '作成中', done: '作成済', broken: '中断' }, fetch: '受け取る', steps: (made: number, steps: number) => `${made} / ${steps}`, made: (files: number, mb: string) => `${files.toLocaleString('ja-JP')}件・${mb} MB`,
  settings: {
    title: '条文が定める設定', comparison: '新旧対照表', none: 'この規程の条文が定める設定はありません。', article: '条', setting: '設定', says: '条文の値', present: '現在の設定', state: '一致', unset: '設定なし',
    names: { retention: '保存日数', duty: '確認の回数', induction: '研修の時間', viewing: '確認できる職・範囲', purpose: '確認の目的' }, states: { agrees: '一致', differs: '不一致', unknown: '比べられません' },
    differs: '条文と現在の設定が一致していません', differsWhy: '規程を改正するか、設定を条文に合わせてください。設定を変えるときは、その条文を根拠として示します。',
  },
};

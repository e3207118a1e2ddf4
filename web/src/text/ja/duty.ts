import { eraYear } from '../../time/era.ts';
import { wall, type Instant } from '../../time/instant.ts';

const era = (at: Instant) => `${eraYear(at)}${wall(at).month}月${wall(at).day}日`;

/** duty is the text of the page /duty. */
export const duty = {
  page: '今回の確認',
  month: (year: number, month: number) => `${year}年${month}月`,
  weekdays: ['月', '火', '水', '木', '金', '土', '日'],

  mine: {
    rounds: '回', of: (n: number) => `/ ${n}回`, left: (n: number) => `今月あと${n}回`, met: '今月の規準を満たしました', until: (d: string) => `${d}まで`,
    norm: (rounds: number, moments: number) => `規準：月${rounds}回、1回に${moments}場面と目立ったこと`,
    attention: (n: number) => `要対応 ${n}件`, noAttention: '要対応なし',
    begin: '確認を始める', resume: '確認をつづける', more: 'もう1回確認する', book: '映像確認簿', busy: '場面を選んでいます…',
    calendar: (month: string) => `${month}の確認`, day: (d: number, moments: number, attention: number) => (moments === 0 ? `${d}日` : `${d}日　${moments}場面確認${attention > 0 ? `、要対応${attention}件` : ''}`),
    checked: '確認した日', withAttention: '要対応のあった日', today: '今日',
  },
  how: {
    title: '確認のしかた', note: '部長・統括管理者は、所管の映像を確認することになっています。',
    steps: [
      ['場面を見る', '保存中の映像から無作為に選んだ場面と、記録の欠落・映像の途絶・時間外の動きを、一つずつ表示します。選び直しはできません。'],
      ['一つのキーで答える', '異常なければ Y、対応が必要なら X。再生の操作は過去映像と同じです。'],
      ['要対応は危機管理へ', '場面とカメラを添えて連絡します。読めるのは、あなたと危機管理担当だけです。受領と結果がここに戻ります。'],
      ['確認簿に残る', 'いつ・だれが・どの映像を見たかが映像確認簿になります。勤務の評価には使えません。'],
    ] as [string, string][],
  },
  all: {
    title: '部署ごとの状況', note: (done: number, all: number) => `規準を満たした部署 ${done} / ${all}`, unit: '部署', cameras: 'カメラ', norm: '規準', done: '今月の確認', left: '残り', attention: '要対応', book: '確認簿', set: '規準',
    perMonth: (rounds: number, moments: number) => `月${rounds}回・${moments}場面`, times: (n: number) => `${n}回`, met: '済', open: '確認簿を開く', change: '変える', changeOf: (unit: string) => `${unit}の規準を変える`, bookOf: (unit: string) => `${unit}の映像確認簿`,
    count: (n: number, of: number) => `${of}回のうち${n}回`,
  },
  norm: {
    title: (unit: string) => `${unit}の規準`, body: '所管の長が映像を確認する回数と場面の数を定めます。今月の残りは、この規準で数え直します。変更は記録に残ります。',
    rounds: '1か月の回数', moments: '1回の場面数', roundsHint: '1～31回', momentsHint: '1～20場面。目立ったことは、これに加えて最大5件を表示します。', bad: (max: number) => `1から${max}までの整数で入力してください。`, save: '規準を定める', saved: (unit: string) => `${unit}の規準を定めました`,
  },
  empty: { title: '確認する所管はありません', body: 'あなたの職には、映像を確認する所管がありません。異常ではありません。', ask: '職や所属が違っているときは、情報安全担当に連絡してください。' },
  nothing: { title: '確認できる映像がまだありません', body: '記録が始まって5分ほどたつと、場面を選べます。あとでもう一度お試しください。' },

  round: {
    progress: (n: number, all: number) => `${all}場面のうち${n}場面を確認`, of: (n: number, all: number) => `場面 ${n} / ${all}`, steps: 'この回の場面', step: (n: number, result: string) => `場面${n}　${result}`, none: '未確認', leave: '中断する', leaveLong: '中断する（あとでつづけられます）',
    why: { random: '無作為に選んだ場面', gap: '記録の欠落', stall: '映像の途絶', outside_hours: '時間外の動き' },
    whyNote: {
      random: () => '保存中の映像から、偏りなく選びました。',
      gap: (cause: string, d: string) => `${d}（${cause}）。前後の映像に、覆いや向きの変化がないかを見てください。`,
      stall: (_: string, d: string) => `カメラとつながったまま、${d}映像が来ませんでした。前後の映像を見てください。`,
      outside_hours: (_: string, d: string) => `業務時間（平日 8:30～17:15）の外に、ふだんより多い動きが${d}続きました。`,
    },
    before: '直前を見る', after: '直後を見る', again: '5秒前から見る', play: '再生', pause: '一時停止', back: '10秒戻る', forward: '10秒進む', stepBack: '1コマ戻る', stepForward: '1コマ進む', controls: '再生の操作', rate: (r: string) => `${r}倍`,
    fine: '異常なし', attention: '要対応', marks: '確認の結果', saving: '記録しています…', marked: (result: string) => `${result}と記録しました`,
    notSeen: 'この場面の映像をまだ見ていません', notSeenBody: '確認の記録は、この時刻の前後の映像を実際に表示したあとに付けられます。再生してから、もう一度押してください。',
    failed: '記録できませんでした', gone: 'このカメラは、いまは表示できません', goneBody: '登録から外れたか、所管が変わりました。見られる映像がなければ、そのまま結果を記録できます。',
    bare: 'この場面の前後に、見られる映像はありません', bareBody: '記録が残っていないため、確認できる映像がありません。結果はそのまま記録できます。',
    purpose: '目的', change: '抑止のための確認に変える', picture: (camera: string, when: string) => `${camera}　${when} の映像`, loading: 'この回を読み込んでいます',
    previous: '前の場面', next: '次の場面',
  },
  summary: {
    title: '確認が終わりました', lapsed: 'この回の期限が過ぎました', lapsedBody: '始めてから7日を過ぎたため、結果を記録できません。新しく始めてください。', body: (unit: string, n: number) => `${unit}　${n}場面を確認しました。`, fine: '異常なし', attention: '要対応', until: (when: string) => `結果は${when}まで直せます。`,
    camera: 'カメラ', at: '時刻', why: '選んだ理由', result: '結果', report: '連絡', reported: '連絡済み', send: '危機管理へ連絡', see: '見直す', back: '今回の確認へ戻る', moments: 'この回の場面', left: (n: number) => (n > 0 ? `今月の規準まであと${n}回です。` : '今月の規準を満たしました。'),
  },
  contact: {
    title: '危機管理へ連絡', who: '読めるのは、あなたと危機管理担当だけです。受領と結果は、受信箱に戻ります。', moment: '場面', camera: 'カメラ', others: 'ほかに関係するカメラ', othersHint: '同じ階のカメラから選べます。16台まで。', noOthers: '同じ階に、ほかのカメラはありません。',
    note: '内容', noteHint: '何が、どこで起きているかを書いてください。', missing: '内容を入力してください。', long: '2,000字までで入力してください。', send: '連絡する', busy: '送っています…', sent: '危機管理へ連絡しました', later: 'あとで連絡する',
  },
  reports: { title: '危機管理への連絡', titleAll: '届いた連絡', none: '連絡はありません', noneBody: '要対応とした場面を危機管理へ連絡すると、受領と結果がここに戻ります。', noneAll: '部長・統括管理者からの連絡は、ここに届きます。', all: 'すべて見る' },

  book: {
    title: '映像確認簿', month: '月', earlier: '前の月', later: '次の月', unit: '部署', print: '印刷する', back: '今回の確認へ戻る', none: 'この月に確認された映像はありません', loading: '映像確認簿を読み込んでいます', sheets: (n: number) => `A4縦 ${n}枚`, label: (n: number, all: number) => `映像確認簿 ${n} / ${all}ページ`,
    heading: (year: string, month: number) => `${year}${month}月分`, confidential: '取扱注意', approval: ['部長', '統括管理者', '担当'], year: (at: Instant) => eraYear(at), date: era, shortDate: (at: Instant) => `${wall(at).month}/${wall(at).day}`,
    facts: { unit: '所管', norm: '規準', rounds: '確認した回数', moments: '確認した場面', attention: '要対応', views: '閲覧' }, times: (n: number) => `${n}回`, moments: (n: number) => `${n}場面`, cases: (n: number) => `${n}件`,
    columns: { when: '確認日時', by: '確認者（職名・氏名・職員番号）', camera: 'カメラ', kind: '映像', seen: '映像の対象日時', purpose: '目的・事案番号', result: '結果', source: '端末' },
    live: 'リアルタイム', past: '過去', running: '表示中', unknown: '－', results: { fine: '異常なし', attention: '要対応', '': '－' },
    day: '日', calendar: '日ごとの確認', seq: '番号', printed: (when: string, who: string) => `印刷　${when}　${who}`, made: '閲覧の記録から機械的に作成', page: (n: number, all: number) => `${n} / ${all}`, dayMoments: '場面', dayRounds: '回',
  },
};

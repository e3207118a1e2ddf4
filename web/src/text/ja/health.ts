import type { Trouble } from '../../health/model.ts';

type Word = Trouble['kind'] | 'fine' | 'planned';

/** health is the text of the page /health. */
export const health = {
  page: '稼働状況',
  title: 'カメラ稼働状況',
  lead: '書き込まれた録画で判定しています。映像は表示しません',
  refused: '稼働状況を見る権限がありません',
  refusedWhy: 'カメラの稼働状況は、施設担当・危機管理・管理者と、カメラを所管する部長・統括管理者が見られます。必要なときは、情報安全担当に相談してください。',
  stale: (clock: string) => `最新の状況を取得できません（最後の確認 ${clock}）。自動で再試行しています。`,
  summary: (stopped: number, attention: number) => `停止 ${stopped}台、要確認 ${attention}台`,

  kpi: {
    label: 'いまのまとめ',
    recording: '録画中', of: (n: number) => `／${n}台`, written: (d: string) => `もっとも遅い保存 ${d}前`, unwritten: '保存を確認しています', noneRecording: '録画中のカメラはありません', planned: (n: number) => `ほかに予定 ${n}台`,
    stopped: '停止', unit: '台', stoppedNone: '停止はありません', stoppedAt: (place: string, clock: string) => `${place} ${clock}から`,
    attention: '要確認', attentionNone: '要確認はありません', kinds: (list: string[]) => list.join('・'),
    share: '30日間の録画率', gapDays: (n: number) => (n === 0 ? '1分以上の欠落なし' : `欠落のあった日 延べ${n}日`), shareNone: '記録を集計しています',
    rate: 'いまの受信', pictures: (n: string) => `毎秒 ${n}枚`,
    clock: '時計のずれ', clockOf: (name: string) => `最大 ${name}`, clockNone: '測定値はまだありません',
  },

  words: {
    stopped: '停止', unknown: '不明', unwritten: '保存遅れ', starting: '接続中', gap: '欠落', repeated: '欠落', loss: '通信損失', clock: '時計ずれ', fine: '正常', planned: '予定',
  } as Record<Word, string>,
  why: {
    together: (n: number) => `${n}台すべて同時`,
    noCause: '原因を調べています',
    unknown: '録画装置から報告がありません',
    unwritten: '録画の書き込みが遅れています',
    starting: 'カメラに接続しています',
    longest: (d: string) => `最長 ${d}`,
    repeated: (n: number) => `7日間に ${n}日の欠落`,
    loss: (percent: string) => `通信の損失 ${percent}％`,
    clock: (d: string) => `カメラの時計 ${d}`,
    seconds: (n: number) => `${n} 秒`,
    ahead: (d: string) => `+${d}`, behind: (d: string) => `−${d}`,
    more: (n: number) => `ほか${n}件`, join: (list: string[]) => list.join('・'),
    planned: 'まだ運用を始めていません',
  },
  resumed: (clock: string) => `復旧 ${clock}`,
  today: '今日', yesterday: 'きのう',

  first: '先に対応するもの', all: 'カメラの一覧', found: (n: number) => `${n}台`,
  table: 'カメラの稼働状況の一覧',
  columns: { state: '状態', camera: 'カメラ', why: '原因', since: 'いつから', cover: (from: string, to: string) => `30日間（${from}～${to}）`, coverShort: '30日間', share: '録画率 ％', now: 'いま' },
  kbps: (n: string) => `${n} kbps`, fps: (n: string) => `${n} 枚/秒`,
  showAll: (n: number) => `正常な ${n}台をすべて表示`, showFew: '正常なカメラをたたむ',
  none: '条件に合うカメラはありません。', reset: '絞り込みをやめる',
  fineTitle: 'すべてのカメラが正常です',

  cover: {
    kinds: { ok: '録画', gap: '欠落 1分以上', long: '1時間以上', stopped: '停止中', planned: '計画・未登録', none: '運用前・消去済み' },
    whole: (ok: number, gaps: string) => `30日間：録画できた日 ${ok}日${gaps}`, gaps: (n: number, list: string) => `、欠落のあった日 ${n}日（${list}）`,
    day: (day: string, kind: string, percent: string, longest: string) => `${day} ${kind} ${percent}${longest}`, longest: (d: string, cause: string) => `・最長 ${d} ${cause}`,
    loading: '集計中',
  },

  filter: { state: '状態で絞り込む', all: 'すべて', stopped: '停止', attention: '要確認', fine: '正常', search: 'カメラ名・番号・場所', searchLabel: '一覧をさがす' },
  export: 'CSV', exportLong: '表示中の一覧を CSV で書き出す', file: (day: string, clock: string) => `カメラ稼働状況_${day}_${clock}.csv`,
  csv: ['番号', 'カメラ', '場所', '状態', '原因', 'いつから', '30日間の録画率（％）', '受信 kbps', '枚/秒', '通信の損失（％）', '時計のずれ（秒）', '最後の保存'],

  places: { title: '場所', all: 'すべての場所', label: '場所で絞り込む', noPlan: '平面図はまだありません', planLoading: '平面図を読み込んでいます', planFailed: '平面図を読み込めません。自動で再試行します。' },

  detail: {
    close: '閉じる', label: (name: string) => `${name} の詳細`, unknown: 'このカメラの稼働状況は見られません。',
    place: '場所', kind: '種別', since: 'この状態になった時刻', node: '録画装置', written: '最後の保存', rate: '受信', loss: '通信の損失', clock: '時計のずれ', keep: '保存期間', streams: '配信',
    none: '－', ago: (d: string) => `${d}前`, streamNames: { main: '高画質', sub: '標準画質' } as Record<string, string>,
    troubles: '対応が必要なこと', cover: '30日間の録画', days: '欠落のあった日', noDays: '1分以上の欠落はありません。', short: (n: number) => `ほかに、1分未満の欠落があった日が ${n}日あります。`,
    day: '日付', share: '録画率', longest: '最長の欠落', cause: '原因', watch: '映像を確認する',
  },
};

import { wall as wallTime, type Instant } from '../time/instant.ts';
import { jaDates } from './dates.ts';
import { audit } from './ja/audit.ts';
import { bookmarks } from './ja/bookmarks.ts';
import { debts } from './ja/debts.ts';
import { diagnostics } from './ja/diagnostics.ts';
import { evidence } from './ja/evidence.ts';
import { duty } from './ja/duty.ts';
import { figures } from './ja/figures.ts';
import { forms } from './ja/forms.ts';
import { health } from './ja/health.ts';
import { help } from './ja/help.ts';
import { inbox } from './ja/inbox.ts';
import { oplog } from './ja/oplog.ts';
import { patrols } from './ja/patrols.ts';
import { people } from './ja/people.ts';
import { inquiries } from './ja/inquiries.ts';
import { plan } from './ja/plan.ts';
import { playback } from './ja/playback.ts';
import { files } from './ja/files.ts';
import { proofs } from './ja/proofs.ts';
import { records } from './ja/records.ts';
import { requests } from './ja/requests.ts';
import { review } from './ja/review.ts';
import { rights } from './ja/rights.ts';
import { security } from './ja/security.ts';
import { settings } from './ja/settings.ts';
import { survey } from './ja/survey.ts';
import { wall } from './ja/wall.ts';
import { weeks } from './ja/weeks.ts';
import { zones } from './ja/zones.ts';

/** ja is the text of every screen: what many pages say is here, each page's own in ja/. Labels end in nouns, buttons in verbs. */
export const ja = {
  lang: 'ja' as 'ja' | 'en',
  other: 'English',
  product: '櫓 Yagura',
  title: (page: string) => `${page}｜櫓 Yagura`,
  ...jaDates('western'),
  day: (at: Instant) => `${wallTime(at).month}/${wallTime(at).day}`,
  zone: 'JST',
  seconds: (s: number) => `${s.toFixed(1)} 秒`,
  duration: (s: number) => {
    if (s < 1) return '1秒未満';
    if (s < 60) return `${Math.round(s)}秒`;
    const rest = (n: number, unit: string) => (n >= 1 ? `${Math.floor(n)}${unit}` : '');
    if (s < 3600) return `${Math.floor(s / 60)}分${rest(s % 60, '秒')}`;
    if (s < 86400) return `${Math.floor(s / 3600)}時間${rest((s % 3600) / 60, '分')}`;
    return `${Math.floor(s / 86400)}日${rest((s % 86400) / 3600, '時間')}`;
  },
  cameras: (n: number) => `${n}台`,
  days: (n: number) => `${n}日`,
  from: (when: string) => `${when}から`,
  range: (a: string, b: string) => `${a}～${b}`,
  clearly: (a: string, b: string) => `${a}（${b}）`,

  signIn: {
    page: 'サインイン', login: '職員ID', password: 'パスワード', required: '※必須', optional: '任意', submit: 'サインインする', busy: '確認しています…',
    purpose: '今回の目的', purposeHint: 'あとからでも選べます。過去の映像を見るときに使います。勤務評価には使えません。',
    show: '表示', hide: '隠す', showLong: 'パスワードを表示する', hideLong: 'パスワードを隠す',
    say: ['見られるのは、所管する執務室の映像だけです', 'いつ・だれが・何のために見たかを、すべて記録します', '保存期間が過ぎた映像は自動的に消去します。音声は記録しません'],
    missing: '＊職員IDとパスワードを入力してください。',
    failed: '＊職員IDまたはパスワードが違います。確かめて、もう一度入力してください。',
    tooMany: '＊続けて失敗したため、しばらくサインインできません。数分おいて、もう一度お試しください。',
    ended: 'セッションが終了しました。もう一度サインインしてください。',
    help: 'お困りのとき　情報システム担当へ',
    directory: '区のアカウントでサインイン', orPassword: 'または Yagura のパスワードで', returning: '区のアカウントを確認しています…',
    recovered: '本人確認の手段を消しました。区のアカウントでサインインし、登録し直してください。',
    directoryErrors: {
      'directory-unknown': '＊区のアカウントは確認できましたが、Yagura の利用者として登録されていません。利用が必要なときは、管理者に連絡してください。',
      'directory-local': '＊この職員IDは、Yagura のパスワードでサインインします。下の欄に入力してください。',
      'directory-other': '＊この職員IDは、以前は別の方のものでした。管理者に連絡してください。',
      'directory-off': '＊Yagura の利用が停止されています。管理者に連絡してください。',
      'directory-away': '＊区のディレクトリに接続できません。時間をおいて、もう一度お試しください。',
      'directory-refused': '＊区のアカウントでのサインインは行われませんでした。',
      'directory-failed': '＊サインインの手続きが途中で切れたか、期限が過ぎました。もう一度はじめてください。',
      'directory-login': '＊区のアカウントから職員IDを読み取れませんでした。情報システム担当に連絡してください。',
    } as Record<string, string>,
  },
  /** origins are who did what no person of the list did. */
  origins: { files: '設定ファイル', 'command line': 'サーバーの端末', 'first start': '最初の起動', narrows: '狭める変更', relaxed: '二人目の承認なし' } as Record<string, string>,
  noAnswer: 'サーバーに接続できません。ネットワークを確かめて、もう一度お試しください。',
  oops: (detail: string) => detail || '処理できませんでした。時間をおいて、もう一度お試しください。',

  ui: { retry: 'もう一度試す', failed: '読み込めませんでした', refused: '表示する権限がありません', loading: '読み込んでいます', close: '閉じる', cancel: 'やめる', save: '保存する' },

  nav: { label: '主な画面', more: 'ほか' },
  missing: { title: 'ページが見つかりません', body: 'アドレスが違うか、いまは使われていないページです。', back: (page: string) => `${page}へ戻る` },
  fault: { title: '画面を表示できませんでした', body: 'サーバーが更新されたか、通信が途切れた可能性があります。もう一度読み込むと、同じ画面に戻ります。', again: 'もう一度読み込む' },
  account: { menu: 'アカウント', signOut: 'サインアウトする', language: 'Switch to English', scope: (units: string, n: number) => `所管 ${units}（${n}台）`, scopeAll: (n: number) => `所管 全${n}台`, since: (d: string) => `${d}～`, noPost: '現在の職はありません', login: '職員ID' },
  posts: {} as Record<string, string>,
  relaxed: {
    title: '安全措置を緩めています', names: { second_factor: '二要素認証なし', footage_tokens: '映像の利用者トークン', second_person: '二人目の承認なし' } as Record<string, string>,
    why: '試用・試験のための設定です。本番では使えません。',
  },
  gone: { label: '見られなくなった映像', posts: (posts: string) => `${posts}の職が終わったため、その映像を見る権限がなくなりました。`, cameras: (n: number) => `所管が変わったため、${n}台のカメラを見る権限がなくなりました。` },
  expiry: 'セッションの終了', renew: 'サインインし直す',
  expires: (clock: string) => `セッションは ${clock} に終了します。作業を続けるには、いちどサインインし直してください。`,

  rail: { label: 'カメラの場所', search: 'カメラ名・番号・場所', searchLabel: 'カメラをさがす', clear: '検索語を消す', none: '一致するカメラはありません。', found: (n: number) => `${n}台が一致`, floor: (f: string) => f.replace(/^(\d+)F$/, '$1階'), loading: 'カメラを読み込んでいます' },
  state: { recording: '正常', starting: '接続中', stopped: '停止', planned: '予定', unknown: '不明' } as Record<string, string>,
  stateNote: { recording: '録画しています', starting: 'カメラに接続しています', stopped: '録画が止まっています', planned: 'まだ運用を始めていません', unknown: '状態を確認できません' } as Record<string, string>,

  empty: {
    title: '所管するカメラはありません',
    body: (unit: string) => `${unit}が所管する執務室には、カメラが設置されていません。表示する映像がないため、この画面は空です。異常ではありません。`,
    bodyAnyone: 'あなたの職では、映像を見るカメラがありません。この画面は空ですが、異常ではありません。',
    ask: '所管や職に誤りがあるときは、情報安全担当に連絡してください。',
    you: 'あなたの職と所管',
  },
  pick: { title: 'カメラを選んでください', body: '左の一覧から選ぶと、いまの映像を表示します。', logged: '閲覧は、日時・目的とともにすべて記録されます。', key: 'カメラをさがす', first: '最初のカメラを見る' },
  failedList: { title: 'カメラの一覧を読み込めませんでした', retry: 'もう一度読み込む' },

  view: {
    live: 'ライブ', late: '遅延', stopped: '停止', past: '過去', opening: '接続中', seeking: '移動中', paused: '一時停止', lost: '再接続中', refused: '表示不可',
    ago: (d: string) => `−${d}`,
    noPicture: '映像なし', since: (clock: string, d: string) => `${clock} から（${d}）`, cause: (c: string) => `原因：${c}`,
    retrying: '自動で再接続しています', stalled: 'カメラから新しい映像が届いていません', noFrame: (d: string) => `${d}前から届いていません`,
    pastStill: '記録済みの映像は、下の時間軸から確認できます。',
    waiting: '映像を待っています', notYet: 'まだ表示できません', lostTitle: 'サーバーとの接続が切れました', lostBody: '自動で再接続しています。操作は不要です。', tries: (n: number) => `${n}回目`,
    region: (name: string, number: string) => `${name} ${number} の映像`,
    noAudio: '音声は記録していません', logged: '閲覧はすべて記録されます',
    full: '全画面', exitFull: '全画面を終える',
    quality: { main: '高画質', sub: '標準画質', keys: '間引き表示', slow: '回線に合わせて画質を下げています', codec: 'この端末で表示できる画質に切り替えています', reordered: 'カメラの設定により標準画質で表示しています', purpose: '目的を選ぶと高画質で表示します' },
    end: '記録の端です', missing: (cause: string, d: string) => `この時刻の映像はありません（${cause}、${d}）`, skipped: (cause: string, d: string) => `欠落（${cause}、${d}）を飛ばしました`,
  },
  refused: {
    title: 'この映像は表示できません',
    unknown: (id: string) => `カメラ「${id}」は見つかりません。`, unknownWhy: '番号が違うか、あなたの所管ではありません。左の一覧にあるカメラを選んでください。',
    noLive: 'あなたの職では、このカメラの映像は見られません。', noLiveWhy: '稼働状況は確認できます。映像が必要なときは、危機管理担当に相談してください。',
    denied: '権限がありません。', deniedWhy: '所管の統括管理者、または情報安全担当に相談してください。',
    purpose: '目的を選ぶと表示できます。',
    tooMany: '同時に開ける映像の数を超えています。ほかの画面を閉じてください。',
    codec: 'このカメラの映像形式は、この端末では表示できません。', codecWhy: 'カメラの設定を施設担当に相談してください。',
    retry: 'もう一度試す', choose: '目的を選ぶ', back: 'ライブへ戻る',
  },
  denied: (detail: string) => `操作できませんでした。${detail}`,

  purpose: {
    title: '今回の目的', ask: '過去の映像を見る目的を選んでください', body: '選んだ目的は、このセッションのあいだ使います。閲覧の記録に残ります。', change: '変更', none: '未選択', choose: '目的を選ぶ', cancel: 'やめる', label: (p: string) => `目的：${p}`,
    names: { deterrence_check: '抑止のための確認', misuse_verification: '不正利用の検証', incident: '事件・事故', maintenance: '保守', legal_request: '法令に基づく照会', subject_request: '本人からの開示請求' } as Record<string, string>,
    notes: { deterrence_check: '日々の確認', misuse_verification: '兆候があったとき', incident: '事実の確認', maintenance: '機器の点検・調整', legal_request: '照会文書があるとき', subject_request: '請求書があるとき' } as Record<string, string>,
    never: '勤務の評価・出退勤の確認には使えません。',
    case: '事案番号', caseHint: '例：29-危-014。番号があるときは、目的を選ぶ前に入力します。閲覧の記録に残ります。',
    failed: '目的を登録できませんでした。もう一度お試しください。',
  },

  side: {
    label: 'このカメラ', camera: 'このカメラ', number: '番号', place: '場所', kind: '種別', state: '状態', since: '以来', keep: '保存', keepDays: (n: number) => `${n}日間`, erased: (d: string) => `${d} より前は消去済み`,
    kinds: { surveillance: '監視カメラ', security: '防犯カメラ' } as Record<string, string>,
    gaps: '記録の欠落', gapsIn: (w: string) => `表示範囲 ${w}`, noGaps: '表示範囲に欠落はありません。', more: (n: number) => `ほか ${n}件`, goGap: (when: string) => `${when} の欠落の直前へ移動する`,
    keys: 'キー操作',
  },

  timeline: {
    label: '時間軸', slider: '表示位置', lane: '記録', overview: (n: number) => `${n}日間`, overviewNote: '保存期間', zoom: '表示範囲', now: '現在', loading: '記録を読み込んでいます', nothing: '記録はありません', failed: '記録の有無を読み込めません。自動で再試行します。',
    none: 'カメラを選ぶと、記録のある時間をここに表示します。',
    noPast: 'このカメラの過去の映像を見る権限がありません。', at: (text: string) => text, gap: (cause: string, d: string) => `${cause} ${d}`, gapAt: (cause: string) => `欠落：${cause}`,
    spans: { month: '30日', day: '1日', hours: '2時間', tens: '10分', seconds: '10秒' }, zoomIn: '拡大', zoomOut: '縮小',
    help: 'クリックで移動、ドラッグで探す、ホイールで拡大・縮小',
  },
  transport: {
    label: '再生', back: '10秒戻る', forward: '10秒進む', stepBack: '1コマ戻る', stepForward: '1コマ進む', play: '再生', pause: '一時停止', reverse: '逆再生', rate: '再生速度', live: 'ライブへ', liveNow: 'ライブ表示中', copy: 'リンク', copied: 'コピーしました', copyLong: 'この時刻へのリンクをコピーする',
    position: '表示位置',
  },
  keys: { play: '再生・停止', ten: '10秒', minute: '1分', frame: 'コマ', speed: '逆・停・再生', live: 'ライブ', search: 'さがす', help: 'キー一覧', zoom: '範囲', close: '閉じる', title: 'キー操作の一覧', full: '全画面' },

  causes: {
    'unreachable': 'カメラ応答なし', 'refused': 'カメラが認証を拒否', 'redirected': 'カメラが別の宛先を案内', 'forbidden': '許可外の宛先', 'unsupported': '未対応の映像形式', 'disconnected': 'カメラが切断', 'stalled': '映像の途絶',
    'no-key-frame': '復号の起点なし', 'damaged': '映像データの破損', 'worker-restart': '録画の再起動', 'takeover': '録画装置の切り替え', 'internal-error': '録画プログラムの異常', 'disk-full': '保存領域の不足', 'disk-slow': '保存の遅れ', 'disk-error': '保存装置の異常',
    'clock-stepped': '時計の修正', 'not-in-operation': '運用開始前', 'not-configured': '未登録の期間', 'retention': '保存期間の終了', 'quota': '容量による消去', 'lost': '映像データの欠損', 'unexplained': '原因を調査中',
  } as Record<string, string>,

  audit, bookmarks, debts, diagnostics, duty, evidence, figures, files, forms, health, help, inbox, inquiries, oplog, patrols, people, plan, playback, proofs, records, recovery: security.recovery, requests, review, rights, security, settings, survey, wall, weeks, zones,
};

export type Text = typeof ja;

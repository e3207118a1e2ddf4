import { createContext, useContext } from 'react';

/** ja is what is said to everybody. It stands apart from the texts of the application, which nobody here needs. */
export const ja = {
  lang: 'ja' as 'ja' | 'en',
  other: 'English',
  title: '監視カメラ・防犯カメラについて',
  lead: (ward: string) => `${ward}が設置しているカメラについて、目的、保存する日数、映像を見られる職、見た回数をお知らせします。映像に映る方の権利を守るために公開しています。`,
  loading: '読み込んでいます', retry: 'もう一度読み込む', failed: '読み込めませんでした', noAnswer: 'サーバーに接続できません。通信の状態を確かめて、もう一度お試しください。',
  contents: 'このページの内容',

  why: {
    title: '何のためのカメラですか',
    kinds: { surveillance: '監視カメラ', security: '防犯カメラ' },
    about: {
      surveillance: '住民情報を扱う端末を置いた執務室などにあります。個人情報の不正な取り扱いを抑止し、不正またはその疑いがあったときに事実を確かめるためのものです。',
      security: '公園や道路、施設などの公共の場所にあります。犯罪を抑止し、事件・事故の状況を確かめるためのものです。',
    },
    cameras: (n: number) => `${n}台`,
    purposes: '映像を見るときに選べる目的',
    none: '現在、運用しているカメラはありません。',
  },
  purposes: { deterrence_check: '抑止のための確認', misuse_verification: '不正利用の検証', incident: '事件・事故', maintenance: '保守', legal_request: '法令に基づく照会', subject_request: '本人からの開示請求', '': '目的の選択を求めない確認（ライブ）' } as Record<string, string>,
  not: {
    title: 'していないこと',
    list: ['音声は記録していません。', '顔の認識や、人を自動で見分けることはしていません。', '職員の勤務の評価や、出退勤の確認には使いません。'],
  },
  keep: {
    title: '映像は何日間保存しますか',
    days: (least: number, most: number) => (least === most ? `${most}日間` : `${least}～${most}日間（場所により異なります）`),
    body: '期間を過ぎた映像は、自動的に消去します。事件・事故などで保全した映像は、保全を解くまで消去しません。',
  },
  who: {
    title: 'だれが見られますか',
    posts: {} as Record<string, string>,
    all: 'すべてのカメラ', own: '担当する部署のカメラだけ',
    livePast: '現在の映像と過去の映像', live: '現在の映像', past: '過去の映像',
    body: '職に就いているあいだだけ見られます。だれが、いつ、何のために見たかは、映像が表示される前にすべて記録し、あとから書き換えることはできません。見ることができない監査担当が、その記録を確かめます。',
    none: '現在、映像を見られる職はありません。',
  },
  views: {
    title: '先月、映像を見た回数',
    month: (y: number, m: number) => `${y}年${m}月`,
    table: '部ごとの映像を見た回数', unit: '映像の部署', live: '現在', past: '過去', exports: '提供',
    gone: 'いまはない部署',
    unused: '先月は、映像を見た記録がありません。',
    purpose: '目的ごとの回数',
    body: '「過去」には静止画を含みます。二つの部署にまたがるカメラは、それぞれに数えます。封印された事案の確認は、調査の妨げにならないよう、封印が終わるまで数えません。封印は90日までで、延長には別の職員の判断が必要です。',
    exports0: '「提供」は、映像を外部に書き出して渡した回数です。書き出す機能はまだ使っていないため、0件です。',
    times: (n: number) => `${n}回`,
  },
  ask: {
    title: '映像が見られたかどうかを照会する（閲覧状況の照会）',
    lead: 'あなたが映ったと思う場所と時間を指定すると、その映像をどの職の者が、いつ、何のために見たかを、監査担当が記録から回答します。個人の氏名や映像そのものは回答しません。本人確認は不要です。',
    area: '場所', choose: '選んでください', date: '日付', from: '開始時刻', to: '終了時刻', toHint: '24時間以内。開始より前の時刻は、翌日とみなします。',
    contact: '連絡先', contactHint: '回答についてお尋ねすることがあるときに使います。回答はこのページでご覧になれるため、書かなくてもかまいません。回答の90日後に消去します。',
    required: '必須', optional: '任意', submit: '照会する', busy: '送っています…',
    missing: '選択または入力してください。', future: 'これからの時間は指定できません。', asked: '照会を受け付けました',
    keep: '次の二つを控えてください。確認用の文字は、もう表示できません。', number: '受付番号', secret: '確認用の文字', due: (d: string) => `${d}までに回答します。`, print: '印刷する', again: '別の照会をする',
    withheld: '法令により、または調査中の事案のため、回答に含められない確認があります。',
  },
  look: {
    title: '回答を見る', submit: '回答を見る', busy: '確かめています…',
    wrong: '受付番号または確認用の文字が違います。', states: { waiting: '回答の準備をしています', answered: '回答', refused: '回答できません' },
    about: '照会の内容', due: (d: string) => `${d}までに回答します。`, none: '記録の範囲では、この場所・時間の映像を見た者はいません。',
    table: '映像を見た記録', date: '見た日', post: '見た職', kind: '種類', purpose: '目的', times: '回数',
    kinds: { live: '現在の映像', past: '過去の映像', still: '静止画' }, unknown: '不明', note: '監査担当から', why: '理由',
  },
  contact: {
    title: '問い合わせ先', responsible: '管理責任者', office: '窓口', phone: '電話',
    none: '区の代表窓口にお問い合わせください。',
  },
  sign: {
    link: '掲示用の案内（A4）', title: '掲示用の案内', print: '印刷する', back: 'カメラについてのページへ',
    hint: 'カメラのある場所の入口など、映る前に目に入るところに掲示してください。',
    on: 'カメラ作動中', kind: (names: string) => `${names}を設置しています`, small: 'CAMERA IN OPERATION',
    points: (days: string) => ['音声は記録していません', '顔の認識はしていません', `映像は${days}で消去します`],
    read: '見られる人・見た回数・照会の方法', readEn: 'Who may watch, how often, and how to ask',
    qr: 'カメラについてのページの QR コード',
  },
};

export type Text = typeof ja;

export const en: Text = {
  lang: 'en',
  other: '日本語',
  title: 'About our cameras',
  lead: (ward) => `What the cameras of ${ward} are for, how long footage is kept, which posts may watch it, and how often they did. Published to protect the rights of everybody who is filmed.`,
  loading: 'Loading', retry: 'Load again', failed: 'This could not be loaded', noAnswer: 'The server cannot be reached. Please check your connection and try again.',
  contents: 'On this page',

  why: {
    title: 'What are the cameras for?',
    kinds: { surveillance: 'Monitoring cameras (監視カメラ)', security: 'Security cameras (防犯カメラ)' },
    about: {
      surveillance: 'In offices with computers that hold residents’ data. They deter misuse of personal data, and serve to verify the facts where misuse is found or suspected.',
      security: 'In parks, streets, facilities and other public places. They deter crime, and serve to clarify incidents and accidents.',
    },
    cameras: (n) => (n === 1 ? '1 camera' : `${n} cameras`),
    purposes: 'Purposes for which footage may be watched',
    none: 'No camera is in operation at present.',
  },
  purposes: { deterrence_check: 'Deterrence check', misuse_verification: 'Verification of misuse', incident: 'Incident or accident', maintenance: 'Maintenance', legal_request: 'Request under the law', subject_request: 'Disclosure to the person concerned', '': 'Live, where no purpose is asked for' },
  not: {
    title: 'What we do not do',
    list: ['No sound is recorded.', 'Faces are not recognised, and nobody is identified automatically.', 'Footage is not used to judge the work or the hours of staff.'],
  },
  keep: {
    title: 'How long is footage kept?',
    days: (least, most) => (least === most ? `${most} days` : `${least} to ${most} days, depending on the place`),
    body: 'After that it is erased automatically. Footage held because of an incident is kept until the hold is released.',
  },
  who: {
    title: 'Who may watch?',
    posts: { department_head: 'Department head (部長)', general_manager: 'General manager (統括管理者)', crisis_management: 'Crisis management (危機管理担当)' },
    all: 'All cameras', own: 'Cameras of their own office only',
    livePast: 'Live and past footage', live: 'Live footage', past: 'Past footage',
    body: 'Only while they hold the post. Who watched, when and why is recorded before the picture appears, and cannot be changed afterwards. Auditors, who cannot watch, check these records.',
    none: 'No post may watch footage at present.',
  },
  views: {
    title: 'How often footage was watched last month',
    month: (y, m) => `${['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'][m - 1] ?? m} ${y}`,
    table: 'Views by department', unit: 'Footage of', live: 'Live', past: 'Past', exports: 'Handed out',
    gone: 'Departments of the past',
    unused: 'No footage was watched last month.',
    purpose: 'By purpose',
    body: '“Past” includes single pictures. A camera of two departments counts for both. Views in a sealed case are not counted before the seal ends, so that they do not disturb an investigation. A seal lasts 90 days; somebody else has to extend it.',
    exports0: '“Handed out” is footage copied and given to somebody outside. That function is not in use yet, so it is 0.',
    times: (n) => (n === 1 ? 'once' : `${n} times`),
  },
  ask: {
    title: 'Ask whether you were watched',
    lead: 'Tell us where and when you think you were filmed. An auditor answers from the records which posts watched that footage, when and why. Names and footage are not given. You need not say who you are.',
    area: 'Place', choose: 'Please choose', date: 'Date', from: 'From', to: 'To', toHint: 'At most 24 hours. A time before the start means the next day.',
    contact: 'How to reach you', contactHint: 'For questions about your inquiry. You can read the answer on this page, so you may leave it empty. It is erased 90 days after the answer.',
    required: 'required', optional: 'optional', submit: 'Ask', busy: 'Sending…',
    missing: 'Please fill this in.', future: 'That time has not come yet.', asked: 'We received your inquiry',
    keep: 'Please write these two down. The secret cannot be shown again.', number: 'Receipt number', secret: 'Secret', due: (d) => `You will have an answer by ${d}.`, print: 'Print', again: 'Ask something else',
    withheld: 'By law, or because a case is being investigated, some views cannot be part of an answer.',
  },
  look: {
    title: 'Read an answer', submit: 'Read the answer', busy: 'Checking…',
    wrong: 'The receipt number or the secret is wrong.', states: { waiting: 'The answer is being prepared', answered: 'Answer', refused: 'We cannot answer' },
    about: 'Your inquiry', due: (d) => `You will have an answer by ${d}.`, none: 'As far as the records say, nobody watched footage of that place and time.',
    table: 'Who watched', date: 'Watched on', post: 'Post', kind: 'What', purpose: 'Purpose', times: 'Times',
    kinds: { live: 'Live', past: 'Past', still: 'Single picture' }, unknown: 'not known', note: 'From the auditor', why: 'Why',
  },
  contact: {
    title: 'Contact', responsible: 'Responsible', office: 'Office', phone: 'Telephone',
    none: 'Please ask at the ward’s general counter.',
  },
  sign: {
    link: 'A sign to print (A4)', title: 'The sign', print: 'Print', back: 'To the page about our cameras',
    hint: 'Put it where people see it before they are filmed, such as at the entrance.',
    on: ja.sign.on, kind: ja.sign.kind, small: ja.sign.small, points: ja.sign.points, read: ja.sign.read, readEn: ja.sign.readEn,
    qr: 'QR code of the page about our cameras',
  },
};

const key = 'language';

/** remembered is the language last chosen on this device; Japanese first. */
export const remembered = (): Text => (localStorage.getItem(key) === 'en' ? en : ja);
export const remember = (t: Text) => localStorage.setItem(key, t.lang);

export const TextContext = createContext<Text>(ja);
export const useText = () => useContext(TextContext);

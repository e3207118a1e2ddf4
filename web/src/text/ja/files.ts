/** files is the text of files attached to records. */
export const files = {
  choose: 'ファイルを選ぶ', chooseFor: (name: string) => `${name}のファイルを選ぶ`, hint: (types: string, size: string, most: number) => `またはここにドロップ。${types}、1個${size}まで、${most}個まで。`, coming: (name: string) => `${name}：送信中のファイル`, progress: (name: string) => `${name}の送信`,
  withdraw: (name: string) => `${name}を外す`, dismiss: (name: string) => `${name}をやめる`, badEnding: (endings: string) => `この種類のファイルは添付できません。添付できるもの：${endings}`, tooLarge: (most: string) => `ファイルは1個${most}までです。`, empty: '空のファイルです。', tooMany: (most: number) => `${most}個までです。`,
  by: (who: string, when: string) => `${who}　${when}`, scanned: 'ウイルス検査済み', unscanned: 'ウイルス検査なし', copy: 'コピー', copied: 'コピーしました', notCopied: 'コピーできません', wait: 'ファイルを送り終えると保存できます',
  came: '添付', went: '取下げ', heads: { name: 'ファイル名', size: '大きさ', by: '添付した人・日時', hash: 'SHA-256' },
};

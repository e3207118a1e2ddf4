/** bookmarks is the text of the page /bookmarks. */
export const bookmarks = {
  page: 'しおり',
  found: (n: number, more: boolean) => `${n}件${more ? '以上' : ''}`,
  search: 'さがす', text: '文字', textHint: 'メモ・カメラ・記入者', whose: 'だれの', all: 'すべて', mine: '自分', camera: 'カメラ', anyCamera: 'すべてのカメラ', from: 'いつから', to: 'いつまで', dayHint: '例 2017/6/28、H29.6.28', badDay: '日付は 2017/6/28 や H29.6.28 のように入力してください。', still: '静止画だけ', clear: '条件を消す',
  columns: { at: '映像の時刻', camera: 'カメラ', text: 'メモ', shared: '共有', by: '記入者' },
  shared: '共有', own: '自分だけ', stillMark: '静止画', noText: '（メモなし）', length: (d: string) => `${d}間`,
  none: 'しおりはまだありません', noneBody: '映像確認や過去映像の画面で B を押すと、その時刻にしおりを付けられます。自分だけのもの、所管で共有するもの、静止画をここで探せます。', noneFound: '条件に合うしおりはありません', noneFoundBody: '文字を減らすか、期間を広げてください。', more: 'さらに表示する', loading: 'しおりを読み込んでいます',
  pick: '一覧から選ぶと、内容をここに表示します', gone: 'このしおりは見つかりません', goneBody: '削除されたか、この映像を見る権限がなくなりました。', detail: 'しおりの内容', go: 'この場面を開く', place: '場所', created: '記入日時', changed: '変更日時', purpose: '目的', caseNumber: '事案番号', sharing: '共有', sharedWith: 'この映像を見られる人と共有', notShared: '自分だけ',
  edit: { text: 'メモ', textHint: '500字まで', missing: 'メモを入力してください。', long: '500字までで入力してください。', shared: 'この映像を見られる人と共有する', save: '保存する', saved: 'しおりを変更しました', failed: '変更できませんでした', remove: '削除する', removed: 'しおりを削除しました', sure: 'しおりを削除しますか', sureBody: 'しおりとメモを削除します。元に戻せません。映像は削除されません。', keep: 'やめる' },
  picture: {
    label: (camera: string, when: string) => `${camera} ${when} の静止画`, loading: '静止画を読み込んでいます', choose: '目的を選ぶと表示します', show: '目的を選ぶ', none: 'この時刻の映像は残っていません', undecodable: 'この端末では静止画を表示できません', undecodableBody: '新しいブラウザーで、https のアドレスから開いてください。', failed: '静止画を読み込めませんでした',
    note: '静止画は映像の一部を指すもので、写しは作りません。保存期間が過ぎると見られなくなります。', stamp: (who: string, login: string, when: string) => `閲覧 ${who}（${login}） ${when}`,
  },
};

// A small log of the resident system and its register of staff, relative to today. Nobody in them exists.

const staff = Array.from({ length: 8 }, (_, i) => String(2900001 + i));
const csv = (rows) => `\ufeff${rows.map((r) => r.join(',')).join('\r\n')}\r\n`;
const day = (ago) => new Date(Date.now() + 9 * 3_600_000 - ago * 86_400_000); // read as UTC, it is a day of Tokyo

/** skewed looks up young women above all; repeating looks one person up on each day. */
export const skewed = staff[0];
export const repeating = staff[1];

/** register is who works at 戸籍住民. */
export const register = () => csv([['職員番号', '氏名', '所属コード', '配属開始日', '任用区分', '業務'], ...staff.map((s, i) => [s, `見本　${'一二三四五六七八'[i]}`, 'koseki', '2025-04-01', '正規', '住民記録'])]);

const header = ['ログ番号', '操作日時', '職員番号', '所属コード', '端末ID', '業務区分', '操作種別', '検索条件種別', '検索結果件数', '被検索者宛名番号', '氏名', '性別', '年齢', '住所', '世帯人員', '世帯番号', '支援措置区分', '受付番号'];

/** log is what they did on the working days of the last three weeks; wrong spoils two of its lines. */
export function log({ wrong = false } = {}) {
  const rows = [];
  const act = (at, member, person, sex, age, cased) => rows.push([`L${String(rows.length).padStart(6, '0')}`, at, member, 'koseki', member === skewed ? 'T0007' : 'T0008', '住民記録', '照会', '氏名', '1', person, '見本 花子', sex, age, `中央${'一二三'[person % 3]}丁目${(person % 40) + 1}番1号`, 2, person, '無', cased ? `受${rows.length}` : '']);
  for (let ago = 21; ago >= 1; ago--) {
    const date = day(ago);
    if ([0, 6].includes(date.getUTCDay())) continue;
    const text = date.toISOString().slice(0, 10);
    staff.forEach((member, i) => {
      for (let k = 0; k < 5; k++) {
        const n = ago * 5 + k;
        const young = member === skewed && k < 4;
        act(`${text} ${10 + k}:${String(10 + i * 5).padStart(2, '0')}:0${k}`, member, 1_000_000 + i * 1000 + n, young || n % 2 === 0 ? '女' : '男', young ? 20 + (n % 10) : 20 + ((n * 37 + i * 11) % 70), true);
      }
    });
    act(`${text} 16:20:30`, repeating, 1_999_999, '女', 46, false);
  }
  if (wrong) [rows[2][1], rows[5][6]] = ['昨日', '謎の操作'];
  return csv([header, ...rows]);
}

/** file is what a browser is given to upload. */
export const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

// 実施状況 and 管理策の証跡: the centre looks at the figures of a past date, compares, prints a 部's report; a head sees their own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage({ ward: 1, sample: true }));
});
after(() => close?.());

/** row is what a table says of something, cell by cell. */
const row = (page, name) => page.getByRole('row', { name: new RegExp(`^${name}`) }).first().allInnerTexts().then(([text]) => text.split('\t').map((cell) => cell.trim()));

test('the centre looks at the figures as they were, at another obligation, and at each unit', async () => {
  const page = await visit('/records');
  await signIn(page, 'joho');
  await page.getByRole('navigation', { name: '記録の種類' }).getByRole('link', { name: '実施状況' }).click();
  await page.getByRole('heading', { name: '区全体' }).waitFor();
  await clean(page, 'the figures of today');
  const now = await row(page, '啓発');
  await page.getByRole('button', { name: '前月末' }).click();
  await page.getByText('その後の訂正は含みません').waitFor();
  const then = await row(page, '啓発');
  assert.notDeepEqual(then, now, 'fewer weeks had passed');
  await clean(page, 'the figures of a past date');

  await page.getByRole('textbox', { name: 'いつの時点か' }).fill('R1.99.1');
  await page.getByRole('button', { name: '表示する' }).click();
  await page.getByText('＊今日までの日付を').waitFor();
  await page.getByRole('textbox', { name: 'いつの時点か' }).fill(page.url().match(/at=(\d{4})-(\d\d)-(\d\d)/).slice(1).join('/'));
  await page.keyboard.press('Enter');
  await page.getByText('その後の訂正は含みません').waitFor();
  assert.deepEqual(await row(page, '啓発'), then, 'the same day, the same figures');

  await page.getByRole('rowheader').getByRole('link', { name: '任用時研修' }).click();
  await page.getByRole('heading', { name: '任用時研修の状況' }).waitFor();
  await page.getByRole('radio', { name: '部署' }).check();
  await page.getByRole('rowheader', { name: '戸籍住民' }).waitFor();
  await clean(page, 'every unit');

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '書き出す CSV' }).click()]);
  const text = await readFile(await file.path(), 'utf8');
  assert.match(text, /^\ufeff年度,時点,部コード,所属コード,所属名,項目/);
  assert.match(text, /区全体,啓発,週,\d+/);
  await page.check(/status of (400|401)/);
});

test('a 部長 prints the report of their 部, by keyboard, and sees no other', async () => {
  const page = await visit('/records/figures', { width: 1920, height: 1080 });
  await signIn(page, 'bucho-kumin');
  await page.getByRole('heading', { name: '見られる部署の合計' }).waitFor();
  assert.equal(await page.getByRole('link', { name: /の運用状況報告書/ }).count(), 1);
  await page.getByRole('link', { name: '区民サービス管理部の運用状況報告書' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '運用状況報告書', level: 2 }).waitFor();
  await page.getByRole('rowheader', { name: '戸籍住民' }).waitFor();
  assert.match(await page.getByText(/1年前の同じ時点/).innerText(), /令和\d+年\d+月\d+日の終わりに/);
  await clean(page, 'a report on paper');
  await page.check(/status of (400|401)/);
});

test('the centre sees which records prove a control and what is missing, and takes the evidence along', async () => {
  const page = await visit('/records');
  await signIn(page, 'joho');
  await page.getByRole('navigation', { name: '記録の種類' }).getByRole('link', { name: '管理策の証跡' }).click();
  const list = page.getByRole('table', { name: '管理策', exact: true });
  await list.getByRole('row', { name: /^5\.10 / }).waitFor();
  await clean(page, 'all controls');
  await page.getByRole('radio', { name: /足りないもの/ }).check();
  await list.getByRole('row', { name: /^5\.10 / }).waitFor({ state: 'detached' });
  await list.getByRole('row', { name: /^8\.10 .*証跡なし/ }).waitFor();
  await page.getByRole('radio', { name: /すべて/ }).check();

  await list.getByRole('link', { name: '情報セキュリティの独立したレビュー' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: '指摘・是正（状態＝完了）' }).getByText('必要 5件').waitFor();
  await page.getByRole('link', { name: /監-1/ }).waitFor();
  await clean(page, 'a control');
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), page.getByRole('button', { name: '5.35の証跡パックを作成' }).click()]);
  assert.match(file.suggestedFilename(), /^証跡_\d+年度_5\.35\.zip$/);
  const zip = await readFile(await file.path());
  assert.equal(zip.subarray(0, 2).toString(), 'PK');
  assert.ok(zip.includes('SHA256SUMS.sig') && zip.includes('記録/内部監査_状態_完了.csv'), 'names in UTF-8');
  await page.getByRole('table', { name: '作成した証跡パック' }).getByText('作成済').waitFor();
  await clean(page, 'a pack that was made');
  await page.check(/status of (400|401)/);
});

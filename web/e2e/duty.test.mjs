// 今回の確認: a round by mouse and by keyboard alone, what comes of it, and the ledger on paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, micros, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage({ ward: 3, past: 2, only: ['a1-07', 'b5-03', 'c-seiso-1'] })); // a camera that is silent for a minute would stand out
});
after(() => close?.());

const shown = async (page) => {
  await page.locator('#picture[data-mode=past]').waitFor({ timeout: 15_000 });
  await page.locator('[data-testid=cover]').waitFor({ state: 'hidden', timeout: 15_000 });
};
const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();
const json = (page, path) => page.evaluate((p) => fetch(p).then((r) => r.json()), path);
const place = (page) => new URL(page.url()).searchParams;

/** moments are those of the round that is on screen. */
const moments = async (page) => (await json(page, `/api/duty/rounds/${place(page).get('round')}`)).moments;

test('a head does a round by mouse and tells crisis management', async () => {
  const page = await visit('/duty', { width: 1280, height: 720 });
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await signIn(page, 'bucho-kankyo');
  await page.getByRole('heading', { name: '環境部' }).waitFor();
  await page.getByText('今月あと4回').waitFor();
  assert.equal(await page.title(), '今回の確認｜櫓 Yagura');
  await clean(page, 'the duty, nothing done');

  await page.getByRole('button', { name: '確認を始める' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('抑止のための確認').waitFor();
  await page.waitForFunction(() => document.activeElement?.dataset.purpose === 'deterrence_check'); // Enter would choose it
  await dialog.getByText('抑止のための確認').click();
  await shown(page);
  await heading(page, '場面 1 / 5');
  const round = await moments(page);
  assert.deepEqual([...new Set(round.map((m) => m.camera))].sort(), ['b5-03', 'c-seiso-1'], 'over different cameras');
  await page.getByText('目的：抑止のための確認').waitFor();

  const at = micros(round[0].at);
  await page.waitForFunction(([earliest, latest]) => {
    const t = document.querySelector('[data-testid=picture-time]').textContent.replace(' ', 'T');
    const us = Date.parse(`${t}+09:00`) * 1000;
    return us > earliest && us < latest && document.querySelector('[aria-label=一時停止]');
  }, [at - 5.2e6, at + 1e6]); // it plays, by itself, from five seconds before
  await clean(page, 'a moment');
  await page.getByRole('button', { name: /^異常なし/ }).click();
  await heading(page, '場面 2 / 5');

  await shown(page);
  await page.getByRole('button', { name: /^要対応/ }).click();
  await dialog.getByText('読めるのは、あなたと危機管理担当だけです').waitFor();
  await clean(page, 'the report being written');
  await dialog.getByRole('button', { name: '連絡する', exact: true }).click();
  await dialog.getByText('＊内容を入力してください。').waitFor();
  await dialog.getByLabel('内容').fill('机の上に書類が置かれたままです。');
  await dialog.getByRole('button', { name: '連絡する', exact: true }).click();
  for (let n = 3; n <= 5; n++) {
    await heading(page, `場面 ${n} / 5`);
    await shown(page);
    await page.getByRole('button', { name: /^異常なし/ }).click();
  }
  await heading(page, '確認が終わりました');
  await page.getByText('5場面を確認しました').waitFor();
  await page.getByText('連絡済み').waitFor();
  await clean(page, 'the end of a round');
  assert.deepEqual((await moments(page)).map((m) => m.result), ['fine', 'attention', 'fine', 'fine', 'fine']);
  await page.getByRole('button', { name: '今回の確認へ戻る' }).click();
  await page.getByText('今月あと3回').waitFor();
  await page.getByText('机の上に書類が置かれたままです。').waitFor();
  await page.getByText('未受領').waitFor();
  await clean(page, 'the duty, something done');
  await page.check();
});

test('a round by keyboard alone, and a mark that nobody looked for', async () => {
  const page = await visit('/duty', { width: 1920, height: 1080 });
  await signIn(page, 'bucho-kankyo');
  await page.getByText('今月あと3回').waitFor();
  for (let i = 0; i < 40 && (await page.evaluate(() => document.activeElement.textContent)) !== '確認を始める'; i++) await page.keyboard.press('Tab');
  await page.route('**/whep/**', (r) => r.abort());
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await heading(page, '場面 1 / 5');
  await page.locator('#picture[data-mode=lost]').waitFor();
  await page.keyboard.press('y');
  await page.getByText('この場面の映像をまだ見ていません').waitFor();
  await clean(page, 'a mark that was refused');
  await page.unroute('**/whep/**');
  await shown(page);
  await page.keyboard.press(' '); // from five seconds before
  await page.getByRole('button', { name: '一時停止' }).waitFor();
  await page.keyboard.press('k');
  await page.getByRole('button', { name: '再生', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await heading(page, '場面 2 / 5');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'キー操作の一覧' }).waitFor();
  await clean(page, 'the keys of a round');
  await page.keyboard.press('Escape');
  await page.keyboard.press('PageUp');
  await heading(page, '場面 1 / 5');
  await page.keyboard.press('PageDown');
  await heading(page, '場面 2 / 5');
  await shown(page);
  await page.keyboard.press('x');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('照明が消えています。');
  await page.keyboard.press('Escape'); // the mark stands, the report can wait
  for (let n = 3; n <= 5; n++) {
    await heading(page, `場面 ${n} / 5`);
    await shown(page);
    await page.keyboard.press(n % 2 ? 'y' : 'Enter');
  }
  await heading(page, '確認が終わりました');
  for (let i = 0; i < 40 && (await page.evaluate(() => document.activeElement.textContent)) !== '危機管理へ連絡'; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('照明が消えています。');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('危機管理へ連絡しました').waitFor();
  await page.getByText('連絡済み').waitFor();
  await page.check(/ERR_FAILED|status of 401|status of 409/);
});

test('the ledger of the month, as it is printed', async () => {
  const page = await visit('/duty');
  await signIn(page, 'bucho-kankyo');
  await page.getByRole('link', { name: '映像確認簿' }).click();
  await heading(page, '映像確認簿');
  const sheet = page.getByRole('region', { name: '映像確認簿 1 / 1ページ' });
  await sheet.waitFor();
  await clean(page, 'the ledger');
  assert.match(await sheet.textContent(), /取扱注意.*令和\d+年\d+月分.*環境部.*確認した回数2回.*要対応2件/s);
  assert.ok((await sheet.getByText('要対応', { exact: true }).count()) >= 2, 'what needed attention is in its line');
  assert.match(await sheet.textContent(), /部長 例示 環bucho-kankyo.*抑止のための確認.*127\.0\.0\.1/s);
  assert.match(await sheet.textContent(), /印刷　令和.*部長 例示 環（bucho-kankyo）.*1 \/ 1/s);
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['header', 'h1']) assert.equal(await page.locator(hidden).first().isVisible(), false, `${hidden} is not printed`);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(pdf.match(/\/Type \/Page\b/g).length, 1, 'one sheet');
  assert.match(pdf, /\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/, 'A4 upright');
  await page.check();
});

test('information security sets a norm, and sees no footage', async () => {
  const page = await visit('/duty');
  await signIn(page, 'joho');
  const row = page.getByRole('row', { name: /^環境部/ });
  await row.getByText('2 / 4').waitFor();
  await clean(page, 'all units');
  await row.getByRole('button', { name: '環境部の規準を変える' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('1か月の回数').fill('40');
  await dialog.getByRole('button', { name: '規準を定める' }).click();
  await dialog.getByText('＊1から31までの整数で入力してください。').waitFor();
  await clean(page, 'the form of a norm');
  await dialog.getByLabel('1か月の回数').fill('２');
  await dialog.getByRole('button', { name: '規準を定める' }).click();
  await row.getByText('月2回・5場面').waitFor();
  await row.getByText('済').waitFor();
  assert.deepEqual((await json(page, '/api/duty')).units.find((u) => u.unit === 'kankyo').norm, { rounds: 2, moments: 5 });
  await page.check();

  const auditor = await visit('/duty');
  await signIn(auditor, 'kansa');
  await auditor.getByRole('link', { name: '環境部の映像確認簿' }).click();
  await auditor.getByRole('region', { name: /映像確認簿 1/ }).waitFor();
  assert.equal(await auditor.getByRole('combobox', { name: '部署' }).inputValue(), 'kankyo');
  await auditor.check();
});

test('who has nothing to check is told so', async () => {
  const page = await visit('/duty');
  await signIn(page, 'bucho-toshi');
  await page.getByText('確認する所管はありません').waitFor();
  await clean(page, 'no duty');
  await page.check();

  const lost = await visit('/duty?round=NONE');
  await signIn(lost, 'bucho-kankyo');
  await lost.getByText('確認の回がありません').waitFor();
  await clean(lost, 'a round that is not there');
  await lost.check(/status of 401|status of 404/);
});

// カメラ稼働状況: whoever looks after cameras sees what does not record, and no footage.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let system;
let visit;
let close;

before(async () => {
  ({ system, visit, close } = await stage({ ward: 4 }));
});
after(() => close?.());

const table = (page) => page.getByRole('table', { name: 'カメラの稼働状況の一覧' });
const row = (page, name) => table(page).getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
const steer = (camera, change) => fetch(`${system.control}/cameras/${camera}`, { method: 'PATCH', body: JSON.stringify(change) });
const total = (page, name) => page.getByRole('region', { name: 'いまのまとめ' }).getByText(name, { exact: true }).locator('xpath=following-sibling::dd[1]');

test('施設担当 sees all 100 cameras by mouse: what stands still on top, its cause, and where it hangs', async () => {
  const page = await visit('/health', { width: 1920, height: 1080 });
  await signIn(page, 'shisetsu');
  await row(page, '戸籍住民 窓口東').waitFor({ state: 'detached' }); // whatever stands still comes first
  await page.waitForFunction(() => /^4／100台$/.test([...document.querySelectorAll('dt')].find((d) => d.textContent === '録画中')?.nextElementSibling?.textContent ?? ''));
  assert.equal(await total(page, '停止').textContent(), '96台');
  assert.match(await table(page).getByRole('row').nth(1).textContent(), /停止.*カメラ応答なし/);
  assert.equal(await page.title(), '稼働状況｜櫓 Yagura');
  assert.equal(await page.locator('video, canvas').count(), 0, 'no footage');
  await clean(page, 'the health of 100 cameras');

  await page.getByRole('button', { name: /^本庁舎 1階/ }).click();
  await page.getByRole('group', { name: '本庁舎 1階 平面図' }).getByRole('button').first().waitFor();
  assert.equal(await page.getByRole('group', { name: '本庁舎 1階 平面図' }).getByRole('button').count(), 15);
  assert.match(page.url(), /\/health\?place=honcho%2F1F$/);
  await page.getByRole('radio', { name: /正常/ }).check();
  await row(page, '戸籍住民 端末列').waitFor();
  assert.equal(await table(page).getByRole('row').count(), 1 + 4);
  const shown = await row(page, '戸籍住民 端末列').textContent();
  assert.match(shown, /正常.*本庁舎 1階・A1-07.*[\d,]+ kbps\d+\.\d 枚\/秒/);

  await page.getByRole('button', { name: '戸籍住民 端末列 A1-07 正常' }).click();
  const detail = page.getByRole('dialog', { name: '戸籍住民 端末列 の詳細' });
  await detail.waitFor();
  assert.match(page.url(), /camera=a1-07/);
  assert.match(await detail.textContent(), /時計のずれ.*30日間の録画.*欠落のあった日/);
  assert.equal(await detail.getByText('映像を確認する').count(), 0, 'no way to footage');
  await clean(page, 'the details of a camera');
  await page.reload();
  await detail.waitFor(); // the address leads to the camera
  await page.keyboard.press('Escape');
  await detail.waitFor({ state: 'detached' });

  await page.getByRole('radio', { name: /すべて/ }).check();
  await page.getByLabel('一覧をさがす').fill('ａ１－０７');
  await row(page, '戸籍住民 端末列').waitFor();
  assert.equal(await table(page).getByRole('row').count(), 1 + 1, 'blind to width');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '表示中の一覧を CSV で書き出す' }).click()]);
  assert.match(download.suggestedFilename(), /^カメラ稼働状況_\d{4}-\d\d-\d\d_\d{4}\.csv$/);
  const file = readFileSync(await download.path(), 'utf8');
  assert.match(file, /^\uFEFF番号,カメラ,.*\r\nA1-07,戸籍住民 端末列,本庁舎 1階,正常,,/);
  await page.check();
});

test('a camera that stops is told at once, and so is its return', async () => {
  const page = await visit('/health');
  await signIn(page, 'shisetsu');
  await page.getByLabel('一覧をさがす').fill('a1-01');
  await row(page, '戸籍住民 窓口東').filter({ hasText: '正常' }).waitFor();
  await steer('a1-01', { silent: true });
  await row(page, '戸籍住民 窓口東').filter({ hasText: '停止' }).waitFor({ timeout: 20_000 });
  await steer('a1-01', { silent: false });
  await row(page, '戸籍住民 窓口東').filter({ hasText: /正常|欠落/ }).waitFor({ timeout: 40_000 });
  await page.check();
});

test('施設担当 works by keyboard alone: search, rows, plan', async () => {
  const page = await visit('/health');
  await signIn(page, 'shisetsu');
  await table(page).waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
  const tabTo = async (what) => {
    for (let i = 0; i < 80; i++) {
      if (what.test(await focused())) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`${what} is not reached; the focus is on ${await focused()}`);
  };
  await tabTo(/^一覧をさがす$/);
  await page.keyboard.type('端末列');
  await tabTo(/^戸籍住民 端末列$/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await focused(), '戸籍住民 端末列', 'the focus is where it was');
  await tabTo(/A1-\d\d (正常|停止)$/);
  const from = await focused();
  await page.keyboard.press('ArrowRight');
  const to = await focused();
  assert.match(to, /A1-\d\d/);
  assert.notEqual(to, from);
  await page.keyboard.press(' ');
  await page.getByRole('dialog', { name: `${to.split(' ').slice(0, -2).join(' ')} の詳細` }).waitFor();
  await page.check();
});

test('a head sees the own cameras, an administrator all, and nobody else any', async () => {
  const head = await visit('/health');
  await signIn(head, 'bucho-kankyo');
  await row(head, /ごみゼロ/).waitFor();
  assert.equal(await table(head).getByRole('row').count(), 1 + 2);
  await clean(head, 'the health of two cameras');
  await head.getByRole('button', { name: /ごみゼロ/ }).first().click();
  await head.getByRole('dialog').getByRole('link', { name: '映像を確認する' }).waitFor();
  await head.check();

  const admin = await visit('/health');
  await signIn(admin, 'admin');
  await admin.waitForFunction(() => /／100台$/.test([...document.querySelectorAll('dt')].find((d) => d.textContent === '録画中')?.nextElementSibling?.textContent ?? ''));
  await admin.check();

  const clerk = await visit('/health');
  await signIn(clerk, 'jimu-koseki');
  await clerk.getByRole('heading', { name: '稼働状況を見る権限がありません' }).waitFor();
  await clerk.getByText('情報安全担当に相談してください').waitFor();
  await clean(clerk, 'health refused');
  await clerk.check();

  const none = await visit('/health');
  await signIn(none, 'bucho-toshi');
  await none.getByRole('heading', { name: '所管するカメラはありません' }).waitFor();
  await none.check();
});

test('zoomed to 200 %, the page reflows and nothing is lost', async () => {
  const page = await visit('/health', { width: 640, height: 512 });
  await signIn(page, 'shisetsu');
  await table(page).waitFor();
  const wide = await page.evaluate(() => document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth);
  assert.ok(wide <= 0, `${wide} px beyond the page`);
  await clean(page, 'a narrow page');
  await page.check();
});

// 閲覧の記録: what an auditor, a head and everybody else read of the log, by mouse and by keyboard.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage({ ward: 2, only: ['a1-07', 'c-seiso-1'] }));
  await looks();
});
after(() => close?.());

const json = (page, path) => page.evaluate((p) => fetch(p).then((r) => r.json()), path);
const place = (page) => new URL(page.url()).searchParams;
const table = (page) => page.getByRole('table', { name: '記録' });
const rows = (page) => table(page).getByRole('row');
const sealed = '29-危-014'; // the case in which the other camera is looked at
const views = 7; // of one camera on one day: more than five are told

/** looks has crisis management look at a camera again and again, and at another once. */
async function looks() {
  const page = await visit('/wall?layout=1&cameras=a1-07');
  await signIn(page, 'kiki', '事件・事故');
  for (let i = 0; i < views; i++) {
    if (i > 0) await page.goto(page.url());
    await page.locator('#tile-0[data-mode=live]').waitFor({ timeout: 20_000 });
  }
  assert.equal(await page.evaluate((body) => fetch('/api/session', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body }).then((r) => r.status), JSON.stringify({ purpose: 'incident', case: sealed })), 200);
  await page.goto(new URL('/wall?layout=1&cameras=c-seiso-1', page.url()).href);
  await page.locator('#tile-0[data-mode=live]').waitFor({ timeout: 20_000 });
  await page.goto(new URL('/help', page.url()).href);
  await page.locator('h1').waitFor();
  for (;;) { // the ends are written soon after
    const { entries } = await json(page, '/api/audit?actor=me&action=view.live');
    if (entries.length === views + 1 && entries.every((e) => e.ended)) break;
  }
  await page.check(/./);
}

test('an auditor finds who looked at a camera, and takes it along signed', async () => {
  const page = await visit('/audit');
  await signIn(page, 'kansa');
  await page.getByRole('heading', { level: 1, name: '閲覧の記録' }).waitFor();
  assert.equal(await page.title(), '閲覧の記録｜櫓 Yagura');
  await table(page).getByText('ライブの閲覧').first().waitFor();
  await page.getByRole('region', { name: '記録の状態' }).getByText(/第[\d,]+件/).first().waitFor();
  await clean(page, 'the log');

  await page.getByRole('combobox', { name: 'カメラ' }).selectOption('a1-07');
  await page.getByRole('combobox', { name: '操作' }).selectOption('view.live');
  await page.getByText(`${views}件`, { exact: true }).waitFor();
  assert.equal(await rows(page).count(), views + 1);
  assert.deepEqual([place(page).get('camera'), place(page).get('action')], ['a1-07', 'view.live']);
  await page.getByRole('checkbox', { name: '兆候のみ' }).check();
  await page.getByText(`この日 ${views}回`).first().waitFor();

  await rows(page).nth(1).getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('この人は、このカメラをこの日に7回見ました').waitFor();
  await drawer.getByText('実際に見た映像').waitFor();
  await drawer.getByText('閲覧者が終了').waitFor();
  await clean(page, 'a row of the log');
  await drawer.getByRole('button', { name: 'この人の記録' }).click();
  await page.getByText('見本 一郎 の記録').waitFor();
  assert.equal(place(page).get('actor'), 'kiki');
  await page.goBack();
  await page.goBack();
  await page.getByText(`この日 ${views}回`).first().waitFor();

  await page.getByRole('button', { name: '書き出す' }).click();
  await page.getByRole('dialog').getByText('確かめ方（OpenSSL 3）').waitFor();
  await clean(page, 'the export');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('dialog').getByRole('button', { name: '書き出す' }).click()]);
  assert.match(file.suggestedFilename(), /^yagura-audit-\d{8}-\d{6}\.zip$/);
  assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK');
  await page.getByText('記録を書き出しました').waitFor();
  await page.check();
});

test('by keyboard alone: a person by name, a row, and back', async () => {
  const page = await visit('/audit', { width: 1920, height: 1080 });
  await signIn(page, 'kansa');
  await table(page).waitFor();
  await page.getByRole('combobox', { name: '人' }).focus();
  await page.keyboard.type('見本 一郎');
  await page.keyboard.press('Enter');
  await page.getByText('見本 一郎 の記録').waitFor();
  assert.equal(place(page).get('actor'), 'kiki');
  await page.getByRole('textbox', { name: '期間の初日' }).focus();
  await page.keyboard.type('R1.5.1');
  await page.keyboard.press('Tab');
  await page.keyboard.type('13/32');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /日付として読めません/ }).waitFor();
  await clean(page, 'a date that is none');
  await page.getByRole('button', { name: '条件を消す' }).focus();
  await page.keyboard.press('Enter');
  await table(page).waitFor();
  for (let i = 0; i < 40 && !(await page.evaluate(() => document.activeElement.closest('tbody'))); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.ok(Number(place(page).get('entry')) > 0);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !location.search.includes('entry=') && !document.querySelector('dialog'));
  await page.check();
});

test('a head reads who looked at their floors, and not from where', async () => {
  const page = await visit('/audit');
  await signIn(page, 'bucho-kumin');
  await page.getByText('所管の映像をだれが見たかと、自分の記録').waitFor();
  await table(page).getByText('見本 一郎').first().waitFor();
  assert.equal(await table(page).getByText('清掃事務所').count(), 0, 'not of others');
  await clean(page, 'the log of a head');
  const row = table(page).getByRole('row', { name: /見本 一郎/ }).first();
  await row.getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('だれが').waitFor();
  assert.equal(await drawer.getByText('端末', { exact: true }).count(), 0);
  await page.keyboard.press('Escape');
  await page.getByText('自分の記録', { exact: true }).click();
  await page.waitForFunction(() => !document.querySelector('tbody')?.textContent.includes('見本 一郎'));
  assert.equal(place(page).get('actor'), 'me');
  await page.check();
});

test('crisis management seals a case by keyboard, and its head is not told until it ends', async () => {
  const head = await visit('/audit');
  await signIn(head, 'bucho-kankyo');
  await table(head).getByText(sealed).waitFor();

  const page = await visit('/audit?seals=1');
  await signIn(page, 'kiki');
  await page.getByRole('heading', { name: '封印した事案はありません' }).waitFor();
  await clean(page, 'no seals');
  await page.getByRole('button', { name: '事案を封印する' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '事案を封印する' });
  await dialog.getByRole('textbox', { name: '事案番号' }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByText('＊入力してください。').first().waitFor();
  await clean(page, 'a seal that lacks something');
  await page.keyboard.type('２９-危-014');
  await page.keyboard.press('Tab');
  await page.keyboard.type('内部調査のため');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').getByText(/まで封印/).waitFor();
  await page.getByText('延長は期限の30日前から').or(page.getByText('延長は別の人が行います')).waitFor();
  await clean(page, 'a sealed case');

  await head.getByRole('button', { name: '新しい記録を読む' }).click();
  await head.waitForFunction((c) => !document.querySelector('main').textContent.includes(c), sealed);
  const auditor = await visit('/audit?action=view.live');
  await signIn(auditor, 'kansa');
  await table(auditor).getByText(sealed).waitFor();
  await auditor.getByText('封印', { exact: true }).click();
  await auditor.getByText('内部調査のため').waitFor();
  assert.equal(await auditor.getByRole('button', { name: '事案を封印する' }).count(), 0);
  await auditor.check();

  await page.getByRole('button', { name: `${sealed}の封印を終える` }).click();
  await page.getByText('終了して公開').waitFor();
  await head.getByRole('button', { name: '新しい記録を読む' }).click();
  await table(head).getByText(sealed).waitFor();
  await head.check();
  await page.check();
});

test('the ledgers print from the log', async () => {
  const page = await visit('/audit?camera=a1-07');
  await signIn(page, 'kansa');
  await table(page).waitFor();
  await page.getByRole('button', { name: '簿冊' }).click();
  const sheet = page.getByRole('region', { name: '閲覧記録簿 1 / 1ページ' });
  await sheet.waitFor();
  await clean(page, 'the ledger of views');
  assert.match(await sheet.textContent(), /取扱注意.*閲覧記録簿.*a1-07.*7件.*危機管理担当 見本 一郎kiki.*A1-07.*事件・事故.*127\.0\.0\.1/s);
  await page.emulateMedia({ media: 'print' });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(pdf.match(/\/Type \/Page\b/g).length, 1, 'one sheet');
  assert.ok(await page.evaluate(() => [...document.querySelectorAll('.paper')].every((p) => p.scrollHeight <= p.clientHeight + 1)), 'nothing runs off it');
  await page.emulateMedia({ media: 'screen' });
  await page.getByText('書き出し記録簿', { exact: true }).first().click();
  await page.getByText('この条件の書き出しはありません').waitFor();
  await page.getByRole('button', { name: '閲覧の記録へ戻る' }).click();
  await table(page).waitFor();
  await page.check();
});

test('everybody reads their own rows', async () => {
  const page = await visit('/audit');
  await signIn(page, 'jimu-koseki');
  await page.getByText('自分の記録。', { exact: false }).waitFor();
  await table(page).getByText('サインイン', { exact: true }).first().waitFor();
  const people = new Set((await json(page, '/api/audit')).entries.map((e) => e.actor));
  assert.deepEqual([...people], ['jimu-koseki']);
  await page.getByRole('combobox', { name: '結果' }).selectOption('refused');
  await page.getByRole('heading', { name: '条件に合う記録はありません' }).waitFor();
  await clean(page, 'no such row');
  await page.check();
});

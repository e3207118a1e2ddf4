// One inbox: a report goes to crisis management, its receipt and outcome come back; what else waits.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let system;
let visit;
let close;

before(async () => {
  ({ system, visit, close } = await stage({ ward: 1 }));
});
after(() => close?.());

const bell = (page) => page.locator('[data-testid=unread]');
const send = (page, path, body) => page.evaluate(([p, b]) => fetch(p, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(b) }).then((r) => r.status), [path, body]);
const report = (page, note, minutes = 30) => send(page, '/api/duty/reports', { camera: 'c-seiso-1', at: new Date(Date.now() - minutes * 60_000).toISOString(), cameras: ['b5-03'], note });

test('a report is received and answered, and the answer comes back', async () => {
  const kiki = await visit('/inbox');
  await signIn(kiki, 'kiki');
  await kiki.getByText('いま届いているものはありません').waitFor();
  await clean(kiki, 'an empty inbox');
  assert.equal(await bell(kiki).count(), 0);

  const head = await visit('/inbox');
  await signIn(head, 'bucho-kankyo');
  await head.getByText('届いているものはありません').or(head.getByText('環境部の確認があと')).first().waitFor();
  const before = Number(await bell(head).textContent().catch(() => '0')) || 0;
  assert.equal(await report(head, '受付の前に、見慣れない荷物が置かれています。'), 201);

  await bell(kiki).getByText('1').waitFor({ timeout: 10_000 }); // heard, not asked for
  await kiki.getByRole('link', { name: /例示 環からの連絡/ }).click();
  await kiki.getByText('受付の前に、見慣れない荷物が置かれています。').waitFor();
  await kiki.getByText('未読はありません').waitFor();
  await clean(kiki, 'a report that arrived');
  assert.equal(new URL(await kiki.getByRole('link', { name: 'すべてのカメラで見る' }).evaluate((a) => a.href)).pathname, '/playback');
  await kiki.getByRole('button', { name: '受領する' }).click();
  await kiki.getByRole('button', { name: '結果を記録する' }).waitFor();
  await clean(kiki, 'a report that was received');

  await bell(head).getByText(String(before + 1)).waitFor({ timeout: 10_000 });
  await head.getByRole('link', { name: /連絡が受領されました/ }).click();
  await head.getByText('結果を待っています').waitFor();

  await kiki.getByText('対応済み', { exact: true }).click();
  await kiki.getByLabel('連絡した人への返事').fill('荷物は宅配の残りで、片付けました。');
  await kiki.getByRole('button', { name: '結果を記録する' }).click();
  await kiki.getByRole('button', { name: '結果を記録する' }).waitFor({ state: 'detached' });
  await kiki.check();

  await head.getByRole('link', { name: /連絡の結果：対応済み/ }).click({ timeout: 10_000 });
  await head.getByText('荷物は宅配の残りで、片付けました。').waitFor();
  await clean(head, 'the outcome');
  await head.check();
});

test('reports by keyboard alone, open and closed', async () => {
  const head = await visit('/inbox?view=reports');
  await signIn(head, 'bucho-kankyo');
  await head.getByText('対応中の連絡はありません').waitFor();
  assert.equal(await report(head, '棚の鍵が開いています。', 40), 201);
  await head.check();

  const kiki = await visit('/inbox?view=reports', { width: 1920, height: 1080 });
  await signIn(kiki, 'kiki2');
  const row = kiki.getByRole('link', { name: /棚の鍵が開いています。/ });
  await row.waitFor();
  await kiki.getByRole('radio', { name: /対応中/ }).focus();
  await kiki.keyboard.press('ArrowRight');
  await kiki.getByRole('link', { name: /見慣れない荷物/ }).waitFor();
  await kiki.keyboard.press('ArrowRight');
  await row.focus();
  await kiki.keyboard.press('Enter');
  await kiki.getByRole('button', { name: '受領する' }).focus();
  await kiki.keyboard.press('Enter');
  await kiki.getByRole('radio', { name: '調査中' }).waitFor();
  await kiki.getByRole('radio', { name: '調査中' }).focus();
  await kiki.keyboard.press('ArrowLeft');
  await kiki.keyboard.press('ArrowLeft'); // 問題なし
  await kiki.keyboard.press('Tab');
  await kiki.keyboard.type('点検のためでした。');
  await kiki.keyboard.press('Tab');
  await kiki.keyboard.press('Enter');
  await kiki.getByText('結果を記録しました').waitFor();
  await kiki.getByText('点検のためでした。').first().waitFor();
  assert.match(await row.textContent(), /問題なし/);
  await clean(kiki, 'all reports');
  await kiki.check();
});

test('whoever has nothing in it still has an inbox', async () => {
  for (const login of ['shisetsu', 'jimu-koseki']) {
    const page = await visit('/inbox');
    await signIn(page, login);
    await page.getByText('いま届いているものはありません').waitFor();
    assert.equal(await page.getByRole('radio').count(), 0, 'no reports to choose');
    await clean(page, `the inbox of ${login}`);
    await page.check();
  }
});

test('what waits for a second person says how it is approved', async () => {
  const page = await visit('/inbox');
  await signIn(page, 'joho');
  await page.getByText('いま届いているものはありません').waitFor();
  system.run('user', 'add', 'shinnin', '--role', 'department_head', '--unit', 'kankyo', '--name', '新任　長', '--password-stdin');
  await page.getByRole('link', { name: /任用の承認：部長 新任 長/ }).click({ timeout: 30_000 });
  await page.getByText('サーバーの端末', { exact: true }).waitFor();
  await clean(page, 'an approval');
  await page.getByRole('button', { name: '承認の画面へ' }).click();
  await page.getByRole('button', { name: '新任 長（環境部　部長）を承認する' }).waitFor();
  await page.check();
});

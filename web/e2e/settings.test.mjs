// Pages about oneself and one's computer: settings, connection check, help.
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

const saved = (page) => page.getByText(/^(設定を保存しました|Saved)$/).waitFor();

test('language and years change at once, everywhere, and survive a reload and another computer', async () => {
  const page = await visit('/settings', { width: 1920, height: 1080 });
  await signIn(page, 'shisetsu');
  await page.getByText(/^2\d{3}年\d+月\d+日（.）$/).first().waitFor();
  await clean(page, 'settings');
  await page.getByRole('radio', { name: '和暦' }).check();
  await saved(page);
  const bar = page.getByRole('banner');
  await bar.getByText(/^令和\d+年\d+月\d+日（.）$/).waitFor();
  await bar.getByText(/平成29年4月1日～/).waitFor();
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await bar.getByText(/^\w{3} \d+ \w+ Reiwa \d+$/).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await clean(page, 'settings in English');
  await page.reload();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await bar.getByText(/Reiwa/).waitFor();
  assert.equal(await page.getByRole('radio', { name: 'Era' }).isChecked(), true);
  await page.check();

  const other = await visit('/');
  await signIn(other, 'shisetsu');
  await other.getByRole('heading', { name: 'Camera health' }).waitFor(); // the post's own first page
  await other.getByText(/since 1 Apr Heisei 29/).waitFor();
  await other.getByRole('button', { name: 'Account' }).click();
  await other.getByRole('button', { name: '日本語で表示' }).click();
  await other.getByRole('heading', { name: 'カメラ稼働状況' }).waitFor();
  await other.reload();
  await other.getByRole('heading', { name: 'カメラ稼働状況' }).waitFor();
  await other.check();
});

test('one begins on the page one chose, and is offered no page one may not open', async () => {
  const page = await visit('/settings');
  await signIn(page, 'bucho-kumin');
  const start = page.getByLabel('最初に開く画面');
  await start.locator('option').nth(4).waitFor({ state: 'attached' });
  assert.deepEqual(await start.locator('option').allTextContents(), ['映像確認', '過去映像', '今回の確認', '稼働状況', '受信箱']);
  await start.selectOption('health');
  await saved(page);
  await page.goto(system.origin + '/');
  await page.waitForURL('**/health');
  await page.check();

  const none = await visit('/settings');
  await signIn(none, 'jimu-koseki');
  await none.getByLabel('最初に開く画面').waitFor();
  assert.deepEqual(await none.getByLabel('最初に開く画面').locator('option').allTextContents(), ['受信箱']);
  assert.equal(await none.getByLabel('映像に職・氏名と時刻を薄く重ねる').count(), 0, 'no pictures, no overlay');
  await clean(none, 'settings of a clerk');
  await none.check();
});

test('the overlay, the purpose and its case number, and saved walls', async () => {
  const page = await visit('/settings');
  await signIn(page, 'kiki');
  const put = await page.evaluate(() => fetch('/api/me/sets', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: '朝の確認', layout: '4', cameras: ['a1-07', 'a1-01'] }) }).then((r) => r.status));
  assert.equal(put, 201);
  await page.getByLabel('映像に職・氏名と時刻を薄く重ねる').uncheck();
  await saved(page);
  await page.reload();
  await page.getByLabel('映像に職・氏名と時刻を薄く重ねる').waitFor();
  assert.equal(await page.getByLabel('映像に職・氏名と時刻を薄く重ねる').isChecked(), false);

  await page.getByRole('button', { name: '目的を選ぶ' }).click();
  await page.getByRole('dialog').getByText('事件・事故').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' }); // it asks for the number of a case, too
  await page.getByLabel('事案番号').fill('危-12');
  await page.getByRole('button', { name: '登録する' }).click();
  await page.getByText('事案番号を登録しました').waitFor();
  assert.equal(await page.evaluate(() => fetch('/api/session').then((r) => r.json()).then((s) => `${s.purpose} ${s.case}`)), 'incident 危-12');

  const walls = page.getByRole('list', { name: '保存した並びの一覧' });
  await walls.getByText('4分割・2台').waitFor();
  await clean(page, 'settings with a saved wall');
  await page.getByRole('button', { name: '「朝の確認」の名前を変える' }).click();
  await clean(page, 'renaming a wall');
  await page.getByRole('textbox', { name: /名前/ }).fill('');
  await page.keyboard.press('Enter');
  await page.getByText('名前を1～60字で入力してください。').waitFor();
  await page.getByRole('textbox', { name: /名前/ }).fill('夕方の確認');
  await page.keyboard.press('Enter');
  await walls.getByText('夕方の確認').waitFor();
  await page.getByRole('button', { name: '「夕方の確認」を削除する' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '削除する' }).click();
  await page.getByText('保存した並びはありません').waitFor();
  await page.check();
});

test('the connection check finds UDP and TCP open, each by itself, and can be copied', async () => {
  const page = await visit('/diagnostics', { width: 1920, height: 1080 });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, 'jimu-koseki');
  await page.getByText('この端末で映像を確認できます').waitFor({ timeout: 40_000 });
  const line = (name) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  for (const name of ['映像の通信（UDP）', '映像の通信（TCP）']) assert.match(await line(name).textContent(), /正常接続 [\d.]+ ミリ秒・往復 [\d.]+ ミリ秒/, name);
  for (const name of ['サーバーとの往復', '状態の自動更新', 'H.264（映像の形式）', 'サーバーとの時計の差', 'ブラウザ']) assert.match(await line(name).textContent(), /正常/, name);
  assert.match(await line('サーバーから見た端末').textContent(), /127\.0\.0\.1/);
  await clean(page, 'the connection check');
  await page.getByRole('button', { name: '結果をコピーする' }).click();
  await page.getByText('結果をコピーしました').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^接続診断の結果\n診断した日時: .*\n診断した人: 例示 務（jimu-koseki）\n/);
  assert.match(text, /\[正常\] 映像の通信（UDP）: 接続/);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('button', { name: '印刷する' }).isVisible(), false);
  assert.equal(await page.getByText('接続診断の結果').isVisible(), true);
  await page.check();
});

test('where UDP is closed, the check says so and what to do; where both are, that nothing can be seen', async () => {
  const page = await visit('/diagnostics');
  await signIn(page, 'bucho-kumin');
  await page.getByText('この端末で映像を確認できます').waitFor({ timeout: 40_000 });
  const shut = (transports) => page.route('**/api/diagnostics/webrtc', async (route) => {
    const res = await route.fetch();
    const sdp = (await res.text()).split('\r\n').filter((l) => !transports.some((t) => l.toLowerCase().startsWith('a=candidate:') && l.toLowerCase().split(' ')[2] === t)).join('\r\n');
    await route.fulfill({ response: res, body: sdp });
  });
  await shut(['udp']);
  await page.getByRole('button', { name: 'もう一度診断する' }).click();
  await page.getByText(/UDP が届きません。映像は TCP で届きますが、遅れやすくなります。情報システム担当に 127\.0\.0\.1:\d+（UDP）の許可を依頼してください。/).waitFor({ timeout: 40_000 });
  await page.getByText('映像は確認できますが、気をつけることがあります').waitFor({ timeout: 40_000 });
  await page.unroute('**/api/diagnostics/webrtc');
  await shut(['udp', 'tcp']);
  await page.getByRole('button', { name: 'もう一度診断する' }).click();
  await page.getByText('このままでは映像を確認できません').waitFor({ timeout: 40_000 });
  await clean(page, 'a check that found faults');
  await page.check();
});

test('help tells everybody who may see what, with their own post marked', async () => {
  for (const [login, post, seen] of [['jimu-koseki', '事務担当', '映像を見られるカメラはありません'], ['bucho-kumin', '部長', '見られるカメラ 41台'], ['shisetsu', '施設担当', '稼働状況を見られるカメラ 100台（映像は見られません）']]) {
    const page = await visit('/help');
    await signIn(page, login);
    await page.getByText(seen).waitFor();
    const table = page.getByRole('table', { name: '職ごとに見られるもの' });
    assert.equal(await table.getByRole('row').count(), 1 + 10);
    assert.match(await table.getByRole('row').filter({ hasText: 'あなた' }).textContent(), new RegExp(`^${post}あなた`), login);
    for (const words of ['音声は記録していません。', '勤務の評価、出退勤の確認には使えません。その目的は選べません。', 'JIS X 8341-3:2016 の適合レベル AA']) await page.getByText(words).first().waitFor();
    if (login !== 'jimu-koseki') await page.getByText('30日間', { exact: true }).waitFor();
    await page.getByRole('link', { name: '見られないとき、困ったとき' }).click();
    assert.equal(new URL(page.url()).hash, '#ask');
    await clean(page, `help for ${login}`);
    await page.check();
  }
});

test('settings, the check and help reflow at 200 %', async () => {
  const page = await visit('/settings', { width: 640, height: 512 });
  await signIn(page, 'kiki2');
  for (const path of ['/settings', '/help', '/diagnostics']) {
    await page.goto(system.origin + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const beyond = await page.evaluate(() => document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth);
    assert.ok(beyond <= 0, `${path}: ${beyond} px beyond the page`);
  }
  await page.check();
});

test('a session about to end says so before, aloud, and the page moves by no more than a line', async () => {
  const page = await visit('/help');
  await signIn(page, 'jimu-koseki');
  await page.getByRole('heading', { name: 'ヘルプ', level: 1 }).waitFor();
  const notice = page.getByRole('region', { name: 'セッションの終了' }).getByRole('status');
  assert.equal(await notice.textContent(), '', 'it is there before it has anything to say');
  const top = () => page.locator('main').evaluate((m) => m.getBoundingClientRect().top);
  const before = await top();
  // As from the tab that holds the server's events.
  await page.evaluate(() => new BroadcastChannel('yagura-events').postMessage({ kind: 'session', ended: false, expires: new Date(Date.now() + 300_000).toISOString() }));
  await notice.getByText(/セッションは \d\d:\d\d:\d\d に終了します/).waitFor();
  assert.ok(await top() - before <= 32, 'no more than a line');
  await clean(page, 'a session about to end');
  await page.getByRole('button', { name: 'サインインし直す' }).click();
  await signIn(page, 'jimu-koseki');
  await page.getByRole('heading', { name: 'ヘルプ', level: 1 }).waitFor(); // where one was
  await page.check();
});

// The live wall, as each kind of person uses it: by mouse, and by keyboard alone.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { numberOn } from './clip.mjs';
import { clean, micros, signIn, stage } from './people.mjs';

const perSecond = 15; // pictures of the test clips
const loop = 60 * perSecond;
let system;
let visit;
let close;

before(async () => {
  ({ system, visit, close } = await stage({ ward: 20 }));
});
after(() => close?.());

const nine = 'a1-01,a1-02,a1-03,a1-04,a1-05,a1-06,a1-07,a1-08,a1-09';
const tile = (page, n) => page.locator(`#tile-${n}`);
const of = (page, camera) => page.locator(`[data-camera="${camera}"][data-place]`);
const rail = (page) => page.getByRole('navigation', { name: 'カメラの場所' });
const mode = (t, kind) => t.and(t.page().locator(`[data-mode=${kind}]`)).waitFor({ timeout: 15_000 });
const uncovered = (t) => t.locator('[data-testid=cover]').waitFor({ state: 'hidden', timeout: 10_000 });
const frames = (t) => t.locator('video').evaluate((v) => v.getVideoPlaybackQuality().totalVideoFrames);
const shownAt = (t) => t.locator('[data-testid=picture-time]').getAttribute('datetime');
const badge = (t) => t.locator('[data-testid=badge]');

/** live waits until a tile shows a live picture. */
async function live(t) {
  await mode(t, 'live');
  await uncovered(t);
}

/** offers counts the sessions a page opens. */
function offers(page) {
  const count = { n: 0 };
  page.on('request', (r) => r.method() === 'POST' && r.url().includes('/whep/') && count.n++);
  return count;
}

/** moves waits until a video has shown n more pictures. */
async function moves(t, n = 5) {
  const start = await frames(t);
  await t.page().waitForFunction(([id, least]) => document.getElementById(id).querySelector('video').getVideoPlaybackQuality().totalVideoFrames >= least, [await t.getAttribute('id'), start + n]);
}

/** stands waits until no picture has come for a second. */
async function stands(t) {
  for (let last = -1, i = 0; i < 8; i++) {
    const n = await frames(t);
    if (n === last) return;
    last = n;
    await t.page().waitForTimeout(1000);
  }
  assert.fail('pictures still come');
}

/** sight reads number and moment of one and the same picture of a tile. */
const sight = (t) => t.evaluate((el, source) => new Promise((done) => {
  const video = el.querySelector('video');
  const read = eval(source);
  video.requestVideoFrameCallback(() => done({ n: read(video), at: el.querySelector('[data-testid=picture-time]').dateTime }));
}), `(${numberOn})`);

test('a head of department (41 cameras) finds the first floor live, goes back in one tile, and returns', async () => {
  const page = await visit();
  const asked = offers(page);
  await signIn(page, 'bucho-kumin');
  for (let i = 0; i < 9; i++) await live(tile(page, i));
  assert.match(page.url(), /\/wall\?layout=9&cameras=a1-01,a1-02,/);
  assert.equal(await page.title(), '映像確認｜櫓 Yagura');
  assert.equal(asked.n, 9);
  await page.getByText('受信 9 / 9').waitFor();
  await Promise.all([0, 4, 8].map((i) => moves(tile(page, i))));
  await clean(page, 'the wall');

  const seven = tile(page, 6);
  const seen = await sight(seven);
  await seven.focus();
  assert.match(await page.locator('#name-6').textContent(), /^1階 戸籍住民 端末列 A1-07 ライブ \d+\.\d 秒$/);
  await page.getByRole('group', { name: /戸籍住民 端末列 A1-07 ライブ/ }).waitFor();
  await page.waitForTimeout(12_000); // the moment seen is to be past
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('dialog').waitFor();
  await clean(page, 'the question for a purpose');
  await page.keyboard.press('1');
  await mode(seven, 'past');
  await uncovered(seven);
  await badge(seven).getByText('過去').waitFor();
  assert.equal(asked.n, 9, 'the same session');
  await Promise.all([0, 8].map((i) => moves(tile(page, i)))); // the other tiles stay live
  assert.equal(await tile(page, 0).getAttribute('data-mode'), 'live');

  await seven.focus();
  await page.keyboard.press('k');
  await seven.getByRole('button', { name: '再生', exact: true }).waitFor();
  await page.waitForFunction(() => !document.querySelector('#tile-6 [data-testid=cover]').checkVisibility());
  const here = { n: await seven.locator('video').evaluate(numberOn), at: await seven.locator('[data-testid=tile-moment]').textContent() };
  assert.match(here.at, /^\d\d:\d\d:\d\d$/);
  await clean(page, 'the past in a tile');
  await page.keyboard.press('.');
  for (let i = 0; i < 100 && (await seven.locator('video').evaluate(numberOn)) !== (here.n + 1) % loop; i++) await page.waitForTimeout(50);
  assert.equal(await seven.locator('video').evaluate(numberOn), (here.n + 1) % loop, 'one picture on');
  await page.keyboard.press('End');
  await live(seven);
  const now = await sight(seven);
  const expected = (seen.n + Math.round(((micros(now.at) - micros(seen.at)) / 1e6) * perSecond)) % loop;
  assert.ok(Math.abs(now.n - expected) <= 2, `picture ${now.n} for ${expected}`);
  assert.ok(Date.now() * 1000 - micros(now.at) < 2e6, 'live is now');
  assert.equal(asked.n, 9);
  await page.check();
});

test('a moment on the tile’s own timeline is the picture of that moment', async () => {
  const page = await visit('/wall?layout=4&cameras=a1-01,a1-07');
  await signIn(page, 'bucho-kumin', '抑止のための確認');
  const t = of(page, 'a1-07');
  await live(t);
  const seen = await sight(t);
  await page.waitForTimeout(8000); // the moment seen is to be past
  await t.focus();
  await page.keyboard.press('t');
  const lane = t.locator('[data-testid=tile-lane]');
  await lane.waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=tile-lane] [class*="bg-[#4a63a8]"]').length > 0);
  await clean(page, 'the timeline of a live tile');
  const box = await lane.boundingBox();
  const x = (back) => box.x + box.width * (0.965 - back / 1200);
  await page.mouse.move(x(3), box.y + 12);
  await page.mouse.down();
  await page.mouse.move(x(6), box.y + 12, { steps: 4 });
  await mode(t, 'past');
  await uncovered(t);
  await page.mouse.up();
  await page.keyboard.press('k');
  await t.getByRole('button', { name: '再生', exact: true }).waitFor();
  await uncovered(t);
  const n = await t.locator('video').evaluate(numberOn);
  const url = new URL(await t.getByRole('link', { name: '過去映像で開く' }).evaluate((a) => (a.addEventListener('click', (e) => e.preventDefault(), { capture: true, once: true }), a.dispatchEvent(new MouseEvent('auxclick', { bubbles: true })), a.href)));
  assert.equal(url.pathname, '/playback');
  assert.equal(url.searchParams.get('cameras'), 'a1-07');
  const passed = Math.round(((Date.parse(url.searchParams.get('at')) * 1000 - micros(seen.at)) / 1e6) * perSecond);
  assert.ok(Math.abs(n - (((seen.n + passed) % loop) + loop) % loop) <= 1, `picture ${n} at ${url.searchParams.get('at')}, ${seen.n} at ${seen.at}`);
  await page.check();
});

test('arranging by mouse: from the list, from tile to tile, enlarged and back; nothing connects anew', async () => {
  const page = await visit(`/wall?layout=9&cameras=${nine}`, { width: 1920, height: 1080 });
  const asked = offers(page);
  await signIn(page, 'bucho-kumin', '抑止のための確認');
  for (let i = 0; i < 9; i++) await live(tile(page, i));
  assert.equal(asked.n, 9);

  await tile(page, 0).dragTo(tile(page, 4));
  await page.waitForURL(/cameras=a1-05,a1-02,a1-03,a1-04,a1-01,/);
  await moves(of(page, 'a1-01'));
  await moves(of(page, 'a1-05'));
  assert.equal(await of(page, 'a1-01').getAttribute('data-place'), '4');

  await rail(page).getByRole('button', { name: /税務（収納）/ }).first().click();
  await rail(page).locator('[data-row][data-camera=a1-10]').dragTo(tile(page, 8));
  await page.waitForURL(/a1-08,a1-10/);
  await live(of(page, 'a1-10'));

  await of(page, 'a1-10').dblclick({ position: { x: 200, y: 120 } });
  await page.waitForURL(/big=9/);
  await page.waitForFunction(() => document.querySelector('[data-camera=a1-10] video').videoWidth === 640, null, { timeout: 8000 }); // the main stream
  await uncovered(of(page, 'a1-10'));
  assert.equal(await tile(page, 0).isVisible(), false);
  await clean(page, 'an enlarged tile');
  await stands(of(page, 'a1-05')); // tiles nobody sees are sent nothing
  await page.getByRole('button', { name: /元の並び/ }).click();
  await page.waitForURL((u) => !u.searchParams.has('big'));
  await of(page, 'a1-10').dblclick({ position: { x: 200, y: 120 } });
  await page.waitForURL(/big=9/);
  await live(of(page, 'a1-10'));
  await of(page, 'a1-10').dblclick({ position: { x: 200, y: 120 } });
  await page.waitForURL((u) => !u.searchParams.has('big'));
  for (let i = 0; i < 9; i++) await live(tile(page, i));
  await moves(of(page, 'a1-05'));

  await page.getByRole('button', { name: '4分割' }).click();
  await page.waitForURL(/layout=4/);
  await page.waitForFunction(() => document.querySelectorAll('[data-place]').length === 4);
  await page.getByRole('button', { name: '9分割' }).click();
  for (let i = 0; i < 9; i++) await live(tile(page, i));
  assert.equal(asked.n, 9, 'everything on the sessions that stood');

  await of(page, 'a1-02').hover();
  await of(page, 'a1-02').getByRole('button', { name: '戸籍住民 窓口中を外す' }).click();
  await page.getByRole('group', { name: '2番 空き' }).waitFor();
  await clean(page, 'an empty place');
  await page.getByRole('button', { name: /この階のカメラをすべて並べる/ }).click();
  await page.waitForURL(/layout=floor/);
  assert.equal(await page.locator('[data-place]').count(), 15);
  for (const i of [0, 7, 14]) await live(tile(page, i));
  await clean(page, 'a floor');
  await page.goBack();
  await page.getByRole('group', { name: '2番 空き' }).waitFor();
  await page.check();
});

test('everything by keyboard alone', async () => {
  const page = await visit('/wall?layout=4&cameras=a1-01,a1-02');
  await page.getByLabel('職員ID').focus();
  await page.keyboard.type('bucho-kumin');
  await signIn(page, 'bucho-kumin', '抑止のための確認');
  await live(tile(page, 0));
  await page.keyboard.press('/');
  await page.keyboard.type('端末列');
  await page.keyboard.press('Enter');
  await page.waitForURL(/cameras=a1-01,a1-02,a1-07/);
  await live(of(page, 'a1-07'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await page.locator('#tile-2:focus').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.locator('#tile-0:focus').waitFor();
  await page.keyboard.press('Control+ArrowRight');
  await page.locator('#tile-1:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/big=2/);
  await page.keyboard.press('Escape');
  await page.waitForURL((u) => !u.searchParams.has('big'));

  await page.locator('#tile-1:focus').waitFor();
  await page.keyboard.press('m');
  await page.getByText('矢印キーで行き先を選び').waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowDown');
  await page.locator('#tile-3 [data-testid=landing]').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/cameras=a1-01,,a1-07,a1-02/);
  await page.getByText('戸籍住民 窓口中を4番へ動かしました').waitFor({ state: 'attached' });
  await page.locator('#tile-3:focus').waitFor();
  await live(of(page, 'a1-02'));
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Escape');
  await page.getByText('移動をやめました').waitFor({ state: 'attached' });

  await page.keyboard.press('ArrowLeft');
  await mode(of(page, 'a1-02'), 'past');
  await page.keyboard.press(' ');
  await of(page, 'a1-02').getByRole('button', { name: '再生', exact: true }).waitFor();
  await page.keyboard.press('End');
  await live(of(page, 'a1-02'));
  await page.keyboard.press('Delete');
  await page.waitForURL(/cameras=a1-01,,a1-07$/);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'キー操作の一覧' }).waitFor();
  await clean(page, 'the keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await page.waitForFunction(() => document.fullscreenElement?.id === 'stage');
  await page.keyboard.press('f');
  await page.waitForFunction(() => !document.fullscreenElement);
  await page.check();
});

test('a saved wall comes back, is renamed and removed', async () => {
  const page = await visit('/wall?layout=4&cameras=a1-03,a1-04');
  await signIn(page, 'tokatsu-koseki');
  await live(tile(page, 0));
  await page.getByRole('button', { name: '保存', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '並びを保存する' });
  await page.keyboard.press('Enter');
  await dialog.getByText('＊名前を入力してください。').waitFor();
  await clean(page, 'a name that is missing');
  await dialog.getByLabel('名前').fill('朝の確認');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '朝の確認' }).waitFor();
  await page.waitForURL(/set=/);

  await page.getByRole('button', { name: '9分割' }).click();
  await page.getByRole('heading', { level: 1, name: '朝の確認（変更あり）' }).waitFor();
  await page.getByRole('tab', { name: '保存' }).click();
  await rail(page).getByText('4分割・2台').waitFor();
  await clean(page, 'saved walls');
  await rail(page).getByRole('button', { name: '朝の確認 4分割・2台' }).click();
  await page.waitForURL(/layout=4/);
  await rail(page).getByRole('button', { name: '「朝の確認」の名前を変える' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('夕方の確認');
  await page.getByRole('button', { name: '変える', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '夕方の確認' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: '夕方の確認' }).waitFor();
  await page.getByRole('tab', { name: '保存' }).click();
  await rail(page).getByText('4分割・2台').hover();
  await rail(page).getByRole('button', { name: '「夕方の確認」を削除する' }).click();
  await clean(page, 'before a wall is removed');
  await page.getByRole('dialog').getByRole('button', { name: '削除する' }).click();
  await rail(page).getByText('保存した並びはありません').waitFor();
  await live(tile(page, 0));
  await page.check();
});

test('the carousel turns, stands still when told to, and ends where it is', async () => {
  const page = await visit('/wall?layout=9&carousel=5&cameras=a1-01');
  await signIn(page, 'bucho-kumin');
  const tour = page.getByRole('group', { name: '巡回表示' });
  await tour.getByText('1 / 5').waitFor(); // 41 cameras, nine at a time
  await tour.getByRole('button', { name: '巡回を再開する' }).click(); // with reduced motion it begins standing still
  await live(tile(page, 0));
  await tour.getByText('2 / 5').waitFor({ timeout: 8000 });
  await live(of(page, 'a1-10'));
  await page.keyboard.press('p');
  await tour.getByRole('button', { name: '巡回を再開する' }).waitFor();
  await clean(page, 'the carousel');
  await page.waitForTimeout(6000); // longer than a turn
  assert.equal(await tour.getByText('2 / 5').count(), 1);
  await tour.getByRole('button', { name: '次の画面' }).click();
  await tour.getByText('3 / 5').waitFor();
  await tour.getByRole('combobox', { name: '切り替えの間隔' }).selectOption('30');
  await page.waitForURL(/carousel=30/);
  await tour.getByRole('button', { name: '巡回表示を終える' }).click();
  await page.waitForURL((u) => !u.searchParams.has('carousel') && !u.searchParams.get('cameras').includes('a1-01'));
  await page.check();
});

test('a head with two cameras sees both; one without any sees that all is well', async () => {
  const page = await visit('/', { width: 1920, height: 1080 });
  await signIn(page, 'bucho-kankyo');
  await page.waitForFunction(() => document.querySelectorAll('[data-place]').length === 2);
  assert.equal(await rail(page).locator('[data-row][data-camera]').count(), 2);
  await page.getByText('停止 2', { exact: true }).waitFor();
  await clean(page, 'a wall of two');
  await page.keyboard.press('2'); // by keyboard: the second, enlarged, its record, and back
  await page.keyboard.press('Enter');
  await page.waitForURL(/big=2/);
  await page.keyboard.press('t');
  await page.locator('#tile-1 [data-testid=tile-timeline]').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL((u) => !u.searchParams.has('big'));
  await page.check();

  const none = await visit();
  await signIn(none, 'bucho-toshi');
  await none.getByRole('heading', { name: '所管するカメラはありません' }).waitFor();
  await clean(none, 'the empty page');
  await none.check();
});

test('crisis management has 25 at once, of all 100', async () => {
  const ids = Array.from({ length: 15 }, (_, i) => `a1-${String(i + 1).padStart(2, '0')}`);
  const page = await visit(`/wall?layout=25&cameras=${ids},a2-01,a2-02,a2-03,a2-04,a2-05,b9-01`, { width: 1920, height: 1080 });
  await signIn(page, 'kiki');
  for (let i = 0; i < 20; i++) await live(tile(page, i));
  await page.getByText('受信 20 / 21').waitFor();
  await of(page, 'b9-01').getByText('映像なし').waitFor();
  await of(page, 'b9-01').getByText('原因：カメラ応答なし').waitFor();
  await clean(page, 'a wall of 25');

  await page.getByRole('tab', { name: '平面図' }).click(); // by mouse, on the plan
  await rail(page).locator('svg [data-camera=a2-06]').click();
  await page.waitForURL(/b9-01,a2-06/);
  await clean(page, 'the plans');
  await page.getByRole('tab', { name: '平面図' }).focus(); // by keyboard, in the tree
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await rail(page).locator('[data-row]:focus', { hasText: '1階' }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  await rail(page).locator('[data-row]:focus', { hasText: '2階' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await rail(page).locator('[data-row][data-camera=a2-01]:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('保険医療 窓口東は16番に表示しています').waitFor({ state: 'attached' });
  await page.check();
});

test('what one may not see explains itself in its place', async () => {
  const page = await visit('/?camera=c-seiso-1');
  await signIn(page, 'bucho-kumin');
  await page.getByText('番号が違うか、所管ではありません').waitFor();
  await clean(page, 'a camera of others');
  await page.check();

  const facilities = await visit('/wall?layout=4&cameras=a1-07');
  await signIn(facilities, 'shisetsu');
  await facilities.getByText('この職では見られません').waitFor();
  await clean(facilities, 'a wall without the right to it');
  await facilities.check();
});

test('a camera that begins later says when', async () => {
  writeFileSync(join(system.dir, 'cameras', 'honcho-4f.yaml'), `site: honcho\nfloor: 4F\ncameras:\n  - {id: b4-01, number: B4-01, name: 会議室, kind: surveillance, section: koseki, starts: 2099-04-01, streams: {main: "rtsp://\${CAMERAS}/b4-01/main"}}\n`);
  const page = await visit('/wall?layout=1&cameras=b4-01');
  await signIn(page, 'kiki');
  await page.getByText('2099年4月1日から映像を確認できます').waitFor({ timeout: 20_000 });
  await clean(page, 'a camera not in operation yet');
  await page.check();
});

test('a hidden page is sent nothing, and wakes at once', async () => {
  const page = await visit('/wall?layout=4&cameras=a1-01,a1-02');
  const asked = offers(page);
  await signIn(page, 'bucho-kumin');
  await live(tile(page, 0));
  await live(tile(page, 1));
  const hide = (hidden) => page.evaluate((h) => {
    Object.defineProperty(document, 'hidden', { get: () => h, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await hide(true);
  await stands(tile(page, 0));
  await hide(false);
  await moves(tile(page, 0), 2);
  await live(tile(page, 0));
  await badge(tile(page, 0)).getByText('ライブ').waitFor();
  assert.ok(Date.now() * 1000 - micros(await shownAt(tile(page, 0))) < 2e6, 'the newest picture');
  assert.equal(asked.n, 2);
  await page.check();
});

test('a camera that falls silent is never shown as live', async () => {
  const page = await visit('/wall?layout=4&cameras=a1-06,a1-07');
  await signIn(page, 'bucho-kumin');
  const t = of(page, 'a1-06');
  await live(t);
  const steer = (change) => fetch(`${system.control}/cameras/a1-06`, { method: 'PATCH', body: JSON.stringify(change) });
  await steer({ silent: true });
  await badge(t).getByText('遅延').waitFor({ timeout: 4000 });
  await page.getByText('受信 1 / 2').waitFor({ timeout: 8000 });
  await badge(t).getByText('停止').waitFor({ timeout: 6000 });
  await t.getByText('映像なし').waitFor();
  await t.getByText('原因：映像の途絶').waitFor({ timeout: 8000 });
  await clean(page, 'a stopped camera on the wall');
  assert.equal(await badge(of(page, 'a1-07')).getAttribute('data-look'), 'live');
  await steer({ silent: false });
  await badge(t).getByText('ライブ').waitFor({ timeout: 15_000 });
  await page.check();
});

test('a list that does not come says so, and comes by itself', async () => {
  const page = await visit();
  await page.route('**/api/cameras', (r) => r.abort());
  await signIn(page, 'bucho-kumin');
  await page.getByRole('heading', { name: 'カメラの一覧を読み込めませんでした' }).waitFor();
  await clean(page, 'a list that did not come');
  await page.unroute('**/api/cameras');
  await live(tile(page, 0));
  await page.check(/status of 401|ERR_FAILED/);
});

test('in English', async () => {
  const page = await visit('/wall?layout=4&cameras=a1-01,,xx');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByLabel('Staff ID').fill('kiki');
  await page.getByLabel('Password').first().fill('kita-no-yagura-7');
  await page.keyboard.press('Enter');
  await page.getByText('Receiving 1 / 1').waitFor();
  assert.equal(await page.title(), 'Live wall | Yagura');
  await clean(page, 'the wall in English');
  await page.check();
});

test('after a crash of the server the whole wall comes back by itself', async () => {
  const page = await visit(`/wall?layout=9&cameras=${nine}`);
  await signIn(page, 'kiki');
  for (let i = 0; i < 9; i++) await live(tile(page, i));
  await system.yagura.end('SIGKILL');
  for (let i = 0; i < 9; i++) await mode(tile(page, i), 'lost');
  await tile(page, 0).getByText('サーバーとの接続が切れました').waitFor();
  await clean(page, 'a wall without its server');
  system.restart();
  await system.ready();
  const up = Date.now();
  for (let i = 0; i < 9; i++) await live(tile(page, i));
  const gop = 2000; // ms: a camera that was connected anew begins with its next key frame, the last of nine nearly that late
  assert.ok(Date.now() - up < 3000 + gop, `${Date.now() - up} ms`);
  await page.check(/Failed to load resource|status of 401|WebSocket|ERR_/);
});

// The job, as people do it: the real server, real cameras, a real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { numberOn } from './clip.mjs';
import { clean, micros, signIn, stage } from './people.mjs';

const perSecond = 15; // pictures of the test clips
let system;
let visit;
let close;

before(async () => {
  ({ system, visit, close } = await stage());
});
after(() => close?.());

const mode = (page, kind) => page.locator(`#picture[data-mode=${kind}]`).waitFor({ timeout: 10_000 });
const uncovered = (page) => page.locator('[data-testid=cover]').waitFor({ state: 'hidden', timeout: 10_000 });
const shownAt = (page) => page.locator('[data-testid=picture-time]').getAttribute('datetime');
const number = (page) => page.locator('video').evaluate(numberOn);

/** sight reads number and moment of one and the same picture. */
const sight = (page) => page.evaluate((source) => new Promise((done) => {
  const video = document.querySelector('video');
  const read = eval(source);
  video.requestVideoFrameCallback(() => done({ n: read(video), at: document.querySelector('[data-testid=picture-time]').dateTime }));
}), `(${numberOn})`);

test('a head of department signs in, sees live, goes to the past and comes back', async () => {
  const page = await visit('/playback');
  await clean(page, 'the sign-in page');
  await signIn(page, 'bucho');
  const list = page.getByRole('navigation', { name: 'カメラの場所' });
  await list.getByText('戸籍住民 端末列').waitFor();
  assert.equal(await list.getByRole('listitem').count(), 2, 'the cameras of the own department, no others');
  await page.getByText('安全措置を緩めています').waitFor();
  await clean(page, 'the page before a camera is chosen');

  await list.getByText('戸籍住民 端末列').click();
  await mode(page, 'live');
  await uncovered(page);
  assert.match(page.url(), /\?camera=a1-07$/);
  const first = await page.locator('video').evaluate((v) => v.getVideoPlaybackQuality().totalVideoFrames);
  await page.waitForTimeout(2000);
  const second = await page.locator('video').evaluate((v) => v.getVideoPlaybackQuality().totalVideoFrames);
  assert.ok(second - first >= perSecond, `${second - first} pictures in two seconds`);
  assert.match(await page.locator('[data-testid=badge]').textContent(), /^ライブ[01]\.\d 秒$/);
  const seen = await sight(page);
  await clean(page, 'live');

  await page.waitForTimeout(4000); // the moment seen is to be past
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('dialog').waitFor();
  await clean(page, 'the question for a purpose');
  await page.keyboard.press('Tab');
  await page.getByRole('dialog').getByText('抑止のための確認').click();
  await mode(page, 'past');
  await uncovered(page);
  await page.keyboard.press('k');
  await page.getByRole('button', { name: '再生', exact: true }).waitFor();
  await clean(page, 'the past');
  await page.check();

  const link = await visit(`/?camera=a1-07&at=${new Date(micros(seen.at) / 1000 + 20).toISOString()}`);
  await signIn(link, 'bucho', '不正利用の検証');
  await mode(link, 'past');
  await uncovered(link);
  // Live, a moment is reckoned from an anchor up to a second old, and the arrival clock moves meanwhile.
  assert.ok(Math.abs(micros(await shownAt(link)) - micros(seen.at)) < 20_000, 'the moment of the link, to less than a picture');
  assert.equal(await number(link), seen.n, 'the picture that was live at that moment');
  await link.keyboard.press('.');
  await link.waitForFunction((at) => document.querySelector('[data-testid=picture-time]').dateTime !== at, seen.at);
  assert.equal(await number(link), (seen.n + 1) % (60 * perSecond), 'one picture on');
  assert.ok(micros(await shownAt(link)) > micros(seen.at));
  await link.keyboard.press('End');
  await mode(link, 'live');
  await uncovered(link);
  assert.ok(Date.now() * 1000 - micros(await shownAt(link)) < 2e6, 'live is now');
  assert.match(link.url(), /\?camera=a1-07$/);
  await link.check();
});

test('a click on the timeline leads to that moment', async () => {
  const page = await visit('/playback?camera=a1-07', { width: 1920, height: 1080 });
  await signIn(page, 'bucho', '抑止のための確認');
  await mode(page, 'live');
  const timeline = page.locator('[data-testid=timeline]');
  await page.getByRole('button', { name: '1分', exact: true }).click();
  const blue = () => timeline.evaluate((c) => {
    const { width } = c;
    const copy = new OffscreenCanvas(width, 1).getContext('2d', { willReadFrequently: true });
    copy.drawImage(c, 0, -74);
    const row = copy.getImageData(0, 0, width, 1).data;
    return Array.from({ length: width }, (_, x) => x).filter((x) => row[4 * x + 2] > 140 && row[4 * x] < 100).length;
  });
  const enough = 350; // px: more than 12 of the 60 s in view
  for (let i = 0; i < 300 && (await blue()) < enough; i++) await page.waitForTimeout(100);
  assert.ok((await blue()) >= enough, 'the timeline shows what is recorded');
  const box = await timeline.boundingBox();
  const wanted = Date.now() - 8000;
  await page.mouse.click(box.x + box.width * 0.94 - (box.width * 8) / 60, box.y + 74);
  await mode(page, 'past');
  await uncovered(page);
  assert.ok(Math.abs(micros(await shownAt(page)) / 1000 - wanted) < 2500, `${await shownAt(page)} for ${new Date(wanted).toISOString()}`);
  const before = micros(await shownAt(page));
  await page.waitForTimeout(1000);
  assert.ok(micros(await shownAt(page)) > before, 'it plays');
  await page.getByRole('button', { name: /ライブへ/ }).click();
  await mode(page, 'live');
  await page.check();
});

test('another camera comes on the warm connection, by keyboard alone', async () => {
  const page = await visit('/playback');
  await signIn(page, 'bucho');
  let offers = 0;
  page.on('request', (r) => r.method() === 'POST' && r.url().includes('/whep/') && offers++);
  await page.getByText('端末列').first().waitFor(); // the list, and with it the keys, are there
  for (const name of ['端末列', '執務室南']) {
    await page.keyboard.press('/');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await mode(page, 'live');
    await uncovered(page);
    assert.ok((await page.locator('#picture').getAttribute('aria-label')).includes(name));
  }
  assert.equal(offers, 1);
  await page.goBack();
  await page.getByRole('heading', { name: '戸籍住民 端末列' }).waitFor();
  await mode(page, 'live');
  await page.check();
});

test('a head without cameras sees that all is well', async () => {
  const page = await visit();
  await signIn(page, 'bucho-toshi');
  await page.getByRole('heading', { name: '所管するカメラはありません' }).waitFor();
  await clean(page, 'the empty page');
  await page.check();
});

test('what one may not see explains itself', async () => {
  const page = await visit('/playback?camera=c-seiso-1');
  await signIn(page, 'bucho');
  await page.getByText('カメラ「c-seiso-1」は見つかりません。').waitFor();
  await clean(page, 'a refusal');
  await page.check();

  const facilities = await visit('/playback?camera=a1-07');
  await signIn(facilities, 'shisetsu');
  await facilities.getByText('あなたの職では、このカメラの映像は見られません。').waitFor();
  await clean(facilities, 'a refusal by post');
  await facilities.check();

  const wrong = await visit();
  await wrong.getByLabel('職員ID').fill('bucho');
  await wrong.getByLabel('パスワード', { exact: false }).first().fill('wrong');
  await wrong.keyboard.press('Enter');
  await wrong.getByText('＊職員IDまたはパスワードが違います。').waitFor();
  await clean(wrong, 'a failed sign-in');
  await wrong.check();
});

test('English stands beside Japanese', async () => {
  const page = await visit();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await clean(page, 'the sign-in page in English');
  await page.check();
});

test('a camera that falls silent is never shown as live', async () => {
  const page = await visit('/playback?camera=a1-06');
  await signIn(page, 'bucho');
  await mode(page, 'live');
  await uncovered(page);
  const steer = (change) => fetch(`${system.control}/cameras/a1-06`, { method: 'PATCH', body: JSON.stringify(change) });
  await steer({ silent: true });
  const badge = page.locator('[data-testid=badge]');
  await badge.getByText('遅延').waitFor({ timeout: 4000 });
  await badge.getByText('停止').waitFor({ timeout: 6000 });
  await page.getByText('映像なし').waitFor();
  await page.getByText('原因：映像の途絶').waitFor({ timeout: 8000 });
  await clean(page, 'a stopped camera');
  await page.waitForTimeout(5000); // the browser asks for pictures again and is sent the last ones
  assert.equal(await badge.textContent(), '停止');
  await steer({ silent: false });
  await badge.getByText('ライブ').waitFor({ timeout: 15_000 });
  await page.check();
});

test('after a crash of the server the picture comes back by itself', async () => {
  const page = await visit('/playback?camera=a1-07');
  await signIn(page, 'kiki', '事件・事故');
  await mode(page, 'live');
  await uncovered(page);
  await system.yagura.end('SIGKILL');
  await page.locator('#picture[data-mode=lost]').waitFor({ timeout: 10_000 });
  await page.getByText('自動で再接続しています').first().waitFor();
  system.restart();
  await system.ready();
  const up = Date.now();
  await mode(page, 'live');
  await uncovered(page);
  assert.ok(Date.now() - up < 3000, `${Date.now() - up} ms`);
  await page.check(/Failed to load resource|status of 401|WebSocket|ERR_/);
});

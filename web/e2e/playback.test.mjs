// The playback room, as people use it: by mouse, and by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { numberOn } from './clip.mjs';
import { clean, micros, signIn, stage } from './people.mjs';

const perSecond = 15; // pictures of the test clips
const loop = 60 * perSecond;
const interval = 1e6 / perSecond; // µs
let system;
let visit;
let close;
let began; // recording, ms

before(async () => {
  ({ system, visit, close } = await stage({ ward: 6 }));
  began = Date.now();
});
after(() => close?.());

const four = 'a1-07,a1-01,a1-02,a1-03';
const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
const of = (page, camera) => page.locator(`section[data-camera="${camera}"]`);
const shownAt = async (tile) => micros(await tile.locator('[data-testid=picture-time]').getAttribute('datetime'));
const number = (tile) => tile.locator('video').evaluate(numberOn);
const position = async (page) => (await page.getByTestId('position').textContent()).match(/\d\d:\d\d:\d\d\.\d{3}/)[0];
const clockOf = (at) => new Date(Math.floor(at / 1000) + 9 * 3600_000).toISOString().slice(11, 23);
const button = (page, name) => page.getByRole('button', { name, exact: true });

/** stands waits until n tiles stand on their picture. */
const stands = (page, n) => page.waitForFunction((n) => {
  const tiles = [...document.querySelectorAll('section[data-camera]')];
  return tiles.length === n && tiles.every((t) => t.dataset.mode === 'past' && (t.dataset.gap !== undefined || t.querySelector('[data-testid=cover]').hidden)) && document.querySelector('[data-testid=transport][data-state=still]');
}, n, { timeout: 20_000 });

/** steer changes how a camera behaves. */
const steer = (camera, change) => fetch(`${system.control}/cameras/${camera}`, { method: 'PATCH', body: JSON.stringify(change) });

/** recorded waits until a camera has a record from `seconds` ago on. */
async function recorded(seconds) {
  const wait = began + (seconds + 8) * 1000 - Date.now();
  if (wait > 0) await new Promise((done) => setTimeout(done, wait));
}

test('a head of department (41 cameras) opens a room by mouse: asked once, all at one moment, played and stopped', async () => {
  await recorded(25);
  const page = await visit('/playback');
  await signIn(page, 'bucho-kumin');
  await page.getByRole('heading', { name: 'カメラを選んでください' }).waitFor();
  await clean(page, 'the page before a room is chosen');
  assert.equal(await page.title(), '過去映像｜櫓 Yagura');
  await page.getByRole('button', { name: /^戸籍住民 本庁舎 1階/ }).click();
  await page.getByRole('dialog', { name: '過去の映像を見る目的を選んでください' }).waitFor();
  await clean(page, 'the question for a purpose');
  await page.getByLabel('事案番号').fill('29-危-014');
  await page.getByRole('button', { name: /不正利用の検証/ }).click();
  await page.getByRole('complementary', { name: '目的としおり' }).getByText('29-危-014').waitFor();
  await page.getByRole('complementary', { name: 'カメラ', exact: true }).getByText('A1-09').first().waitFor();

  await page.goto(`${system.origin}/playback?cameras=${four}&at=${ago(20)}`);
  await stands(page, 4);
  assert.equal(await page.getByRole('dialog').count(), 0, 'it is not asked again');
  const at = await shownAt(of(page, 'a1-07'));
  for (const camera of four.split(',')) assert.ok(Math.abs((await shownAt(of(page, camera))) - at) <= interval + 2000, `${camera} stands on the same moment`);
  assert.equal(await position(page), clockOf(at), 'the position is the time of the picture');
  await clean(page, 'four cameras that stand');

  await button(page, '再生').click();
  await page.getByTestId('sync').waitFor({ timeout: 15_000 });
  await page.waitForFunction((from) => Date.parse(document.querySelector('[data-testid=picture-time]').dateTime) > from + 2000, at / 1000, { timeout: 15_000 });
  assert.ok(Number(await page.getByTestId('sync').getAttribute('data-ms')) <= 200, 'together');
  await clean(page, 'four cameras that play');
  await button(page, '一時停止').click();
  await stands(page, 4);
  const stopped = await shownAt(of(page, 'a1-07'));
  for (const camera of four.split(',')) assert.ok(Math.abs((await shownAt(of(page, camera))) - stopped) <= interval + 2000, `${camera} stopped on the same moment`);
  assert.match(page.url(), new RegExp(`cameras=${four}&at=`));
  assert.equal(micros(new URL(page.url()).searchParams.get('at').replace(/(\.\d+)?Z$/, (m) => `${(m.length > 1 ? m : '.Z').slice(0, -1).padEnd(7, '0')}Z`)), stopped, 'the address is the moment');
  await page.check();
});

test('a link leads to the picture that was live at that moment; one step is one picture', async () => {
  const wall = await visit('/?camera=a1-07');
  await signIn(wall, 'kiki');
  await wall.locator('[data-camera=a1-07][data-mode=live]').waitFor({ timeout: 15_000 });
  await wall.locator('[data-testid=cover]').waitFor({ state: 'hidden', timeout: 15_000 });
  const seen = await wall.evaluate((source) => new Promise((done) => {
    const video = document.querySelector('video');
    const read = eval(source);
    video.requestVideoFrameCallback(() => done({ n: read(video), at: document.querySelector('[data-testid=picture-time]').dateTime }));
  }), `(${numberOn})`);
  await wall.check();
  await new Promise((done) => setTimeout(done, 4000)); // the moment seen is to be past

  const page = await visit(`/?camera=a1-07&at=${new Date(micros(seen.at) / 1000 + 20).toISOString()}`);
  await signIn(page, 'kiki', '不正利用の検証');
  await stands(page, 1);
  assert.match(page.url(), /\/playback\?cameras=a1-07&at=/);
  const tile = of(page, 'a1-07');
  // Live, a moment is reckoned from an anchor up to a second old, and the arrival clock moves meanwhile.
  const at = await shownAt(tile);
  assert.ok(Math.abs(at - micros(seen.at)) < 20_000, 'the moment of the link, to less than a picture');
  assert.equal(await number(tile), seen.n, 'the picture that was live at that moment');
  for (const [key, by] of [['.', 1], ['.', 2], [',', 1]]) {
    const before = await shownAt(tile);
    const text = await tile.locator('[data-testid=picture-time]').getAttribute('datetime');
    await page.keyboard.press(key);
    await page.waitForFunction((text) => document.querySelector('[data-testid=picture-time]').dateTime !== text, text);
    await stands(page, 1);
    assert.equal(await number(tile), (seen.n + by) % loop, `${key} is one picture`);
    assert.ok(Math.sign((await shownAt(tile)) - before) === (key === '.' ? 1 : -1));
  }
  await page.keyboard.press('End');
  await page.waitForURL(/\/wall\?/);
  await page.check();
});

test('the timeline by mouse: a click, a drag, the wheel, the picture under the pointer', async () => {
  await recorded(40);
  const page = await visit(`/playback?cameras=a1-07,a1-01&at=${ago(15)}`, { width: 1920, height: 1080 });
  await signIn(page, 'kiki', '不正利用の検証');
  await stands(page, 2);
  const timeline = page.getByTestId('timeline');
  await button(page, '10秒').click();
  const box = await timeline.boundingBox();
  const middle = await shownAt(of(page, 'a1-07'));
  await page.mouse.click(box.x + box.width * 0.5 + (box.width * 2) / 10, box.y + 60);
  await stands(page, 2);
  const px = (10 * 1e6) / box.width;
  const at = await shownAt(of(page, 'a1-07'));
  assert.ok(at <= middle + 2e6 + px + 2000 && at > middle + 2e6 - interval - px - 2000, `${(at - middle) / 1e6} s on for 2 s on`);
  const base = { n: await number(of(page, 'a1-07')), at };

  await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
  await page.mouse.down();
  for (const s of [-1, -3, 1.5, -2.2]) {
    await page.mouse.move(box.x + box.width * 0.5 + (box.width * s) / 10, box.y + 60);
    await page.waitForFunction(([from, to]) => {
      const at = document.querySelector('section[data-camera="a1-07"] [data-testid=picture-time]').dateTime;
      const us = Date.parse(`${at.slice(0, 19)}Z`) * 1000 + Number(at.slice(20, 26));
      return us >= from && us <= to && document.querySelector('section[data-camera="a1-07"] [data-testid=cover]').hidden;
    }, [middle + s * 1e6 - interval - 3 * px - 2000, middle + s * 1e6 + 3 * px + 2000], { timeout: 10_000 });
    const shown = await shownAt(of(page, 'a1-07'));
    assert.equal(await number(of(page, 'a1-07')), (base.n + Math.round((shown - base.at) / interval) + loop) % loop, 'the number drawn is that of the moment');
  }
  await page.mouse.up();
  await stands(page, 2);

  await page.mouse.move(box.x + box.width * 0.6, box.y + 70);
  await page.getByRole('img', { name: /ポインターの位置の映像/ }).waitFor();
  await page.locator('[data-testid=glimpse][data-ready=true]').waitFor({ timeout: 10_000 });
  await clean(page, 'the picture under the pointer');
  await page.mouse.wheel(0, 600);
  await page.waitForFunction(() => document.querySelector('[role=group][aria-label=表示範囲] [aria-pressed=true]') === null);
  await page.mouse.move(10, 500);
  await page.getByTestId('glimpse').waitFor({ state: 'detached' });
  await page.check();
});

test('everything by keyboard alone', async () => {
  const page = await visit(`/playback?at=${ago(20)}`);
  await signIn(page, 'kiki', '事件・事故');
  await page.getByRole('heading', { name: 'カメラを選んでください' }).waitFor();
  await page.keyboard.press('/');
  await page.getByRole('dialog').waitFor();
  await clean(page, 'the choice of cameras');
  for (const n of ['A1-07', 'A1-02']) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(n);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Escape');
  await stands(page, 2);
  const tile = of(page, 'a1-07');
  const start = await shownAt(tile);
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((at) => document.querySelector('[data-testid=position]').textContent.includes(at), clockOf(start - 10e6).slice(0, 8));
  await stands(page, 2);
  assert.ok(Math.abs((await shownAt(tile)) - (start - 10e6)) <= interval + 2000, '← is ten seconds');

  await page.keyboard.press('l');
  await page.keyboard.press('l');
  await page.locator('[role=group][aria-label=再生速度] [aria-pressed=true]', { hasText: '2' }).waitFor();
  const before = await shownAt(tile);
  await page.waitForFunction((from) => Date.parse(document.querySelector('[data-testid=picture-time]').dateTime) > from + 1500, before / 1000, { timeout: 10_000 });
  await page.keyboard.press('k');
  await stands(page, 2);
  await page.keyboard.press('j');
  const turned = await shownAt(tile);
  await page.waitForFunction((from) => Date.parse(document.querySelector('[data-testid=picture-time]').dateTime) < from - 1500, turned / 1000, { timeout: 15_000 });
  await page.keyboard.press('k');
  await stands(page, 2);

  await page.keyboard.press('2');
  await page.waitForURL(/ref=a1-02/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/layout=1/);
  await stands(page, 1);
  assert.equal(await of(page, 'a1-02').count(), 1, 'the reference is enlarged');
  await page.keyboard.press('Enter');
  await stands(page, 2);

  await page.keyboard.press('g');
  const field = page.getByLabel('日時', { exact: true });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'playback-go');
  await page.keyboard.type('きのう');
  await page.keyboard.press('Enter');
  await page.getByText('＊日時を読み取れません。').waitFor();
  await clean(page, 'a date that cannot be read');
  const wanted = start - 12e6;
  const day = new Date(wanted / 1000 + 9 * 3600_000);
  await field.fill(`R${day.getUTCFullYear() - 2018}.${day.getUTCMonth() + 1}.${day.getUTCDate()} ${clockOf(wanted).slice(0, 8)}`);
  await page.keyboard.press('Enter');
  await page.waitForFunction((at) => document.querySelector('[data-testid=position]').textContent.includes(at), clockOf(Math.floor(wanted / 1e6) * 1e6 - 1).slice(0, 8));
  await stands(page, 2);

  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'キー操作の一覧' }).waitFor();
  await clean(page, 'the list of keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.getByText(/の動きへ移動しました|動きはありません/).waitFor();
  await page.check();
});

test('a bookmark and a still: noted, flagged, stamped, and they stay', async () => {
  const page = await visit(`/playback?cameras=a1-07,a1-01&at=${ago(15)}`);
  await signIn(page, 'bucho-kumin', '不正利用の検証');
  await stands(page, 2);
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog', { name: 'しおりを追加' });
  await dialog.waitFor();
  await clean(page, 'the question for a bookmark');
  await page.keyboard.press('Control+Enter');
  await dialog.getByText('＊メモを入力してください。').waitFor();
  await page.keyboard.type('退庁のあいさつ');
  await dialog.getByText('所管内で共有').click();
  await dialog.getByRole('button', { name: '追加する' }).click();
  await dialog.waitFor({ state: 'detached' });
  const list = page.getByRole('complementary', { name: '目的としおり' });
  await list.getByRole('button', { name: /退庁のあいさつ/ }).waitFor();

  const n = await number(of(page, 'a1-07'));
  await page.keyboard.press('s');
  const still = page.getByRole('dialog', { name: '静止画' });
  await still.getByText('静止画を残しました。').waitFor({ timeout: 10_000 });
  await still.locator('[data-testid=still][data-state=shown]').waitFor({ timeout: 10_000 });
  await clean(page, 'a still');
  const read = await still.locator('canvas').evaluate((canvas) => {
    const c = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    c.drawImage(canvas, 0, 0);
    let n = 0;
    for (let i = 0; i < 24; i++) n = n * 2 + (c.getImageData(Math.floor(((2 * i + 1) * canvas.width) / 48), canvas.height >> 4, 1, 1).data[0] > 127 ? 1 : 0);
    return n;
  });
  assert.equal(read, n, 'the still is the picture that was on screen');
  await still.getByLabel('メモ').fill('端末の前');
  await still.getByRole('button', { name: '保存する' }).click();
  await still.getByText('保存しました').waitFor();
  await page.keyboard.press('Escape');
  await list.getByRole('button', { name: /端末の前/ }).waitFor();

  await page.reload();
  await stands(page, 2);
  await list.getByRole('button', { name: /退庁のあいさつ/ }).click();
  await stands(page, 2);
  await clean(page, 'bookmarks in view');
  await page.check();

  const other = await visit(page.url().replace(system.origin, ''));
  await signIn(other, 'tokatsu-koseki', '不正利用の検証');
  await stands(other, 2);
  const theirs = other.getByRole('complementary', { name: '目的としおり' });
  await theirs.getByRole('button', { name: /退庁のあいさつ/ }).waitFor();
  assert.equal(await theirs.getByRole('button', { name: /端末の前/ }).count(), 0, 'one’s own stays one’s own');
  await other.check();
});

test('a camera with a gap says so while the others go on, and comes back into step', async () => {
  await steer('a1-03', { silent: true });
  await new Promise((done) => setTimeout(done, 9000));
  await steer('a1-03', { silent: false });
  await new Promise((done) => setTimeout(done, 9000));
  const page = await visit(`/playback?cameras=a1-01,a1-03&at=${ago(22)}`);
  await signIn(page, 'kiki', '不正利用の検証');
  await stands(page, 2);
  const [one, gapped] = [of(page, 'a1-01'), of(page, 'a1-03')];
  await button(page, '再生').click();
  await gapped.getByText('欠落', { exact: true }).waitFor({ timeout: 20_000 });
  await gapped.getByText('映像の途絶').waitFor();
  const from = await shownAt(one);
  await page.waitForFunction((from) => Date.parse(document.querySelector('section[data-camera="a1-01"] [data-testid=picture-time]').dateTime) > from + 1500, from / 1000, { timeout: 10_000 });
  await clean(page, 'a gap beside a picture');
  await page.locator('section[data-camera="a1-03"]:not([data-gap])').waitFor({ timeout: 20_000 });
  await page.getByTestId('skew').waitFor({ timeout: 10_000 });
  await button(page, '一時停止').click();
  await stands(page, 2);
  assert.ok(Math.abs((await shownAt(gapped)) - (await shownAt(one))) <= interval + 2000, 'in step again');

  const gap = await page.evaluate(async (from) => {
    const res = await fetch(`/api/cameras/a1-03/recordings?from=${from}&to=${new Date().toISOString()}`);
    return (await res.json()).gaps.find((g) => g.cause === 'stalled');
  }, ago(90));
  await page.check();

  const alone = await visit(`/playback?cameras=a1-03&at=${new Date(Date.parse(gap.from) - 2500).toISOString()}`);
  await signIn(alone, 'kiki', '不正利用の検証');
  await stands(alone, 1);
  const started = Date.now();
  await alone.keyboard.press('l');
  await alone.waitForFunction((to) => Date.parse(document.querySelector('[data-testid=picture-time]').dateTime) > to && document.querySelector('[data-testid=cover]').hidden, Date.parse(gap.to), { timeout: 20_000 });
  assert.ok(Date.now() - started < 2500 + 3500, `a gap of ${(Date.parse(gap.to) - Date.parse(gap.from)) / 1000} s is skipped in ${Date.now() - started} ms`);
  await alone.keyboard.press('k');
  await button(alone, '欠落を飛ばす').click();
  await alone.goto(`${system.origin}/playback?cameras=a1-03&at=${new Date(Date.parse(gap.from) + 1000).toISOString()}`);
  await of(alone, 'a1-03').getByText('欠落', { exact: true }).waitFor();
  await clean(alone, 'nothing but a gap');
  await alone.check();
});

test('who has no past to see is told so, and what one may not see explains itself', async () => {
  const none = await visit('/playback');
  await signIn(none, 'bucho-toshi');
  await none.getByRole('heading', { name: '過去の映像を見られるカメラはありません' }).waitFor();
  await clean(none, 'no cameras');
  await none.check();

  const foreign = await visit(`/playback?cameras=a1-07,zz-99&at=${ago(20)}`);
  await signIn(foreign, 'bucho-kumin');
  await foreign.getByRole('dialog').waitFor();
  await foreign.keyboard.press('Escape');
  await foreign.getByText('次のカメラは見つからないか、あなたの所管ではありません：zz-99').waitFor();
  await of(foreign, 'a1-07').getByRole('button', { name: '目的を選ぶ' }).click();
  await foreign.getByRole('dialog').getByText('抑止のための確認').click();
  await stands(foreign, 1);
  await clean(foreign, 'one of two cameras unknown');
  await foreign.check();

  const english = await visit(`/playback?cameras=${four}&at=${ago(20)}`);
  await english.getByRole('button', { name: 'English' }).click();
  await english.getByLabel('Staff ID').fill('kiki2');
  await english.getByLabel('Password', { exact: false }).first().fill('kita-no-yagura-7');
  await english.getByText('Verify misuse', { exact: true }).click();
  await english.keyboard.press('Enter');
  await stands(english, 4);
  await english.getByRole('heading', { name: /4 cameras/ }).waitFor();
  await clean(english, 'in English');
  await english.check();
});

test('after a crash of the server everybody is back on the same moment by themselves', async () => {
  const page = await visit(`/playback?cameras=a1-07,a1-01&at=${ago(30)}`);
  await signIn(page, 'kiki', '事件・事故');
  await stands(page, 2);
  const at = await shownAt(of(page, 'a1-07'));
  await system.yagura.end('SIGKILL');
  await page.locator('section[data-mode=lost]').first().waitFor({ timeout: 10_000 });
  await page.getByText('自動で再接続しています').first().waitFor();
  system.restart();
  await system.ready();
  const up = Date.now();
  await stands(page, 2);
  assert.ok(Date.now() - up < 3000, `${Date.now() - up} ms`);
  assert.equal(await shownAt(of(page, 'a1-07')), at);
  await page.check(/Failed to load resource|status of 401|WebSocket|ERR_/);
});

// Takes docs/screens anew, in Chromium, from a demo that runs:
//   node scripts/screens.mjs ORIGIN [NAME…]      for example http://localhost:8080 wall playback
// Pictures have 256 colours (ffmpeg), which nobody sees and a repository does not forget.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { launch } from '../e2e/harness.mjs';

const [origin, ...names] = process.argv.slice(2);
if (!origin) throw new Error('screens: which demo? Give its address, for example http://localhost:8080');
const folder = new URL('../../docs/screens/', import.meta.url).pathname;
const sizes = [{ width: 1280, height: 720 }, { width: 1920, height: 1080 }];

const nine = 'a1-01,a1-02,a1-04,a1-05,a1-07,a1-06,a1-10,a1-14,c-nogata-1';
const evening = () => new Date(Math.floor(Date.now() / 864e5) * 864e5 - 864e5 + 9.4 * 36e5).toISOString(); // yesterday, 18:24 in Japan
const send = (page, path, body) => page.evaluate(([p, b]) => fetch(p, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(b) }), [path, body]);
const live = (page, least) => page.waitForFunction((n) => document.querySelectorAll('section[data-mode=live]').length >= n, least);

// Each: where, who, and what happens before the picture is taken.
const screens = {
  'sign-in': { at: '/' },
  wall: { at: `/wall?layout=9&cameras=${nine}`, who: 'kiki', purpose: '不正利用の検証', async then(page) {
    await live(page, 8);
    await page.locator('section[data-mode=live]').nth(4).focus();
    await page.keyboard.press('ArrowLeft');
    await page.locator('section[data-mode=past]').waitFor();
    await page.waitForTimeout(1500); // it plays
  } },
  purpose: { at: '/wall?layout=4&cameras=a1-07,a1-01,a1-05,a1-10', who: 'kiki', async then(page) {
    await live(page, 4);
    await page.locator('section[data-mode=live]').first().focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog').waitFor();
  } },
  refused: { at: '/wall?layout=4&cameras=b5-03,c-seiso-1,a1-07', who: 'bucho-kankyo', then: (page) => live(page, 2) },
  empty: { at: '/wall', who: 'bucho-toshi' },
  playback: { at: `/playback?cameras=a1-07,a1-05,a1-01,a1-10&at=${evening()}`, who: 'kiki', purpose: '不正利用の検証', async then(page) {
    await page.locator('section[data-mode=past]').first().waitFor();
    await page.waitForTimeout(1500); // lanes and hover pictures
  } },
  bookmarks: { at: '/bookmarks', who: 'kiki', purpose: '不正利用の検証', async before(page) {
    await send(page, '/api/cameras/a1-07/bookmarks', { at: evening(), text: '閉庁後の端末操作。ログと照合する。', shared: true });
    await send(page, '/api/cameras/a1-07/bookmarks', { at: evening(), text: '席を離れたときの画面', still: true });
  } },
  evidence: { at: '/evidence', who: 'kiki', async before(page) {
    const at = (m) => new Date(Date.parse(evening()) + m * 6e4).toISOString();
    const day = (n) => new Date(Date.now() + n * 864e5).toISOString();
    for (const [camera, reason, number, until] of [['a1-05', '廊下での転倒事故', '29-危-011', 5], ['a1-01', '警察からの照会（例刑第123号）', '29-危-012', 60], ['a1-06', '操作ログの兆候 H3・H4・H5 の確認', '29-危-014', 90], ['a1-07', '操作ログの兆候 H3・H4・H5 の確認', '29-危-014', 90]]) {
      await send(page, '/api/holds', { camera, from: at(-14), to: at(36), reason, case: number, until: day(until) });
    }
    const { holds } = await page.evaluate(() => fetch('/api/holds').then((r) => r.json()));
    await send(page, `/api/holds/${holds.find((h) => h.case === '29-危-012').id}/release`, { reason: '提供しないことに決まったため' });
  }, async then(page) {
    await page.getByRole('row', { name: /A1-07/ }).first().getByRole('link').click();
    await page.getByRole('button', { name: '期限を延ばす' }).waitFor();
  } },
  requests: { at: '/evidence?tab=requests', who: 'kiki', async before(page) { // asked by the analyst, from another sign-in
    const at = (m, s) => new Date(Date.parse(evening()) + m * 6e4 + s * 1e3).toISOString();
    await page.evaluate(() => fetch('/api/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login: 'joho', password: 'yagura-demo' }) }));
    const { records } = await page.evaluate(() => fetch('/api/records/terminal?q=A1-07&limit=1000').then((r) => r.json()));
    const all = records.length ? records : (await page.evaluate(() => fetch('/api/records/terminal?limit=1000').then((r) => r.json()))).records;
    const { terminal } = all.find((r) => r.values.camera === 'a1-07').values;
    for (const [rules, events, figures] of [[['H2'], [at(40, 12)], [{ name: '時間外の操作', value: '14件', peers: '1件' }]],
      [['H3', 'H4', 'H5'], [at(-12, 41), at(0, 37), at(17, 10)], [{ name: '20代女性の割合', value: '82 %', peers: '31 %' }, { name: '単身世帯の割合', value: '77 %', peers: '24 %' }, { name: '同じ人を受付番号なしで検索した日', value: '4日', peers: '0日' }]]]) {
      await send(page, '/api/footage-requests', { rules, terminal, staff: '1000217', events, figures, note: '閉庁後。受付番号がない。' });
    }
    await page.evaluate(() => fetch('/api/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login: 'kiki', password: 'yagura-demo' }) }));
  }, async then(page) {
    await page.getByRole('row', { name: /H3・H4・H5/ }).first().getByRole('link').click();
    await page.getByRole('button', { name: /映像を見る|端末のカメラで見る/ }).first().waitFor();
  } },
  'playback-hold': { at: `/playback?cameras=a1-07,a1-06,a1-01,a1-10&at=${evening()}`, who: 'kiki', purpose: '不正利用の検証', async then(page) {
    await page.locator('section[data-mode=past]').first().waitFor();
    await page.getByText('保全のため消去しません').waitFor();
    await page.waitForTimeout(1500); // lanes
  } },
  duty: { at: '/duty', who: 'bucho-kumin' },
  'duty-all': { at: '/duty', who: 'kiki' },
  inbox: { at: '/inbox', who: 'kiki', async before(page) {
    await send(page, '/api/duty/reports', { camera: 'a1-07', at: evening(), cameras: [], note: '閉庁後に端末を操作する人がいます。' });
  } },
  health: { at: '/health', who: 'shisetsu', then: (page) => page.waitForTimeout(1500) },
  rights: { at: '/rights?camera=a1-01', who: 'joho', then: (page) => page.getByText('このカメラを見られる人').waitFor() },
  people: { at: '/people', who: 'admin' },
  audit: { at: '/audit?camera=a1-07', who: 'kansa' },
  records: { at: '/records/patrol', who: 'jimu-koseki', async before(page) {
    for (const [day, found] of [[2, false], [1, true], [0, false]]) {
      const date = new Date(Date.now() + 9 * 36e5 - day * 864e5).toISOString().slice(0, 10);
      await send(page, '/api/records/patrol', { unit: 'koseki', values: { day: date, from: '10:00', to: '10:15', by: 'designated', patroller: 'jimu-koseki', reported_to: 'shikko-koseki',
        checks: [{ item: '離席時の画面ロック', result: 'ok' }, { item: '書庫・キャビネット施錠', ...(found ? { result: 'bad', note: '昼休みに開いていた' } : { result: 'ok' }) }] } });
    }
  }, async then(page) {
    await page.getByRole('link', { name: /を開く/ }).nth(1).click();
    await page.getByRole('button', { name: '報告する' }).waitFor();
  } },
  'records-new': { at: '/records/patrol?record=new', who: 'jimu-koseki', then: (page) => page.getByRole('form', { name: '巡回を記録する' }).waitFor() },
  settings: { at: '/settings', who: 'kiki' },
  help: { at: '/help', who: 'bucho-kumin' },
  diagnostics: { at: '/diagnostics', who: 'bucho-kumin', then: (page) => page.getByText('この端末で映像を確認できます').waitFor({ timeout: 40_000 }) },
};

async function take(browser, name, { at, who, purpose, before, then }, viewport) {
  const context = await browser.newContext({ viewport, locale: 'ja-JP', timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(origin + (before ? '/settings' : at));
  await page.locator('h1').waitFor();
  if (who) {
    await page.getByLabel('職員ID').fill(who);
    await page.getByLabel('パスワード', { exact: false }).first().fill('yagura-demo');
    if (purpose) await page.getByText(purpose, { exact: true }).click();
    await page.keyboard.press('Enter');
    await page.getByRole('banner').waitFor();
  }
  if (before && viewport === sizes[0]) await before(page);
  if (before) await page.goto(origin + at);
  await then?.(page);
  await page.waitForLoadState('networkidle').catch(() => {}); // live pages never are
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
  mkdirSync(folder, { recursive: true });
  const raw = `${folder}.${name}.png`;
  await page.screenshot({ path: raw });
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', raw, '-vf', 'split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=none', `${folder}${name}-${viewport.width}.png`]);
  rmSync(raw);
  await context.close();
}

const unknown = names.filter((n) => !screens[n]);
if (unknown.length > 0) throw new Error(`screens: no ${unknown.join(', ')}; there are: ${Object.keys(screens).join(' ')}`);
const browser = await launch();
try {
  for (const [name, screen] of Object.entries(screens)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const size of sizes) await take(browser, name, screen, size);
    console.log(name);
  }
} finally {
  await browser.close();
}

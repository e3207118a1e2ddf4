// What the live wall costs and how soon it is there, against 100 simulated cameras on this machine:
// node bench/wall.mjs [--json]. Prints one row of a table, and with --json every figure.
import { readdirSync, readFileSync } from 'node:fs';
import { launch, password, start } from '../e2e/harness.mjs';

const runs = Number(process.env.BENCH_RUNS ?? 8);
const nine = ids('a1', 1, 9);

function ids(floor, from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => `${floor}-${String(from + i).padStart(2, '0')}`);
}

/** probe runs in the page before anything else: it counts pictures that came on screen, and when somebody did something. */
function probe() {
  const bench = (globalThis.bench = { did: 0, moving: null });
  const count = (video) => {
    video.pictures = 0;
    const seen = () => {
      video.requestVideoFrameCallback(seen);
      video.pictures++;
    };
    video.requestVideoFrameCallback(seen);
  };
  new MutationObserver((list) => {
    for (const m of list) for (const n of m.addedNodes) if (n.nodeType === 1) for (const v of n.matches('video') ? [n] : n.querySelectorAll('video')) if (v.pictures === undefined) count(v);
  }).observe(document, { subtree: true, childList: true });
  for (const kind of ['click', 'keydown']) addEventListener(kind, (e) => (bench.did = e.timeStamp), { capture: true });
  const shows = (tile) => tile.dataset.mode === 'live' && tile.querySelector('[data-testid=cover]').hidden;
  /** until gives the time from `since` to when f first holds, as the screen shows it. */
  bench.until = (f, since = () => bench.did, most = 15_000) => new Promise((done, fail) => {
    const began = performance.now();
    const look = () => {
      if (f()) return done(performance.now() - since());
      if (performance.now() - began > most) return fail(new Error('it did not come'));
      requestAnimationFrame(look);
    };
    look();
  });
  bench.shown = (camera, width) => {
    const tile = document.querySelector(`[data-place][data-camera="${camera}"]`);
    return tile !== null && shows(tile) && (!width || tile.querySelector('video').videoWidth === width);
  };
  bench.all = (n, pictures) => {
    const tiles = [...document.querySelectorAll('[data-place][data-camera]')];
    return tiles.length === n && tiles.every((t) => t.querySelector('video') && shows(t) && t.querySelector('video').pictures >= pictures);
  };
}

const system = await start({ ward: 100 });
const browser = await launch();
const size = { width: 1280, height: 720 };

async function enter(login, viewport = size) {
  const context = await browser.newContext({ viewport, locale: 'ja-JP' });
  await context.addInitScript(probe);
  const res = await context.request.post(`${system.origin}/api/session`, { data: { login, password } });
  if (!res.ok()) throw new Error(await res.text());
  await context.request.put(`${system.origin}/api/session`, { data: { purpose: 'deterrence_check' } });
  return context.newPage();
}

const sorted = (list) => [...list].sort((a, b) => a - b);
const quantile = (list, q) => Math.round(sorted(list)[Math.min(list.length - 1, Math.ceil(q * list.length) - 1)]);
const figures = (list) => ({ n: list.length, p50: quantile(list, 0.5), p95: quantile(list, 0.95), max: quantile(list, 1) });

/** cold is from the first byte asked for, nothing cached, to nine pictures that move. */
async function cold() {
  const page = await enter('bucho-kumin');
  await page.goto(`${system.origin}/wall?layout=9&cameras=${nine}`, { waitUntil: 'commit' });
  const ms = await page.evaluate(() => globalThis.bench.until(() => globalThis.bench.all(9, 3), () => 0));
  await page.context().close();
  return ms;
}

/** fresh is from a click in the list to the picture, on a connection that is new each time. */
async function fresh() {
  const page = await enter('bucho-kumin', { width: 1920, height: 1080 });
  await page.goto(`${system.origin}/wall?layout=25&cameras=a2-01`);
  await page.evaluate(() => globalThis.bench.until(() => globalThis.bench.all(1, 3), () => 0));
  for (const room of ['戸籍住民', '税務（収納）', '区民サービス']) await page.getByRole('navigation', { name: 'カメラの場所' }).getByRole('button', { name: new RegExp(`^${room}\\s*\\d`) }).first().click().catch(() => undefined);
  const out = [];
  for (const id of [...nine, ...ids('a1', 10, 15)]) {
    await search(page, id);
    out.push(await page.evaluate((camera) => globalThis.bench.until(() => globalThis.bench.shown(camera)), id));
  }
  await page.context().close();
  return out;
}

/** search chooses a camera by its number, as one does on a keyboard. */
async function search(page, id) {
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(id);
  await page.keyboard.press('Enter');
}

/** warm is from the key to the picture of another camera, to the larger picture, and back to the wall. */
async function warm() {
  const page = await enter('bucho-kumin', { width: 1920, height: 1080 });
  await page.goto(`${system.origin}/wall?layout=9&cameras=${nine}`);
  await page.evaluate(() => globalThis.bench.until(() => globalThis.bench.all(9, 3), () => 0));
  const swap = [];
  await page.locator('#tile-4').click();
  for (let i = 0; i < runs * 3; i++) {
    const id = i % 2 ? 'a1-05' : ids('a1', 10, 15)[i % 6];
    await search(page, id);
    swap.push(await page.evaluate((camera) => globalThis.bench.until(() => globalThis.bench.shown(camera)), id));
  }
  await page.keyboard.press('Escape');
  const large = [];
  const back = [];
  for (let i = 0; i < runs * 2; i++) {
    const camera = nine[i % 4];
    await page.locator(`#tile-${i % 4}`).focus();
    await page.keyboard.press('Enter');
    large.push(await page.evaluate((id) => globalThis.bench.until(() => globalThis.bench.shown(id, 640)), camera));
    await page.keyboard.press('Enter');
    back.push(await page.evaluate(() => globalThis.bench.until(() => globalThis.bench.all(9, 3))));
  }
  await page.context().close();
  return { swap, large, back };
}

/** cpu is what the browser takes for a wall, in per cent of one core. */
async function cpu(layout, cameras) {
  const page = await enter('kiki', { width: 1920, height: 1080 });
  await page.goto(`${system.origin}/wall?layout=${layout}&cameras=${cameras}`);
  await page.evaluate((n) => globalThis.bench.until(() => globalThis.bench.all(n, 5), () => 0), cameras.length);
  const seconds = 8;
  const before = ticks();
  const tasks = await page.evaluate(async (s) => {
    let blocked = 0;
    const watch = new PerformanceObserver((list) => list.getEntries().forEach((e) => (blocked += e.duration)));
    watch.observe({ type: 'longtask' });
    const pictures = () => [...document.querySelectorAll('[data-place] video')].reduce((n, v) => n + v.pictures, 0);
    const first = pictures();
    await new Promise((done) => setTimeout(done, s * 1000));
    watch.disconnect();
    return { blocked, pictures: (pictures() - first) / s };
  }, seconds);
  const used = (ticks() - before) / seconds;
  await page.context().close();
  return { percent: Math.round(used), pictures: Math.round(tasks.pictures), blocked: Math.round(tasks.blocked / seconds) };
}

/** ticks is the processor time of the browser's processes so far, in hundredths of a second. */
function ticks() {
  const all = new Map();
  for (const pid of readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
      all.set(Number(pid), { name: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')), parent: Number(rest[1]), used: Number(rest[11]) + Number(rest[12]) });
    } catch {
      // it ended meanwhile
    }
  }
  const ours = (p) => p !== undefined && (p.parent === process.pid || ours(all.get(p.parent)));
  return [...all.values()].filter((p) => p.name.startsWith('chrom') && ours(p)).reduce((n, p) => n + p.used, 0);
}

try {
  await cold(); // what the operating system has not read yet is not the wall's
  const colds = [];
  for (let i = 0; i < runs; i++) colds.push(await cold());
  const fresh15 = await fresh();
  const { swap, large, back } = await warm();
  const floor = [...ids('a1', 1, 15), ...ids('a2', 1, 10)];
  const result = {
    cold: figures(colds), fresh: figures(fresh15), swap: figures(swap), large: figures(large), back: figures(back),
    cpu: { 9: await cpu('9', nine), 16: await cpu('16', floor.slice(0, 16)), 25: await cpu('25', floor) },
    load: readFileSync('/proc/loadavg', 'utf8').split(' ')[0],
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify({ ...result, samples: { colds, fresh: fresh15, swap, large, back } }));
  const of = (f) => `${f.p50} / ${f.p95}`;
  console.log(`| wall | nine moving from cold ${of(result.cold)} ms | fresh tile ${of(result.fresh)} ms | swap ${of(result.swap)} ms | main stream when enlarged ${of(result.large)} ms | back to nine ${of(result.back)} ms (p50 / p95) | browser ${Object.entries(result.cpu).map(([n, c]) => `${n}: ${c.percent} % of a core, ${c.pictures} pictures/s`).join('; ')} | load ${result.load} |`);
} finally {
  await browser.close();
  await system.close();
}

// Measures the playback room against the sample ward: how soon scrubbing shows the right picture, and how
// far sixteen cameras are apart. Pictures are told by the number drawn into each.
//   node bench/playback.mjs [--ward 100] [--scrubs 60] [--seconds 20]
// Prints one JSON line, then one line of a table.
import { parseArgs } from 'node:util';
import { micros, signIn, stage } from '../e2e/people.mjs';

const { values: args } = parseArgs({ options: { ward: { type: 'string', default: '100' }, scrubs: { type: 'string', default: '60' }, seconds: { type: 'string', default: '20' }, recorded: { type: 'string', default: '90' } } });
const fps = 15;
const loop = 60 * fps; // pictures of a clip
const interval = 1e6 / fps; // µs

const sorted = (list) => [...list].sort((a, b) => a - b);
const quantile = (list, q) => sorted(list)[Math.min(list.length - 1, Math.floor(q * list.length))] ?? NaN;
const round = (n, digits = 1) => Math.round(n * 10 ** digits) / 10 ** digits;

/** tools run in the page: they read what is on screen of a tile. */
const tools = () => {
  const pixel = new OffscreenCanvas(24, 1).getContext('2d', { willReadFrequently: true });
  pixel.imageSmoothingEnabled = false;
  globalThis.look = (tile) => {
    const [video, cover] = [tile.querySelector('video'), tile.querySelector('canvas')];
    const shown = cover.hidden ? video : cover;
    const [w, h] = cover.hidden ? [video.videoWidth, video.videoHeight] : [cover.width, cover.height];
    if (w < 24) return null;
    pixel.drawImage(shown, 0, h >> 4, w, 1, 0, 0, 24, 1);
    const { data } = pixel.getImageData(0, 0, 24, 1);
    let n = 0;
    for (let i = 0; i < 24; i++) n = n * 2 + (data[4 * i] > 127 ? 1 : 0);
    return { camera: tile.dataset.camera, n, at: tile.querySelector('[data-testid=picture-time]').dateTime, settled: cover.hidden };
  };
  globalThis.tiles = () => [...document.querySelectorAll('section[data-camera]')];
  globalThis.position = () => document.querySelector('[data-testid=position]').textContent.match(/\d\d:\d\d:\d\d\.\d{3}/)?.[0];
};

const standing = (page, n) => page.waitForFunction((n) => {
  const all = globalThis.tiles().map(globalThis.look);
  return all.length === n && all.every((t) => t?.settled && t.at);
}, n, { timeout: 60_000 });

const clockOf = (at) => {
  const d = new Date(Math.floor(at / 1000) + 9 * 3600_000).toISOString();
  return d.slice(11, 23);
};

/** calibrate ties numbers to moments, camera by camera. */
async function calibrate(page) {
  const out = new Map();
  for (const t of await page.evaluate(() => globalThis.tiles().map(globalThis.look))) out.set(t.camera, { n: t.n, at: micros(t.at) });
  return out;
}

/** momentOf is the moment of a picture by the number in it, the one nearest to `near`. */
const momentOf = (base, n, near) => {
  const at = base.at + (n - base.n) * interval;
  const turn = loop * interval;
  return at + Math.round((near - at) / turn) * turn;
};

async function scrub(page, n) {
  const base = [...(await calibrate(page)).values()][0];
  const box = await page.getByTestId('timeline').boundingBox();
  // What is recorded lies at the right end of ten minutes; the last seconds may not be there yet.
  const x = (share) => box.x + box.width * (0.94 - ((5 + share * (Number(args.recorded) - 20)) / 600));
  const y = box.y + 60;
  await page.mouse.move(x(0.5), y);
  await page.mouse.down();
  const times = [];
  let wrong = 0;
  for (let i = 0; i < n; i++) {
    const watched = page.evaluate(() => new Promise((done) => {
      const canvas = document.querySelector('[data-testid=timeline]');
      canvas.addEventListener('pointermove', () => {
        const began = performance.now();
        const before = globalThis.look(globalThis.tiles()[0])?.at; // stays until the page, which does not ask at every move, has asked
        let target;
        setTimeout(() => (target = globalThis.position())); // behind the page's own listeners
        const check = () => {
          const t = globalThis.look(globalThis.tiles()[0]);
          const late = performance.now() - began;
          if (target && t?.settled && t.at && t.at !== before) return done({ ms: late, target, n: t.n, at: t.at });
          if (late > 5000) return done({ ms: late, target, lost: true });
          requestAnimationFrame(check);
        };
        requestAnimationFrame(check);
      }, { once: true });
    }));
    const share = (i * 0.618034) % 1; // far jumps, spread evenly
    await page.mouse.move(x(share), y);
    const seen = await watched;
    if (seen.lost) {
      wrong++;
      continue;
    }
    const at = micros(seen.at);
    const number = Math.abs(momentOf(base, seen.n, at) - at) < interval / 2;
    const asked = seen.target;
    const shown = clockOf(at);
    const ms = (s) => s.split(/[:.]/).reduce((v, p, k) => (k < 3 ? v * 60 + Number(p) : v * 1000 + Number(p)), 0);
    const behind = ms(asked) - ms(shown);
    const moment = behind >= -2 && behind < 70 + 2;
    if (!number || !moment) {
      wrong++;
      console.error('wrong picture', JSON.stringify({ ...seen, shown, number, behind }));
    }
    times.push(seen.ms);
  }
  await page.mouse.up();
  return { scrubs: n, wrong, p50: round(quantile(times, 0.5)), p95: round(quantile(times, 0.95)), max: round(Math.max(...times)) };
}

async function sync(page, seconds) {
  const bases = await calibrate(page);
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('[data-testid=sync]'), null, { timeout: 20_000 });
  await page.waitForTimeout(3000);
  const [each, spread, told] = [[], [], []];
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const s = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done({
      tiles: globalThis.tiles().map(globalThis.look), said: Number(document.querySelector('[data-testid=sync]')?.dataset.ms ?? NaN),
      joining: document.body.innerText.match(/同期中/g)?.length ?? 0,
    }))));
    const near = micros(s.tiles[0].at);
    const moments = s.tiles.map((t) => momentOf(bases.get(t.camera), t.n, near));
    for (const m of moments.slice(1)) each.push(Math.abs(m - moments[0]) / 1000);
    spread.push((Math.max(...moments) - Math.min(...moments)) / 1000);
    if (!Number.isNaN(s.said)) told.push(s.said);
    await page.waitForTimeout(170);
  }
  return {
    cameras: bases.size, samples: spread.length, interval: round(interval / 1000),
    told: { p50: quantile(told, 0.5), p95: quantile(told, 0.95) },
    drawn: { p50: round(quantile(each, 0.5)), p95: round(quantile(each, 0.95)), max: round(Math.max(...each)) },
    spread: { p50: round(quantile(spread, 0.5)), p95: round(quantile(spread, 0.95)) },
  };
}

const cameras = ['a1-07', 'a1-01', 'a1-02', 'a1-03', 'a1-04', 'a1-05', 'a1-06', 'a1-08', 'a1-09', 'a1-10', 'a1-11', 'a1-12', 'a1-13', 'a1-14', 'a1-15', 'a2-01'].slice(0, Math.min(16, Number(args.ward)));
const { visit, close } = await stage({ ward: Number(args.ward) });
try {
  await new Promise((done) => setTimeout(done, Number(args.recorded) * 1000));
  const at = () => new Date(Date.now() - 30_000).toISOString();
  const one = await visit(`/playback?cameras=a1-07&at=${at()}`);
  await one.evaluate(tools);
  await signIn(one, 'kiki', '不正利用の検証');
  await standing(one, 1);
  await one.getByRole('button', { name: '10分', exact: true }).click();
  const scrubbed = await scrub(one, Number(args.scrubs));
  await one.context().close();

  const many = await visit(`/playback?cameras=${cameras.join()}&at=${new Date(Date.now() - 60_000).toISOString()}`, { width: 1920, height: 1080 });
  await many.evaluate(tools);
  await signIn(many, 'kiki', '不正利用の検証');
  await standing(many, cameras.length);
  const together = await sync(many, Number(args.seconds));
  await many.context().close();

  console.log(JSON.stringify({ ward: Number(args.ward), scrub: scrubbed, sync: together }));
  console.log(`| scrub to the right picture: ${scrubbed.scrubs - scrubbed.wrong} of ${scrubbed.scrubs} right, p50 ${scrubbed.p50} ms, p95 ${scrubbed.p95} ms | ${together.cameras} cameras at 1×: skew told p95 ${together.told.p95} ms, by the numbers drawn p95 ${together.drawn.p95} ms (a picture lasts ${together.interval} ms) |`);
} finally {
  await close();
}

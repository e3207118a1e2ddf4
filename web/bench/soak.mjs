// An hour of the live wall: a browser that shows nine cameras all day must not grow.
//   node bench/soak.mjs [--minutes 60] [--rows FILE]
// It prints what it measured, appends rows of a table to FILE, and ends with 1 where memory grew.
import { appendFileSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { signIn, stage } from '../e2e/people.mjs';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' }, rows: { type: 'string' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`--minutes needs a number above 0, not ${values.minutes}`);
const cameras = Array.from({ length: 9 }, (_, i) => `a1-0${i + 1}`);
const may = { heap: 4, browser: 60 }; // MB that later thirds may lie above the second one
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** resident is the memory of a process, MB. */
const resident = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** look is the state of page and server, after the page has thrown away what it no longer needs. */
async function look(cdp, browserCDP, page, server) {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name) => metrics.find((m) => m.name === name).value;
  const { processInfo } = await browserCDP.send('SystemInfo.getProcessInfo');
  const browser = processInfo.reduce((sum, p) => {
    try {
      return sum + resident(p.id);
    } catch {
      return sum; // ended meanwhile
    }
  }, 0);
  const pictures = await page.locator('video').evaluateAll((all) => all.map((v) => v.getVideoPlaybackQuality().totalVideoFrames));
  return { heap: of('JSHeapUsedSize') / 2 ** 20, nodes: of('Nodes'), listeners: of('JSEventListeners'), browser, server: resident(server), pictures };
}

const mean = (list, key) => list.reduce((sum, x) => sum + x[key], 0) / list.length;

const world = await stage({ ward: 100 });
let grew;
let ending = false;
process.once('SIGTERM', () => (ending = true)); // then everything is taken down in order
try {
  const page = await world.visit(`/wall?layout=9&cameras=${cameras.join(',')}`, { width: 1280, height: 720 });
  await signIn(page, 'kiki', '抑止のための確認');
  await page.waitForFunction(() => [...document.querySelectorAll('video')].filter((v) => v.getVideoPlaybackQuality().totalVideoFrames > 30).length >= 9, undefined, { timeout: 60_000 });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await cdp.send('HeapProfiler.enable');
  const browserCDP = await world.browser.newBrowserCDPSession();
  const looks = [];
  const every = Math.min(60, (minutes * 60) / 12) * 1000;
  const end = performance.now() + minutes * 60_000;
  let still = 0;
  while (performance.now() < end) {
    for (let waited = 0; waited < every && !ending; waited += 500) await wait(500);
    if (ending) throw new Error('ended before its time');
    const now = await look(cdp, browserCDP, page, world.system.yagura.child.pid);
    const before = looks.at(-1);
    if (before && now.pictures.some((n, i) => n <= before.pictures[i])) still++;
    looks.push(now);
    console.log(`${Math.round((minutes * 60_000 - (end - performance.now())) / 1000)} s  heap ${now.heap.toFixed(1)} MB  nodes ${now.nodes}  listeners ${now.listeners}  browser ${now.browser.toFixed(0)} MB  server ${now.server.toFixed(0)} MB`);
  }
  const third = Math.max(1, Math.floor(looks.length / 3));
  const [second, last] = [looks.slice(third, 2 * third), looks.slice(-third)];
  const rows = [
    ['run', `${minutes} min, nine cameras of 100, ${Math.round((mean(last.map((l) => ({ n: l.pictures.reduce((a, b) => a + b) })), 'n')))} pictures shown`],
    ['script heap', `${mean(second, 'heap').toFixed(1)} → ${mean(last, 'heap').toFixed(1)} MB (mean of the second and of the last third)`],
    ['elements, listeners', `${mean(second, 'nodes').toFixed(0)} → ${mean(last, 'nodes').toFixed(0)}, ${mean(second, 'listeners').toFixed(0)} → ${mean(last, 'listeners').toFixed(0)}`],
    ['all processes of the browser', `${mean(second, 'browser').toFixed(0)} → ${mean(last, 'browser').toFixed(0)} MB`],
    ['server', `${mean(second, 'server').toFixed(0)} → ${mean(last, 'server').toFixed(0)} MB`],
    ['looks at which a tile had not moved', String(still)],
  ];
  for (const [what, figure] of rows) {
    console.log(`${what}: ${figure}`);
    if (values.rows) appendFileSync(values.rows, `| wall | ${what} | ${figure} |\n`);
  }
  grew = mean(last, 'heap') > mean(second, 'heap') + may.heap || mean(last, 'browser') > mean(second, 'browser') + may.browser || still > 0;
} finally {
  await world.close();
}
if (grew) {
  console.error('memory grew, or a tile stood still');
  process.exitCode = 1;
}

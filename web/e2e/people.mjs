// How people come and go in the stories, and what every page must keep to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, password, start } from './harness.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** stage brings up the system and a browser for the stories of one file. */
export async function stage(options) {
  const [system, browser] = await Promise.all([start(options), launch()]);
  return {
    system, browser,
    visit: (path, size) => visit(system, browser, path, size),
    async close() {
      await browser.close();
      await system.close();
    },
  };
}

/** visit opens a page that must stay on its origin and say nothing in the console; check() asserts it. */
async function visit(system, browser, path = '/', size = { width: 1280, height: 720 }) {
  const context = await browser.newContext({ viewport: size, locale: 'ja-JP', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const foreign = [];
  const said = [];
  page.on('request', (r) => !r.url().startsWith(system.origin) && !r.url().startsWith(system.provider) && !r.url().startsWith('blob:') && foreign.push(r.url()));
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && said.push(`${m.text()} ${m.location().url}`));
  page.on('pageerror', (e) => said.push(String(e)));
  await page.goto(system.origin + path);
  await page.locator('h1').waitFor();
  page.check = async (allowed = /status of 401 .*\/api\/(session|cameras)$/) => {
    assert.deepEqual(foreign, [], 'requests to other origins');
    assert.deepEqual(said.filter((line) => !allowed.test(line)), [], 'console');
    await context.close();
  };
  return page;
}

/** signIn fills in the first page, by keyboard at its end. */
export async function signIn(page, login, purpose) {
  await page.getByLabel('職員ID').fill(login);
  await page.getByLabel('パスワード', { exact: false }).first().fill(password);
  if (purpose) await page.getByText(purpose, { exact: true }).click();
  await page.keyboard.press('Enter');
  await page.getByRole('banner').waitFor();
}

/** clean asserts that axe finds nothing. It runs through the debugger: the policy allows no foreign script. */
export async function clean(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target + ' ' + n.failureSummary).join(' | ')}`), [], `axe on ${what}`);
}

/** micros is an RFC 3339 time as microseconds. */
export const micros = (text) => Date.parse(`${text.slice(0, 19)}Z`) * 1000 + Number(text.slice(20, 26));

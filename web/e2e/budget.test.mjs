// What an old office PC has to load: counted in the built files, as they go over the wire.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const dist = resolve(import.meta.dirname, '../dist');
const assets = join(dist, 'assets');
const most = 350_000; // bytes of compressed script

const compressed = (name) => statSync(join(assets, `${name}.gz`)).size;

/** needs are the files that a script loads before it runs, itself among them. */
function needs(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, other] of readFileSync(join(assets, name), 'utf8').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) needs(other, found);
  return found;
}

const weight = (names) => [...names].reduce((bytes, name) => bytes + compressed(name), 0);

test('whichever page one begins on, its scripts stay below the budget of the first load', () => {
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const begin = [...readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/assets\/([\w.-]+\.js)"/g)].map(([, name]) => name);
  assert.ok(begin.length > 0 && scripts.length > 5, 'pages are files of their own');
  for (const page of scripts) {
    const all = new Set([...begin, page].flatMap((name) => [...needs(name)]));
    assert.ok(weight(all) <= most, `${page}: ${weight(all)} bytes of script in ${all.size} files, gzip`);
  }
});

test('no file names another origin to load from, and the page has no script or style in it', () => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  assert.ok(!/<script(?![^>]*\bsrc=)[^>]*>/.test(html), 'inline script');
  assert.ok(!/<style|\sstyle=|\son\w+=/.test(html), 'inline style or handler');
  for (const name of readdirSync(assets).filter((f) => f.endsWith('.css'))) {
    assert.ok(!/url\(\s*["']?(?:https?:)?\/\//.test(readFileSync(join(assets, name), 'utf8')), name);
  }
});

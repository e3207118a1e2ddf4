// What an old office PC has to load: counted in the built files, as they go over the wire.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const dist = resolve(import.meta.dirname, '../dist');
const assets = join(dist, 'assets');
const most = 350_000; // bytes of compressed script

const compressed = (name) => statSync(join(assets, `${name}.gz`)).size;

test('all scripts together stay below the budget of the first load', () => {
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  assert.ok(scripts.length > 5, 'pages are files of their own');
  const sum = scripts.reduce((bytes, name) => bytes + compressed(name), 0);
  assert.ok(sum <= most, `${sum} bytes of script in ${scripts.length} files, gzip`);
});

test('no file names another origin to load from, and the page has no script or style in it', () => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  assert.ok(!/<script(?![^>]*\bsrc=)[^>]*>/.test(html), 'inline script');
  assert.ok(!/<style|\sstyle=|\son\w+=/.test(html), 'inline style or handler');
  for (const name of readdirSync(assets).filter((f) => f.endsWith('.css'))) {
    assert.ok(!/url\(\s*["']?(?:https?:)?\/\//.test(readFileSync(join(assets, name), 'utf8')), name);
  }
});

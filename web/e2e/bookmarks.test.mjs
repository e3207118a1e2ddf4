// しおり: a list to search, stills decoded in the browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage({ ward: 1, past: 2 }));
});
after(() => close?.());

/** footage is a moment of yesterday that scripts/past planted at c-seiso-1 and b5-03. */
async function footage(page, camera) {
  const to = new Date().toISOString();
  const from = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const { spans } = await page.evaluate((p) => fetch(p).then((r) => r.json()), `/api/cameras/${camera}/recordings?from=${from}&to=${to}`);
  return new Date(Date.parse(spans.at(-1).from) + 5000).toISOString();
}

const add = (page, camera, body) => page.evaluate(([c, b]) => fetch(`/api/cameras/${c}/bookmarks`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(b) }).then((r) => r.status), [camera, body]);
const list = (page) => page.getByRole('table', { name: 'しおり' });
const rows = (page) => list(page).locator('tbody tr');
const count = async (page, n) => {
  await page.waitForFunction((want) => document.querySelectorAll('tbody tr').length === want, n);
  assert.equal(await rows(page).count(), n);
};

test('bookmarks are found by words, author, camera, day and kind', async () => {
  const page = await visit('/bookmarks');
  await signIn(page, 'bucho-kankyo');
  await page.getByText('しおりはまだありません').waitFor();
  await clean(page, 'no bookmarks');
  const [at, other] = [await footage(page, 'c-seiso-1'), await footage(page, 'b5-03')];
  assert.equal(await add(page, 'c-seiso-1', { at, text: '受付の荷物', shared: true, still: true, purpose: 'deterrence_check' }), 201);
  assert.equal(await add(page, 'b5-03', { at: other, text: '照明が消えている', shared: false, still: false }), 201);
  const kiki = await visit('/bookmarks');
  await signIn(kiki, 'kiki');
  assert.equal(await add(kiki, 'b5-03', { at: other, text: '照会の目印', shared: true, still: false }), 201);
  await kiki.reload();
  await count(kiki, 2); // what is shared, and one's own
  await kiki.check();

  await page.reload();
  await count(page, 3);
  await page.getByLabel('文字').fill('照');
  await count(page, 2);
  assert.equal(new URL(page.url()).searchParams.get('q'), '照');
  await page.getByText('自分', { exact: true }).click();
  await count(page, 1);
  await clean(page, 'what was found');
  await page.getByRole('button', { name: '条件を消す' }).click();
  await count(page, 3);
  await page.getByLabel('カメラ').selectOption('c-seiso-1');
  await count(page, 1);
  await page.getByRole('button', { name: '条件を消す' }).click();
  await page.getByText('静止画だけ').click();
  await count(page, 1);
  await page.getByRole('button', { name: '条件を消す' }).click();

  const jst = new Date(Date.parse(at) + 9 * 3_600_000); // a date as people write it: 令和8年11月25日
  await page.getByLabel('いつから').fill(`令和${jst.getUTCFullYear() - 2018}年${jst.getUTCMonth() + 1}月${jst.getUTCDate()}日`);
  await page.getByLabel('いつまで').fill(`${jst.getUTCFullYear()}/${jst.getUTCMonth() + 1}/${jst.getUTCDate()}`);
  await count(page, 3);
  await page.getByLabel('いつまで').fill('2017/6/28');
  await page.getByText('条件に合うしおりはありません').waitFor();
  await page.getByLabel('いつまで').fill('きのう');
  await page.getByText('＊日付は').waitFor();
  await clean(page, 'a day that is none');
  await page.check();
});

test('a still opens as a picture, stamped; its author changes and removes it', async () => {
  const page = await visit('/bookmarks?still=1', { width: 1920, height: 1080 });
  await signIn(page, 'bucho-kankyo');
  await count(page, 1);
  await page.getByRole('link', { name: '受付の荷物' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('目的を選ぶと表示します').waitFor();
  await clean(page, 'a still that waits for a purpose');
  await page.getByRole('button', { name: '目的を選ぶ' }).click();
  await page.keyboard.press('1');
  await page.locator('[data-testid=still][data-state=shown]').waitFor({ timeout: 10_000 });
  const seen = await page.locator('[data-testid=still] canvas').evaluate((c) => {
    const all = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
    const read = (y) => all.subarray(4 * c.width * Math.floor(c.height * y), 4 * c.width * (Math.floor(c.height * y) + 1));
    const values = (row) => new Set(Array.from({ length: row.length / 4 }, (_, i) => row[4 * i]));
    return { size: [c.width, c.height], picture: values(read(0.4)).size, stamp: Math.max(...values(read(0.95))) };
  });
  assert.deepEqual(seen.size, [1280, 720]);
  assert.ok(seen.picture > 20, 'there is a picture'); // not one flat colour
  assert.ok(seen.stamp > 200, 'there is white writing at its foot');
  await clean(page, 'a still');

  await page.getByLabel('メモ').fill('受付の荷物、片付け済み');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.getByText('しおりを変更しました').waitFor();
  await page.getByRole('link', { name: '受付の荷物、片付け済み' }).waitFor();
  await page.getByRole('button', { name: '削除する' }).click();
  await page.getByText('映像は削除されません').waitFor();
  await clean(page, 'the question before removing');
  await page.getByRole('dialog').getByRole('button', { name: '削除する' }).click();
  await page.getByText('条件に合うしおりはありません').waitFor();
  await page.check();
});

test('from a bookmark to its moment', async () => {
  const page = await visit('/bookmarks');
  await signIn(page, 'kiki', '抑止のための確認');
  await page.getByRole('link', { name: '照会の目印' }).click();
  await page.getByRole('button', { name: 'この場面を開く' }).click();
  await page.waitForURL(/\/playback\?cameras=b5-03&at=/);
  await page.check();
});

// 保全: footage is put on hold from the timeline, seen there and in the ledger, extended, and released by two people.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';


let system;
let visit;
let close;
let began;

before(async () => {
  ({ system, visit, close } = await stage({ ward: 3, only: ['a1-07', 'a1-06', 'a1-01'] }));
  began = Date.now();
});
after(() => close?.());

const json = (page, path) => page.evaluate((p) => fetch(p).then((r) => r.json()), path);
const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
const stands = (page) => page.waitForFunction(() => {
  const tiles = [...document.querySelectorAll('section[data-camera]')];
  return tiles.length === 2 && tiles.every((t) => t.dataset.mode === 'past') && document.querySelector('[data-testid=transport][data-state=still]');
}, null, { timeout: 30_000 });

test('an officer of crisis management puts footage on hold, by keyboard, and sees it on the timeline', async () => {
  while (Date.now() - began < 35_000) await new Promise((done) => setTimeout(done, 500)); // there is footage to hold
  const page = await visit(`/playback?cameras=a1-07,a1-06&at=${ago(15)}`);
  await signIn(page, 'kiki');
  const asked = page.getByRole('dialog', { name: '過去の映像を見る目的を選んでください' });
  await asked.getByLabel('事案番号').fill('29-危-014');
  await asked.getByRole('button', { name: /不正利用の検証/ }).click();
  await stands(page);
  await page.keyboard.press('h');
  const form = page.getByRole('dialog', { name: '映像を保全する' });
  await form.waitFor();
  await clean(page, 'the form of a hold');
  assert.equal(await form.getByLabel('事案番号').inputValue(), '29-危-014', 'the case one states is proposed');
  await page.keyboard.press('Enter'); // in the text, which is empty: a new line
  await form.getByRole('button', { name: '保全する' }).click();
  await form.getByText('＊理由を入力してください。').waitFor();
  await form.getByLabel('理由').fill('操作ログの兆候の確認');
  await form.getByLabel('表示中の2台すべて').check();
  await form.getByRole('button', { name: '保全する' }).click();
  await page.getByText(/2台の映像を保全しました/).waitFor();
  const panel = page.getByRole('complementary', { name: '目的としおり' });
  await panel.getByText('保全のため消去しません').waitFor();
  await page.waitForFunction(() => document.querySelector('[data-testid=timeline]').getAttribute('aria-valuetext').includes('保全 29-危-014'));
  await clean(page, 'footage on hold');
  const { holds } = await json(page, '/api/holds?in_force=true&camera=a1-06');
  assert.deepEqual(holds.map((h) => [h.case, h.reason, h.state]), [['29-危-014', '操作ログの兆候の確認', 'held']]);
  await page.check();
});

test('a head of the office sees nothing of it', async () => {
  const page = await visit(`/playback?cameras=a1-07&at=${ago(15)}`);
  await signIn(page, 'bucho-kumin');
  await page.getByRole('dialog', { name: '過去の映像を見る目的を選んでください' }).waitFor();
  assert.deepEqual((await json(page, '/api/holds')).holds, []);
  assert.equal(await page.getByRole('link', { name: '保全・確認依頼', exact: true }).count(), 0);
  await page.check();
});

test('in the ledger a hold is extended, and released by two people', async () => {
  const page = await visit('/evidence');
  await signIn(page, 'kiki');
  await page.getByRole('heading', { level: 1, name: '保全・確認依頼' }).waitFor();
  assert.equal(await page.title(), '保全・確認依頼｜櫓 Yagura');
  const ledger = page.getByRole('table', { name: '保全台帳' });
  const row = ledger.getByRole('row', { name: /A1-06/ });
  await row.getByRole('link', { name: '29-危-014' }).focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: '29-危-014' });
  await card.getByText('操作ログの兆候の確認').waitFor();
  await clean(page, 'the ledger of holds');
  await card.getByRole('button', { name: '期限を延ばす' }).click();
  const form = page.getByRole('dialog', { name: '期限を延ばす' });
  await form.getByLabel('新しい期限').fill('2020/1/1');
  await form.getByRole('button', { name: '延ばす', exact: true }).click();
  await form.getByRole('alert').waitFor();
  await form.getByLabel('新しい期限').fill(new Date(Date.now() + 200 * 86400_000).toISOString().slice(0, 10).replaceAll('-', '/'));
  await form.getByRole('button', { name: '延ばす', exact: true }).click();
  await page.getByText('期限を延ばしました').waitFor();
  await card.getByText(/が延長/).waitFor();

  await card.getByRole('button', { name: '解除を申請する' }).click();
  const asking = page.getByRole('dialog', { name: '解除を申請する' });
  await asking.getByLabel('解除の理由').fill('確認が終わったため');
  await clean(page, 'a release that is asked for');
  await asking.getByRole('button', { name: '申請する' }).click();
  await page.getByText('解除を申請しました').waitFor();
  await card.getByText('ほかの危機管理担当の承認を待っています').waitFor();
  assert.equal(await card.getByRole('button', { name: '解除を承認する' }).count(), 0, 'not by who asked');
  await page.check(/status of 401 .*\/api\/(session|cameras)$|status of 400 .*\/extend$/); // the end that would be earlier

  const other = await visit('/inbox', { width: 1920, height: 1080 });
  await signIn(other, 'kiki2');
  await other.getByText('保全の解除の承認：A1-06').first().click();
  await other.getByText('申請した人とは別の危機管理担当が決めます').waitFor();
  await other.getByRole('button', { name: '変わるところを見て決める' }).click();
  const theirs = other.getByRole('region', { name: '29-危-014' });
  await theirs.getByText('解除の理由：確認が終わったため').waitFor();
  await clean(other, 'a release to decide');
  await theirs.getByRole('button', { name: '解除を承認する' }).click();
  await other.getByText('保全を解除しました').waitFor();
  await theirs.getByText(/が解除を承認/).waitFor();
  const states = Object.fromEntries((await json(other, '/api/holds')).holds.map((h) => [h.camera.id, h.state]));
  assert.deepEqual(states, { 'a1-07': 'held', 'a1-06': 'released' });
  await other.check();
});

test('an auditor reads the ledger and changes nothing', async () => {
  const page = await visit('/evidence?show=all');
  await signIn(page, 'kansa');
  const ledger = page.getByRole('table', { name: '保全台帳' });
  await ledger.getByRole('row', { name: /A1-06.*解除済み/ }).getByRole('link').click();
  const card = page.getByRole('region', { name: '29-危-014' });
  await card.getByText(/が解除を承認/).waitFor();
  await ledger.getByRole('row', { name: /A1-07.*保全中/ }).getByRole('link').click();
  await card.getByText('保全中').waitFor();
  assert.equal(await card.getByRole('button').count(), 0);
  await page.check();
});

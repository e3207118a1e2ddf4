// A clerk's week and an executing officer's day: what is tapped, confirmed together, chased, copied, and forty inductions at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage({ ward: 1 }));
});
after(() => close?.());

const send = (page, path, body) => page.evaluate(async ([p, b]) => {
  const res = await fetch(p, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(b) });
  return { status: res.status, ...(await res.json()) };
}, [path, body]);

/** paste puts text into a field as from a spreadsheet. */
const paste = (field, text) => field.evaluate((e, t) => {
  const data = new DataTransfer();
  data.setData('text', t);
  e.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, text);

test("a clerk's week: three days walked, and on the first of April forty inductions in one table", async () => {
  const page = await visit('/records');
  await signIn(page, 'jimu-koseki');
  for (const day of ['2026-06-01', '2026-06-02', '2026-06-03']) assert.equal((await send(page, '/api/patrol-days', { unit: 'koseki', day, slots: [''] })).status, 201);
  await page.getByRole('navigation', { name: '記録の種類' }).getByRole('link', { name: '任用時研修' }).click();
  await page.getByRole('link', { name: 'まとめて記録する' }).click();
  await page.getByText('＊使用中の共通教材がありません', { exact: false }).waitFor();
  await clean(page, 'a batch without material');

  const office = await visit('/records');
  await signIn(office, 'joho');
  const made = await send(office, '/api/records/training-material', { values: { title: '臨時職員のための情報安全', edition: '3', part: 'common', from: '2026-04-01' } });
  assert.equal((await send(office, `/api/records/training-material/${made.id}/moves/use`, { version: 1 })).status, 200);
  await office.check();

  await page.reload();
  await page.getByLabel('任用終了日', { exact: false }).fill('2027-03-31');
  await page.getByLabel('任用開始日', { exact: false }).fill('2026-04-01');
  await page.getByLabel('研修日', { exact: false }).fill('2026-04-01');
  await page.getByLabel('個別教材', { exact: false }).fill('窓口の手順');
  const rows = (bad) => Array.from({ length: 40 }, (_, i) => [String(i + 1).padStart(5, '0'), `見本　${i + 1}`, i === 7 && bad ? '' : 'ミホン', '窓口'].join('\t')).join('\n');
  const first = page.getByLabel('1人目 職員番号', { exact: true });
  await paste(first, rows(true));
  await page.getByRole('button', { name: '40人分を記録する' }).click();
  await page.getByText('1か所を直してください', { exact: false }).waitFor();
  await page.getByText('＊フリガナを入力してください。').waitFor();
  await clean(page, 'a batch with a bad row');
  assert.equal(await first.inputValue(), '00001', 'zeros stay');
  await paste(first, rows(false));
  await page.getByRole('button', { name: '40人分を記録する' }).click();
  await page.getByText('40人分の研修を記録しました').waitFor();
  await page.getByText('40件', { exact: true }).waitFor();
  await page.getByRole('link', { name: /^R8研-\d+ を開く$/ }).first().click();
  await page.getByRole('link', { name: /^R8材-1\s+臨時職員のための情報安全/ }).click(); // what it names
  await page.getByRole('region', { name: 'この記録を参照する記録' }).getByRole('link').nth(19).waitFor();
  await page.getByText('ほかにもあります', { exact: false }).waitFor();
  await clean(page, 'what refers to a record');
  await page.check(/status of (401|409)/);
});

test("an executing officer's day: what waits for a yes is confirmed together, or none of it with the reason", async () => {
  const page = await visit('/records');
  await signIn(page, 'shikko-koseki');
  await page.getByRole('row', { name: /報告への指示・確認/ }).nth(2).waitFor();
  await clean(page, 'what is owed');
  const owed = await page.evaluate(() => fetch('/api/owed?by=2030-01-01').then((r) => r.json()));
  const one = owed.debts.find((d) => d.moves.length > 0).record;
  assert.equal((await send(page, '/api/record-moves', { moves: [{ id: one.id, version: one.version, move: 'confirm' }] })).status, 200); // as from another window
  await page.getByLabel('1回で進められるものをすべて選ぶ').check();
  await page.getByRole('button', { name: /^選んだ\d+件をまとめて進める$/ }).click();
  await page.getByText('1件が進められないため、どれも進めていません。').waitFor();
  await page.getByText('＊ほかの人が先に書き換えました', { exact: false }).waitFor();
  await clean(page, 'what was refused');
  await page.reload();
  await page.getByRole('row', { name: /報告への指示・確認/ }).nth(1).waitFor();
  await page.getByRole('button', { name: /^確認する|報告への指示・確認.*確認する$/ }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByText('1件を進めました').waitFor();
  await page.check(/status of (401|409)/);
});

test('the office reminds all who owe something, once a day, and it is in their inbox', async () => {
  const officer = await visit('/records');
  await signIn(officer, 'shikko-koseki');
  const patrol = await send(officer, '/api/records/patrol', { unit: 'koseki', values: { day: '2026-06-01', by: 'executing_officer', patroller: 'shikko-koseki', findings: 1, mend_by: '2026-06-10' } });
  assert.equal((await send(officer, `/api/records/patrol/${patrol.id}/moves/record`, { version: 1 })).status, 200);
  assert.equal((await send(officer, `/api/records/patrol/${patrol.id}/moves/mend`, { version: 2 })).status, 200);
  await officer.check();
  const office = await visit('/records', { width: 1920, height: 1080 });
  await signIn(office, 'joho');
  await office.getByRole('cell', { name: '戸籍住民' }).first().waitFor();
  await clean(office, 'who owes something');
  await office.getByRole('button', { name: '全員に督促する' }).click();
  await office.getByText(/^\d+人に督促しました$/).waitFor();
  await office.getByRole('button', { name: '全員に督促する' }).click();
  await office.getByText('今日もう督促しました', { exact: false }).waitFor();
  await office.check(/status of (401|409)/);
  const page = await visit('/inbox');
  await signIn(page, 'shikko-koseki');
  await page.getByText(/記録の対応が\d+件残っています/).first().click();
  await page.getByText('督促がありました', { exact: false }).waitFor();
  await clean(page, 'a reminder');
  await page.getByRole('button', { name: '本日の対応を開く' }).click();
  await page.getByRole('heading', { level: 1, name: '本日の対応' }).waitFor();
  await page.check();
});

test("last year's plan becomes this year's drafts", async () => {
  const page = await visit('/records/milestone');
  await signIn(page, 'joho');
  const year = await page.evaluate(() => new Date(Date.now() + 9 * 3_600_000).getUTCFullYear());
  assert.equal((await send(page, '/api/records/milestone', { values: { name: '内部監査', planned: `${year - 1}-06-10` } })).status, 201);
  await page.getByRole('button', { name: '前年度の計画を写す' }).click();
  await page.getByRole('dialog').getByText('作成する', { exact: true }).waitFor();
  await clean(page, 'a plan to be copied');
  await page.getByRole('dialog').getByRole('button', { name: '1件の下書きを作る' }).click();
  await page.getByText('1件の下書きを作りました').waitFor();
  await page.getByText(new RegExp(`^${year}-06-1`)).first().waitFor();
  await page.check();
});

// 映像確認依頼: an analyst asks about a hint, an officer of crisis management sees that second of the terminal and holds it, and the outcome comes back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let system;
let visit;
let close;
let began;
let number;
let event; // ms, when it was looked up

before(async () => {
  ({ system, visit, close } = await stage({ ward: 3, only: ['a1-07', 'a1-06', 'a1-01'] }));
  began = Date.now();
});
after(() => close?.());

const json = (page, path) => page.evaluate((p) => fetch(p).then((r) => r.json()), path);
const send = (page, path, body) => page.evaluate(([p, b]) => fetch(p, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(b) }).then((r) => r.status), [path, body]);
const typed = (ms) => new Date(ms + 9 * 3600_000).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');

test('a terminal is in the register, with the cameras that cover it', async () => {
  const page = await visit('/records');
  await signIn(page, 'joho');
  assert.equal(await send(page, '/api/records/terminal', { unit: 'koseki', values: { terminal: 'T0007', floor: '1F', room: '戸籍住民', seat: '3番', camera: 'a1-07', camera2: 'a1-06' } }), 201);
  await page.check();
});

test('an analyst asks for footage, by keyboard', async () => {
  const page = await visit('/evidence?tab=requests');
  await signIn(page, 'kaiseki');
  await page.getByRole('heading', { level: 1, name: '映像確認依頼' }).waitFor();
  await clean(page, 'no requests yet');
  await page.getByRole('button', { name: '映像確認を依頼する' }).focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: '映像確認を依頼する' });
  await clean(page, 'the form of a request');
  await form.getByRole('button', { name: '依頼する', exact: true }).click();
  await form.getByText('端末・職員・日時を入力し、兆候を選んでください。').waitFor();
  event = Math.max(began + 20_000, Date.now() - 15_000);
  await form.getByLabel('端末ID').fill('T0007');
  await form.getByLabel('職員', { exact: false }).first().fill('2000123');
  await form.getByLabel('操作の日時').fill(typed(event));
  await form.getByLabel(/^H3/).check();
  await form.getByLabel(/^H5/).check();
  await form.getByLabel('項目 1').fill('20代女性の割合');
  await form.getByLabel('値 1').fill('82 %');
  await form.getByLabel('同じ業務の職員 1').fill('31 %');
  while (Date.now() < event + 2_000) await new Promise((done) => setTimeout(done, 250)); // what is asked about lies in the past
  await form.getByRole('button', { name: '依頼する', exact: true }).click();
  const row = page.getByRole('table', { name: '映像確認依頼' }).getByRole('row', { name: /T0007.*未着手/ });
  number = await row.getByRole('link').textContent();
  assert.match(number, /^\d+-映-001$/);
  await page.getByRole('region', { name: number }).getByText('ここには結果だけが届きます').waitFor();
  await clean(page, 'a request as who asked sees it');
  assert.equal(JSON.stringify(await json(page, `/api/footage-requests/${number}`)).includes('a1-07'), false, 'the analyst is not told which cameras');
  await page.check();
});

test('an officer goes from the inbox to that second, with a hold in the same step', async () => {
  while (Date.now() - began < 45_000) await new Promise((done) => setTimeout(done, 500)); // the footage is there
  const page = await visit('/inbox');
  await signIn(page, 'kiki');
  await page.getByText(`映像確認依頼 ${number}　端末 T0007`).first().click();
  await page.getByRole('button', { name: '映像確認依頼を開く' }).click();
  const card = page.getByRole('region', { name: number });
  await card.getByText('2000123').waitFor();
  await card.getByText('82 %').waitFor();
  await card.getByText('戸籍住民 端末列').waitFor();
  await card.getByText('検索された人の情報は、この依頼に含まれません。').waitFor();
  await clean(page, 'a request as who looks sees it');
  assert.ok(await card.getByRole('checkbox', { name: /前後5分の映像を保全する（2台・1区間）/ }).isChecked());
  await card.getByRole('button', { name: '保全して映像を見る' }).click();
  const panel = page.getByRole('complementary', { name: '目的としおり' });
  await panel.getByText(number).waitFor();
  await panel.getByText('不正利用の検証').waitFor();
  await panel.getByText('保全のため消去しません').waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('section[data-camera]')].filter((t) => t.dataset.mode === 'past').length === 2, null, { timeout: 30_000 });
  const at = Date.parse(new URL(page.url()).searchParams.get('at'));
  assert.ok(Math.abs(at - Math.floor(event / 1000) * 1000) <= 1500, `that second: ${at}, ${event}`);
  assert.equal(new URL(page.url()).searchParams.get('cameras'), 'a1-07,a1-06');
  const { holds } = await json(page, '/api/holds?in_force=true');
  assert.deepEqual(holds.map((h) => [h.camera.id, h.case]).sort(), [['a1-06', number], ['a1-07', number]]);
  assert.ok((await json(page, '/api/audit/seals')).seals.some((s) => s.case === number && s.state === 'sealed'), 'heads are not told of the views');

  await page.goto(`${system.origin}/evidence?tab=requests&request=${encodeURIComponent(number)}`);
  await card.getByText('2件を保全しています').waitFor();
  await card.getByRole('button', { name: '結果を記録する' }).click();
  await card.getByText('結果を選んでください。').waitFor();
  await card.getByLabel('該当なし').check();
  await card.getByLabel('確認した内容').fill('窓口の来庁者に対応している。');
  await card.getByRole('button', { name: '結果を記録する' }).click();
  await page.getByText('結果を記録しました').waitFor();
  await card.getByText('窓口の来庁者に対応している。').waitFor();
  await clean(page, 'a request with its outcome');
  await page.check();
});

test('the analyst is told the outcome and nothing else; others nothing at all', async () => {
  const page = await visit('/inbox', { width: 1920, height: 1080 });
  await signIn(page, 'kaiseki');
  await page.getByText(`映像確認の結果が届きました　${number}`).first().click();
  await page.getByRole('button', { name: '映像確認依頼を開く' }).click();
  const card = page.getByRole('region', { name: number });
  await card.getByText('該当なし').first().waitFor();
  assert.equal(await card.getByText('窓口の来庁者').count(), 0);
  assert.equal(JSON.stringify(await json(page, `/api/footage-requests/${number}`)).includes('窓口の来庁者'), false);
  await clean(page, 'an outcome as the analyst sees it');
  await page.check();

  const head = await visit('/audit');
  await signIn(head, 'bucho-kumin');
  assert.equal(await head.evaluate(() => fetch('/api/footage-requests').then((r) => r.status)), 403);
  const { entries } = await json(head, '/api/audit?limit=200');
  assert.equal(entries.some((e) => e.case === number || JSON.stringify(e).includes('T0007')), false, 'nothing of it in the log heads read');
  await head.check(/status of 401|status of 403/);
});

const post = (page, path, body, type = 'application/json') => page.evaluate(([p, b, t]) => fetch(p, { method: 'POST', headers: { 'Content-Type': t }, body: b }).then((r) => r.text().then((text) => [r.status, text ? JSON.parse(text) : null])), [path, type === 'application/json' ? JSON.stringify(body) : body, type]);
let hint;

test('a hint waits in the inbox of the unit, and the analyst asks from it', async () => {
  const page = await visit('/evidence?tab=requests');
  await signIn(page, 'kaiseki');
  assert.equal((await post(page, '/api/oplog/staff', '職員番号,氏名,所属コード,配属開始日\n2000124,例示 一郎,koseki,2020-04-01\n', 'application/octet-stream'))[0], 200);
  const day = (n) => new Date(Date.now() + 9 * 3600_000 - n * 86400_000).toISOString().slice(0, 10);
  const log = [3, 2, 1].map((n) => `${n},${day(n)} 10:00:00,2000124,koseki,T0007,住民記録,照会,0001234567,女,24`).join('\n');
  assert.equal((await post(page, '/api/oplog/imports?profile=resident&media=M-1', `ログ番号,操作日時,職員番号,所属コード,端末ID,業務区分,操作種別,被検索者宛名番号,性別,年齢\n${log}\n`, 'text/csv'))[0], 200);
  hint = (await json(page, '/api/oplog/hints?rule=H5')).hints[0];
  assert.equal((await post(page, `/api/oplog/hints/${hint.id}/moves/ask`, { version: hint.version }))[0], 200);

  const head = await visit('/inbox');
  await signIn(head, 'tokatsu-koseki');
  await head.getByText(/^操作ログの兆候への回答：/).first().click();
  await head.getByText('兆候は目印で、不正という判断ではありません').waitFor();
  await clean(head, 'a hint in the inbox');
  assert.equal((await post(head, `/api/oplog/hints/${hint.id}/moves/look`, { version: hint.version + 1, reason: '心当たりがない' }))[0], 200);
  await head.check();

  await page.goto(`${system.origin}/evidence?tab=requests&ask=1&hint=${hint.id}`);
  const form = page.getByRole('dialog', { name: '映像確認を依頼する' });
  await form.getByText('職員・操作の日時・数字は、この兆候から入ります').waitFor();
  assert.equal(await form.getByLabel('操作の日時').count(), 0, 'nothing of the hint is typed');
  await clean(page, 'the form of a request from a hint');
  await form.getByRole('button', { name: '依頼する', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: '映像確認依頼' }).getByRole('row', { name: /映-002.*T0007.*未着手/ }).waitFor();
  const { hint: after } = await json(page, `/api/oplog/hints/${hint.id}`);
  assert.deepEqual([after.state, after.footage], ['footage', number.replace('001', '002')]);
  await page.check();
});

test('the officer sees who it is by name, and the outcome takes the hint on', async () => {
  const page = await visit(`/evidence?tab=requests&request=${encodeURIComponent(number.replace('001', '002'))}`);
  await signIn(page, 'kiki');
  const card = page.getByRole('region', { name: number.replace('001', '002') });
  await card.getByText('例示 一郎').waitFor();
  await card.getByText('2000124').waitFor();
  assert.equal((await page.content()).includes('0001234567'), false);
  await card.getByLabel('確認できた').check();
  await card.getByLabel('確認した内容').fill('紙に書き写す様子。');
  await card.getByRole('button', { name: '結果を記録する' }).click();
  await page.getByText('結果を記録しました').waitFor();
  await page.check();

  const analyst = await visit('/inbox');
  await signIn(analyst, 'kaiseki');
  const { hint: after } = await json(analyst, `/api/oplog/hints/${hint.id}`);
  assert.deepEqual([after.state, after.outcome], ['handed', 'seen']);
  await analyst.check();
});

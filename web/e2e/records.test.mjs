// 記録: a clerk writes, an executing officer instructs, a file comes in and goes out, and one is printed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage({ ward: 1 }));
});
after(() => close?.());

const field = (page, name) => page.getByLabel(name, { exact: false }).first();

test('a clerk records a patrol by a designated member of staff; the officer instructs, and it is mended', async () => {
  const page = await visit('/');
  await signIn(page, 'jimu-koseki');
  await page.getByText('いま対応するものはありません').waitFor();
  assert.equal(await page.title(), '記録｜櫓 Yagura');
  await clean(page, 'nothing is due');
  await page.getByRole('navigation', { name: '記録の種類' }).getByRole('link', { name: '巡回', exact: true }).click();
  await page.getByText('まだ記録がありません').waitFor();
  await page.getByRole('button', { name: '新しく記録する' }).click();
  const form = page.getByRole('form', { name: '巡回を記録する' });
  await field(form, '実施日').fill('');
  await form.getByRole('button', { name: '保存する' }).click();
  await form.getByText('＊実施日を入力してください。').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  await clean(page, 'a form with what is wrong');
  await field(form, '実施日').fill('2026-06-01');
  await field(form, '実施者区分').selectOption('designated');
  await field(form, '報告先').fill('shikko-koseki');
  const patroller = form.getByLabel('実施者', { exact: false }).first();
  await patroller.fill('00123');
  await form.getByRole('button', { name: '保存する' }).click();
  await form.getByText('＊「00123」という職員はいません。', { exact: false }).waitFor();
  await patroller.fill('例示 務');
  await form.locator('datalist option[value=jimu-koseki]').first().waitFor({ state: 'attached' });
  await patroller.fill('jimu-koseki');
  await form.getByRole('paragraph').filter({ hasText: '例示　務' }).waitFor();
  const lock = form.getByRole('group', { name: '書庫・キャビネット施錠' });
  await lock.getByRole('radio', { name: '×' }).check();
  await lock.getByLabel('所見').fill('開いていた');
  await form.getByRole('button', { name: '保存する' }).click();
  await page.getByRole('button', { name: '報告する' }).click();
  await page.getByText('「報告する」を記録しました').waitFor();
  await page.getByText('例示　務', { exact: false }).first().waitFor();
  await clean(page, 'a record');
  await page.check(/status of (400|401)/);

  const officer = await visit('/records', { width: 1920, height: 1080 });
  await signIn(officer, 'shikko-koseki');
  await officer.getByRole('link', { name: '報告への指示・確認' }).click();
  await officer.getByRole('button', { name: '指示する' }).click();
  const dialog = officer.getByRole('dialog');
  await dialog.getByRole('button', { name: 'この内容で進める' }).click();
  await dialog.getByText('＊指示内容を入力してください。').waitFor();
  await clean(officer, 'what a move needs');
  await dialog.getByLabel('指示内容', { exact: false }).fill('退庁前に施錠を確かめる');
  await dialog.getByLabel('是正期限', { exact: false }).fill('2026-06-10');
  await dialog.getByRole('button', { name: 'この内容で進める' }).click();
  await officer.getByText('「指示する」を記録しました').waitFor();
  await officer.getByRole('button', { name: '訂正する' }).click();
  await officer.getByRole('form', { name: '訂正する' }).getByLabel('巡回区域', { exact: false }).fill('1階 執務室');
  await officer.getByLabel('訂正の理由', { exact: false }).fill('記入漏れ');
  await officer.getByRole('button', { name: '保存する' }).click();
  await officer.getByText('理由：記入漏れ').waitFor();
  await officer.getByRole('button', { name: '印刷する' }).click();
  await officer.getByRole('heading', { name: '巡回', level: 2 }).waitFor();
  await clean(officer, 'a record on paper');

  await officer.goto(`${new URL(officer.url()).origin}/records`); // what is left of the week: it is mended, by keyboard
  await officer.getByRole('link', { name: '是正', exact: true }).focus();
  await officer.keyboard.press('Enter');
  await officer.getByRole('button', { name: '是正を確認する' }).focus();
  await officer.keyboard.press('Enter');
  await dialog.getByLabel('是正内容', { exact: false }).fill('施錠を終業時の点検に加えた');
  await dialog.getByLabel('是正日', { exact: false }).fill('2026-06-09');
  await dialog.getByRole('button', { name: 'この内容で進める' }).click();
  await officer.getByText('「是正を確認する」を記録しました').waitFor();
  await officer.goto(`${new URL(officer.url()).origin}/records`);
  await officer.getByText('いま対応するものはありません').waitFor();
  await clean(officer, 'nothing is left');
  await officer.check(/status of (400|401)/);
});

test('a file with errors is told line by line; mended it is taken, and comes back out as it went in', async () => {
  const page = await visit('/records/awareness');
  await signIn(page, 'jimu-koseki');
  await page.getByRole('button', { name: '取り込む' }).click();
  const dialog = page.getByRole('dialog');
  await clean(page, 'the file to be chosen');
  const name = join(tmpdir(), `yagura-${process.pid}.csv`);
  await writeFile(name, '所属コード,実施日,方法,テーマ\nkoseki,2026-06-31,朝礼,端末の離席\nkoseki,R8.6.2,朝会,端末の離席\n');
  await dialog.getByTestId('file').setInputFiles(name);
  await dialog.getByText('＊2か所に誤りがあります。').waitFor();
  assert.deepEqual(await dialog.getByRole('row').allTextContents().then((rows) => rows.slice(1).map((r) => r.slice(0, 4))), ['2実施日', '3方法次']);
  await clean(page, 'what is wrong with a file');
  await writeFile(name, '所属コード,実施日,方法,テーマ\nkoseki,2026-06-01,朝礼,端末の離席\nkoseki,R8.6.2,"朝礼、回覧",=1+1\n');
  await dialog.getByRole('button', { name: '別のファイルを選ぶ' }).click();
  await dialog.getByTestId('file').setInputFiles(name);
  await dialog.getByText('新規 2件').waitFor();
  await dialog.getByRole('button', { name: '取り込む' }).click();
  await page.getByText('2件を取り込みました').waitFor();
  await page.getByRole('link', { name: /を開く/ }).first().waitFor();

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '書き出す CSV' }).click()]);
  const file = await readFile(await download.path(), 'utf8');
  assert.match(file, /^\ufeff/);
  assert.match(file, /'=1\+1/, 'a formula is text');
  assert.match(file, /2026-06-02,"?朝礼、回覧/);
  await page.check();
});

test('by keyboard alone: a kind, a record, and back', async () => {
  const page = await visit('/records/zone');
  await signIn(page, 'jimu-koseki');
  await page.getByRole('button', { name: '新しく記録する' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: '区域を記録する' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'SELECT');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1F');
  await page.keyboard.press('Tab');
  await page.keyboard.type('執務室');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter'); // in a line of text: the form is sent
  await page.getByRole('button', { name: '適用する' }).or(page.getByRole('button', { name: '編集する' })).first().waitFor();
  await page.getByText('業務区域').first().waitFor();
  await page.check();
});

test('terminals without a covering camera are a list', async () => {
  const page = await visit('/records/terminal');
  await signIn(page, 'jimu-koseki');
  for (const [terminal, camera] of [['T-001', 'a1-07'], ['T-002', '']]) {
    await page.evaluate(([id, cam]) => fetch('/api/records/terminal', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ unit: 'koseki', values: { terminal: id, floor: '1F', room: '執務室', ...(cam && { camera: cam }) } }) }), [terminal, camera]);
  }
  await page.reload();
  await page.getByText('2件', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'カメラのない端末' }).click();
  await page.getByText('1件', { exact: true }).waitFor();
  await page.getByRole('cell', { name: 'T-002' }).waitFor();
  await clean(page, 'terminals without a camera');
  await page.check();
});

// A picture of one pixel.
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

test('files are attached, and come back to the byte, hash and all; one that is withdrawn stays in the history', async () => {
  const page = await visit('/records/finding');
  const chosen = page.waitForEvent('filechooser'); // asked for long before, or the browser opens its own
  await signIn(page, 'jimu-koseki');
  await page.getByRole('button', { name: '新しく記録する' }).click();
  const form = page.getByRole('form', { name: '指摘・是正を記録する' });
  await field(form, '指摘日').fill('2026-06-01');
  await field(form, '区分').selectOption('minor');
  await field(form, '内容').fill('書庫の扉が開いていた');
  await field(form, '是正期限').fill('2026-06-30');
  const choose = form.getByRole('button', { name: '写真・資料のファイルを選ぶ' });
  await choose.focus();
  await page.keyboard.press('Enter');
  await (await chosen).setFiles([{ name: '書庫.png', mimeType: 'image/png', buffer: pixel }, { name: 'program.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }, { name: '偽物.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ') }]);
  await form.getByText('＊この種類のファイルは添付できません。').waitFor();
  await form.getByText('＊「偽物.pdf」の中身はPDFではありません').waitFor();
  await clean(page, 'files that are not taken');
  for (const name of ['program.exe', '偽物.pdf']) await form.getByRole('button', { name: `${name}をやめる` }).click();
  await form.getByRole('list', { name: '写真・資料', exact: true }).getByTitle('書庫.png', { exact: true }).waitFor();
  await form.evaluate((_, text) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], '報告.pdf', { type: 'application/pdf' }));
    document.querySelector('[data-testid=drop]').dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));
  }, '%PDF-1.7\n%%EOF\n');
  await form.getByRole('list', { name: '写真・資料', exact: true }).getByTitle('報告.pdf', { exact: true }).waitFor();
  await form.getByRole('button', { name: '保存する' }).click();
  const list = page.getByRole('list', { name: '写真・資料', exact: true });
  await list.getByRole('link', { name: '書庫.png' }).waitFor();
  await page.reload();
  await list.getByRole('link', { name: '書庫.png' }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), list.getByRole('link', { name: '書庫.png' }).click()]);
  assert.equal(download.suggestedFilename(), '書庫.png');
  const bytes = await readFile(await download.path());
  assert.ok(bytes.equals(pixel), 'the same bytes');
  await list.getByRole('button', { name: /^SHA-256 .*書庫\.png$/ }).click();
  await list.getByText(createHash('sha256').update(pixel).digest('hex')).waitFor();
  await clean(page, 'a record with files');

  await page.getByRole('button', { name: '編集する' }).click();
  await page.getByRole('button', { name: '書庫.pngを外す' }).click();
  await page.getByRole('form', { name: '編集する' }).getByRole('button', { name: '保存する' }).click();
  await page.getByText('取下げ：').waitFor();
  assert.equal(await list.getByRole('link', { name: '書庫.png' }).count(), 0);
  const [still] = await Promise.all([page.waitForEvent('download'), page.getByRole('listitem').filter({ hasText: /^取下げ：/ }).getByRole('link', { name: '書庫.png' }).click()]);
  assert.ok((await readFile(await still.path())).equals(pixel), 'an old version still has it');
  await page.getByRole('button', { name: '印刷する' }).click();
  await page.getByText(`SHA-256 ${createHash('sha256').update('%PDF-1.7\n%%EOF\n').digest('hex')}`).waitFor();
  await clean(page, 'files on paper');
  await page.check(/status of (400|401)/);
});

test('an auditor reads and writes nothing; whoever keeps no records has no page of them', async () => {
  const page = await visit('/records/patrol');
  await signIn(page, 'kansa');
  await page.getByRole('heading', { level: 1, name: '巡回' }).waitFor();
  assert.equal(await page.getByRole('button', { name: '新しく記録する' }).count(), 0);
  await page.check();
  const other = await visit('/health');
  await signIn(other, 'shisetsu');
  await other.getByRole('navigation').first().waitFor();
  assert.equal(await other.getByRole('link', { name: '記録', exact: true }).count(), 0);
  await other.check();
});

test('a record goes onto its form, and is found again by the code of the form', async () => {
  const page = await visit('/records/induction');
  await signIn(page, 'jimu-koseki');
  const { id, label } = await page.evaluate(() => fetch('/api/records/induction', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ unit: 'koseki', values: { staff: 'H0042', name: '例示　花子', kana: 'レイジ　ハナコ', kind: 'fiscal', from: '2026-12-01', until: '2027-03-31' } }) }).then((r) => r.json()));
  await page.goto(new URL(`/r/${id}`, page.url()).href); // as a scanner opens it
  await page.getByRole('heading', { name: /例示/ }).waitFor();
  await page.getByRole('button', { name: '様式（PDF）' }).last().click();
  const form = page.getByRole('link', { name: '任用時研修記録・同意書', exact: true });
  await form.waitFor();
  await clean(page, 'the forms of a record');
  const pdf = await page.evaluate((href) => fetch(href).then(async (r) => [r.status, r.headers.get('content-type'), (await r.text()).slice(0, 5)]), await form.getAttribute('href'));
  assert.deepEqual(pdf, [200, 'application/pdf', '%PDF-']);
  await page.getByRole('link', { name: '用紙の読み取り' }).click();
  const field = page.getByLabel('コードまたは番号');
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
  await page.keyboard.type('R1研-999');
  await page.keyboard.press('Enter');
  await page.getByText('＊そのコードの記録がないか').waitFor();
  await clean(page, 'a code that leads nowhere');
  await field.fill(label);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /例示/ }).waitFor();
  await page.goto(new URL('/r/patrol/koseki', page.url()).href);
  await page.getByRole('form', { name: '巡回を記録する' }).waitFor();
  assert.equal(await page.getByLabel('所属', { exact: false }).first().inputValue(), 'koseki');
  await page.check(/status of (401|404)/);
});

test('a zone is drawn on its floor by numbers, moved by pointer and keys, and says what applies there', async () => {
  const page = await visit('/records/zone');
  await signIn(page, 'jimu-koseki');
  await page.getByRole('link', { name: '区域図' }).first().click();
  await page.getByRole('combobox', { name: '平面図' }).selectOption('honcho-1f');
  await page.getByText('この階に描いた区域はありません').waitFor();
  await page.getByRole('button', { name: '区域を描いて加える' }).click();
  const editor = page.getByRole('form', { name: '新しい区域の範囲' });
  await editor.getByRole('button', { name: '区域の内容へ' }).click();
  await editor.getByText('＊角を3つ以上').waitFor();
  for (const [name, value] of [['左', '500'], ['上', '20'], ['幅', '110'], ['高さ', '140']]) await editor.getByLabel(name, { exact: true }).fill(value);
  await page.getByRole('button', { name: '角3　横610 縦160' }).waitFor();
  await clean(page, 'an outline in numbers');
  await editor.getByRole('button', { name: '区域の内容へ' }).click();
  const form = page.getByRole('form', { name: '区域を記録する' });
  await form.getByLabel('室名', { exact: false }).fill('書庫');
  await form.getByLabel('区域区分', { exact: false }).selectOption('secure');
  await form.getByRole('button', { name: '保存する' }).click();
  const zone = page.getByRole('button', { name: '機密区域 書庫 案' });
  await zone.focus();
  await page.getByText('通常の承認では認められません').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/record=/);
  await clean(page, 'zones on a floor');
  await page.getByRole('button', { name: '範囲を直す' }).click();
  const corner = page.getByRole('button', { name: '角2　横610 縦20' });
  await corner.hover();
  await page.mouse.down();
  const at = await corner.boundingBox();
  await page.mouse.move(at.x + at.width / 2 + 60, at.y + at.height / 2 + 40, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('radio', { name: '多角形' }).check();
  const moved = page.getByRole('button', { name: /^角1\s/ });
  await moved.focus();
  const before = await moved.getAttribute('aria-label');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((label) => document.activeElement?.getAttribute('aria-label') !== label, before);
  await page.getByRole('form', { name: '書庫の範囲' }).getByRole('button', { name: '保存する' }).click();
  await page.getByRole('button', { name: '範囲を直す' }).waitFor(); // the form is gone once it is kept
  const outline = await page.evaluate(() => fetch('/api/records/zone').then((r) => r.json()).then((r) => r.records.find((x) => x.values.room === '書庫').values.outline));
  assert.match(outline, /^490,\d+ /, 'the corner by the keys');
  assert.doesNotMatch(outline, /610,20/, 'the corner by the pointer');
  await page.check();
});

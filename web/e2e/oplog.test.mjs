// 操作ログ解析: an analyst imports a log, works on what it shows, and asks for footage; the head of the unit answers, and nobody else reads it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { file, log, register, repeating, skewed } from './oplog.mjs';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage({ ward: 1 }));
});
after(() => close?.());

const send = (page, path, body) => page.evaluate(([p, b]) => fetch(p, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(b) }).then((r) => r.status), [path, body]);
const first = { width: 1280, height: 720 };
const wide = { width: 1920, height: 1080 };

test('an analyst looks at a file first, takes it whole, and notes that the medium was erased', async () => {
  const office = await visit('/records');
  await signIn(office, 'joho');
  assert.equal(await send(office, '/api/records/terminal', { unit: 'koseki', values: { terminal: 'T0007', floor: '1F', room: '戸籍住民', seat: '3番', camera: 'a1-07' } }), 201);
  await office.check();

  const page = await visit('/inbox', first);
  await signIn(page, 'kaiseki');
  await page.getByRole('link', { name: '操作ログ', exact: true }).click();
  await page.getByText('操作ログはまだ取り込まれていません').waitFor();
  await clean(page, 'no logs yet');
  await page.getByRole('button', { name: '取込みを開く' }).click();
  await page.getByTestId('staff').setInputFiles(file('名簿.csv', register()));
  await page.getByText('配属 8件、休暇 0日を取り込めます。').waitFor();
  await page.getByRole('button', { name: '名簿を取り込む' }).click();
  await page.getByText('8人', { exact: true }).waitFor();

  await page.getByTestId('log').setInputFiles(file('log.csv', log({ wrong: true })));
  await page.getByText('＊2行に誤りがあります。').waitFor();
  const problems = page.getByRole('table', { name: '誤りのある行' });
  await problems.getByRole('row', { name: /^4 操作日時 日時ではありません/ }).waitFor();
  await problems.getByRole('row', { name: /^7 操作種別 「謎の操作」/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: '取り込む', exact: true }).count(), 0, 'nothing of it is taken');
  await clean(page, 'a file with wrong lines');
  await page.getByRole('button', { name: '別のファイルを選ぶ' }).click();

  await page.getByTestId('log').setInputFiles(file('log.csv', log()));
  await page.getByText('すべての行を取り込めます。').waitFor();
  await clean(page, 'a file that can be taken');
  await page.getByRole('button', { name: '取り込む', exact: true }).click();
  await page.getByText('＊媒体番号を入力してください。').waitFor();
  await page.getByLabel('媒体番号').fill('M-001');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: '取り込む', exact: true }).click();
  await page.getByRole('table', { name: '取込みの一覧' }).getByRole('row', { name: /M-001/ }).waitFor();
  await page.getByRole('button', { name: '媒体M-001の消去を記録する' }).click();
  await page.getByText('媒体の消去を記録しました').waitFor();
  await page.getByRole('button', { name: '媒体M-001の消去を記録する' }).waitFor({ state: 'detached' });
  await clean(page, 'imports');
  await page.getByTestId('log').setInputFiles(file('log.csv', log()));
  await page.getByText('このファイルは取込み済みです').waitFor();
  await page.check(/status of (401|409)/);
});

test('hints are listed by deadline, and the unit is asked, by keyboard; the analyst reads pseudonyms', async () => {
  const page = await visit('/oplog', first);
  await signIn(page, 'kaiseki');
  await page.getByText('不正という判断ではありません').waitFor();
  const list = page.getByRole('table', { name: '兆候の一覧' });
  await list.getByRole('row', { name: /H5/ }).first().waitFor();
  await clean(page, 'hints');
  await page.getByRole('combobox', { name: '兆候' }).selectOption('H3');
  await page.waitForURL(/rule=H3/);
  await list.getByRole('row', { name: /H5/ }).first().waitFor({ state: 'detached' });
  await list.getByRole('link', { name: /H3/ }).first().focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: /H3/ });
  await card.getByRole('row', { name: /割合（女 20～29歳） \d+\.\d％ \d+\.\d％/ }).waitFor();
  await card.getByText('考えられる通常の理由').waitFor();
  await card.getByRole('row', { name: /T0007/ }).first().waitFor();
  assert.equal(await page.getByText(skewed).count(), 0, 'no number of a member of staff');
  await clean(page, 'a hint');
  await card.getByRole('button', { name: '所属に確認を依頼する' }).focus();
  await page.keyboard.press('Enter');
  await card.getByLabel('理由').waitFor();
  await card.getByRole('button', { name: '所属に確認を依頼する' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('所属に確認を依頼しました').waitFor();
  await list.getByRole('row', { name: /所属確認依頼/ }).first().waitFor();
  await page.check();
});

test('the head of the unit knows who it is, and says that it is to be looked into', async () => {
  const page = await visit('/oplog?rule=H3', wide);
  await signIn(page, 'tokatsu-koseki');
  assert.equal(await page.getByRole('radio', { name: '取込み' }).count(), 0);
  await page.getByRole('table', { name: '兆候の一覧' }).getByRole('link', { name: /H3.*見本 一/ }).first().click();
  const card = page.getByRole('region', { name: /H3/ });
  await card.getByText(skewed).waitFor();
  await card.getByRole('button', { name: '要調査とする' }).click();
  await clean(page, 'a reason');
  await card.getByRole('button', { name: '要調査とする' }).click();
  await card.getByText('＊理由を入力してください。').waitFor();
  await card.getByLabel('理由').fill('該当する業務はありません。');
  await card.getByRole('button', { name: '要調査とする' }).click();
  await page.getByText('要調査としました').waitFor();
  await card.getByRole('region', { name: '経過' }).getByText('該当する業務はありません。').waitFor();
  assert.equal(await card.getByRole('link', { name: /映像確認を依頼/ }).count(), 0, 'analysts ask');
  await page.check();
});

test('from the hint to the footage: the hint is named, nothing of it is typed', async () => {
  const page = await visit('/oplog?rule=H3&state=look', wide);
  await signIn(page, 'kaiseki');
  await page.getByRole('table', { name: '兆候の一覧' }).getByRole('link', { name: /H3/ }).first().click();
  await page.getByRole('region', { name: /H3/ }).getByRole('link', { name: /映像確認を依頼 ?（T0007/ }).click();
  const form = page.getByRole('dialog', { name: '映像確認を依頼する' });
  await form.waitFor();
  assert.equal(await form.getByLabel('端末ID').inputValue(), 'T0007');
  await form.getByText('職員・操作の日時・数字は、この兆候から入ります').waitFor();
  await clean(page, 'the form filled in');
  await form.getByRole('button', { name: '依頼する', exact: true }).click();
  await page.getByText(/依頼しました/).waitFor();
  await page.check();
});

test('whom a pseudonym stands for: one asks, another decides, and no name comes', async () => {
  const page = await visit('/oplog?rule=H5', first);
  await signIn(page, 'kaiseki');
  await page.getByRole('table', { name: '兆候の一覧' }).getByRole('link', { name: /H5/ }).first().click();
  const part = page.getByRole('region', { name: '再識別' });
  await part.getByRole('button', { name: '再識別を依頼する' }).click();
  await part.getByRole('button', { name: '依頼する', exact: true }).click();
  await part.getByText('＊理由を入力してください。').waitFor();
  await part.getByLabel('理由').fill('15日にわたり同じ方が検索されているため。');
  await part.getByRole('button', { name: '依頼する', exact: true }).click();
  await part.getByText('承認待ち').waitFor();
  assert.equal(await part.getByRole('button', { name: '承認する' }).count(), 0, 'not by who asked');
  await clean(page, 'a re-identification that was asked for');
  await page.check();

  const office = await visit('/oplog?rule=H5', wide);
  await signIn(office, 'joho');
  await office.getByRole('table', { name: '兆候の一覧' }).getByRole('link', { name: /H5/ }).first().click();
  await office.getByRole('region', { name: '再識別' }).getByRole('button', { name: '承認する' }).click();
  await office.getByText('承認しました。再識別は').waitFor();
  await clean(office, 'a hint as information security reads it');
  await office.check();
});

test('counts: a heat map of the week, a cross table beside peers, and a file with small numbers hidden', async () => {
  const page = await visit('/oplog?part=counts', first);
  await signIn(page, 'kaiseki');
  await page.getByRole('table', { name: '職員別' }).getByRole('row').nth(8).waitFor();
  await clean(page, 'counts by staff');
  await page.getByLabel('集計表').selectOption('hour');
  await page.getByRole('table', { name: '時間帯×曜日' }).getByRole('row', { name: /曜 10時台/ }).first().waitFor();
  await clean(page, 'hours of the week');
  await page.getByText('前年同月', { exact: true }).click();
  await page.getByRole('columnheader', { name: '前年同月' }).waitFor();
  await page.getByLabel('集計表').selectOption('cross');
  await page.getByRole('heading', { name: '所属を選んでください' }).waitFor();
  await page.getByLabel('所属', { exact: true }).selectOption('koseki');
  const cross = page.getByRole('table', { name: '職員×性別×年齢階級' });
  await cross.getByRole('rowheader').nth(7).waitFor();
  await cross.getByRole('link').first().click();
  await page.getByRole('heading', { name: /が検索した方$/ }).waitFor();
  await clean(page, 'the cross table');
  await page.emulateMedia({ media: 'print' });
  const paper = (await cross.innerText()).split('\n').slice(2).join('\n');
  assert.match(paper, /＊/);
  assert.doesNotMatch(paper, /(^|\s)[1-4](\s|$)/, 'no small number on paper');
  await page.emulateMedia({ media: 'screen' });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '書き出す CSV' }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  assert.match(text, /^\ufeff職員,氏名,性別,年齢階級,件数/);
  assert.match(text, /＊/);
  assert.doesNotMatch(text, new RegExp(`${skewed}|${repeating}`));
  await page.check();
});

test('how it stands, whom by address, and a report that gives no small number away; by keyboard', async () => {
  const page = await visit('/oplog', first);
  await signIn(page, 'joho');
  const tiles = page.getByRole('list', { name: '解析の状況' });
  await tiles.getByText(/^未完了の兆候/).waitFor();
  await tiles.getByText(/分は取込み済み|分が未取込|分を.*までに取り込みます/).waitFor();
  await tiles.getByText('映像の消去まで（最も早い兆候）').waitFor();
  await clean(page, 'tiles above the hints');
  await page.goto(`${new URL(page.url()).origin}/oplog?part=counts&table=whom`);
  const areas = page.getByRole('table', { name: '性別×年齢階級×町丁目 女' });
  await areas.getByRole('rowheader', { name: /丁目$/ }).first().waitFor();
  await clean(page, 'whom by sex, age and address');
  await page.emulateMedia({ media: 'print' });
  assert.doesNotMatch((await areas.innerText()).split('\n').slice(1).join('\n'), /(^|\s)[0-4](\s|$)/, 'no small number on paper');
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('radio', { name: '兆候' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('radio', { name: '集計', checked: true }).waitFor();
  await page.keyboard.press('ArrowRight');
  const report = page.getByRole('article', { name: '操作ログ解析の報告' });
  await report.getByRole('heading', { name: /月次報告（令和\d+年\d+月）$/ }).waitFor();
  await report.getByText(/^作成\s+情報安全担当/).waitFor();
  await clean(page, 'a report');
  const text = await report.innerText();
  assert.match(text, /＊/);
  assert.doesNotMatch(text, new RegExp(`\\t[0-4](\\t|\n|$)|${skewed}|${repeating}`), 'no small number, nobody in it');
  await page.getByText('年次', { exact: true }).click();
  await report.getByRole('heading', { name: /年次報告（令和\d+年度）/ }).waitFor();
  const [pdf] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'PDF' }).click()]);
  assert.equal((await readFile(await pdf.path())).subarray(0, 4).toString(), '%PDF');
  await page.check();
});

test('how another system is read: written down from a sample, looked at, and approved by somebody else', async () => {
  const page = await visit('/oplog?part=imports', first);
  await signIn(page, 'kaiseki');
  const at = new Date(Date.now() - 86_400_000);
  const sample = `操作日時,担当,端末ID,科目,操作種別,納税者番号,検索語\n${[1, 2, 3].map((n) => `${at.getUTCDate()}/${at.getUTCMonth() + 1}/${at.getUTCFullYear()} 10:00:0${n},2900001,T0007,住民税,K,00012345${n},見本 花子`).join('\n')}\n`;
  await page.getByRole('button', { name: '定義を作る' }).click();
  const form = page.getByRole('dialog', { name: '定義を作る' });
  await form.getByText('見本を選ぶと、列の名前と言葉が出ます').waitFor();
  await form.getByTestId('profile').setInputFiles(file('tax.csv', sample));
  await form.getByText('tax.csv（7列）').waitFor();
  await form.getByLabel(/^システム/).fill('税システム');
  await form.getByLabel(/^記号/).fill('tax');
  await form.getByLabel('日付の形式').selectOption('dmy');
  assert.equal(await form.getByLabel(/^操作日時/).inputValue(), '操作日時', 'what is called the same is found');
  await form.getByLabel(/^職員番号/).selectOption('担当');
  await form.getByLabel(/^業務区分/).selectOption('科目');
  await form.getByLabel(/^被検索者宛名番号/).selectOption('納税者番号');
  await form.getByRole('group', { name: '業務区分の言葉' }).getByLabel('住民税').check();
  await form.getByRole('group', { name: '操作種別の言葉' }).getByLabel('K').selectOption('search');
  await clean(page, 'a profile that is written down');
  await form.getByRole('button', { name: '案として保存し、確かめる' }).focus();
  await page.keyboard.press('Enter');
  const seen = form.getByRole('table', { name: 'はじめの行（取り込む形）' });
  await seen.getByRole('row', { name: /T0007 住民税 検索/ }).first().waitFor();
  assert.doesNotMatch(await seen.innerText(), /00012345|花子/);
  await clean(page, 'a sample as it would be kept');
  await form.getByRole('button', { name: '閉じる' }).last().click();
  const row = (p) => p.getByRole('table', { name: '取込みの定義' }).getByRole('row', { name: /税システム.*1/ });
  await row(page).getByText('承認待ち').waitFor();
  assert.equal(await row(page).getByRole('button', { name: /承認する$/ }).count(), 0, 'not by who wrote it');
  await page.check();

  const office = await visit('/oplog?part=imports', wide);
  await signIn(office, 'joho');
  await row(office).getByRole('button', { name: '税システムの第1版を承認する' }).click();
  await row(office).getByText('承認', { exact: true }).waitFor();
  await clean(office, 'imports with a profile');
  await office.reload();
  await office.getByLabel('システム', { exact: true }).selectOption('税システム');
  await office.check();
});

test('whoever has no part in it has no such page', async () => {
  const page = await visit('/oplog');
  await signIn(page, 'jimu-koseki');
  await page.getByText('表示する権限がありません').waitFor();
  assert.equal(await page.getByRole('link', { name: '操作ログ', exact: true }).count(), 0);
  await clean(page, 'refused');
  await page.check(/status of (401|403)/);
});

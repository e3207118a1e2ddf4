// 調査: a unit answers from its records, its head approves, the centre chases, quotes and takes the report.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let system;
let visit;
let close;

before(async () => {
  ({ system, visit, close } = await stage({ ward: 1 }));
  system.run('survey', 'load-sample', 'h29', 'current');
});
after(() => close?.());

const koseki = '区民サービス管理部 戸籍住民分野';

/** patrolled writes a patrol of today into the unit's records, as its clerk. */
const patrolled = (page) => page.evaluate(async () => {
  const day = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  const post = async (path, body) => (await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
  const made = await post('/api/records/patrol', { unit: 'koseki', values: { day, by: 'manager', patroller: 'tokatsu-koseki' } });
  const moved = await post(`/api/records/patrol/${made.id}/moves/record`, { version: made.version });
  return moved.state;
});

test('a clerk answers what the records leave open, and the head approves', async () => {
  const page = await visit('/inbox');
  await signIn(page, 'jimu-koseki');
  await page.getByText(`調査への回答：${koseki}`).first().waitFor();
  assert.equal(await patrolled(page), 'recorded');
  await page.getByRole('link', { name: '調査', exact: true }).click();
  await page.getByRole('link', { name: `${koseki}の回答を開く` }).click();
  await page.getByText('から入れました。確かめてください。').waitFor();
  await clean(page, 'a reply');
  const group = (name) => page.getByRole('group', { name });
  assert.ok(await group(/巡回していますか/).getByRole('radio', { name: '実施している', exact: true }).isChecked(), 'from the patrol');
  assert.equal(await group(/メモを禁止していますか/).count(), 0, 'not asked yet');
  await group(/巡回していますか/).getByRole('radio', { name: 'その他の対応をしている' }).check();
  await page.getByText('では別の回答です').waitFor();
  await page.getByRole('button', { name: 'この回答を使う' }).click();
  await group(/どのような方法/).getByRole('checkbox', { name: '朝礼' }).check();
  await group(/書き写すことがある業務/).getByRole('radio', { name: '行っている（対象）' }).check();
  await group(/メモを禁止していますか/).getByRole('radio', { name: '禁止している' }).check();
  await group(/メモ用紙/).getByRole('radio', { name: '指定していない' }).check();
  await page.getByLabel('指定していない理由', { exact: false }).fill('窓口でメモを取らないため。');
  await page.getByRole('button', { name: '承認を求める' }).click();
  await page.getByText('＊2か所を確かめてください。').or(page.getByText('＊Q4に答えてください。')).first().waitFor();
  await clean(page, 'what is missing');
  await group(/私物の情報機器/).getByRole('radio', { name: '遵守している', exact: true }).check();
  await group(/任用した実績/).getByRole('radio', { name: 'ない', exact: true }).check();
  await page.getByRole('button', { name: '承認を求める' }).click();
  await page.getByText('承認を求めました').waitFor();
  await page.check(/status of (400|401)/);

  const head = await visit('/inbox', { width: 1920, height: 1080 });
  await signIn(head, 'tokatsu-koseki');
  await head.getByText(`調査の回答の承認：${koseki}`).first().click();
  await head.getByRole('button', { name: '回答を開く' }).click();
  await head.getByText('窓口でメモを取らないため。').waitFor();
  await head.getByRole('button', { name: '差し戻す' }).click();
  const dialog = head.getByRole('dialog');
  await dialog.getByRole('button', { name: '進める' }).click();
  await dialog.getByText('＊入力してください。').waitFor();
  await dialog.getByLabel('理由', { exact: false }).fill('研修も確かめてください');
  await dialog.getByRole('button', { name: '進める' }).click();
  await head.getByText('理由：研修も確かめてください').waitFor();
  await clean(head, 'a reply that was returned');
  await head.check();

  const again = await visit('/survey?u=koseki');
  await signIn(again, 'jimu-koseki');
  await again.getByText('差し戻されています。').waitFor();
  await again.getByRole('button', { name: '承認を求める' }).click();
  await again.getByText('承認を求めました').waitFor();
  await again.check();
  const approving = await visit('/survey?u=koseki');
  await signIn(approving, 'tokatsu-koseki');
  await approving.getByRole('button', { name: '承認して提出する' }).click();
  await approving.getByText('提出しました').waitFor();
  await approving.check();
});

test('the centre chases, confirms, edits a main answer, and takes the report of 2017 away', async () => {
  const page = await visit('/survey');
  await signIn(page, 'joho');
  await page.getByText('150部署のうち').waitFor();
  await clean(page, 'who answered');
  const missing = 150 - Number((await page.getByText(/150部署のうち\d+部署が提出/).textContent()).match(/のうち(\d+)部署/)[1]);
  await page.getByRole('button', { name: '督促する' }).click();
  await page.getByText(`${missing}部署に督促を届けました`).waitFor();
  await page.getByText('督促 1回').waitFor();
  await page.getByLabel('状態').selectOption('missing');
  await page.getByText(`${missing}部署`, { exact: true }).waitFor();
  await page.getByRole('button', { name: '提出済をまとめて確定する' }).click();
  await page.getByText('の回答を確定しました').waitFor();
  await page.getByText('主な回答', { exact: true }).click();
  const line = page.getByRole('listitem').filter({ hasText: '窓口でメモを取らないため。' });
  await line.getByRole('button', { name: `${koseki}の回答を編集する` }).click();
  await line.getByLabel('報告書の文').fill('窓口業務ではメモを取らないため。');
  await line.getByRole('button', { name: '保存する' }).click();
  await line.getByText('原文：窓口でメモを取らないため。').waitFor();
  await line.getByRole('checkbox').check();
  await page.getByText('主な回答を保存しました').waitFor();
  await clean(page, 'main answers');
  await page.getByText('報告書', { exact: true }).click();
  await page.getByText('・窓口業務ではメモを取らないため。').waitFor();
  await page.getByText('提出された回答だけで作った案です。').waitFor();

  await page.getByLabel('調査', { exact: true }).selectOption('h29');
  const report = page.getByRole('article', { name: '報告書' });
  for (const s of ['150のうち144の部署で', '95のすべての部署において', '平成29年4月26日～5月12日', 'メモ禁止62のうち42の部署で']) await report.getByText(s, { exact: false }).first().waitFor();
  await clean(page, 'the report');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'PDF' }).click()]);
  assert.match((await readFile(await download.path())).subarray(0, 8).toString('latin1'), /^%PDF-1\./);
  await page.check();
});

test('by keyboard alone: from the list of offices to a reply; the next survey is prepared', async () => {
  const page = await visit('/survey');
  await signIn(page, 'joho');
  await page.getByLabel('部署名').focus();
  await page.keyboard.type('財務');
  await page.getByText('条件に合う部署はありません').waitFor();
  await page.getByRole('button', { name: '条件を消す' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: `${koseki}の回答を開く` }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: koseki, level: 2 }).waitFor();
  await page.getByRole('button', { name: '調査を準備する' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('略号', { exact: false }).fill('r9');
  await dialog.getByRole('button', { name: '準備する' }).click();
  await dialog.getByText('＊日付を入力してください。').first().waitFor();
  await clean(page, 'a survey to be prepared');
  await dialog.getByLabel('調査の目的', { exact: false }).fill('取組みの実施状況を把握するため。');
  for (const [label, day] of [['開始日', '2027-04-26'], ['締切', '2027-05-12'], ['報告書の日付', '2027-06-01'], ['記録の対象期間の初日', '2027-04-01']]) await dialog.getByLabel(label, { exact: false }).first().fill(day);
  await dialog.getByRole('button', { name: '準備する' }).click();
  await page.getByText('調査を準備しました').waitFor();
  await page.getByRole('button', { name: '調査の内容を直す' }).click();
  await dialog.getByLabel('件名', { exact: false }).fill('取組みの実施状況（令和9年度）');
  await dialog.getByRole('button', { name: '保存する' }).click();
  await page.getByText('調査の内容を直しました').waitFor();
  await page.getByText('取組みの実施状況（令和9年度）').first().waitFor();
  await page.getByRole('button', { name: '照会を始める' }).click();
  await page.getByText('照会中にしました').waitFor();
  await page.getByText('150部署のうち0部署が提出').waitFor();
  await page.check(/status of (400|401)/);
});

test('an auditor reads and changes nothing; whoever has nothing to answer has no such page', async () => {
  const page = await visit('/survey');
  await signIn(page, 'kansa');
  await page.getByText('150部署のうち').waitFor();
  assert.equal(await page.getByRole('button', { name: '督促する' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: '調査を準備する' }).count(), 0);
  await page.check();
  const none = await visit('/');
  await signIn(none, 'shisetsu');
  assert.equal(await none.getByRole('link', { name: '調査', exact: true }).count(), 0);
  await none.check();
});

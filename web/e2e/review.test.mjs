// 閲覧監査: a month's sample from its drawing to the report, by auditors, by the viewer who is asked, and by information security.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  let system;
  ({ system, visit, close } = await stage({ ward: 1, only: ['a1-07'] }));
  execFileSync('go', ['run', './scripts/views', `sqlite:${system.dir}/data/yagura.db`], { cwd: resolve(import.meta.dirname, '../..'), stdio: 'inherit' });
});
after(() => close?.());

const json = (page, path) => page.evaluate((p) => fetch(p).then((r) => r.json()), path);
const top = (page) => sample(page).evaluate((el) => el.parentElement.scrollTo(0, 0)); // no row half under the head
const sample = (page) => page.getByRole('table', { name: '抽出された対象' });

/** drawn waits until the server has drawn the month. */
async function drawn(page) {
  for (;;) {
    const { months } = await json(page, '/api/review/months');
    if (months.length > 0) return months[0];
    await page.waitForTimeout(500);
  }
}

test('an auditor looks through the sample, and asks about a view at night', async () => {
  const page = await visit('/review');
  await signIn(page, 'kansa');
  await page.getByRole('heading', { level: 1, name: '閲覧監査' }).waitFor();
  const month = await drawn(page);
  assert.match(month.seed, /^[0-9a-f]{64}$/);
  await page.reload();
  await sample(page).waitFor();
  assert.equal(await page.title(), '閲覧監査｜櫓 Yagura');
  await page.getByText(`閲覧${month.views}件から${month.items}件`).waitFor();
  await clean(page, 'a sample');
  const { items } = await json(page, `/api/review/months/${month.month}`);
  assert.ok(items.some((i) => i.why.includes('random')) && items.some((i) => i.entry.hints.some((h) => h.kind === 'many_views')));

  await sample(page).getByRole('checkbox', { name: /^対象\d+を選ぶ$/ }).nth(0).check();
  await sample(page).getByRole('checkbox', { name: /^対象\d+を選ぶ$/ }).nth(1).check();
  await page.getByRole('button', { name: '選んだ2件を妥当とする' }).click();
  await page.getByText('2件を妥当としました').waitFor();
  const night = items.find((i) => i.entry.case === '29-危-014');
  await sample(page).getByRole('row', { name: new RegExp(`対象 ${night.n}(\\s|$)`) }).getByRole('button').click();
  const panel = page.getByRole('region', { name: `対象 ${night.n}` });
  await panel.getByText('29-危-014').waitFor();
  await panel.getByText(/に始まりました。$/).first().waitFor(); // at night, or on a day the offices are closed
  await top(page);
  await clean(page, 'an item of a sample');
  await panel.getByRole('button', { name: '照会する' }).click();
  await panel.getByRole('button', { name: '照会する' }).click();
  await panel.getByText('＊入力してください。').waitFor();
  await panel.getByRole('textbox', { name: '照会' }).fill('夜間に閲覧した理由を教えてください。');
  await panel.getByRole('button', { name: '照会する' }).click();
  await page.getByText('照会しました').waitFor();
  await panel.getByText('回答を待っています').waitFor();
  await top(page);
  await clean(page, 'an item that is being asked about');
  await page.check();
});

test('the viewer is told in the inbox and answers by keyboard', async () => {
  const page = await visit('/inbox');
  await signIn(page, 'kiki');
  await page.getByText('あなたの閲覧についての照会').first().click();
  await page.getByText('事情をたずねています').waitFor();
  await page.getByRole('button', { name: '閲覧監査を開く' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('夜間に閲覧した理由を教えてください。').waitFor();
  await clean(page, 'a question about a view');
  await page.waitForFunction(() => document.activeElement.tagName === 'TEXTAREA');
  await page.keyboard.type('通報を受け、庁舎管理から確認を頼まれたためです。');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('回答しました').waitFor();
  await page.getByText('回答あり').waitFor();
  assert.equal((await page.evaluate(() => fetch('/api/review/months').then((r) => r.status))), 403, 'and reads nothing else of it');
  await page.check(/status of 401|status of 403/);
});

test('the auditor writes the finding, and the report is signed and printed', async () => {
  const page = await visit('/review', { width: 1920, height: 1080 });
  await signIn(page, 'kansa');
  await sample(page).getByText('回答あり').waitFor();
  await sample(page).getByRole('row', { name: /回答あり/ }).getByRole('button').click();
  await page.getByText('通報を受け、庁舎管理から確認を頼まれたためです。').waitFor();
  await page.getByRole('combobox', { name: '判断' }).selectOption('remark');
  await page.getByRole('textbox', { name: '所見' }).fill('依頼の記録を残すこと。');
  await page.getByRole('button', { name: '所見を記録する' }).click();
  await page.getByRole('textbox', { name: '措置' }).fill('係に周知した。');
  await top(page);
  await clean(page, 'a finding');
  await page.getByRole('button', { name: '完了にする' }).click();
  await page.getByText('完了にしました').waitFor();

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '署名付き報告' }).click()]);
  assert.match(file.suggestedFilename(), /^yagura-review-\d{4}-\d\d\.zip$/);
  assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK');
  await page.getByRole('link', { name: '印刷用' }).click();
  const sheet = page.getByRole('region', { name: /^閲覧監査報告 1 \// });
  await sheet.waitFor();
  await clean(page, 'the report on paper');
  const whole = (await page.getByRole('main').textContent());
  for (const says of ['取扱注意', '（途中経過）', '抽出の種', '依頼の記録を残すこと。', '係に周知した。', '無作為']) assert.ok(whole.includes(says), says);
  await page.emulateMedia({ media: 'print' });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.match(pdf, /\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/, 'A4 upright');
  assert.equal(pdf.match(/\/Type \/Page\b/g).length, await page.locator('.paper').count(), 'a sheet a page');
  assert.ok(await page.evaluate(() => [...document.querySelectorAll('.paper')].every((p) => p.scrollHeight <= p.clientHeight + 1)), 'nothing runs off a sheet');
  await page.check();
});

test('information security reviews what auditors asked of the log; auditors do not review themselves', async () => {
  const auditor = await visit('/review?which=all');
  await signIn(auditor, 'kansa');
  await sample(auditor).getByText('記録の調査').waitFor();
  await sample(auditor).getByRole('row', { name: /記録の調査/ }).getByRole('button').click();
  await auditor.getByText('自分の閲覧と、自分が調べた記録は判断できません').waitFor();
  assert.equal(await auditor.getByRole('button', { name: '妥当とする', exact: true }).count(), 0);
  await top(auditor);
  await clean(auditor, 'an item that is not theirs');
  await auditor.check();

  const page = await visit('/review');
  await signIn(page, 'joho');
  await sample(page).getByText('記録の調査').waitFor();
  assert.equal(await sample(page).getByRole('row').count(), 2, 'nothing but that');
  await sample(page).getByRole('row').nth(1).getByRole('button').click();
  await page.getByRole('button', { name: '妥当とする', exact: true }).click();
  await page.getByText('1件を妥当としました').waitFor();
  await page.getByText('あなたの対応を待つ対象はありません').waitFor();
  await clean(page, 'nothing left');
  await page.check();
});

test('the yearly review of rights: begun, confirmed and objected to by a head, ended by an administrator, closed', async () => {
  const page = await visit('/review?rights=1');
  await signIn(page, 'joho');
  await page.getByRole('heading', { name: '棚卸はまだありません' }).waitFor();
  await clean(page, 'no review of rights');
  await page.getByRole('button', { name: '棚卸を始める' }).click();
  const lines = page.getByRole('table', { name: '職と権限' });
  await lines.waitFor();
  await clean(page, 'a review of rights');

  const head = await visit('/inbox');
  await signIn(head, 'bucho-kumin');
  await head.getByText(/アクセス権棚卸　要確認\d+行/).first().click();
  await head.getByRole('button', { name: '棚卸を開く' }).focus();
  await head.keyboard.press('Enter');
  const own = head.getByRole('table', { name: '職と権限' });
  await own.getByText('例示 統子').waitFor();
  assert.equal(await own.getByText('見本 一郎').count(), 0, 'only of their 部');
  await clean(head, 'the lines of a head');
  const tick = head.getByRole('checkbox', { name: '例示 統子の行を選ぶ' });
  await tick.focus();
  await head.keyboard.press('Space');
  await head.getByRole('button', { name: '選んだ1行を確認する' }).focus();
  await head.keyboard.press('Enter');
  await head.getByText('1行を確認しました').waitFor();
  await head.getByRole('button', { name: '例示 務の職に異議を出す' }).click();
  const dialog = head.getByRole('dialog', { name: '異議を出す' });
  await dialog.getByRole('textbox', { name: '理由' }).fill('4月に異動した。');
  await clean(head, 'an objection');
  await dialog.getByRole('button', { name: '異議', exact: true }).click();
  await head.getByText('異議を出しました').waitFor();
  await head.check();

  const admin = await visit('/inbox');
  await signIn(admin, 'admin');
  await admin.getByText('任用の終了の依頼　1件').first().click();
  await admin.getByRole('button', { name: '棚卸を開く' }).click();
  await admin.getByText('4月に異動した。').waitFor();
  await admin.getByRole('button', { name: '例示 務の任用を終える' }).click();
  await admin.getByText('異議・終了済み').waitFor();
  await clean(admin, 'what was objected to, ended');
  await admin.check();

  await page.reload();
  await lines.waitFor();
  await page.getByRole('button', { name: '締め切る' }).click();
  const closing = page.getByRole('dialog', { name: '棚卸を締め切る' });
  await closing.getByRole('button', { name: '締め切る' }).click();
  await closing.getByText('＊入力してください。').waitFor();
  await closing.getByRole('textbox', { name: '備考' }).fill('残りは次回に確認する。');
  await closing.getByRole('button', { name: '締め切る' }).click();
  await page.getByText('締め切られた棚卸です。').waitFor();
  await page.getByRole('link', { name: '印刷用' }).click();
  await page.getByRole('region', { name: /^アクセス権棚卸表 1 \// }).waitFor();
  await clean(page, 'the review of rights on paper');
  assert.match(await page.getByRole('main').textContent(), /異議・終了済み.*4月に異動した。/s);
  await page.check();
});

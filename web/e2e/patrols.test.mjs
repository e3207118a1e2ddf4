// 月間巡回表: one tap on a tablet, the keyboard, findings in the long form, the day before copied, a slip taken back, and the book on paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage({ ward: 1 }));
});
after(() => close?.());

const tablet = { width: 1024, height: 768 };
const send = (page, path, body) => page.evaluate(async ([p, b]) => {
  const res = await fetch(p, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(b) });
  return { status: res.status, ...(await res.json()) };
}, [path, body]);

/** box is that of a slot and of today. */
const box = (page, slot, said) => page.locator(`[role=grid] button[aria-label^="${today()}（"][aria-label*=" ${slot}　"][aria-label*="${said || '　'}"]`);
const today = () => {
  const d = new Date(Date.now() + 9 * 3_600_000);
  return `${d.getUTCMonth() + 1}月${d.getUTCDate()}日`;
};

async function slots(page) {
  for (const [name, begin, end] of [['午前', '09:00', '09:15'], ['午後', '16:30', '16:45']]) {
    const made = await send(page, '/api/records/patrol-slot', { unit: 'koseki', values: { name, area: '1階 執務室', begin, end, from: '2020-04-01' } });
    assert.equal(made.status, 201);
    assert.equal((await send(page, `/api/records/patrol-slot/${made.id}/moves/set`, { version: 1 })).status, 200);
  }
}

test('on a tablet a clerk taps a box, and what the post asks for is recorded', async () => {
  const page = await visit('/records/patrol?view=month', tablet);
  await signIn(page, 'jimu-koseki');
  await page.getByRole('row', { name: /枠なし/ }).waitFor();
  await page.getByRole('link', { name: '巡回枠を登録する' }).waitFor();
  await clean(page, 'a month without slots');
  await slots(page);
  await page.reload();
  await box(page, '午前', '未実施').waitFor();
  assert.equal(await page.title(), '記録｜櫓 Yagura');
  const sizes = await page.getByRole('main').locator('button, select, a, label:has(input)').evaluateAll((all) => all.filter((e) => !e.closest('label') || e.tagName === 'LABEL').map((e) => [e.textContent, e.getBoundingClientRect().width, e.getBoundingClientRect().height]).filter(([, w, h]) => w < 44 || h < 44));
  assert.deepEqual(sizes.filter(([text]) => !text.startsWith('報告先')), [], 'what fingers hit is 44 px at least');
  assert.ok(await box(page, '午前', '').evaluate((e) => e.getBoundingClientRect().right <= innerWidth), 'today is in view');
  await box(page, '午前', '未実施').click();
  await box(page, '午前', '報告済・確認待ち').waitFor();
  await page.getByText('1件 確認待ち').waitFor();
  await clean(page, 'a month with a patrol');

  await page.getByRole('button', { name: '前の開庁日と同じ' }).click();
  const said = await page.getByText('に巡回の記録がありません').textContent();
  const before = /\d{4}-\d\d-\d\d/.exec(said)[0];
  assert.equal((await send(page, '/api/patrol-days', { unit: 'koseki', day: before, slots: ['R8枠-1', 'R8枠-2'].map((s) => s.replace('R8', `R${yearOf(before)}`)) })).status, 201);
  await page.getByRole('button', { name: '前の開庁日と同じ' }).click();
  await page.getByText('前の開庁日と同じ1枠を記録しました').waitFor();
  await box(page, '午後', '報告済・確認待ち').waitFor();

  await box(page, '午後', '報告済').click();
  await clean(page, 'what a box holds');
  await page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click();
  await page.getByRole('dialog').getByLabel('取消の理由', { exact: false }).fill('押し間違い');
  await page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click();
  await page.getByText('取り消しました').waitFor();
  await box(page, '午後', '未実施').waitFor();
  await page.check(/status of (401|409)/);
});

const yearOf = () => new Date(Date.now() + 9 * 3_600_000 - 90 * 86_400_000).getUTCFullYear() - 2018; // the fiscal year in which the slots were numbered

test('by keyboard: an officer records, and writes findings in the long form, which become a record', async () => {
  const page = await visit('/records/patrol?view=month');
  await signIn(page, 'shikko-koseki');
  await box(page, '午後', '未実施').waitFor();
  await box(page, '午前', '').focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.includes('午後'));
  await page.keyboard.press('Enter');
  await box(page, '午後', '指摘なし').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('執行責任者', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.goto(page.url().replace(/&month=.*$/, ''));
  await box(page, '午前', '').focus();
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((label) => !document.activeElement?.getAttribute('aria-label')?.startsWith(label) || label.includes('月1日'), today());
  const found = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  if (found.includes('未実施')) {
    await page.keyboard.press('x');
    const form = page.getByRole('dialog').getByRole('form');
    const lock = form.getByRole('group', { name: '書庫・キャビネット施錠' });
    await lock.getByRole('radio', { name: '×' }).check();
    await lock.getByLabel('所見').fill('開いていた');
    await clean(page, 'the long form');
    await form.getByRole('button', { name: '保存する' }).click();
    await page.getByRole('button', { name: '記録する' }).click();
    await page.getByText('「記録する」を記録しました').waitFor();
    await page.goBack();
    await page.getByText('1件 指摘').waitFor();
  }
  await page.getByRole('button', { name: '月間巡回記録簿' }).click();
  await page.getByRole('heading', { name: '月間巡回記録簿', level: 2 }).waitFor();
  await clean(page, 'the book on paper');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 1, 'a month is one sheet');
  await page.check();
});

test('the office reads the month of any unit, and taps nothing', async () => {
  const page = await visit('/records/patrol?view=month&unit=koseki');
  await signIn(page, 'joho');
  await box(page, '午前', '報告済').waitFor();
  assert.equal(await page.getByRole('radio').count(), 0);
  assert.ok((await page.getByLabel('所属').locator('option').count()) > 20);
  await clean(page, 'a month of others');
  await page.check();
});

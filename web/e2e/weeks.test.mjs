// 啓発の週表: the office writes 今週の一言, each unit confirms it in one click, and the year's boxes and its paper show it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage({ ward: 1 }));
});
after(() => close?.());

test('the office publishes the word of the week; a clerk confirms it in one click, and the centre sees whose week is done', async () => {
  const office = await visit('/records/awareness?view=weeks', { width: 1920, height: 1080 });
  await signIn(office, 'joho');
  await office.getByText('公開中の「今週の一言」はありません').waitFor();
  await clean(office, 'weeks without a word');
  await office.getByRole('link', { name: '今週の一言を書く' }).click();
  const form = office.getByRole('form');
  await form.getByLabel('題名', { exact: false }).fill('離席時は画面をロック');
  await form.getByLabel('読み上げる言葉', { exact: false }).fill('席を立つときは画面をロックする。\n印刷物は置いたままにしない。');
  await form.getByLabel('種類', { exact: false }).selectOption('weekly');
  await form.getByRole('button', { name: '保存する' }).click();
  await office.getByRole('button', { name: '公開する' }).click();
  await office.getByText('「公開する」を記録しました').waitFor();

  const page = await visit('/records/awareness?view=weeks');
  await signIn(page, 'jimu-koseki');
  await page.getByRole('heading', { name: '離席時は画面をロック' }).waitFor();
  await clean(page, 'the word of the week');
  const bar = page.getByRole('row', { name: /^戸籍住民/ });
  assert.ok([52, 53].includes(await bar.getByRole('cell').count() - 1), 'a box for each week');
  assert.match(await bar.textContent(), /今週.*0 \/ \d+週/);
  await page.getByRole('button', { name: '実施した' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('啓発の実施を記録しました').waitFor();
  await page.getByRole('link', { name: '戸籍住民の記録を開く' }).waitFor();
  await bar.getByText('実施', { exact: true }).waitFor();
  await page.getByRole('link', { name: '戸籍住民の記録を開く' }).click();
  await page.getByRole('heading', { name: /離席時は画面をロック/ }).waitFor();
  await page.check();

  await office.getByRole('navigation', { name: '記録の種類' }).getByRole('link', { name: '啓発の週表' }).click();
  await office.getByText(/^1 \/ \d+ 所属で実施済$/).waitFor();
  await clean(office, 'units × weeks');
  await office.getByRole('button', { name: '年間実施一覧' }).click();
  await office.getByRole('heading', { name: '啓発 年間実施一覧', level: 2 }).first().waitFor();
  await clean(office, 'the year on paper');
  await office.check();
});

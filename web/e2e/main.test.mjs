// Signing in, as people do it: the real server, a real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let visit;
let close;

before(async () => {
  ({ visit, close } = await stage());
});
after(() => close?.());

test('who signs in is told when it was wrong, and which safeguards are off', async () => {
  const page = await visit();
  await clean(page, 'the sign-in page');
  await page.getByLabel('職員ID').fill('bucho');
  await page.getByLabel('パスワード', { exact: false }).first().fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('＊職員IDまたはパスワードが違います。').waitFor();
  await clean(page, 'a failed sign-in');
  await signIn(page, 'bucho');
  await page.getByText('安全措置を緩めています').waitFor();
  await page.check();
});

test('English stands beside Japanese', async () => {
  const page = await visit();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await clean(page, 'the sign-in page in English');
  await page.check();
});

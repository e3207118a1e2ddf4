// Signing in with the ward's account, at a real provider of OpenID Connect (internal/testserver/provider).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { password } from './harness.mjs';
import { clean, signIn, stage } from './people.mjs';

let system;
let visit;
let close;

before(async () => {
  ({ system, visit, close } = await stage({ relax: '', directory: ['shisetsu', 'kansa', 'kiki', 'bucho', 'yosomono'] }));
  system.run('user', 'add', 'kansa', '--role', 'auditor', '--name', '例示　監', '--directory');
  system.run('user', 'directory', 'kiki', 'shisetsu');
  system.run('user', 'add', 'kanri', '--role', 'administrator', '--name', '見本　管', '--password-stdin');
});
after(() => close?.());

const quiet = /status of (401|403|404) /; // what a server says no with, and the provider's missing icon

/** goes goes to the provider's page and signs in there, all by keyboard. */
async function goes(page, login) {
  await page.getByRole('button', { name: '区のアカウントでサインイン' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.origin === system.provider);
  await page.locator('[name=username]').fill(login);
  await page.locator('[name=password]').fill('verysecure');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.origin === system.origin);
}

test('somebody signs in with the ward’s account and is back where they were', async () => {
  const page = await visit('/settings');
  await clean(page, 'signing in with the ward’s account');
  await goes(page, 'kansa');
  await page.getByRole('banner').waitFor();
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/settings', 'nothing of the answer stays in the address');
  await page.getByText('Yagura のパスワードはありません').waitFor();
  assert.equal(await page.getByRole('button', { name: 'パスワードを変更する' }).count(), 0);
  await page.check(quiet);
});

test('a stranger is refused in words, and nobody is made', async () => {
  const page = await visit('/wall');
  await goes(page, 'yosomono');
  await page.getByRole('alert').getByText('Yagura の利用者として登録されていません').waitFor();
  await page.getByRole('heading', { name: 'サインイン', exact: true }).waitFor();
  await clean(page, 'a stranger refused');
  assert.equal(await page.evaluate(() => fetch('/api/session').then((r) => r.status)), 401);
  await page.check(quiet);
  assert.throws(() => system.run('user', 'codes', 'yosomono'), /no person has the login/);
});

/** device plugs an authenticator in that knows its person. */
async function device(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
}

test('an administrator says who signs in with the ward’s account', async () => {
  const page = await visit('/people?person=bucho');
  await device(page);
  await page.getByLabel('職員ID').fill('kanri');
  await page.getByLabel('パスワード', { exact: false }).first().fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '認証器を登録する' }).click();
  await page.getByRole('button', { name: '区のアカウントにする' }).click();
  const sure = page.getByRole('dialog', { name: /区のアカウントでサインインする人にしますか/ });
  await clean(page, 'the question before somebody becomes one of the directory');
  await sure.getByRole('button', { name: '区のアカウントにする' }).click();
  await page.getByRole('button', { name: 'Yagura のパスワードに戻す' }).waitFor();
  await page.locator('dd', { hasText: '区のアカウント' }).waitFor();
  await page.check(quiet);

  const head = await visit('/');
  await goes(head, 'bucho');
  await head.getByRole('heading', { name: '認証器を登録してください' }).waitFor();
  await head.check(quiet);
});

test('a post that sees footage proves a second factor all the same', async () => {
  const page = await visit('/');
  await device(page);
  await goes(page, 'kiki');
  await page.getByRole('heading', { name: '認証器を登録してください' }).waitFor();
  await page.getByRole('button', { name: '認証器を登録する' }).click();
  await page.getByRole('banner').waitFor();
  await page.check(quiet);
});

test('a password of Yagura opens nothing for people of the directory', async () => {
  const page = await visit('/');
  await assert.rejects(Promise.race([signIn(page, 'shisetsu'), page.getByText('職員IDまたはパスワードが違います').waitFor().then(() => Promise.reject(new Error('refused')))]), /refused/);
  await page.check(quiet);
});

test('an answer that was not asked for is refused', async () => {
  const page = await visit('/signin/back?code=abc&state=xyz');
  await page.getByRole('alert').getByText('もう一度はじめてください').waitFor();
  assert.equal(new URL(page.url()).search, '');
  await page.check(quiet);
});

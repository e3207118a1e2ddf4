// Signing in with every safeguard on: keys in a virtual authenticator, codes, step-up, sign-ins, recovery, the first start.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { password } from './harness.mjs';
import { clean, stage } from './people.mjs';

let system;
let visit;
let close;

before(async () => {
  ({ system, visit, close } = await stage({ relax: '' }));
});
after(() => close?.());

const quiet = /status of (401|403|400|409|429) .*\/(api|whep)\//; // what the server says no with

/** device plugs an authenticator into a page's browser; verified: false is one that does not know its person. */
async function device(page, { transport = 'internal', verified = true } = {}) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport, hasResidentKey: true, hasUserVerification: true, isUserVerified: verified, automaticPresenceSimulation: true },
  });
  return {
    keys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    verify: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    give: (credential) => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }),
    unplug: () => cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
  };
}

/** first fills in the password step. */
async function first(page, login, secret = password) {
  await page.getByLabel('職員ID').fill(login);
  await page.getByLabel('パスワード', { exact: false }).first().fill(secret);
  await page.keyboard.press('Enter');
}

/** code is what an app shows for a secret (RFC 6238), some steps ahead. */
function code(secret, ahead = 0) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** enrols signs in for the first time, with a key. */
async function enrols(page, login, secret = password) {
  const key = await device(page);
  await first(page, login, secret);
  await page.getByRole('heading', { name: '認証器を登録してください' }).waitFor();
  await page.getByRole('button', { name: '認証器を登録する' }).click();
  await page.getByRole('banner').waitFor();
  return key;
}

const settings = async (page) => {
  await page.goto(`${system.origin}/settings`);
  await page.getByRole('heading', { name: '設定', exact: true }).waitFor();
};

test('the first sign-in registers a key, the next one asks for it, and nothing else will do', async () => {
  const page = await visit('/');
  const key = await device(page, { verified: false });
  await first(page, 'bucho');
  await page.getByRole('heading', { name: '認証器を登録してください' }).waitFor();
  assert.equal((await page.request.get(`${system.origin}/api/cameras`)).status(), 401, 'half a sign-in shows nothing');
  await clean(page, 'registration');
  await page.getByLabel('認証器の名前').fill('机のPC');
  await page.getByRole('button', { name: '認証器を登録する' }).click();
  await page.getByText('認証器での確認が終わりませんでした').waitFor(); // it did not verify its person
  await key.verify(true);
  await page.getByRole('button', { name: '認証器を登録する' }).click();
  await page.getByRole('banner').waitFor();
  const [made] = await key.keys();
  assert.equal(made.rpId, 'localhost');

  await page.getByRole('button', { name: 'アカウント' }).click();
  await page.getByRole('button', { name: 'サインアウトする' }).click();
  await first(page, 'bucho');
  await page.getByRole('heading', { name: '認証器で確認してください' }).waitFor();
  await page.getByText('見本 一郎').waitFor();
  await clean(page, 'second step');
  await page.getByRole('button', { name: '認証器で本人確認する' }).click();
  await page.getByRole('banner').waitFor();
  await page.check(quiet);

  const stranger = await visit('/'); // knows the password, has another key
  await device(stranger);
  await first(stranger, 'bucho');
  await stranger.getByRole('button', { name: '認証器で本人確認する' }).click();
  await stranger.getByText('認証器での確認が終わりませんでした').waitFor();
  await stranger.getByRole('button', { name: '別の人' }).click();
  await first(stranger, 'nobody');
  const wrong = stranger.getByText('職員IDまたはパスワードが違います');
  await wrong.waitFor();
  const answer = stranger.waitForResponse('**/api/session');
  await first(stranger, 'bucho', 'not the password');
  assert.equal((await answer).status(), 401);
  await wrong.waitFor(); // who is there, and who is not, hear the same
  await stranger.check(quiet);
});

test('settings: a second key, sign-ins that can be ended and say why, a token that waits', async () => {
  const page = await visit('/');
  const key = await enrols(page, 'kiki');
  await settings(page);
  const factors = page.getByRole('list', { name: '本人確認の手段の一覧' });
  assert.equal(await factors.getByRole('button').count(), 0, 'the last one stays');
  await clean(page, 'settings');
  const spare = await device(page, { transport: 'usb' });
  await page.getByRole('button', { name: '認証器を追加する' }).click();
  await page.getByLabel('認証器の名前').fill('予備のキー');
  await clean(page, 'adding a key');
  await page.getByRole('button', { name: '登録を始める' }).click();
  await page.getByText('「予備のキー」を登録しました').waitFor();
  assert.equal((await spare.keys()).length, 1);

  const [credential] = await key.keys();
  const other = await visit('/');
  await (await device(other)).give(credential);
  await first(other, 'kiki');
  await other.getByRole('button', { name: '認証器で本人確認する' }).click();
  await other.getByRole('banner').waitFor();
  await page.reload();
  const list = page.getByRole('list', { name: 'サインインの一覧' });
  await list.getByRole('listitem').nth(1).waitFor();
  await list.getByRole('button', { name: /のサインインを終了する/ }).click();
  await other.getByText('設定画面の一覧から終了されました').waitFor();
  await other.check(quiet);

  system.run('token', 'add', '--for', 'kiki', '--label', '点検');
  await page.reload();
  await page.getByRole('button', { name: '「点検」を確認して使えるようにする' }).click();
  await page.getByText('「点検」を使えるようにしました').waitFor();
  await page.getByRole('button', { name: 'トークンを作る' }).click();
  await page.getByLabel('用途').fill('夜間');
  await page.getByRole('button', { name: '作る', exact: true }).click();
  const token = await page.locator('dialog code').textContent();
  assert.equal((await fetch(`${system.origin}/api/session`, { headers: { Authorization: `Bearer ${token}` } })).status, 200);
  await page.getByRole('button', { name: '控えた' }).click();

  await page.getByRole('button', { name: '「予備のキー」を削除する' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '削除する' }).click();
  await page.getByText('「予備のキー」を削除しました').waitFor();
  await page.getByRole('button', { name: 'パスワードを変更する' }).click();
  await page.getByLabel('現在のパスワード').fill(password);
  await page.getByLabel('新しいパスワード', { exact: false }).first().fill('password1234');
  await page.getByLabel('新しいパスワード（確認）').fill('password1234');
  await page.getByRole('button', { name: '変更する', exact: true }).click();
  await page.getByText('推測されやすいパスワード').waitFor();
  await page.getByLabel('新しいパスワード', { exact: false }).first().fill('kiri to ame to kaze');
  await page.getByLabel('新しいパスワード（確認）').fill('kiri to ame to kaze');
  await page.getByRole('button', { name: '変更する', exact: true }).click();
  await page.getByText('パスワードを変更しました').waitFor();
  await page.check(quiet);
});

test('what matters asks for the key again, and is then done', async () => {
  const page = await visit('/');
  await enrols(page, 'bucho-toshi');
  await settings(page);
  // Five minutes later: the server's answer of then, once.
  await page.route('**/api/me/tokens', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Forbidden', status: 403, code: 'step-up' }) }), { times: 1 });
  await page.getByRole('button', { name: 'トークンを作る' }).click();
  await page.getByLabel('用途').fill('夜間');
  await page.getByRole('button', { name: '作る', exact: true }).click();
  const ask = page.getByRole('dialog', { name: 'もう一度本人確認' });
  await ask.waitFor();
  await clean(page, 'step-up');
  const old = (await page.context().cookies()).find((c) => c.name === 'yagura').value;
  await ask.getByRole('button', { name: '認証器で本人確認する' }).click();
  await page.locator('dialog code').waitFor();
  assert.notEqual((await page.context().cookies()).find((c) => c.name === 'yagura').value, old, 'a new token with a new proof');

  await page.getByRole('button', { name: '控えた' }).click();
  await page.route('**/api/me/tokens', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Forbidden', status: 403, code: 'step-up', detail: 'もう一度本人確認をしてください。' }) }), { times: 1 });
  await page.getByRole('button', { name: 'トークンを作る' }).click();
  await page.getByLabel('用途').fill('昼間');
  await page.getByRole('button', { name: '作る', exact: true }).click();
  await ask.getByRole('button', { name: 'やめる' }).first().click();
  await page.getByText('もう一度本人確認をしてください').waitFor(); // giving up is told where one was
  await page.check(quiet);
});

test('the first two people come by the printed link; they let somebody in who lost a key, and allow codes', async () => {
  const bare = await stage({ relax: '', people: false });
  try {
    const link = /\/start#[\w-]{43}/.exec(bare.system.log())[0];
    const page = await bare.visit(link);
    const chosen = 'mittsu no hakucho to hashi';
    const make = async (post, login, name) => {
      const card = page.getByRole('region', { name: post });
      await card.getByLabel('職員ID').fill(login);
      await card.getByLabel('氏名').fill(name);
      await card.getByLabel('パスワード', { exact: false }).first().fill(chosen);
      await card.getByLabel('パスワード（確認）').fill(chosen);
      await card.getByRole('button', { name: `${post}を登録する` }).click();
      await card.getByText(`${post}を登録しました`).waitFor();
    };
    await page.getByRole('heading', { name: '管理者' }).waitFor();
    await clean(page, 'first start');
    await make('管理者', 'kanri', '見本　管理');
    await make('情報安全担当', 'joho', '例示　情');
    await page.getByText('二人の登録が終わりました').waitFor();
    await page.goto(bare.system.origin + link);
    await page.reload();
    await page.getByText('このリンクは使えません').waitFor();
    await page.check(quiet);

    const admin = await bare.visit('/');
    await enrols(admin, 'kanri', chosen);
    const joho = await bare.visit('/');
    const lost = await enrols(joho, 'joho', chosen);
    bare.system.run('user', 'add', 'joho2', '--role', 'information_security', '--name', '例示　安', '--password-stdin');
    bare.system.runWith(chosen, 'user', 'approve', 'joho2', '--by', 'joho', '--password-stdin');
    const second = await bare.visit('/');
    await enrols(second, 'joho2');

    await lost.unplug();
    await admin.goto(`${bare.system.origin}/recovery`);
    await admin.getByRole('heading', { name: 'サインインの回復' }).waitFor();
    await clean(admin, 'recovery');
    const ask = admin.getByRole('region', { name: '回復を依頼する' });
    await ask.getByLabel('職員ID').fill('joho');
    await ask.getByLabel('理由').fill('鍵の紛失。本人と面談した。');
    await ask.getByRole('button', { name: '依頼する' }).click();
    const half = (p) => p.locator('dialog code').textContent();
    const one = await half(admin);
    await admin.getByRole('button', { name: '伝えた' }).click();
    await admin.getByText('ほかの人が承認します').waitFor();
    await second.goto(`${bare.system.origin}/recovery`);
    await second.getByRole('button', { name: '例示 情の回復を承認する' }).click();
    const two = await half(second);
    await second.getByRole('button', { name: '伝えた' }).click();

    const codes = admin.getByRole('region', { name: '確認コードの利用' });
    await codes.getByLabel('職員ID').fill('joho');
    await codes.getByRole('button', { name: '許可する' }).click();
    await admin.getByText('joho に確認コードを許可しました').waitFor();

    const back = await bare.visit('/');
    await back.getByRole('button', { name: 'パスワード・認証器が使えないとき' }).click();
    await clean(back, 'recovering');
    await back.getByLabel('職員ID').fill('joho');
    await back.getByLabel('コードの前半').fill(one.toLowerCase());
    await back.getByLabel('コードの後半').fill(two);
    await back.getByLabel('新しいパスワード', { exact: false }).first().fill('atarashii kagi to fune');
    await back.getByLabel('新しいパスワード（確認）').fill('atarashii kagi to fune');
    await back.getByRole('button', { name: '回復する' }).click();
    await joho.getByText('アカウントの回復が行われたため').waitFor(); // who was signed in is not, and is told
    await back.getByRole('button', { name: '確認コードを使う' }).click();
    await back.getByRole('img', { name: '認証アプリで読み取る図' }).waitFor();
    const secret = (await back.getByText('読み取れないときの文字').locator('span').textContent()).replace(/\s/g, '');
    await clean(back, 'registering codes');
    await back.getByLabel('確認コード', { exact: false }).first().fill(code(secret));
    await back.getByRole('button', { name: '登録する', exact: true }).click();
    await back.getByRole('banner').waitFor();

    await back.getByRole('button', { name: 'アカウント' }).click();
    await back.getByRole('button', { name: 'サインアウトする' }).click();
    await first(back, 'joho', 'atarashii kagi to fune');
    await back.getByRole('heading', { name: '確認コードを入力してください' }).waitFor();
    await back.getByLabel('確認コード', { exact: false }).first().fill(code(secret, 1));
    await back.keyboard.press('Enter');
    await back.getByRole('banner').waitFor();
    for (const p of [admin, joho, second, back]) await p.check(quiet);
  } finally {
    await bare.close();
  }
});

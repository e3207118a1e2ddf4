// What is for everybody: the public page at a telephone's width, the sign, and an inquiry that an auditor answers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';

let system;
let visit;
let close;

before(async () => {
  ({ system, visit, close } = await stage());
  system.run('user', 'add', 'kansa', '--role', 'auditor', '--name', '見本　監', '--password-stdin');
});
after(() => close?.());

const phone = { width: 360, height: 740 };
const quiet = /status of (401|403|404|429) .*\/api\//;

/** fits asserts that nothing has to be scrolled sideways. */
const fits = async (page) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling');

test('the public page says what is in force, on a telephone, in both languages, without signing in', async () => {
  const page = await visit('/public', phone);
  await page.getByRole('heading', { name: 'だれが見られますか' }).waitFor();
  assert.equal(await page.title(), '監視カメラ・防犯カメラについて');
  await page.getByText('30日間').first().waitFor();
  const who = page.getByRole('region', { name: 'だれが見られますか' });
  await who.getByText('危機管理担当').waitFor();
  await page.getByText('音声は記録していません').waitFor();
  await page.getByText('顔の認識').waitFor();
  const body = await page.locator('body').innerText();
  for (const word of ['a1-07', 'A1-07', '端末列', 'kiki', '例示']) assert.ok(!body.includes(word), `${word} is nobody's business`);
  await fits(page);
  await clean(page, 'public page at 360');
  assert.deepEqual((await page.context().cookies()).length, 0, 'no cookies');

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Who may watch?' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await fits(page);
  await clean(page, 'public page in English');
  await page.getByRole('button', { name: '日本語' }).click();

  await page.keyboard.press('Tab'); // by keyboard, from the top
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#/);
  await page.getByRole('link', { name: '掲示用の案内（A4）' }).click();
  await page.getByRole('img', { name: 'カメラについてのページの QR コード' }).waitFor();
  await page.getByText('カメラ作動中').waitFor();
  await clean(page, 'sign');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 1, 'one sheet');
  assert.match(pdf.toString('latin1'), /MediaBox\s*\[\s*0\s+0\s+59[45](\.\d+)?\s+84[12](\.\d+)?/, 'A4');
  await page.check(quiet);
});

test('somebody asks, an auditor answers from the log, and only the receipt shows it', async () => {
  const kiki = await visit('/'); // looks at the hall
  await signIn(kiki, 'kiki');
  await kiki.goto(`${system.origin}/wall?layout=1&cameras=a1-07`);
  await kiki.waitForFunction(() => [...document.querySelectorAll('video')].some((v) => v.currentTime > 0.5), null, { timeout: 30_000 });
  const japan = (ms) => new Date(ms + 9 * 3_600_000).toISOString();
  const from = japan(Date.now() - 60_000);
  await kiki.goto(`${system.origin}/help`); // the view ends
  await kiki.getByRole('heading', { name: 'ヘルプ', exact: true }).waitFor();
  const to = japan(Date.now() + 60_000); // the minute that runs

  const page = await visit('/public', phone);
  const ask = page.getByRole('region', { name: /照会する/ });
  await ask.getByRole('button', { name: '照会する' }).click();
  await ask.getByText('選択または入力してください').first().waitFor();
  await clean(page, 'what is missing');
  await ask.getByLabel('場所').selectOption({ label: '本庁舎 1F' });
  await ask.getByLabel('日付').fill(from.slice(0, 10));
  await ask.getByLabel('開始時刻').fill(from.slice(11, 16));
  await ask.getByLabel('終了時刻').fill(to.slice(11, 16));
  await ask.getByLabel('連絡先').fill('03-0000-1111');
  await ask.getByRole('button', { name: '照会する' }).click();
  await page.getByRole('heading', { name: '照会を受け付けました' }).waitFor();
  const [number, secret] = await ask.locator('dd').allTextContents();
  assert.match(number, /^[A-Z2-7]{4}-[A-Z2-7]{4}$/);
  await fits(page);
  await clean(page, 'receipt');

  const look = page.getByRole('region', { name: '回答を見る' });
  const read = async (n, s) => {
    await look.getByLabel('受付番号').fill(n);
    await look.getByLabel('確認用の文字').fill(s);
    await look.getByRole('button', { name: '回答を見る' }).click();
  };
  await read(number, 'AAAA-AAAA-AAAA-AAAA');
  await look.getByText('受付番号または確認用の文字が違います').waitFor();
  await read(number.toLowerCase(), secret.replaceAll('-', ' '));
  await look.getByRole('heading', { name: '回答の準備をしています' }).waitFor();

  const kansa = await visit('/');
  await signIn(kansa, 'kansa');
  await kansa.getByRole('link', { name: /閲覧状況の照会：本庁舎 1F/ }).click();
  await kansa.getByRole('button', { name: '閲覧状況の照会を開く' }).click();
  await kansa.getByRole('heading', { level: 1, name: '閲覧状況の照会' }).waitFor();
  const found = kansa.getByRole('table', { name: '回答の案' });
  await found.getByText('危機管理担当').waitFor();
  await kansa.getByText('03-0000-1111').waitFor();
  await clean(kansa, 'inquiries');
  await kansa.getByLabel('添える言葉').fill('以上です。');
  await kansa.getByRole('button', { name: '回答する', exact: true }).click();
  const prove = kansa.getByRole('dialog', { name: /もう一度本人確認/ });
  await Promise.race([prove.waitFor(), kansa.getByText('回答しました').waitFor()]);
  if (await prove.isVisible()) {
    await prove.getByLabel('パスワード', { exact: false }).first().fill('kita-no-yagura-7');
    await prove.getByRole('button', { name: '確認する' }).click();
  }
  await kansa.getByText('回答しました').waitFor();
  await kansa.getByText('回答した内容').waitFor();
  await kansa.getByRole('list', { name: '照会' }).getByText('回答済み').waitFor();

  await read(number, secret);
  await look.getByRole('heading', { name: '回答', exact: true }).waitFor();
  await look.getByText('危機管理担当').waitFor();
  await look.getByText('以上です。').waitFor();
  const told = await look.innerText();
  for (const word of ['例示', 'kiki', '見本', 'A1-07']) assert.ok(!told.includes(word), `${word} is not told`);
  await fits(page);
  await clean(page, 'answer');
  for (const p of [kiki, page, kansa]) await p.check(quiet);
});

test('an auditor says why there is no answer', async () => {
  const kansa = await visit('/');
  await signIn(kansa, 'kansa');
  const asked = await fetch(`${system.origin}/api/public/inquiries`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ site: 'seiso', floor: '', from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() - 60_000).toISOString() }) });
  const { number, secret } = await asked.json();
  await kansa.goto(`${system.origin}/inquiries?number=${number}`);
  await kansa.getByText('見た者はいません').waitFor();
  await kansa.getByRole('button', { name: '回答しない' }).click();
  const dialog = kansa.getByRole('dialog', { name: 'この照会に回答しない' });
  await dialog.getByRole('button', { name: '理由を伝えて終える' }).click();
  await dialog.getByText('理由を入力してください').waitFor();
  await clean(kansa, 'refusing');
  await dialog.getByLabel('理由').fill('場所を特定できません。');
  await dialog.getByRole('button', { name: '理由を伝えて終える' }).click();
  await kansa.getByText('理由を伝えました').waitFor();
  const page = await visit('/public', phone);
  const look = page.getByRole('region', { name: '回答を見る' });
  await look.getByLabel('受付番号').fill(number);
  await look.getByLabel('確認用の文字').fill(secret);
  await page.keyboard.press('Enter');
  await look.getByText('場所を特定できません。').waitFor();
  for (const p of [kansa, page]) await p.check(quiet);
});

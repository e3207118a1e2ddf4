// 職員と組織: somebody is added and appointed by one person, approved by another, sees footage, and is ended while watching.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clean, signIn, stage } from './people.mjs';
import { password } from './harness.mjs';

let visit;
let close;
const halves = [];

before(async () => {
  ({ visit, close } = await stage({ ward: 3, only: ['a1-07', 'b5-03', 'c-seiso-1'] }));
});
after(() => close?.());

const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();
const json = (page, path) => page.evaluate((p) => fetch(p).then((r) => r.json()), path);

/** prove answers the question who one is, where it is asked: after a sign-in there are five minutes without. */
async function prove(page, then) {
  const asked = page.getByRole('dialog', { name: '操作の前に、もう一度本人確認をします' });
  await Promise.race([asked.waitFor(), then.waitFor()]);
  if (!(await asked.isVisible())) return;
  await asked.getByLabel('パスワード').fill(password);
  await asked.getByRole('button', { name: '確認する' }).click();
  await then.waitFor();
}

test('an administrator adds somebody and asks for a post, by mouse', async () => {
  const page = await visit('/people');
  await signIn(page, 'admin');
  await heading(page, '職員と組織');
  assert.equal(await page.title(), '職員と組織｜櫓 Yagura');
  const table = page.getByRole('table', { name: '職員' });
  await table.getByRole('row', { name: /部長.*区民サービス管理部/ }).waitFor();
  await clean(page, 'the list of people');

  await page.getByLabel('職員をさがす').fill('ここにいない人');
  await page.getByText('一致する職員はいません').waitFor();
  await page.getByRole('button', { name: '条件を消す' }).click();
  await table.getByRole('row', { name: /部長.*区民サービス管理部/ }).waitFor();
  assert.equal(await page.getByLabel('職員をさがす').inputValue(), '');

  await page.getByRole('button', { name: '職員を追加する' }).click();
  const form = page.getByRole('dialog', { name: '職員を追加' });
  await form.getByRole('button', { name: '追加する', exact: true }).click();
  await form.getByText('職員IDと氏名を入力してください。').waitFor();
  await form.getByLabel('職員ID').fill('shinnin');
  await form.getByLabel('氏名').fill('新任　長');
  await form.getByLabel('職員番号').fill('００１２３');
  await clean(page, 'the form of a person');
  await form.getByRole('button', { name: '追加する', exact: true }).click();
  await prove(page, page.getByRole('region', { name: '職の経過' }));
  await page.getByText('職に就いたことはありません').waitFor();
  await page.locator('dd', { hasText: '00123' }).waitFor();

  await page.getByRole('button', { name: '職を加える' }).click();
  const ask = page.getByRole('dialog', { name: '新任 長 に職を加える' });
  await ask.getByLabel('職', { exact: false }).first().selectOption({ label: '部長' });
  await ask.getByText('管理者以外の人が承認するまで').waitFor();
  await ask.getByRole('button', { name: '依頼する' }).click();
  await ask.getByText('この職には部署が要ります。').waitFor();
  await ask.getByLabel('部署', { exact: false }).selectOption('kankyo');
  await clean(page, 'the form of a post');
  await ask.getByRole('button', { name: '依頼する' }).click();
  await prove(page, page.getByRole('list', { name: '職の一覧' }));
  const row = page.getByRole('listitem').filter({ hasText: '環境部　部長' });
  await row.getByText('承認待ち', { exact: true }).waitFor();
  assert.equal(await row.getByRole('button', { name: /承認する/ }).count(), 0, 'who asked does not approve');
  await clean(page, 'a sheet');

  await page.getByRole('button', { name: '初回登録を依頼する' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '初回登録を依頼する' }).click();
  const half = page.getByRole('dialog', { name: 'コードの前半' });
  await prove(page, half);
  halves.push(await half.getByLabel('コードの前半').last().textContent());
  await clean(page, 'half of a code');
  await half.getByRole('button', { name: '伝えた' }).click();
  await page.check();
});

test('information security approves, from the inbox', async () => {
  const page = await visit('/inbox');
  await signIn(page, 'joho');
  await page.getByRole('link', { name: /任用の承認：部長 新任 長/ }).click({ timeout: 30_000 });
  await page.getByRole('button', { name: '承認の画面へ' }).click();
  const approve = page.getByRole('button', { name: '新任 長（環境部　部長）を承認する' });
  await approve.waitFor();
  await clean(page, 'what waits for approval');
  await approve.click();
  await prove(page, page.getByText('承認を待つ任命はありません'));
  const { people } = await json(page, '/api/people?q=shinnin');
  assert.deepEqual(people[0].posts.map((p) => [p.state, p.requested_by, p.decided_by]), [['accepted', 'admin', 'joho']]);
  await page.getByRole('button', { name: 'ほか' }).click(); // what the bar has no room for
  await page.getByRole('link', { name: 'サインインの回復' }).click();
  await page.getByRole('button', { name: '新任 長の回復を承認する' }).click();
  const half = page.getByRole('dialog', { name: 'コードの後半' });
  await prove(page, half);
  halves.push(await half.getByLabel('コードの後半').last().textContent());
  await page.check();
});

test('the head sees the floor until the appointment is ended, and the picture says why', async () => {
  const head = await visit('/wall?layout=1&cameras=c-seiso-1');
  await head.getByRole('button', { name: 'パスワード・認証器が使えないとき' }).click();
  await head.getByLabel('職員ID').fill('shinnin');
  await head.getByLabel('コードの前半').fill(halves[0]);
  await head.getByLabel('コードの後半').fill(halves[1]);
  await head.getByLabel('新しいパスワード').first().fill('three swans under a bridge');
  await head.getByLabel('新しいパスワード（確認）').fill('three swans under a bridge');
  await head.getByRole('button', { name: '回復する' }).click();
  await head.getByRole('banner').waitFor();
  await head.locator('[data-mode=live]').first().waitFor({ timeout: 30_000 });

  const page = await visit('/people?person=shinnin');
  await signIn(page, 'admin');
  await page.getByRole('button', { name: '新任 長（環境部　部長）を終える' }).click();
  const sure = page.getByRole('dialog', { name: '新任 長（環境部　部長）を終えますか' });
  await sure.getByText('映像の表示もすぐに終わり').waitFor();
  await clean(page, 'ending an appointment');
  await sure.getByRole('button', { name: '終える' }).click();
  await prove(page, page.getByText('新任 長（環境部　部長）を終えました'));
  await page.getByRole('listitem').filter({ hasText: '環境部　部長' }).getByText('終了', { exact: true }).waitFor();
  await head.getByText('環境部 部長の職が終わったため、その映像を見る権限がなくなりました。').waitFor({ timeout: 15_000 });
  assert.equal(await head.locator('[data-mode=live]').count(), 0, 'no picture is left');
  await clean(head, 'a picture that ended');
  await page.check();
  await head.check(/status of 40[134]/);
});

test('a file with errors, corrected, and imported', async () => {
  const page = await visit('/people/import');
  await signIn(page, 'admin');
  const header = '職員番号,職員ID,氏名,フリガナ,職,部署,区分,開始日,終了日\r\n';
  const choose = (name, lines) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${header}${lines.join('\r\n')}\r\n`) });
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).waitFor();
  await clean(page, 'the import, nothing chosen');
  await choose('異動.csv', ['20001,ido-a,異動　一,イドウ　イチ,課長,環境部,,,', '20002,ido-b,異動　二,,事務担当,戸籍住民,,来週,', ',jimu-koseki,例示　務,,事務担当,戸籍住民,,,']);
  const wrong = page.getByRole('table', { name: '直すところ' });
  await wrong.getByRole('row', { name: /^2 職 「課長」という職はありません/ }).waitFor();
  await wrong.getByRole('row', { name: /^3 開始日 「来週」を日付として読み取れません/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: /取り込む$/ }).count(), 0, 'nothing can be imported');
  await clean(page, 'a file with errors');

  await choose('異動.csv', ['20001,ido-a,異動　一,イドウ　イチ,部長,環境部,,2035/4/1,', '20002,ido-b,異動　二,,事務担当,戸籍住民,,,', ',jimu-koseki,例示　務,,事務担当,戸籍住民,,,']);
  const what = page.getByRole('table', { name: '取り込みの内容' });
  await what.getByRole('row', { name: /異動 一\s*ido-a\s*承認待ち\s*環境部\s*部長/ }).waitFor();
  await what.getByRole('row', { name: /異動 二\s*ido-b\s*任命\s*戸籍住民\s*事務担当/ }).waitFor();
  await clean(page, 'what a file would do');
  await page.getByRole('button', { name: '4件を取り込む' }).click();
  await prove(page, page.getByRole('heading', { name: '異動.csv を取り込みました' }));
  await clean(page, 'a file that was imported');
  await page.getByRole('button', { name: '初回登録前の職員を見る' }).click();
  await page.getByRole('table', { name: '職員' }).getByRole('row', { name: /ido-b/ }).waitFor();
  const { people } = await json(page, '/api/people?q=ido-');
  assert.deepEqual(people.map((p) => [p.login, p.number, p.new, p.posts[0].state]).sort(), [['ido-a', '20001', true, 'waiting'], ['ido-b', '20002', true, 'accepted']]);
  await page.check();
});

test('a reorganisation: who will see what, before it is proposed and accepted', async () => {
  const page = await visit('/people/reorganisation');
  await signIn(page, 'admin');
  await page.getByRole('button', { name: '影響を確かめる' }).waitFor();
  await clean(page, 'a reorganisation, nothing chosen');
  const now = await page.evaluate(() => fetch('/api/units/file?format=csv').then((r) => r.text()));
  const ended = (heir) => now.replace(/^(gomi-zero,[^,]*,[^,]*,kankyo),.*$/m, `$1,,2035/4/1,${heir}`);
  const table = `${ended('shigen').trimEnd()}\r\nshigen,資源循環,分野,kumin,2035/4/1,,\r\n`;
  const choose = (name, text) => page.locator('input[aria-label=新しい組織]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByLabel('改正の日').fill('令和17年4月1日');
  await page.getByRole('button', { name: '影響を確かめる' }).click();
  await page.getByText('改正の日と、新しい組織のファイルを選んでください。').waitFor();
  await choose('改正.csv', ended('nashi'));
  await page.getByRole('button', { name: '影響を確かめる' }).click();
  await page.getByRole('table', { name: '直すところ' }).getByText('"nashi"').waitFor();
  await clean(page, 'an organisation with an error');

  await choose('改正.csv', table);
  await page.getByRole('button', { name: '影響を確かめる' }).click();
  await page.getByText(/見える範囲が変わる人 \d/).waitFor();
  const gains = page.getByRole('listitem').filter({ hasText: '見本 部長' });
  await gains.getByText('増える').first().waitFor();
  await page.getByRole('listitem').filter({ hasText: '例示 環' }).getByText('減る').first().waitFor();
  await clean(page, 'people of a reorganisation');
  await page.getByRole('radio', { name: /^カメラ/ }).check();
  await page.getByRole('table', { name: '所管の変わるカメラ' }).getByRole('row', { name: /資源循環/ }).first().waitFor();
  await clean(page, 'cameras of a reorganisation');
  await page.getByRole('button', { name: 'この改正を提案する' }).click();
  await prove(page, page.getByRole('heading', { name: /組織改正を提案しました/ }));
  await page.getByText('この版は承認待ちです').waitFor();
  await clean(page, 'a reorganisation that was proposed');
  await page.check();

  const joho = await visit('/inbox');
  await signIn(joho, 'joho');
  await joho.getByRole('link', { name: /カメラ設定 第2版の承認/ }).first().click({ timeout: 30_000 });
  await joho.getByRole('button', { name: '変わるところを見て決める' }).click();
  await joho.getByText('資源循環').first().waitFor();
  await joho.check();
});

test('units, their heads and what is vacant', async () => {
  const page = await visit('/people/units', { width: 1920, height: 1080 });
  await signIn(page, 'admin');
  const table = page.getByRole('table', { name: '部署' });
  await table.getByRole('row', { name: /環境部の職員/ }).getByText('例示 環').waitFor();
  await page.getByLabel('欠員のみ').check();
  await table.getByRole('row', { name: /環境部の職員/ }).waitFor({ state: 'detached' });
  await clean(page, 'vacancies');
  await page.check();
});

test('by keyboard alone: a search, a sheet, a person kept out', async () => {
  const page = await visit('/people');
  await signIn(page, 'admin2');
  const table = page.getByRole('table', { name: '職員' });
  await table.getByRole('row', { name: /shikko-koseki/ }).waitFor();
  const tabTo = async (name) => {
    for (let i = 0; i < 60; i++) {
      if (await page.evaluate((n) => {
        const e = document.activeElement;
        return e !== document.body && [e.getAttribute('aria-label') ?? e.textContent, e.labels?.[0]?.textContent ?? ''].some((text) => text.includes(n));
      }, name)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`${name} is not reached by Tab`);
  };
  await tabTo('職員をさがす');
  await page.keyboard.type('シツ');
  await table.getByRole('row', { name: /kiki/ }).first().waitFor({ state: 'detached' });
  await tabTo('shikko-koseki');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: '職の経過' }).waitFor();
  await tabTo('利用を停止する');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '利用を再開する' }).waitFor();
  const { people } = await json(page, '/api/people?q=shikko-koseki');
  assert.equal(people[0].disabled, true);
  await page.check();
});

test('who has no business here is told so', async () => {
  const page = await visit('/people');
  await signIn(page, 'bucho-kankyo');
  await page.getByText('表示する権限がありません').first().waitFor();
  await clean(page, 'people, refused');
  await page.check(/status of 401|status of 403/);
});

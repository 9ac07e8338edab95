// Does the answer about one badge print on one page of A4, with what somebody needs who finds it in a file later?

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checked, main, open, states, step, words, work } from './browser.mjs';

/** Chromium writes the objects of pages uncompressed; their number also stands in the root of the page tree. */
function pages(pdf) {
  const text = pdf.toString('latin1');
  const objects = text.match(/\/Type\s*\/Page\b/g)?.length;
  assert.equal(Number(text.match(/\/Count (\d+)/)?.[1]), objects);
  return objects;
}

const today = (language) => new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { dateStyle: 'long', timeZone: 'Europe/Amsterdam' }).format(new Date());

/** A page on paper: one sheet, with these words and without those. */
async function printed(page, language, name, wanted, useless) {
  await page.emulateMedia({ media: 'print' });
  const paper = await page.locator('body').innerText();
  for (const one of wanted) {
    assert.ok(paper.includes(one), `${one} is not printed: ${paper}`);
  }
  // What a clock says is no way to the other language.
  const bare = paper.replaceAll('(Nederlandse tijd)', '');
  for (const one of useless) {
    assert.ok(!bare.includes(one), `${one} is of no use on paper`);
  }
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: false });
  if (work.screenshots) {
    await writeFile(join(work.screenshots, `${language}-${name}.pdf`), pdf);
  }
  assert.equal(pages(pdf), 1);
  await page.emulateMedia({ media: 'screen' });
}

/** What was asked, to hang on a wall; and what was answered, for the file. */
async function asked(page, language) {
  const say = words[language];
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${work.verifier}/ask?lang=${language}`);
  await page.locator('#outcome').fill('https://school.example/achievements/7');
  await page.locator('form').last().getByRole('button').click();
  await page.locator('.qr img').waitFor();
  const link = await page.locator('main a').first().getAttribute('href');
  const useless = ['English', 'Nederlands', say.skip, say.lookForAnswer, say.forget, say.withdraw, say.askAgain];
  await printed(page, language, 'question', [say.yourQuestion, link], useless);
  await page.emulateMedia({ media: 'print' });
  const code = await page.locator('.qr img').evaluate((one) => one.getBoundingClientRect().width / 96 * 25.4);
  assert.ok(code >= 30, `the code is ${code} mm wide on paper`);
  await page.emulateMedia({ media: 'screen' });
  await page.goto(link);
  await page.locator('pre').waitFor();
  await printed(page, language, 'request', ['stapel present --answer'], useless);
  await page.context().addCookies([{ ...work.asked.cookie, url: work.asked.url }]);
  await page.goto(`${work.asked.url}?lang=${language}`);
  await page.locator('.answer.accepted').waitFor();
  await printed(page, language, 'answered', [say.yourQuestion, say.accepted, say.on, say.forYou], useless);
}

async function look(page, language, name) {
  const say = words[language];
  const before = today(language);
  await checked(page, language, [name]);
  await page.emulateMedia({ media: 'print' });
  const paper = await page.locator('body').innerText();
  // It may have become midnight meanwhile.
  const day = paper.includes(before) ? before : today(language);
  for (const wanted of [say[states[name]], `${name}.json`, `${say.on} ${day}`, say.checks]) {
    assert.ok(paper.includes(wanted), `${wanted} is not printed: ${paper}`);
  }
  for (const useless of ['English', say.again, say.skip]) {
    assert.ok(!paper.includes(useless), `${useless} is of no use on paper`);
  }
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: false });
  if (work.screenshots) {
    await writeFile(join(work.screenshots, `${language}-${name}.pdf`), pdf);
  }
  assert.equal(pages(pdf), 1);
  await page.emulateMedia({ media: 'screen' });
}

await main(async (browser) => {
  for (const language of ['nl', 'en']) {
    const { page } = await open(browser, language);
    for (const name of Object.keys(states)) {
      await step(`${language}, ${name}`, () => look(page, language, name));
    }
    await step(`${language}, what is folded is on paper too`, async () => {
      await checked(page, language, ['presentation']);
      await page.emulateMedia({ media: 'print' });
      assert.ok(await page.locator('details li').first().isVisible());
    });
    await step(`${language}, what was asked`, () => asked(page, language));
    await page.context().close();
  }
});

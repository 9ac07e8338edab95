// Is every page, in every state, in both languages and at every width, without fault to axe-core, and does it fit where it stands?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { checked, main, open, states, words, work } from './browser.mjs';
import { look } from './faultless.mjs';

await main(async (browser) => {
  for (const language of ['nl', 'en']) {
    const { page } = await open(browser, language, { javaScriptEnabled: true });
    const address = `${work.verifier}?lang=${language}`;
    await page.goto(address);
    await look(page, `${language} form`);
    await page.getByRole('button', { name: words[language].check }).click();
    await page.getByRole('alert').waitFor();
    await look(page, `${language} nothing chosen`);
    for (const name of [...Object.keys(states), 'presentation']) {
      await checked(page, language, [name]);
      // What is folded is looked at too.
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
      if (name === 'presentation') {
        // Who listens hears what the bars show.
        const heard = await page.locator('.aloud').first().ariaSnapshot();
        assert.ok(heard.includes('listitem') && !/[█░✓◐○]/.test(heard), heard);
        assert.ok(await page.locator('pre').evaluateAll((all) => all.every((one) => one.ariaHidden === 'true')));
      }
      if (name === 'accepted') {
        // The badge says in which language its words are (WCAG 3.1.2).
        assert.ok(await page.locator('.facts dd[lang="nl"]').count() > 0, 'the own words of the badge have no language');
      }
      await look(page, `${language} ${name}`);
    }
    await checked(page, language, Object.keys(states));
    await look(page, `${language} several`);
    await page.goto(address);
    await page.getByLabel(words[language].text).fill(await readFile(work.files.accepted, 'utf8'));
    await page.getByRole('button', { name: words[language].check }).click();
    await page.locator('.answer').waitFor();
    await look(page, `${language} pasted`);
    await page.goto(`${work.verifier}/ask?lang=${language}`);
    await look(page, `${language} ask first`);
    await page.locator('#outcome').fill('no address');
    await page.locator('form').last().getByRole('button').click();
    await page.getByRole('alert').waitFor();
    await look(page, `${language} a question that cannot be asked`);
    await page.locator('#outcome').fill('https://school.example/achievements/7');
    await page.locator('#level').selectOption('NLQF 4');
    await page.locator('form').last().getByRole('button').click();
    await page.locator('.qr img').waitFor();
    await look(page, `${language} a question that waits`);
    const link = await page.locator('main a').first().getAttribute('href');
    await page.goto(link);
    await page.locator('pre').waitFor();
    await look(page, `${language} what the learner sees`);
    await page.context().addCookies([{ ...work.asked.cookie, url: work.asked.url }]);
    await page.goto(`${work.asked.url}?lang=${language}`);
    await page.locator('.answer.accepted').waitFor();
    await look(page, `${language} a question that was answered`);
    for (const [name, url] of Object.entries(work.school)) {
      await page.goto(url);
      assert.equal(await page.locator('html').getAttribute('lang'), language, url);
      await look(page, `${language} ${name} of the school`);
    }
    await page.context().close();
  }
});

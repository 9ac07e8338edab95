// Does the verifier's page work for somebody who has a keyboard alone, and does focus always show where it is?

import assert from 'node:assert/strict';
import { main, open, step, words, work } from './browser.mjs';

/** What has the focus: its name, and whether somebody who looks sees it there. */
const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
  // Of a link of several lines the first: between two lines there is nothing of it.
  const box = one.getClientRects()[0];
  // What lies on top at its middle is the element itself or something in it (WCAG 2.2, 2.4.11).
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2);
  const name = one.id || one.textContent.trim();
  return {
    name,
    outlined: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 && outlineColor !== getComputedStyle(document.body).backgroundColor,
    seen: one.contains(top) && box.left >= 0 && box.top >= 0,
  };
});

/** Tab by Tab through these, each of them seen. */
async function tabs(page, names) {
  for (const name of names) {
    await page.keyboard.press('Tab');
    assert.deepEqual(await focused(page), { name, outlined: true, seen: true });
  }
}

async function look(browser, language) {
  const say = words[language];
  const { page, trouble } = await open(browser, language, { viewport: { width: 390, height: 800 } });
  const head = [say.skip, 'Stapel', 'Nederlands', 'English'];
  // Of an answer there is no page in the other language: what was handed in is not kept.
  const whole = [...head, 'file', 'text', say.check, say.askFirst];
  await page.goto(work.verifier);
  await step('Tab by Tab', () => tabs(page, whole));
  await step('and back', async () => {
    for (const name of whole.slice(0, -1).reverse()) {
      await page.keyboard.press('Shift+Tab');
      assert.equal((await focused(page)).name, name);
    }
  });
  await step('the skip link', async () => {
    await page.keyboard.press('Enter');
    await page.waitForURL(/#content$/);
    await tabs(page, ['file']);
  });
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Space');
  await (await chooser).setFiles([work.files.presentation]);
  await tabs(page, ['text', say.check]);
  await page.keyboard.press('Enter');
  await page.locator('.answer').waitFor();
  await step('the answer', async () => {
    // Who cannot see it hears the title first.
    const state = await page.locator('.answer .state').innerText();
    assert.ok(state.includes((await page.title()).split(' –')[0]), `the title is ${await page.title()}`);
    // It was made for somebody: whoever has it from another may ask its holder.
    await tabs(page, [...head, say.ask]);
    const details = page.locator('details');
    assert.ok(await details.count() > 0);
    for (const one of await details.all()) {
      await tabs(page, [(await one.locator('summary').innerText()).trim()]);
      const inside = one.locator('li').first();
      assert.equal(await inside.isVisible(), false);
      await page.keyboard.press('Enter');
      await inside.waitFor();
    }
    await tabs(page, [say.onceMore, say.asPdf, say.again]);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: say.check }).waitFor();
  });
  await step('text', async () => {
    await tabs(page, [...head, 'file', 'text']);
    await page.keyboard.type('hello');
    await tabs(page, [say.check]);
    await page.keyboard.press('Space');
    await page.locator('.answer.undecided').waitFor();
  });
  await step('several', async () => {
    await page.goto(`${work.verifier}?lang=${language}`);
    await page.getByLabel(say.file).setInputFiles([work.files.altered, work.files.undecided]);
    await page.getByRole('button', { name: say.check }).press('Enter');
    await page.locator('.answer').first().waitFor();
    await tabs(page, [...head, 'altered.json', 'undecided.json', say.onceMore, say.asPdf, say.again]);
  });
  await step('a question', async () => {
    await page.goto(`${work.verifier}/ask?lang=${language}`);
    await tabs(page, [...head, 'outcome']);
    await page.keyboard.type('https://school.example/achievements/7');
    await tabs(page, ['about']);
    await page.keyboard.type('Medicatie');
    await tabs(page, ['level']);
    await page.keyboard.type('NLQF 4');
    await tabs(page, ['years']);
    await page.keyboard.press('ArrowDown');
    await tabs(page, ['open-outcome']);
    await page.keyboard.press('ArrowDown');
    await tabs(page, ['name-outcome']);
    await page.keyboard.type('Zorgcentrum Voorbeeld');
    await tabs(page, ['note-outcome']);
    await page.keyboard.type('Sanne');
    await tabs(page, [say.makeQuestion]);
    const filled = await page.locator('#level, #years, #open-outcome').evaluateAll((all) => all.map((one) => one.value));
    assert.deepEqual(filled, ['NLQF 4', '1', 'day']);
    await page.keyboard.press('Enter');
    await page.locator('.qr img').waitFor();
    const link = await page.locator('main a').first().getAttribute('href');
    await tabs(page, [...head, link, say.lookForAnswer]);
    await page.keyboard.press('Enter');
    await page.locator('.qr img').waitFor();
    // What its learner sees: nothing to operate but the way to the other language.
    await tabs(page, [...head, link]);
    await page.keyboard.press('Enter');
    await page.locator('pre').waitFor();
    assert.deepEqual(await page.locator('main bdi').allInnerTexts(), ['Medicatie', 'Zorgcentrum Voorbeeld']);
    await tabs(page, head);
    await page.goBack();
    await tabs(page, [...head, link, say.lookForAnswer, say.withdraw]);
    await page.keyboard.press('Enter');
    await tabs(page, [say.sure]);
    await page.keyboard.press('Enter');
    await page.locator('#outcome').waitFor();
  });
  await step('an answer to a question', async () => {
    await page.context().addCookies([{ ...work.asked.cookie, url: work.asked.url }]);
    await page.goto(`${work.asked.url}?lang=${language}`);
    await page.locator('.answer.accepted').waitFor();
    const folded = await page.locator('.checks summary').allInnerTexts();
    // The trust list knows who gave it.
    assert.ok(folded.length === 1 && folded[0].includes('” ' + say.by + ' ROC Voorbeeld: '), folded.join('\n'));
    await tabs(page, [...head, ...folded.map((one) => one.trim()), say.forget, say.askAgain]);
    await page.keyboard.press('Enter');
    await page.locator('#outcome').waitFor();
  });
  assert.deepEqual(trouble, []);
  await page.context().close();
}

await main(async (browser) => {
  for (const language of ['nl', 'en']) {
    await step(language, () => look(browser, language));
  }
});

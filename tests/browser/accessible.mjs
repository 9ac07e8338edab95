// Is every page, in every state, in both languages and at every width, without fault to axe-core, and does it fit where it stands?
//
// WCAG 2.2 A and AA and axe-core's best practices; reflow (1.4.10), text resized (1.4.4), text spacing (1.4.12), dark and forced colours.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { checked, main, open, states, step, words, work } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [320, 390, 1280];
/** WCAG 2.2, 1.4.12: nothing may be lost under these. */
const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';

/** What axe-core finds; what it leaves to people counts too, so that nothing hides there. */
async function faultless(page, rules = {}) {
  const found = await page.evaluate(async ([values, rules]) => {
    const { violations, incomplete } = await globalThis.axe.run(document, { runOnly: { type: 'tag', values }, rules });
    // A mark is no letter to axe-core; its colour is that of the words beside it, which are looked at.
    const mark = ({ html }) => /^<span[^>]* aria-hidden="true">[✓!?✗]<\/span>$/.test(html);
    // Spaces that hang at the end of a line lie over their own element.
    const itself = ({ html, any }) => any.every(({ data, relatedNodes }) =>
      data.messageKey === 'elmPartiallyObscured' && relatedNodes.every((one) => one.html === html));
    return [...violations, ...incomplete].flatMap(({ id, help, nodes }) => nodes
      .filter((node) => !(id === 'color-contrast' && (mark(node) || itself(node))))
      .map(({ html, failureSummary }) => `${id} (${help}): ${html}\n${failureSummary}`));
  }, [TAGS, rules]);
  assert.deepEqual(found, []);
}

/** Nothing scrolls sideways, stands outside or is cut off. What is for screen readers alone stands off the page on the left. */
async function fits(page) {
  const lost = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const all = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility());
    const outside = all.filter((one) => one.getBoundingClientRect().right > width + 1);
    const cut = all.filter((one) => one.tagName !== 'INPUT' && getComputedStyle(one).overflow !== 'visible'
      && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1));
    const told = [...outside, ...cut].map((one) => one.outerHTML.slice(0, 200));
    return document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`, ...told] : told;
  });
  assert.deepEqual(lost, []);
}

async function look(page, name) {
  await page.evaluate(axe);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await step(`${name}, ${width} pixels wide`, async () => {
      await faultless(page);
      await fits(page);
    });
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await step(`${name}, dark`, () => faultless(page));
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await step(`${name}, forced colours`, async () => {
    // The colours are the reader's then, and backgrounds are gone: what one clicks shows by its border.
    await faultless(page, { 'color-contrast': { enabled: false } });
    const bare = await page.locator('button, .button, .answer').evaluateAll((all) =>
      all.filter((one) => parseFloat(getComputedStyle(one).borderTopWidth) < 1).map((one) => one.outerHTML));
    assert.deepEqual(bare, []);
  });
  await page.emulateMedia({ forcedColors: 'none' });
  await step(`${name}, letters twice as large`, async () => {
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    await fits(page);
    await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await step(`${name}, ${width} pixels wide, text spaced`, async () => {
      await page.evaluate((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        document.adoptedStyleSheets = [sheet];
      }, SPACING);
      await fits(page);
      await page.evaluate(() => { document.adoptedStyleSheets = []; });
    });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

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
      await look(page, `${language} ${name}`);
    }
    await checked(page, language, Object.keys(states));
    await look(page, `${language} several`);
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
    for (const [name, url] of Object.entries(work.school)) {
      await page.goto(url);
      assert.equal(await page.locator('html').getAttribute('lang'), language, url);
      await look(page, `${language} ${name} of the school`);
    }
    await page.context().close();
  }
});

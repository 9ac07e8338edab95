// Is a page without fault to axe-core, and does it fit where it stands?
//
// WCAG 2.2 A and AA and axe-core's best practices; reflow (1.4.10), text resized (1.4.4), text spacing (1.4.12), dark and forced colours.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { step } from './browser.mjs';

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
    // What a table that scrolls hides at its edge comes into view with the arrows; at full width nothing of it is hidden.
    const scrolled = ({ target, any }) => {
      const region = document.querySelector(target[0])?.closest('[role=region][tabindex="0"]');
      return region && region.scrollWidth > region.clientWidth && any.every(({ data }) => data.messageKey === 'elmPartiallyObscured');
    };
    return [...violations, ...incomplete].flatMap(({ id, help, nodes }) => nodes
      .filter((node) => !(id === 'color-contrast' && (mark(node) || itself(node) || scrolled(node))))
      .map(({ html, failureSummary }) => `${id} (${help}): ${html}\n${failureSummary}`));
  }, [TAGS, rules]);
  assert.deepEqual(found, []);
}

/** Nothing scrolls sideways, stands outside or is cut off. What is for screen readers alone stands off the page on the left. */
async function fits(page) {
  const lost = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const all = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility());
    // A table keeps its columns (1.4.10 excepts those); it scrolls within a region that the keyboard reaches.
    const scrolls = (one) => one.getAttribute('role') === 'region' && one.tabIndex === 0;
    const within = (one) => scrolls(one) || (one.parentElement && within(one.parentElement));
    const outside = all.filter((one) => !within(one) && one.getBoundingClientRect().right > width + 1);
    const cut = all.filter((one) => !scrolls(one) && one.tagName !== 'INPUT' && getComputedStyle(one).overflow !== 'visible'
      && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1));
    const told = [...outside, ...cut].map((one) => one.outerHTML.slice(0, 200));
    return document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`, ...told] : told;
  });
  assert.deepEqual(lost, []);
}

/** The page at every width, in every colour, with large letters and with much space. */
export async function look(page, name) {
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

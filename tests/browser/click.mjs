// Does a person who clicks get each answer, in both languages, with scripts allowed and forbidden?

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { check, choose, checked, main, open, states, step, words, work } from './browser.mjs';

const shown = (page) => page.locator('.answer').evaluateAll((all) => all.map((one) => one.classList[1]));

/** A page without a script in it, in this language, of which the browser has nothing to complain. */
async function sound(page, language, trouble) {
  assert.equal(await page.locator('html').getAttribute('lang'), language);
  assert.equal(await page.locator('script').count(), 0, 'there is a script');
  assert.equal(await page.locator('h1').count(), 1);
  assert.deepEqual(trouble, []);
}

/** For people to look at, and for docs/verify.md: the whole page, and what a phone shows of it first. */
async function picture(page, name) {
  if (work.screenshots) {
    await page.screenshot({ path: join(work.screenshots, `${name}.png`), fullPage: true });
    await page.setViewportSize({ width: 390, height: 700 });
    await page.screenshot({ path: join(work.screenshots, `${name}-phone.png`) });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
}

async function oneFile(page, language, name, trouble) {
  const say = words[language];
  const text = (where) => page.locator(where).innerText();
  await choose(page, language, [name]);
  await check(page, language);
  await sound(page, language, trouble);
  assert.deepEqual(await shown(page), [states[name]]);
  const state = say[states[name]];
  assert.equal((await text('.answer .state')).replace(/^\S+\s+/, ''), state);
  assert.ok((await page.title()).startsWith(`${state} –`), `the title is ${await page.title()}`);
  assert.ok((await text('.answer')).includes(`${say.on} `), 'it does not say when');
  assert.ok((await text('h2')).includes(`${name}.json`), 'it does not say of which file');
  assert.ok(await page.getByRole('heading', { name: say.checks }).isVisible());
  const accepted = ['accepted', 'remarks'].includes(states[name]);
  // Everybody learns what to do; what is not accepted is no more than a claim.
  assert.equal(await page.getByRole('heading', { name: say.advice }).count(), 1, 'advice');
  // What a known issuer signed, and was revoked, is what it signed.
  const [claim, other] = name === 'revoked' ? [say.asSigned, say.unconfirmed] : [say.unconfirmed, say.asSigned];
  assert.equal(await page.getByText(claim).count(), accepted ? 0 : 1, 'whether it is a claim');
  assert.equal(await page.getByText(other).count(), 0, 'whether it is a claim');
  if (say[name] && name in { revoked: 0, altered: 0 }) {
    assert.ok((await text('.answer')).includes(say[name]), `it does not say ${say[name]}: ${await text('.answer')}`);
  }
}

async function look(browser, language, javaScriptEnabled) {
  const say = words[language];
  const { page, trouble } = await open(browser, language, { javaScriptEnabled, viewport: { width: 1280, height: 800 }, deviceScaleFactor: work.screenshots ? 1.5 : 1 });
  await page.goto(work.verifier);
  await sound(page, language, trouble);
  assert.equal(await page.title(), say.title);
  await picture(page, `${language}-form`);
  for (const name of Object.keys(states)) {
    await step(name, async () => {
      await oneFile(page, language, name, trouble);
      await picture(page, `${language}-${name}`);
      await page.getByRole('link', { name: say.again }).click();
      await page.getByRole('button', { name: say.check }).waitFor();
      await sound(page, language, trouble);
    });
  }
  await step('pasted', async () => {
    await page.getByLabel(say.text).fill(await readFile(work.files.accepted, 'utf8'));
    await check(page, language);
    assert.deepEqual(await shown(page), ['accepted']);
  });
  await step('the answer in the other language, once more, and on paper', async () => {
    const other = language === 'nl' ? 'en' : 'nl';
    await page.getByRole('button', { name: other === 'nl' ? 'Nederlands' : 'English' }).click();
    await page.getByText(words[other].accepted).first().waitFor();
    await sound(page, other, trouble);
    await page.getByRole('button', { name: language === 'nl' ? 'Nederlands' : 'English' }).click();
    await page.getByRole('button', { name: say.onceMore }).click();
    await sound(page, language, trouble);
    assert.deepEqual(await shown(page), ['accepted']);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: say.asPdf }).click();
    const sheet = await download;
    assert.equal(sheet.suggestedFilename(), say.pdf);
    assert.ok((await readFile(await sheet.path())).subarray(0, 5).equals(Buffer.from('%PDF-')));
    // Whoever has the sheet can check again.
    const copy = join(dirname(work.files.accepted), say.pdf);
    await sheet.saveAs(copy);
    await page.goto(`${work.verifier}?lang=${language}`);
    await page.getByLabel(say.file).setInputFiles([copy]);
    await check(page, language);
    assert.deepEqual(await shown(page), ['accepted']);
  });
  await step('several', async () => {
    await checked(page, language, Object.keys(states));
    await sound(page, language, trouble);
    assert.deepEqual(await shown(page), Object.values(states));
    assert.ok((await page.title()).startsWith(say.answers), `the title is ${await page.title()}`);
    // From the list at the top to each answer.
    for (const name of Object.keys(states)) {
      const link = page.getByRole('link', { name: `${name}.json` });
      assert.ok((await link.locator('..').innerText()).includes(say[states[name]]));
      await link.click();
      const heading = page.getByRole('heading', { name: `${name}.json` });
      assert.ok(await heading.evaluate((one) => one.getBoundingClientRect().top < innerHeight), `the link to ${name} leads nowhere`);
    }
    await picture(page, `${language}-several`);
  });
  await step('presentation', async () => {
    await checked(page, language, ['presentation']);
    await sound(page, language, trouble);
    await page.getByRole('heading', { name: say.progress }).waitFor();
    const tower = page.locator('.tower img');
    assert.ok(await tower.evaluate((image) => image.complete && image.naturalWidth > 100), 'the tower is not painted');
    const details = page.locator('details').first();
    const inside = details.locator('li').first();
    assert.equal(await inside.isVisible(), false);
    await details.locator('summary').click();
    await inside.waitFor();
    await picture(page, `${language}-presentation`);
  });
  await step('language', async () => {
    const other = language === 'nl' ? 'en' : 'nl';
    // An answer is not kept, so nothing on it leads away to an empty form in the other language.
    assert.equal(await page.getByRole('link', { name: say.other }).count(), 0);
    await page.getByRole('link', { name: say.again }).click();
    await page.getByRole('link', { name: say.other }).click();
    await page.getByRole('button', { name: words[other].check }).waitFor();
    await sound(page, other, trouble);
    await choose(page, other, ['accepted']);
    await check(page, other);
    await sound(page, other, trouble);
  });
  await step('nothing', async () => {
    await page.goto(`${work.verifier}?lang=${language}`);
    // The browser tells of the status 400 itself.
    trouble.length = 0;
    await page.getByRole('button', { name: say.check }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.equal(await alert.innerText(), say.nothing);
    assert.ok((await page.title()).startsWith(say.nothing), `the title is ${await page.title()}`);
    await picture(page, `${language}-nothing`);
  });
  await step('an address where nothing is', async () => {
    await page.goto(`${new URL(work.verifier).origin}/elsewhere?lang=${language}`);
    await page.getByRole('alert').waitFor();
    await page.getByRole('link', { name: say.again }).click();
    await choose(page, language, ['accepted']);
    await check(page, language);
    assert.deepEqual(await shown(page), ['accepted']);
  });
  assert.deepEqual(await page.context().cookies(), [], 'it sets cookies');
  await page.context().close();
}

await main(async (browser) => {
  for (const language of ['nl', 'en']) {
    for (const javaScriptEnabled of [false, true]) {
      await step(`${language}, ${javaScriptEnabled ? 'with' : 'without'} scripts`, () => look(browser, language, javaScriptEnabled));
    }
  }
});

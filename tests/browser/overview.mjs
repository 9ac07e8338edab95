// Is the overview of a folder, which `stapel verify --watch --page` writes, without fault, and does it print well?
//
// The work is on standard input: {"chromium", "verifier": its own address, "overviews": {language: address}, "screenshots"}.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main, open, step, work } from './browser.mjs';
import { look } from './faultless.mjs';

await main(async (browser) => {
  for (const [language, address] of Object.entries(work.overviews)) {
    const { page } = await open(browser, language, { javaScriptEnabled: true });
    await page.goto(address);
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    assert.equal(await page.locator('script').count(), 0);
    assert.ok(await page.locator('tbody tr').count() >= 5, 'there is no table to look at');
    await look(page, `${language} overview`);
    await step(`${language} by keyboard`, async () => {
      // A wide table scrolls by the arrows.
      await page.setViewportSize({ width: 320, height: 800 });
      for (const table of await page.locator('.wide').all()) {
        await page.keyboard.press('Tab');
        assert.ok(await table.evaluate((one) => one === document.activeElement && one.ariaLabel.length > 0));
      }
    });
    await step(`${language} on paper`, async () => {
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 672, height: 1000 });
      // Nothing scrolls on paper: what is wider than the sheet is lost.
      const lost = await page.locator('.wide').evaluateAll((all) =>
        all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => `${one.ariaLabel}: ${one.scrollWidth} of ${one.clientWidth}`));
      assert.deepEqual(lost, []);
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: false });
      if (work.screenshots) {
        await writeFile(join(work.screenshots, `${language}-overview.pdf`), pdf);
        await page.screenshot({ path: join(work.screenshots, `${language}-overview.png`), fullPage: true });
      }
      assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1);
    });
    await page.context().close();
  }
});

// How does a person's browser stand before our pages? Debian's Chromium, and what each script asks of it.
//
// The work is on standard input: {"chromium", "verifier", "files", "school", "screenshots"}. A script that finds something ends with a
// sentence on standard error and exit code 1.

import { readFileSync } from 'node:fs';
import { AssertionError } from 'node:assert';
import { chromium } from 'playwright-core';

export const work = JSON.parse(readFileSync(0, 'utf8'));

/** Waiting longer than this for a state of a page is a defect of the page. */
const PATIENCE = 20_000;

/** Runs `look(browser)` and says where in it something was found. */
export async function main(look) {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: work.chromium, headless: true, args: sandbox });
  try {
    await look(browser);
  } catch (error) {
    console.error(error instanceof AssertionError ? error.message : `${error.message}\n${error.stack}`);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** Puts the name of the step before whatever is found in it. */
export async function step(name, look) {
  try {
    return await look();
  } catch (error) {
    error.message = `${name}: ${error.message}`;
    throw error;
  }
}

const LOCALES = { nl: 'nl-NL', en: 'en-GB' };

/** A page of a browser in this language; `trouble` collects what the browser complains of. */
export async function open(browser, language, options = {}) {
  const context = await browser.newContext({ locale: LOCALES[language], javaScriptEnabled: false, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const trouble = [];
  const home = new URL(work.verifier).origin;
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(String(error)));
  // A listener from the start: the browser is told once that its file window is ours. Told only just before a key is pressed, it may hear
  // of the key first, open a window of its own, and no event comes.
  page.on('filechooser', () => {});
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== home) {
      trouble.push(`it asks elsewhere: ${url}`);
    }
  });
  return { page, trouble };
}

/** What a person knows the page by. */
export const words = {
  nl: {
    title: 'Controleer een badge of bewijs', file: 'Bestanden', text: 'Of plak de tekst', check: 'Controleer', again: 'Controleer iets anders', onceMore: 'Controleer opnieuw', asPdf: 'Bewaar de uitslag als PDF', pdf: 'uitslag.pdf',
    answers: '5 antwoorden –', other: 'English', skip: 'Naar de inhoud',
    accepted: 'Echt en nog geldig', remarks: 'Echt en nog geldig, met een opmerking', undecided: 'Nog niet te zeggen', refused: 'Niet geaccepteerd',
    nothing: 'U koos geen bestand en plakte geen tekst.', advice: 'Wat u kunt doen', revoked: 'ingetrokken', altered: 'De tekst is veranderd',
    progress: 'De voortgang, opnieuw berekend', unconfirmed: 'Het is niet bevestigd', asSigned: 'er is daarna niets aan veranderd', checks: 'De controles', on: 'Gecontroleerd op',
    askFirst: 'Nog geen badge gekregen, of wilt u zeker weten van wie hij is? Vraag iemand om zijn badge zelf te tonen.', makeQuestion: 'Maak de vraag',
    lookForAnswer: 'Kijk of het antwoord er is', forget: 'Vergeet het antwoord', withdraw: 'Trek de vraag in', sure: 'Ja, vergeet deze vraag', ask: 'Stel eerst een vraag', askAgain: 'Stel nog een vraag', yourQuestion: 'Uw vraag:', by: 'van', forYou: 'Dit antwoord is alleen voor u.',
  },
  en: {
    title: 'Check a badge or a proof', file: 'Files', text: 'Or paste the text', check: 'Check', again: 'Check something else', onceMore: 'Check again', asPdf: 'Keep the outcome as a PDF', pdf: 'outcome.pdf',
    answers: '5 answers –', other: 'Nederlands', skip: 'To the content',
    accepted: 'Genuine and still valid', remarks: 'Genuine and still valid, with a remark', undecided: 'Cannot be said yet', refused: 'Not accepted',
    nothing: 'You chose no file and pasted no text.', advice: 'What you can do', revoked: 'revoked', altered: 'The text was changed',
    progress: 'The progress, computed again', unconfirmed: 'It is not confirmed', asSigned: 'nothing was changed since', checks: 'The checks', on: 'Checked on',
    askFirst: 'No badge yet, or need to know whose it is? Ask somebody to show their badge themselves.', makeQuestion: 'Make the question',
    lookForAnswer: 'See whether the answer is there', forget: 'Forget the answer', withdraw: 'Withdraw the question', sure: 'Yes, forget this question', ask: 'Ask first', askAgain: 'Ask another question', yourQuestion: 'Your question:', by: 'by', forYou: 'This answer is for you alone.',
  },
};

/** The file of each answer, and the state that it gets. */
export const states = { accepted: 'accepted', remarks: 'remarks', undecided: 'undecided', altered: 'refused', revoked: 'refused' };

/** Chooses files as a person does, in the window that the field opens. */
export async function choose(page, language, names) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByLabel(words[language].file).click();
  await (await chooser).setFiles(names.map((name) => work.files[name]));
}

/** Sends the form, and waits until the answers are there. */
export async function check(page, language) {
  await page.getByRole('button', { name: words[language].check }).click();
  await page.locator('.answer').first().waitFor();
}

/** Opens the form anew and checks these files. */
export async function checked(page, language, names) {
  await page.goto(`${work.verifier}?lang=${language}`);
  await choose(page, language, names);
  await check(page, language);
}

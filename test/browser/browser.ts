/** An installed Chromium for tests. None: the tests are skipped and say so; under CI that is an error. */
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/browser.js';

export async function openBrowser(context: Mocha.Context): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    const message = 'no Chromium installed: the browser tests are skipped (set CHROMIUM to the path of one)';
    if (process.env.CI) throw new Error(message);
    console.log(`      ${message}`);
    context.skip();
  }
  return chromium.launch({ executablePath });
}

/** An installed Chromium for tests. Without one the tests are skipped with a message; in CI that is an error. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../scripts/browser.js';

const opened: Browser[] = [];

/**
 * The timeout of a step, in milliseconds. A loaded machine is not a failure: the tests themselves have three minutes
 * there.
 */
export const STEP_MS = process.env.CI ? 120_000 : 15_000;

// A hook that timed out never stored its browser, which would otherwise remain open and block the exit.
after(async () => {
  for (const browser of opened.splice(0)) await browser.close();
});

export async function openBrowser(context: Mocha.Context): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    const message = 'no Chromium installed: the browser tests are skipped (set CHROMIUM to the path of one)';
    if (process.env.CI) throw new Error(message);
    console.log(`      ${message}`);
    context.skip();
  }
  const browser = await chromium.launch({ executablePath });
  opened.push(browser);
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const made = await newContext(options);
    made.setDefaultTimeout(STEP_MS);
    return made;
  };
  return browser;
}

/** Shows the sidebar of CTI OS. The flows are loaded last: until then, Node-RED shows a tab of its own. */
export async function showSidebar(page: Page): Promise<void> {
  await page.waitForSelector('.red-ui-flow-node-group');
  await page.evaluate("RED.actions.invoke('ctios:show-sidebar')");
}

/** The first steps of a new user: opens the editor, imports the example, deploys, opens the page, sees a customer. */
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { EXAMPLES } from '../../scripts/examples/build.js';
import { customers } from '../../src/simulator/model/site/callers.js';
import { NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { openBrowser } from './browser.js';

/** Customers with a unique number. */
const NAMES = customers.map((customer) => customer.name).filter((name) => !name.includes(' and '));

describe('a new user with a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let nodeRed: NodeRedProcess;
  let editor: Page;
  const problems: string[] = [];

  before(async function () {
    browser = await openBrowser(this);
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), '[]');
    nodeRed = await NodeRedProcess.start({ userDir });
    editor = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    editor.on('pageerror', (error) => problems.push(error.message));
    await editor.goto(nodeRed.url);
    await editor.waitForSelector('#red-ui-palette .red-ui-palette-node[data-palette-type="ctios-screen-pop"]');
  });

  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
  });

  it('finds the example under Import, imports and deploys it', async () => {
    await editor.evaluate("RED.actions.invoke('core:show-import-dialog')");
    await editor.click(
      '#red-ui-clipboard-dialog-import-tab-examples, a[href$="tab-examples"], li:has-text("Examples")',
    );
    const tree = editor.locator('#red-ui-clipboard-dialog');
    await tree.getByText('@openctios/node-red-ctios').click();
    const labels = tree.locator('.red-ui-treeList-label', { hasText: /^\d+ / });
    // The editor expands the branch a moment after the click.
    await labels.last().waitFor();
    const listed = await labels.allInnerTexts();
    assert.deepEqual(
      listed,
      EXAMPLES.map((make) => make().label),
    );
    await tree.getByText('01 screen pop', { exact: true }).click();
    await editor.click('#red-ui-clipboard-dialog-ok');
    await editor.waitForFunction("RED.nodes.filterNodes({ type: 'ctios-screen-pop' }).length === 1");
    await editor.click('#red-ui-header-button-deploy');
    await editor.waitForFunction('!RED.nodes.dirty()');
    assert.deepEqual(problems, []);
  });

  it('opens the page and sees the caller', async () => {
    const page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(nodeRed.at('screen-pop'));
    await page.waitForFunction(
      `[...document.querySelectorAll('#list .who')].some((who) => ${JSON.stringify(NAMES)}.includes(who.textContent))`,
    );
    assert.deepEqual(problems, []);
  });

  it('loads nothing from other hosts: no script, font or picture', async () => {
    const asked: string[] = [];
    const page = await browser.newPage();
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(nodeRed.at('screen-pop'), { waitUntil: 'networkidle' });
    const outside = asked.filter((url) => !url.startsWith(nodeRed.url) && !url.startsWith('data:'));
    assert.deepEqual(outside, []);
  });
});

/** The editor with authentication in a real browser: what each user can see and do in this pack. */
import { strict as assert } from 'node:assert';
import type { Browser, Page } from 'playwright-core';
import { GuardedNodeRed, type Person } from '../support/guarded.js';
import { openBrowser, showSidebar } from './browser.js';

const FLOW = [
  { id: 't1', type: 'tab', label: 'contact center' },
  { id: 's1', type: 'ctios-session', name: 'Lab', connect: 'simulator', agents: 5, traffic: 'off' },
  { id: 'n1', z: 't1', x: 200, y: 100, type: 'ctios-call-events', session: 's1', wires: [[]] },
  { id: 'n2', z: 't1', x: 200, y: 200, type: 'ctios-agent', session: 's1', request: 'SetAgentState', wires: [[]] },
];

describe('the editor of a Node-RED with authentication, in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let nodeRed: GuardedNodeRed;
  const problems: string[] = [];

  before(async function () {
    browser = await openBrowser(this);
    nodeRed = await GuardedNodeRed.start(FLOW);
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
  });
  afterEach(() => {
    assert.deepEqual(problems.splice(0), [], 'the editor threw an error');
  });

  /** Opens the editor as a user, with the sidebar visible. */
  async function asPerson(person: Person): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-US' });
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    // The editor loads slowly on a busy machine.
    await page.goto(nodeRed.url, { timeout: 45_000 });
    await page.fill('#node-dialog-login-username', person);
    await page.fill('#node-dialog-login-password', person);
    await page.click('#node-dialog-login-submit');
    await page.waitForSelector('#red-ui-palette .red-ui-palette-node[data-palette-type="ctios-call-events"]', {
      timeout: 45_000,
    });
    await showSidebar(page);
    return page;
  }
  /** Opens the dialog of the agent node, and types the first digits of an agent's number. */
  async function typeAgent(page: Page): Promise<void> {
    await page.evaluate("RED.editor.edit(RED.nodes.node('n2'))");
    await page.waitForSelector('#node-input-session:visible');
    // The editor focuses an opened dialog a moment later, which would interrupt earlier typing.
    await page.waitForFunction("document.activeElement?.closest('.red-ui-tray') != null");
    await page.locator('#ctios-object-row .red-ui-typedInput-input').pressSequentially('100');
  }
  async function closeDialog(page: Page): Promise<void> {
    await page.keyboard.press('Escape');
    await page.evaluate('RED.tray.close()');
    await page.waitForSelector('#node-input-session', { state: 'detached' });
  }
  const offered = (page: Page) => page.waitForSelector('.red-ui-autoComplete-container:visible >> text=/1001 · Alex/');

  it('lets a user with all permissions see sessions, place calls, pick agents and test connections', async () => {
    const page = await asPerson('boss');
    await page.waitForSelector('.ctios-sb-session:has-text("Lab")');
    await page.click('.ctios-sb-place summary');
    await page.click('.ctios-sb-primary');
    await page.waitForSelector('.ctios-sb-row:has(.ctios-sb-title:text-is("2065550101 → 8001"))');
    await typeAgent(page);
    await offered(page);
    await closeDialog(page);
    await page.evaluate(`RED.editor.editConfig('', 'ctios-session', 's1')`);
    await page.click('#ctios-test');
    await page.waitForFunction("/^Connected/.test($('#ctios-test-result').text())");
    await page.context().close();
  });

  it('lets a viewer see sessions, and explains that placing calls and testing connections require more permissions', async () => {
    const page = await asPerson('viewer');
    await page.waitForSelector('.ctios-sb-session:has-text("Lab")');
    await page.click('.ctios-sb-place summary');
    await page.waitForSelector('.ctios-sb-primary:disabled');
    // The reason next to the button.
    await page.waitForFunction("$('.ctios-sb-result').text().trim() !== ''");
    await typeAgent(page);
    await offered(page);
    await closeDialog(page);
    await page.evaluate(`RED.editor.editConfig('', 'ctios-session', 's1')`);
    await page.click('#ctios-test');
    await page.waitForSelector('#ctios-test-result:has-text("ctios-session.write")');
    await page.context().close();
  });

  it('shows no session to a user without that permission, explains this, and keeps the dialogs usable by typing', async () => {
    const page = await asPerson('outsider');
    await page.waitForSelector('.ctios-sb-notice:has-text("You cannot view sessions")');
    assert.equal(await page.locator('.ctios-sb-session').count(), 0);
    assert.equal(await page.locator('.ctios-sb-place:visible').count(), 0);
    await typeAgent(page);
    await page.waitForSelector(
      '.red-ui-autoComplete-container:visible >> text=/You do not have permission to see live values/',
    );
    assert.equal(await page.inputValue('#ctios-object-row .red-ui-typedInput-input'), '100');
    assert.equal(await page.locator('#node-dialog-ok').isEnabled(), true);
    await page.context().close();
  });
});

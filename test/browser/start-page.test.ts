/** The start page of `npm start`, on a first start and with a user's own flows, in a real browser. */
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { EXAMPLES } from '../../scripts/examples/build.js';
import { type FlowNode, NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { LOOKS, overflow } from './appearance.js';
import { axeViolations } from './axe.js';
import { openBrowser } from './browser.js';

const examples = EXAMPLES.map((make) => make().example);
const MQTT = '08 events to an MQTT broker and back';
const card = (label: string) => `article[data-label="${label}"]`;

describe('the start page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let nodeRed: NodeRedProcess;
  let userDir: string;
  const problems: string[] = [];

  async function open(options = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, ...options });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(nodeRed.at('start'));
    await page.waitForSelector('#link.live');
    return page;
  }

  before(async function () {
    browser = await openBrowser(this);
    userDir = temporaryDirectory();
    nodeRed = await NodeRedProcess.start({ userDir });
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
  });
  afterEach(() => assert.deepEqual(problems.splice(0), []));

  it('links every example: those that are running, and those that require something', async () => {
    const page = await open();
    assert.equal(await page.locator('article').count(), examples.length);
    for (const { label, says, needs } of examples) {
      const text = await page.locator(card(label)).innerText();
      assert.ok(text.includes(says), label);
      assert.ok(text.includes(needs === undefined ? 'Running' : 'Disabled'), label);
      assert.equal(text.includes('Needs'), needs !== undefined, label);
    }
    const waiting = examples.filter((each) => each.needs !== undefined).length;
    assert.equal(await page.locator('article button:visible').count(), waiting, 'nothing to press where all is well');
  });

  it('opens each page of an example, with live data', async () => {
    const page = await open();
    const links = await page.locator('a.page:visible').all();
    assert.equal(links.length, examples.filter((each) => each.page !== undefined).length);
    for (const link of links) {
      const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
      // The page of a CRM has no live connection, but numbers to click.
      const alive = opened.url().endsWith('/click-to-dial') ? 'li button' : '#link.live';
      await opened.waitForSelector(alive);
      await opened.close();
    }
  });

  it('opens each flow in the editor, on its tab', async () => {
    const page = await open();
    const label = '09 any request by name';
    const [editor] = await Promise.all([
      page.context().waitForEvent('page'),
      page.click(`${card(label)} a:has-text("editor")`),
    ]);
    await editor.waitForSelector(`.red-ui-tab.active:has-text("${label}")`);
    await editor.close();
  });

  it('enables an example by keyboard, reports it without promising what it requires, and keeps the focus; other examples are not affected', async () => {
    const page = await open();
    let cut = 0;
    const neighbour = await browser.newPage();
    neighbour.on('websocket', (socket) => socket.on('close', () => cut++));
    await neighbour.goto(nodeRed.at('wallboard'));
    await neighbour.waitForSelector('#link.live');
    await page.locator(`${card(MQTT)} button`).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${card(MQTT)}.running:has-text("see its nodes for the connection status")`);
    assert.equal(await page.evaluate('document.activeElement.className'), 'editor');
    const flows = await nodeRed.json<FlowNode[]>('flows');
    assert.equal(flows.find((node) => node.label === MQTT)!.disabled, false);
    assert.equal(cut, 0, 'the line of another example goes on');
  });

  it('follows deploys made elsewhere, and restores what was deleted', async () => {
    const page = await open();
    const flows = await nodeRed.json<FlowNode[]>('flows');
    const tab = flows.find((node) => node.label === '09 any request by name')!;
    await nodeRed.deploy(
      flows.filter((node) => node.id !== tab.id && node.z !== tab.id),
      'nodes',
    );
    const its = page.locator(card(tab.label as string));
    await its.getByText('Not in your flows').waitFor();
    assert.equal(await its.getByRole('link').count(), 0);
    await its.getByRole('button', { name: 'Add to my flows Any request by name' }).click();
    await its.getByText('Running').waitFor();
    assert.equal((await nodeRed.json<FlowNode[]>('flows')).length, flows.length);
  });

  it('can be read and operated by accessible names alone', async () => {
    const page = await open();
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
    assert.equal(await page.getByRole('heading', { level: 3 }).count(), examples.length);
    for (const link of await page.getByRole('link').all()) assert.match((await link.textContent()) ?? '', /\S/);
    await page.getByRole('article', { name: /Screen pop/ }).waitFor();
    await page.getByRole('link', { name: 'Open the page Screen pop' }).waitFor();
  });

  for (const { name, ...look } of LOOKS)
    it(`is accessible in ${name}, without horizontal scrolling`, async () => {
      const page = await open(look);
      assert.deepEqual(await axeViolations(page), []);
      assert.equal(await overflow(page), 0);
    });

  it('sends no requests to other hosts', async () => {
    const asked: string[] = [];
    const page = await browser.newPage();
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(nodeRed.at('start'));
    await page.waitForSelector('#link.live');
    assert.deepEqual(
      asked.filter((url) => !url.startsWith(nodeRed.url) && !url.startsWith('data:')),
      [],
    );
  });

  it('reports that Node-RED does not respond, and recovers with it; the user’s own flows are unchanged', async () => {
    const page = await open();
    const port = Number(new URL(nodeRed.url).port);
    await nodeRed.stop();
    await page.waitForSelector('#link:has-text("does not respond")');
    const own = [{ id: 'mine', type: 'tab', label: 'My flow', disabled: false, info: '', env: [] }];
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(own));
    nodeRed = await NodeRedProcess.start({ userDir, port });
    await page.waitForSelector('#link.live');
    await page.waitForSelector(`${card('01 screen pop')}.absent`);
    assert.deepEqual(JSON.parse(readFileSync(join(userDir, 'flows.json'), 'utf8')), own);
    assert.equal(await page.locator('.first a:visible').count(), 1, 'no shortcut to a page that is not there');
  });
});

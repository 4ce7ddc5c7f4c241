/** The sidebar in a real browser: the data of a simulated contact center, its operation, and when it stops. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readCaptureFile } from '../../src/recording/index.js';
import { NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { axeViolations } from './axe.js';
import { openBrowser, showSidebar } from './browser.js';

const session = (id: string, name: string, agents: number) => ({
  id,
  type: 'ctios-session',
  name,
  connect: 'simulator',
  agents,
  traffic: 'off',
  seed: 1,
  mode: 'monitor',
  snapshot: true,
  version: 1,
});
const reader = (id: string, of: string) => ({ id, z: 't1', type: 'ctios-call-events', session: of, wires: [[]] });
const FLOW = [
  { id: 't1', type: 'tab', label: 'contact center' },
  { ...session('s1', 'Lab', 10), recording: 'on', version: 3 },
  session('s2', 'Crowd', 2000),
  reader('n1', 's1'),
  reader('n2', 's2'),
];
/** As many rows as fit on a screen, with a margin: far fewer than 2,000. */
const MAX_ROWS_IN_DOM = 60;
const MAX_BYTES = 16_000;

const row = (title: string, word = ''): string =>
  `.ctios-sb-row:has(.ctios-sb-title:text-is("${title}")):has(.ctios-sb-word:text("${word}"))`;

describe('the sidebar in a browser', function () {
  this.timeout(90_000);
  let browser: Browser;
  let nodeRed: NodeRedProcess;
  let editor: Page;
  const problems: string[] = [];
  /** The size of each response to a query of the visible data, in bytes. */
  const answers: number[] = [];

  async function open(): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, locale: 'en-US' });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(nodeRed.url);
    await page.waitForSelector('#red-ui-palette .red-ui-palette-node[data-palette-type="ctios-call-events"]');
    await showSidebar(page);
    await page.waitForSelector('.ctios-sidebar .ctios-sb-session');
    return page;
  }

  before(async function () {
    browser = await openBrowser(this);
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(FLOW));
    nodeRed = await NodeRedProcess.start({ userDir });
    editor = await open();
    editor.on('response', (response) => {
      if (!response.url().includes('/sidebar/view')) return;
      response.body().then(
        (body) => answers.push(body.length),
        () => undefined,
      );
    });
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
  });

  /** Clicking the selected card would collapse it. */
  async function choose(page: Page, name: string): Promise<void> {
    const card = page.locator(`.ctios-sb-session-header:has-text("${name}")`);
    if ((await card.getAttribute('aria-current')) !== 'true') await card.click();
    await page.waitForSelector(`.ctios-sb-chosen:has-text("${name}") .ctios-sb-facts`);
  }

  it('shows each session with its state, side, version and round trip', async () => {
    await choose(editor, 'Lab');
    await editor.waitForSelector('.ctios-sb-chosen:has-text("Lab"):has-text("ready"):has-text("GED-188 25")');
    const facts = await editor.innerText('.ctios-sb-chosen');
    assert.match(facts, /Side\s+A/);
    // Not as the server names itself: in the language of the editor.
    assert.match(facts, /Simulated contact center · monitor/);
    await editor.waitForFunction(`/Heartbeat\\s+\\d+ ms/.test(document.querySelector('.ctios-sb-chosen').innerText)`);
    assert.equal(await editor.locator('.ctios-sb-session').count(), 2);
  });

  it('shows the agents with the names of their states', async () => {
    await editor.waitForSelector(row('Alex Andersen', 'Available'));
    const option = editor.locator(row('Alex Andersen'));
    assert.equal(await option.getAttribute('role'), 'option');
    assert.equal(await option.getAttribute('aria-posinset'), '1');
  });

  it('places a call, and shows the call and its agent', async () => {
    await editor.click('.ctios-sb-place summary');
    await editor.fill('#ctios-sb-from', '2065550104');
    await editor.fill('#ctios-sb-to', '8002');
    await editor.fill('.ctios-sb-variable:first-child input[aria-label="Value of the variable"]', '4711');
    await editor.click('.ctios-sb-primary');
    await editor.waitForSelector(row('2065550104 → 8002'));
    assert.equal(await editor.getAttribute('#ctios-sb-tab-calls', 'aria-selected'), 'true');
    await editor.waitForSelector(row('2065550104 → 8002', 'Connected'));
    await editor.click('#ctios-sb-tab-agents');
    await editor.waitForSelector('.ctios-sb-row:has(.ctios-sb-word:text-is("Talking"))');
  });

  it('shows why a call cannot be placed', async () => {
    const name = '.ctios-sb-variable:first-child input[aria-label="Name of the variable"]';
    await editor.fill(name, 'NoSuchVariable');
    await editor.click('.ctios-sb-primary');
    await editor.waitForSelector('.ctios-sb-failed .ctios-sb-result:has-text("NoSuchVariable")');
    await editor.fill(name, 'CallVariable1');
    await editor.click('.ctios-sb-place summary');
  });

  it('shows all properties of a call, with its variables, by keyboard alone', async () => {
    await editor.focus('#ctios-sb-tab-agents');
    await editor.keyboard.press('ArrowRight');
    await editor.waitForSelector(row('2065550104 → 8002'));
    await editor.focus('.ctios-sb-box');
    await editor.keyboard.press('ArrowDown');
    await editor.waitForSelector('.ctios-sb-details tr:has-text("CallVariable1"):has-text("4711")');
    assert.deepEqual(await axeViolations(editor, { within: '.ctios-sidebar' }), []);
    const active = await editor.getAttribute('.ctios-sb-box', 'aria-activedescendant');
    assert.equal(await editor.getAttribute(`#${active}`, 'aria-selected'), 'true');
    await editor.keyboard.press('Escape');
    await editor.waitForSelector('.ctios-sb-details', { state: 'hidden' });
  });

  it('shows the last events with their arguments', async () => {
    await editor.click('#ctios-sb-tab-events');
    await editor.fill('#ctios-sb-filter', 'OnCallDelivered');
    await editor.click(row('OnCallDelivered'));
    await editor.waitForSelector('.ctios-sb-details tr:has-text("CallStatus"):has-text("Alerting")');
    await editor.click('.ctios-sb-details header button');
    await editor.fill('#ctios-sb-filter', '');
  });

  it('saves the recording and the support bundle of a session as files', async () => {
    await choose(editor, 'Lab');
    const kinds = [
      ['Save recording', /^ctios-recording-\d{8}-\d{6}\.pcapng$/, '0a0d0d0a'],
      ['Save support bundle', /^ctios-support-\d{8}-\d{6}\.tar\.gz$/, '1f8b'],
    ] as const;
    for (const [button, name, magic] of kinds) {
      const [saved] = await Promise.all([
        editor.waitForEvent('download'),
        editor.click(`.ctios-sb-chosen button:has-text("${button}")`),
      ]);
      assert.match(saved.suggestedFilename(), name);
      const bytes = readFileSync(await saved.path());
      assert.equal(bytes.toString('hex', 0, magic.length / 2), magic);
      if (name.test('ctios-support-20270131-000000.tar.gz')) assertBundle(bytes);
      await editor.waitForSelector('.ctios-sb-chosen .ctios-sb-result:text("was saved")');
    }
    await choose(editor, 'Crowd');
    assert.equal(await editor.locator('.ctios-sb-chosen button:has-text("Save recording")').isVisible(), false);
    await choose(editor, 'Lab');
  });

  it('has a name for every control', async () => {
    const nameless =
      await editor.evaluate(`[...document.querySelectorAll('.ctios-sidebar button, .ctios-sidebar input')]
      .filter((each) => !(each.getAttribute('aria-label') || each.textContent.trim() || each.labels?.length > 0))
      .map((each) => each.outerHTML)`);
    assert.deepEqual(nameless, []);
  });

  it('shows 2,000 agents with no more rows than fit on a screen, and scrolls to the last one', async () => {
    await choose(editor, 'Crowd');
    await editor.click('#ctios-sb-tab-agents');
    await editor.waitForFunction(
      `Number(document.querySelector('.ctios-sb-row')?.getAttribute('aria-setsize') ?? 0) >= 2000`,
    );
    const rows = editor.locator('.ctios-sb-row');
    assert.ok((await rows.count()) <= MAX_ROWS_IN_DOM);
    await editor.focus('.ctios-sb-box');
    await editor.keyboard.press('End');
    await editor.waitForFunction(`(() => {
      const box = document.querySelector('.ctios-sb-box');
      const active = document.getElementById(box.getAttribute('aria-activedescendant') ?? '');
      return active !== null && active.getAttribute('aria-posinset') === active.getAttribute('aria-setsize');
    })()`);
    assert.ok((await rows.count()) <= MAX_ROWS_IN_DOM);
    await editor.fill('#ctios-sb-filter', '1777');
    await editor.waitForFunction(`document.querySelectorAll('.ctios-sb-row').length === 1`);
    await editor.fill('#ctios-sb-filter', '');
    assert.ok(answers.length > 0);
    assert.ok(Math.max(...answers) < MAX_BYTES, `an answer of ${Math.max(...answers)} bytes`);
  });

  it('sends no requests while it is not visible', async () => {
    const other = await open();
    await choose(other, 'Lab');
    const left = editor.waitForRequest(
      (request) => request.method() === 'DELETE' && request.url().includes('/watchers/'),
    );
    await editor.evaluate("RED.sidebar.show('info')");
    await left;
    const asked: string[] = [];
    editor.on('request', (request) => {
      if (request.url().includes('/sidebar/')) asked.push(request.url());
    });
    await other.click('.ctios-sb-place summary');
    await other.fill('#ctios-sb-from', '2065550109');
    await other.click('.ctios-sb-primary');
    await other.waitForSelector(row('2065550109 → 8001', 'Connected'));
    assert.deepEqual(asked, []);

    await editor.evaluate("RED.actions.invoke('ctios:show-sidebar')");
    await choose(editor, 'Lab');
    await editor.click('#ctios-sb-tab-calls');
    await editor.waitForSelector(row('2065550109 → 8001'));
    await other.close();
    assert.deepEqual(problems, []);
  });
});

/** Unpacks a support bundle with an external program, and reads its content. */
function assertBundle(archive: Buffer): void {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, 'bundle.tar.gz'), archive);
  const { status, stderr } = spawnSync('tar', ['-xzf', 'bundle.tar.gz'], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const read = (name: string) => readFileSync(join(folder, 'ctios-support', name));
  const json = (name: string) => JSON.parse(read(name).toString()) as Record<string, unknown>;
  assert.equal(json('settings.json').connect, 'simulator');
  assert.equal(json('status.json').phase, 'ready');
  assert.match(json('versions.json').node as string, /^v\d+/);
  assert.notEqual(read('log.txt').length, 0);
  const { redacted, sessions } = readCaptureFile(read('recording.pcapng'));
  assert.equal(redacted, true);
  assert.ok(sessions.some(({ frames }) => frames.length > 0));
}

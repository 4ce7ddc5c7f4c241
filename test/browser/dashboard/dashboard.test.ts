/** The examples for Dashboard 2.0 in a real browser, with the Dashboard itself: what each browser sees, and what it can do. */
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { DASHBOARD } from '../../../scripts/examples/dashboard/module.js';
import { together } from '../../../scripts/examples/dashboard/together.js';
import { exampleFiles, readExample } from '../../../scripts/examples/files.js';
import { installDashboard } from '../../support/dashboard.js';
import { type FlowNode, NodeRedProcess, temporaryDirectory } from '../../support/node-red-process.js';
import { axeViolations } from '../axe.js';
import { openBrowser } from '../browser.js';
import { lookAt } from '../flow-layout.js';

const HOSTILE = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>';

const files = exampleFiles().filter((name) => name.startsWith('dashboard/'));
const flows = together(files.flatMap(readExample)) as FlowNode[];
const named = (name: string): FlowNode => flows.find((each) => each.name === name && each.type.startsWith('ui-'))!;

/** A button that sends a message to widgets of all browsers. */
const sends = (id: string, payload: object, to: FlowNode): FlowNode => ({
  ...{ id, type: 'inject', z: 'hostile', props: [{ p: 'payload' }], repeat: '', once: false },
  ...{ payload: JSON.stringify(payload), payloadType: 'json', wires: [[to.id]] },
});
const call = { id: HOSTILE, number: HOSTILE, status: HOSTILE, current: false, since: 0, facts: { [HOSTILE]: HOSTILE } };
const option = { title: HOSTILE, value: HOSTILE };
const choices = { buttons: [{ name: HOSTILE, enabled: true }], colleagues: [option], reasons: { notReady: [option] } };
const HOSTILE_MESSAGES: FlowNode[] = [
  { id: 'hostile', type: 'tab', label: 'hostile' },
  sends('hostile-rows', [{ agent: HOSTILE, id: HOSTILE, state: HOSTILE, groups: HOSTILE }], named('table')),
  sends('hostile-groups', [{ name: HOSTILE, waiting: HOSTILE }], named('skill groups now')),
  sends(
    'hostile-desk',
    { desk: { agent: HOSTILE, state: HOSTILE, since: 0, calls: [call], ...choices }, note: HOSTILE },
    named('the desk'),
  ),
];

describe('the examples with Dashboard 2.0', function () {
  this.timeout(90_000);
  let browser: Browser;
  let nodeRed: NodeRedProcess;
  const problems: string[] = [];

  /** Each page is a browser of its own: nothing is shared with the others. */
  async function open(path: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
    const page = await context.newPage();
    page.setDefaultTimeout(process.env.CI ? 45_000 : 20_000);
    page.on('pageerror', (error) => problems.push(error.message));
    // What a widget throws, the Dashboard catches.
    page.on('console', (message) => {
      if (message.type() === 'error' && path !== '') problems.push(message.text());
    });
    await page.goto(nodeRed.at(path));
    return page;
  }

  before(async function () {
    const userDir = temporaryDirectory();
    installDashboard(this, userDir);
    browser = await openBrowser(this);
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify([...flows, ...HOSTILE_MESSAGES]));
    nodeRed = await NodeRedProcess.start({ userDir });
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    assert.deepEqual(problems.splice(0), []);
  });

  const press = (id: string) => nodeRed.press(id);

  async function logIn(page: Page, agent: string, extension: string): Promise<void> {
    await page.getByLabel('Agent ID').fill(agent);
    await page.getByLabel('Extension').fill(extension);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.locator('.ctios-desk').getByText(`(${agent})`).waitFor();
  }
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  /** The buttons follow a moment after the call. */
  const state = (page: Page, is: 'enabled' | 'disabled', name: string) =>
    page.locator(`button:${is}`, { hasText: name }).waitFor();
  const shows = (page: Page, status: string, number = '') =>
    page.locator('.ctios-desk .call', { hasText: status }).filter({ hasText: number }).waitFor();

  it('the agent page: each browser sees its own agent’s call, and presses only its own agent’s buttons', async () => {
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => open('dashboard/agent-page')));
    await logIn(first!, '1001', '2001');
    await logIn(second!, '1002', '2002');
    // A phone rings for some seconds only: each agent answers at once.
    const answered = async (page: Page): Promise<string> => {
      assert.equal(await page.getByLabel('Agent ID').isVisible(), false);
      await button(page, 'Ready').click();
      await button(page, 'Answer').click();
      await shows(page, 'talking');
      return page.locator('.ctios-desk .number').innerText();
    };
    const [one, other] = await Promise.all([answered(first!), answered(second!)]);
    assert.match(`${one} ${other}`, /^\d+ \d+$/);
    assert.notEqual(one, other);
    await button(first!, 'Hold').click();
    await shows(first!, 'on hold', one);
    await state(first!, 'enabled', 'Retrieve');
    await state(first!, 'disabled', 'Hold');
    await shows(second!, 'talking', other);
    await state(second!, 'enabled', 'Hold');
    await state(second!, 'disabled', 'Retrieve');
    // Nobody has logged in here.
    assert.equal(await third!.locator('.ctios-desk').innerText(), 'Nobody is logged in here.');
    assert.equal(await button(third!, 'Answer').isEnabled(), false);
    await first!.reload();
    await shows(first!, 'on hold', one);
    assert.deepEqual(await axeViolations(first!, { within: '.ctios-desk' }), []);
    await button(first!, 'Retrieve').click();
    await button(first!, 'Hang up').click();
    await first!.getByText('No call').waitFor();
    await shows(second!, 'talking', other);
  });

  it('the agent list: states and times of all agents; each browser filters by team on its own', async () => {
    const [one, other] = await Promise.all([open('dashboard/agents'), open('dashboard/agents')]);
    const row = (page: Page, agent: string) => page.locator('tbody tr', { hasText: agent });
    await row(one, '1001')
      .getByText(/^(Available|Talking|Reserved|After-call work|Not ready)$/)
      .waitFor();
    assert.match(await row(one, '1001').innerText(), /\d\d:\d\d:\d\d\s+Sales, Support\s+1/);
    await row(other, '1024').waitFor();
    await one.locator('.nrdb-ui-dropdown .v-field').click();
    await one.getByRole('option', { name: /^Team 2/ }).click();
    await row(one, '1001').waitFor({ state: 'detached' });
    await row(one, '1024').waitFor();
    assert.equal(await row(other, '1001').count(), 1);
  });

  it('the wallboard: skill groups, the service level, and charts with points', async () => {
    const page = await open('dashboard/wallboard');
    for (const group of ['Sales', 'Support', 'Billing']) await page.locator('tbody tr', { hasText: group }).waitFor();
    const points = async (name: string): Promise<number> => {
      const stored = await nodeRed.json<unknown[] | null>(`dashboard/_debug/datastore/${named(name).id}`);
      return stored?.length ?? 0;
    };
    // The level begins with the first call that ends.
    await page.locator('.nrdb-ui-gauge', { hasText: /\d+/ }).waitFor();
    for (const chart of ['waiting calls', 'agent states', 'calls per minute', 'service level'])
      assert.ok((await points(chart)) > 0, chart);
    assert.equal(await page.locator('.nrdb-ui-chart canvas, .nrdb-ui-chart svg').count(), 4);
  });

  it('what a caller or an agent’s record says stays text', async () => {
    const pages = await Promise.all(['agents', 'wallboard', 'agent-page'].map((name) => open(`dashboard/${name}`)));
    for (const [index, id] of ['hostile-rows', 'hostile-groups', 'hostile-desk'].entries()) {
      const page = pages[index]!;
      await page.locator(index === 2 ? '.ctios-desk' : 'table').waitFor();
      const shown = page.getByText(HOSTILE).first();
      // The list of agents is replaced once a second.
      while ((await shown.count()) === 0) await press(id);
      assert.equal(await page.evaluate('window.harmed'), undefined);
    }
    assert.deepEqual(await axeViolations(pages[2]!, { within: '.ctios-desk' }), []);
  });

  it('the editor: complete and valid nodes, the module named, and wires that cross nothing', async () => {
    const page = await open('');
    await page.waitForSelector('.red-ui-flow-node-group');
    const found = (await page.evaluate(`(() => {
      const all = [];
      RED.nodes.eachNode((node) => all.push(node));
      RED.nodes.eachConfig((node) => all.push(node));
      const own = all.filter(({ id }) => ${JSON.stringify(flows.map(({ id }) => id))}.includes(id));
      return own.filter(({ valid, _def }) => valid === false || !_def.defaults).map(({ type, name }) => type + ' ' + name);
    })()`)) as string[];
    assert.deepEqual(found, []);
    const keys = (await page.evaluate(
      `Object.fromEntries(${JSON.stringify([...new Set(flows.map(({ type }) => type))])}.filter((type) => type.startsWith('ui-')).map((type) => [type, Object.keys(RED.nodes.getType(type).defaults)]))`,
    )) as Record<string, string[]>;
    for (const [type, names] of Object.entries(keys))
      for (const node of flows.filter((each) => each.type === type))
        assert.deepEqual(
          names.filter((name) => !(name in node)),
          [],
          `${type} ${node.name}`,
        );
    for (const file of files) {
      const nodes = readExample(file);
      const { modules } = nodes.find(({ type }) => type === 'global-config') as { modules?: object };
      assert.deepEqual(modules, { [DASHBOARD.name]: DASHBOARD.version });
      const { wires, crossings } = await lookAt({ page }, nodes.find(({ type }) => type === 'tab')!.id);
      assert.ok(wires > 0);
      assert.deepEqual(crossings, [], file);
    }
    const [module] = (await nodeRed.json<Array<{ module: string; version: string }>>('nodes')).filter(
      ({ module }) => module === DASHBOARD.name,
    );
    assert.equal(module?.version, DASHBOARD.version, 'the tests run with the version that the files name');
  });
});

/** The pages of the examples in a real browser: how they look, that they live, and that what a caller says stays text. */
import { strict as assert } from 'node:assert';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type FlowNode, NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { LOOKS, overflow, paleTexts } from './appearance.js';
import { openBrowser } from './browser.js';

const HOSTILE = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>';

const agent = { id: HOSTILE, name: HOSTILE };
const customer = { id: '1', name: HOSTILE, company: HOSTILE, city: HOSTILE, tier: HOSTILE, account: HOSTILE };
const card = {
  key: 'k',
  state: 'ended',
  reason: 'abandoned',
  since: 0,
  time: 0,
  agent,
  lookup: 'several',
  caller: { received: HOSTILE, national: HOSTILE, e164: HOSTILE },
  dialed: HOSTILE,
  fields: { [HOSTILE]: HOSTILE },
  url: 'javascript:window.harmed=1',
  customers: [
    { ...customer, cases: [{ id: HOSTILE, title: HOSTILE, state: HOSTILE }] },
    { ...customer, id: '2', cases: [] },
  ],
};
const delivery = {
  receiver: 'signed',
  time: 1,
  status: 201,
  verdict: 'taken',
  key: HOSTILE,
  attempt: 2,
  authentic: true,
};
const call = { event: 'pop', caller: { national: HOSTILE }, agent };
const group = { name: HOSTILE, waiting: 1, available: HOSTILE, talking: 0, loggedIn: 0, handled: 0, longest: 0 };

interface Board {
  path: string;
  /** What must be seen before a look at it is worth taking. */
  ready: string;
  /** A message in which everything a caller or an agent's record can say is hostile. */
  hostile: object;
}

const BOARDS: readonly Board[] = [
  { path: 'screen-pop', ready: 'article.talking', hostile: { cards: [card] } },
  {
    path: 'crm-webhooks',
    ready: '[data-verdict=taken]',
    hostile: {
      totals: {},
      deliveries: [
        { ...delivery, body: call },
        { ...delivery, verdict: 'busy', body: call },
        { ...delivery, verdict: 'duplicate', body: call },
        { ...delivery, verdict: 'forged', authentic: false, body: call },
        { ...delivery, receiver: 'HubSpot', body: { properties: { hs_call_title: HOSTILE } } },
        { ...delivery, receiver: 'Zendesk', body: { ticket: { subject: HOSTILE } } },
      ],
    },
  },
  {
    path: 'agent-desktop',
    ready: 'button:enabled',
    hostile: {
      agent: HOSTILE,
      state: HOSTILE,
      error: HOSTILE,
      calls: [
        { id: HOSTILE, current: true, status: HOSTILE, facts: { [HOSTILE]: HOSTILE } },
        { id: 'b', current: false, status: HOSTILE, facts: {} },
      ],
      buttons: [{ id: 'a', label: HOSTILE, group: 'calls', enabled: true }],
    },
  },
  {
    path: 'wallboard',
    ready: 'li.Talking',
    hostile: { groups: [group], agents: [{ id: HOSTILE, name: HOSTILE, state: HOSTILE }] },
  },
];

describe('the examples’ pages', function () {
  this.timeout(60_000);
  let browser: Browser;
  let nodeRed: NodeRedProcess;
  const problems: string[] = [];

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage(options);
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(nodeRed.at(path));
    return page;
  }

  before(async function () {
    browser = await openBrowser(this);
    nodeRed = await NodeRedProcess.start({ userDir: temporaryDirectory() });
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    assert.deepEqual(problems.splice(0), []);
  });

  for (const { path, ready, hostile } of BOARDS)
    describe(`/${path}`, () => {
      for (const { name, ...look } of LOOKS)
        it(`can be read in ${name}: contrast, and no scrolling sideways`, async () => {
          const page = await open(path, look);
          await page.waitForSelector(ready);
          assert.deepEqual(await paleTexts(page), []);
          assert.equal(await overflow(page), 0);
        });

      it('asks no other host for anything', async () => {
        const asked: string[] = [];
        const page = await browser.newPage();
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(nodeRed.at(path));
        await page.waitForSelector('#link.live');
        const outside = asked.filter((url) => !url.startsWith(nodeRed.url) && !url.startsWith('data:'));
        assert.deepEqual(outside, []);
      });

      it('shows what a caller says as text, whatever it is', async () => {
        const page = await browser.newPage();
        page.on('pageerror', (error) => problems.push(error.message));
        await page.routeWebSocket('**/live', (socket) => socket.send(JSON.stringify(hostile)));
        await page.goto(nodeRed.at(path));
        await page.locator('main').getByText(HOSTILE).first().waitFor();
        for (const link of await page.getByRole('link').all())
          assert.doesNotMatch((await link.getAttribute('href')) ?? '', /^javascript:/);
        assert.equal(
          await page.evaluate('document.querySelectorAll("body img, body script").length'),
          1,
          'its own script',
        );
        assert.equal(await page.evaluate('window.harmed'), undefined);
        assert.equal(await overflow(page), 0);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await paleTexts(page), [], colorScheme);
        }
      });
    });

  it('come back by themselves after a deploy, and go on showing what happens', async () => {
    const page = await browser.newPage();
    const lines: string[] = [];
    page.on('websocket', (socket) => lines.push(socket.url()));
    await page.goto(nodeRed.at('wallboard'));
    await page.waitForSelector('#link.live');
    const flows = await nodeRed.json<FlowNode[]>('flows');
    await nodeRed.deploy(flows, 'full');
    await page.waitForSelector('#link:not(.live)', { state: 'attached' });
    const heard = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
    await heard;
    await page.waitForSelector('#link.live');
    assert.equal(lines.length >= 2, true);
  });

  it('the desktop: the buttons follow the server through a call, by keyboard', async () => {
    const page = await open('agent-desktop');
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const enabled = async () => (await page.locator('button:enabled').allTextContents()).join(', ');
    const press = async (name: string) => {
      await button(name).focus();
      await page.keyboard.press('Enter');
    };
    await page.waitForSelector('button:enabled');
    if (await button('Ready').isEnabled()) await press('Ready');
    await page.waitForSelector('button:text-is("Answer"):enabled');
    assert.equal(await enabled(), 'Answer');
    await press('Answer');
    await page.waitForSelector('button:text-is("Hold"):enabled');
    assert.equal(await button('Answer').isDisabled(), true);
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'BUTTON', 'the keyboard is not lost');
    await press('Hold');
    await page.waitForSelector('button:text-is("Retrieve"):enabled');
    assert.equal(await button('Hold').isDisabled(), true);
    await press('Retrieve');
    await page.waitForSelector('button:text-is("Hold"):enabled');
    await press('Hang up');
    await page.getByText('No call').waitFor();
    assert.equal(await button('Hang up').isDisabled(), true);
  });

  it('the desktop: a second call comes and goes, the first stays, and the agent chooses between them', async () => {
    const flows = await nodeRed.json<FlowNode[]>('flows');
    const desktop = flows.find((node) => node.label === '5 agent desktop')!;
    const session = flows.find((node) => node.type === 'ctios-session' && node.name === 'agent 1001')!;
    const simulate = (id: string, command: string, args: Record<string, string>): FlowNode[] => [
      { id, type: 'inject', z: desktop.id, props: [], repeat: '', once: false, wires: [[`${id}-do`]] },
      {
        ...{ id: `${id}-do`, type: 'ctios-simulate', z: desktop.id, session: session.id, command, wires: [[]] },
        args: Object.entries(args).map(([key, value]) => ({ key, value, type: 'str' })),
      },
    ];
    const press = (id: string) => fetch(nodeRed.at(`inject/${id}`), { method: 'POST' });
    await nodeRed.deploy([
      ...flows.map((node) => (node === session ? { ...node, agents: 1, traffic: 'off' } : node)),
      ...simulate('customer-calls', 'placeCall', { to: '8001', from: '2065550101' }),
      ...simulate('asks-outside', 'consult', { agent: '1001', to: '912065550199' }),
      ...simulate('goes-back', 'reconnect', { agent: '1001' }),
    ]);
    try {
      const page = await open('agent-desktop');
      const first = page.locator('#list li').nth(0);
      const second = page.locator('#list li').nth(1);
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      await page.waitForSelector('button:enabled');
      if (await button('Ready').isEnabled()) await button('Ready').click();
      await press('customer-calls');
      await page.waitForSelector('button:text-is("Answer"):enabled');
      await button('Answer').click();
      await first.getByText('talking').waitFor();
      await press('asks-outside');
      await page.waitForSelector('#list li:nth-child(2)');
      await first.getByText('on hold').waitFor();
      await second.getByRole('button', { name: 'Work on this call' }).click();
      await page.waitForSelector('li.current:nth-child(2)');
      await press('goes-back');
      await page.waitForSelector('#list li:nth-child(2)', { state: 'detached' });
      await first.getByText('talking').waitFor();
      await page.waitForSelector('button:text-is("Hang up"):enabled');
      await button('Hang up').click();
      await page.getByText('No call').waitFor();
    } finally {
      await nodeRed.deploy(flows);
    }
  });

  it('the desktop: nothing can be pressed while the line is down', async () => {
    const page = await browser.newPage();
    let cut = () => {};
    await page.routeWebSocket('**/live', (socket) => {
      const server = socket.connectToServer();
      cut = () => void Promise.all([socket.close(), server.close()]);
    });
    await page.goto(nodeRed.at('agent-desktop'));
    await page.waitForSelector('button:enabled');
    await page.routeWebSocket('**/live', (socket) => void socket.close());
    cut();
    await page.waitForFunction('document.querySelectorAll("button:enabled").length === 0');
    assert.equal(await page.locator('#link').textContent(), 'Reconnecting');
  });

  it('the CRM: a forged webhook is refused, and shown as refused', async () => {
    const page = await open('crm-webhooks');
    await page.waitForSelector('#link.live');
    await page.getByRole('button', { name: /forged/ }).click();
    const shown = page.locator('[data-verdict=forged]').first();
    await shown.getByText('401').waitFor();
    await shown.locator('summary').click();
    await shown.getByText('"somebody"').waitFor();
  });

  it('the CRM: a body that is folded open stays open when more arrives', async () => {
    const page = await browser.newPage();
    let tell = (_: object[]) => {};
    await page.routeWebSocket('**/live', (socket) => {
      tell = (deliveries) => socket.send(JSON.stringify({ deliveries, totals: {} }));
      tell([{ ...delivery, body: call }]);
    });
    await page.goto(nodeRed.at('crm-webhooks'));
    await page.locator('summary').click();
    await page.waitForSelector('details[open]');
    tell([
      { ...delivery, time: 2, body: call },
      { ...delivery, body: call },
    ]);
    await page.waitForSelector('#list li:nth-child(2) details[open]');
    assert.equal(await page.locator('details[open]').count(), 1);
    assert.equal(
      await page.evaluate('document.activeElement.closest("li") === document.querySelector("#list").lastChild'),
      true,
    );
  });
});

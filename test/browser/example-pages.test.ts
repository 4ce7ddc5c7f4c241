/**
 * The pages of the examples in a real browser: their appearance, live updates, and that a caller's data is shown as
 * text.
 */
import { strict as assert } from 'node:assert';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type FlowNode, NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { LOOKS, overflow } from './appearance.js';
import { axeViolations } from './axe.js';
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
  customer: { received: HOSTILE, national: HOSTILE, e164: HOSTILE },
  dialed: HOSTILE,
  fields: { [HOSTILE]: HOSTILE },
  url: 'javascript:window.harmed=1',
  customers: [
    { ...customer, cases: [{ id: HOSTILE, title: HOSTILE, state: HOSTILE }] },
    { ...customer, id: '2', cases: [] },
  ],
};
const delivery = {
  time: 1,
  status: 201,
  verdict: 'taken',
  key: HOSTILE,
  attempt: 2,
  authentic: true,
};
const call = { type: 'call.pop', data: { event: 'pop', customer: { national: HOSTILE }, agent } };
const group = { name: HOSTILE, waiting: 1, available: HOSTILE, talking: 0, loggedIn: 0, handled: 0, longest: 0 };

interface Board {
  path: string;
  /** What must be visible before the page is checked. */
  ready: string;
  /** A message in which all data from a caller or an agent's record is hostile. */
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
        { ...delivery, body: { type: HOSTILE, data: { event: 'ended', reason: HOSTILE } } },
      ],
    },
  },
  {
    path: 'agent-desktop',
    // No agent has logged in yet.
    ready: '#enter:enabled',
    hostile: {
      agent: HOSTILE,
      state: HOSTILE,
      error: HOSTILE,
      since: 0,
      lists: { notReady: [[1, HOSTILE]], logout: [[HOSTILE, HOSTILE]], wrapup: [[HOSTILE, HOSTILE]] },
      calls: [
        { id: HOSTILE, current: true, status: HOSTILE, facts: { [HOSTILE]: HOSTILE } },
        { id: 'b', current: false, status: HOSTILE, facts: {} },
      ],
      buttons: [{ id: 'a', label: HOSTILE, group: 'calls', enabled: true }],
      history: [{ number: HOSTILE, begun: 0, seconds: 1 }],
      team: [{ id: HOSTILE, name: HOSTILE, state: HOSTILE, watching: true }],
      watched: [{ call: HOSTILE, number: HOSTILE, status: HOSTILE }],
    },
  },
  {
    path: 'wallboard',
    ready: 'li.Talking',
    hostile: {
      groups: [group],
      agents: [{ id: HOSTILE, name: HOSTILE, state: HOSTILE, reason: HOSTILE, since: 0 }],
      limits: {},
    },
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
    // Node-RED confirms a deploy before its nodes have started.
    while ((await page.goto(nodeRed.at(path)))?.status() === 404);
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
        it(`is accessible in ${name}, without horizontal scrolling`, async () => {
          const page = await open(path, look);
          await page.waitForSelector(ready);
          assert.deepEqual(await axeViolations(page), []);
          assert.equal(await overflow(page), 0);
          // Outdated data is marked, but nothing gets a border or moves.
          const borders = `[...document.querySelectorAll('main *')].map((each) => getComputedStyle(each).borderWidth).join()`;
          const shown = await page.evaluate(`document.body.classList.remove('stale'), ${borders}`);
          assert.equal(await page.evaluate(`document.body.classList.add('stale'), ${borders}`), shown);
        });

      it('sends no requests to other hosts', async () => {
        const asked: string[] = [];
        const page = await browser.newPage();
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(nodeRed.at(path));
        await page.waitForSelector('#link.live');
        const outside = asked.filter((url) => !url.startsWith(nodeRed.url) && !url.startsWith('data:'));
        assert.deepEqual(outside, []);
      });

      it("shows a caller's data as text, whatever it is", async () => {
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
          assert.deepEqual(await axeViolations(page), [], colorScheme);
        }
      });
    });

  it('recover after a deploy, and continue to show events', async () => {
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

  /** An agent's desktop after the log-in. */
  async function desk(agent = '1001', phone = '2001', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await open('agent-desktop', options);
    await page.fill('#agent', agent);
    await page.fill('#phone', phone);
    await page.waitForSelector('#link.live');
    await page.click('#enter');
    await page.waitForSelector('[data-press]:enabled');
    return page;
  }

  for (const { name, ...look } of LOOKS)
    it(`the desktop: a supervisor's, logged in, is accessible in ${name}, without horizontal scrolling`, async () => {
      const page = await desk('90001', '95001', look);
      await page.waitForSelector('#members button');
      assert.deepEqual(await axeViolations(page), []);
      assert.equal(await overflow(page), 0);
    });

  it('the desktop: a page that is reloaded still belongs to the same agent', async () => {
    const page = await desk();
    await page.reload();
    await page.waitForSelector('[data-press]:enabled');
    assert.match((await page.textContent('#who')) ?? '', /Andersen/);
  });

  it('the desktop: the buttons follow the server through a call, by keyboard', async () => {
    const page = await desk();
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const enabled = async () => (await page.locator('[data-press]:enabled').allTextContents()).join(', ');
    const press = async (name: string) => {
      await button(name).focus();
      await page.keyboard.press('Enter');
    };
    await page.waitForSelector('[data-press]:enabled');
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

  it('the desktop: a second call arrives and ends, the first remains, and the agent chooses between them', async () => {
    const flows = await nodeRed.json<FlowNode[]>('flows');
    const desktop = flows.find((node) => node.label === '05 agent desktop')!;
    const session = flows.find((node) => node.type === 'ctios-session' && node.name === 'Example 05')!;
    const simulate = (id: string, command: string, args: Record<string, string>): FlowNode[] => [
      { id, type: 'inject', z: desktop.id, props: [], repeat: '', once: false, wires: [[`${id}-do`]] },
      {
        ...{ id: `${id}-do`, type: 'ctios-simulate', z: desktop.id, session: session.id, command, wires: [[]] },
        args: Object.entries(args).map(([key, value]) => ({ key, value, type: 'str' })),
      },
    ];
    const press = (id: string) => nodeRed.press(id);
    await nodeRed.deploy([
      ...flows.map((node) => (node === session ? { ...node, agents: 2, traffic: 'off' } : node)),
      ...simulate('customer-calls', 'placeCall', { to: '8001', from: '2065550101' }),
      ...simulate('asks-outside', 'consult', { agent: '1001', to: '912065550199' }),
      ...simulate('goes-back', 'reconnect', { agent: '1001' }),
    ]);
    try {
      const page = await desk();
      const first = page.locator('#list li').nth(0);
      const second = page.locator('#list li').nth(1);
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      await page.waitForSelector('[data-press]:enabled');
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

  it('the desktop: all buttons are disabled while the connection is down', async () => {
    const page = await browser.newPage();
    let cut = () => {};
    await page.routeWebSocket('**/live', (socket) => {
      const server = socket.connectToServer();
      cut = () => void Promise.all([socket.close(), server.close()]);
    });
    await page.goto(nodeRed.at('agent-desktop'));
    await page.fill('#agent', '1001');
    await page.waitForSelector('#link.live');
    await page.click('#enter');
    await page.waitForSelector('[data-press]:enabled');
    await page.routeWebSocket('**/live', (socket) => void socket.close());
    cut();
    await page.waitForFunction('document.querySelectorAll("[data-press]:enabled").length === 0');
    assert.equal(await page.locator('#link').textContent(), 'Reconnecting');
  });

  it('the desktop: not ready and log-out with a reason, log in again, wrap-up data, an invalid number', async () => {
    const page = await desk();
    const button = (name: string) => page.locator(`[data-press="${name}"]`);
    const enabled = (name: string) => page.waitForSelector(`[data-press="${name}"]:enabled`);
    const state = (text: string) => page.waitForFunction(`document.getElementById('state').textContent === '${text}'`);
    await page.waitForSelector('[data-press]:enabled');
    if (await button('Ready').isEnabled()) await button('Ready').click();
    await enabled('Answer');
    await button('Answer').click();
    await enabled('Save');
    await button('Save').click();
    await page.getByText('Choose what the call was about.').waitFor();
    await page.selectOption('#wrapup', 'Complaint');
    await button('Save').click();
    await page.locator('#list dd').getByText('Complaint').waitFor();
    assert.equal(await page.locator('#error').isVisible(), false, 'the refusal is over');
    await page.fill('#number', 'none');
    await button('Consult').click();
    await page.getByText('Enter a number').waitFor();
    await button('Hang up').click();
    await state('After-call work');
    await page.selectOption('#notReady', { label: 'Lunch' });
    await button('Not ready').click();
    await state('Not ready: Lunch');
    await page.selectOption('#logout', { label: 'End of shift' });
    await enabled('Log out');
    await button('Log out').click();
    await page.getByText('Logged out.').waitFor();
    assert.equal(await page.locator('[data-press]:visible').count(), 0);
    await page.click('#enter');
    await state('Not ready');
    await enabled('Call');
    await page.getByRole('button', { name: '8', exact: true }).click();
    await page.getByRole('button', { name: '0', exact: true }).click();
    assert.equal(await page.inputValue('#number'), 'none80');
    await page.fill('#number', '912065550199');
    await button('Call').click();
    await state('Talking');
    await enabled('Hang up');
    await button('Hang up').click();
  });

  it('the desktop: the site’s own texts replace those of the contact center, list by list', async () => {
    const page = await desk();
    const choices = (id: string) => page.locator(`#${id} option`).allTextContents();
    const listed = (id: string, text: string) =>
      page.waitForSelector(`#${id} option:text-is("${text}")`, { state: 'attached' });
    await listed('wrapup', 'Complaint');
    const reasons = await choices('notReady');
    const flows = await nodeRed.json<FlowNode[]>('flows');
    const button = flows.find((node) => node.type === 'inject' && node.name === 'words of a CRM')!;
    await nodeRed.press(button.id);
    await listed('wrapup', 'Sold');
    assert.deepEqual(await choices('wrapup'), ['Choose', 'Sold', 'No interest', 'To be called back']);
    assert.deepEqual(await choices('notReady'), reasons, 'a list that the message leaves out is as before');
    // A page opened later has them immediately.
    const later = await desk('1002', '2002');
    await later.waitForSelector('#wrapup option:text-is("Sold")', { state: 'attached' });
    const press = (name: string) => page.locator(`[data-press="${name}"]`);
    const enabled = (name: string) => page.waitForSelector(`[data-press="${name}"]:enabled`);
    await page.waitForSelector('[data-press]:enabled');
    if (await press('Ready').isEnabled()) await press('Ready').click();
    await enabled('Answer');
    await press('Answer').click();
    await enabled('Save');
    await page.selectOption('#wrapup', 'No interest');
    await press('Save').click();
    await page.locator('#list dd').getByText('No interest').waitFor();
    await press('Hang up').click();
    await page.getByText('No call').waitFor();
  });

  it('the wallboard: thresholds, the service level, the day and the time in a state', async () => {
    const page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    const time = Date.now();
    const limits = {
      WAIT_WARNING: 60,
      WAIT_ALARM: 120,
      QUEUE_WARNING: 5,
      QUEUE_ALARM: 10,
      ANSWER_WITHIN: 20,
      SERVICE_GOAL: 80,
      WORK_WARNING: 30,
    };
    const calm = {
      waiting: 4,
      longest: 59,
      available: 3,
      talking: 1,
      loggedIn: 4,
      handled: 9,
      answered: 8,
      inTime: 8,
      abandoned: 2,
    };
    const groups = [
      { name: 'Calm', ...calm },
      { name: 'Slow', ...calm, longest: 60 },
      { name: 'Full', ...calm, waiting: 10, inTime: 3 },
    ];
    const agents = [{ id: '1', name: 'Ada', state: 'WorkReady', since: time - 65_000 }];
    const day = [3, 2, 1].map((ago) => ({
      time: time - ago * 60_000,
      waiting: ago,
      answered: 10,
      inTime: 5 * ago,
      abandoned: 0,
    }));
    await page.routeWebSocket('**/live', (socket) => {
      socket.send(JSON.stringify({ groups, agents, limits, time }));
      socket.send(JSON.stringify({ day }));
    });
    await page.goto(nodeRed.at('wallboard'));
    await page.locator('.bar').nth(14).waitFor({ state: 'attached' });
    assert.deepEqual(await page.locator('article').evaluateAll((all) => all.map((each) => each.className)), [
      '',
      'warning',
      'alarm',
    ]);
    assert.match(await page.locator('article').nth(1).innerText(), /longest wait \(warning\)\s+1:00/);
    assert.match(await page.locator('article').nth(2).innerText(), /in 20 s \(alarm\)\s+30%/);
    assert.match(
      await page.innerText('#summary'),
      /30 answered, 0 abandoned, 100% answered in 20 s \(goal 80%\), at most 3 waiting/,
    );
    assert.match(await page.innerText('#agents li.warning'), /After-call work/);
    assert.match(await page.innerText('#agents .time'), /^1:\d\d$/);
    await page.routeWebSocket('**/live', () => {});
  });

  it('the screen pop: an unknown caller does not look like a match', async () => {
    const page = await browser.newPage();
    const unknown = { ...card, state: 'talking', customers: [], lookup: 'none', url: undefined, since: Date.now() };
    await page.routeWebSocket('**/live', (socket) => socket.send(JSON.stringify({ cards: [unknown] })));
    await page.goto(nodeRed.at('screen-pop'));
    await page.waitForSelector('.note.ask');
    assert.match(await page.innerText('.note'), /No customer in the CRM has this number/);
    const colors =
      'getComputedStyle(document.querySelector(".note")).color !== getComputedStyle(document.querySelector(".state")).color';
    assert.equal(await page.evaluate(colors), true, 'in the colour of a call that goes well');
    assert.match(await page.innerText('#list'), /not in the CRM/);
  });

  for (const { path } of BOARDS)
    it(`/${path} shows since when the CTI Server is offline, marks old data, and stops its clock`, async () => {
      const page = await browser.newPage();
      page.on('pageerror', (error) => problems.push(error.message));
      let tell = (_: object) => {};
      await page.routeWebSocket('**/live', (socket) => {
        tell = (link) => socket.send(JSON.stringify({ link }));
        tell({ online: true, since: 1, time: Date.now() });
      });
      await page.goto(nodeRed.at(path));
      await page.waitForSelector('#link.live');
      assert.equal(await page.isVisible('#stale'), false);
      const since = Date.now() - 3_600_000;
      tell({ online: false, since, time: Date.now(), reason: 'connect ECONNREFUSED.' });
      await page.waitForSelector('body.stale #stale:not([hidden])');
      assert.equal(await page.innerText('#link'), 'CTI Server offline');
      assert.match(
        await page.innerText('#stale'),
        /^CTI Server offline since [\d:]+.* \(connect ECONNREFUSED\)\. The data on this page is from /,
      );
      assert.equal(await page.evaluate('now()'), since);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await axeViolations(page), [], colorScheme);
      }
      tell({ online: true, since: Date.now(), time: Date.now() });
      await page.waitForSelector('#link.live');
      assert.equal(await page.isVisible('#stale'), false);
    });

  it('a page whose flow has become silent, as on a disabled tab, shows this', async () => {
    const page = await browser.newPage();
    await page.clock.install();
    await page.routeWebSocket('**/live', (socket) =>
      socket.send(JSON.stringify({ link: { online: true, since: 1, time: Date.now() } })),
    );
    await page.goto(nodeRed.at('wallboard'));
    await page.waitForSelector('#link.live');
    await page.route('**/ticket', (route) => route.fulfill({ status: 404, body: 'Cannot POST' }));
    await page.clock.fastForward(8_000);
    await page.waitForSelector('body.stale');
    assert.match(await page.innerText('#stale'), /^No connection to the flow since/);
  });

  it('the flow notifies its pages when the session goes offline and when it is back', async () => {
    const flows = await nodeRed.json<FlowNode[]>('flows');
    const board = flows.find((node) => node.label === '06 supervisor wallboard')!;
    const session = flows.find((node) => node.type === 'ctios-session' && node.name === 'Example 06')!;
    const side = (id: string, command: string, which: string, next: string[]): FlowNode => ({
      ...{ id, type: 'ctios-simulate', z: board.id, session: session.id, command, wires: [next] },
      args: [{ key: 'side', value: which, type: 'str' }],
    });
    const button = (id: string, next: string): FlowNode => ({
      id,
      type: 'inject',
      z: board.id,
      props: [],
      repeat: '',
      once: false,
      wires: [[next]],
    });
    await nodeRed.deploy([
      ...flows,
      ...[button('down', 'down-b'), side('down-b', 'stopSide', 'B', ['down-a']), side('down-a', 'stopSide', 'A', [])],
      ...[button('up', 'up-a'), side('up-a', 'startSide', 'A', ['up-b']), side('up-b', 'startSide', 'B', [])],
    ]);
    try {
      const page = await open('wallboard');
      await page.waitForSelector('#link.live');
      await nodeRed.press('down');
      await page.waitForSelector('body.stale');
      assert.equal(await page.innerText('#link'), 'CTI Server offline');
      await nodeRed.press('up');
      await page.waitForSelector('#link.live');
    } finally {
      await nodeRed.deploy(flows);
    }
  });

  it('the CRM: a forged webhook is rejected, and shown as rejected', async () => {
    const page = await open('crm-webhooks');
    await page.waitForSelector('#link.live');
    await page.getByRole('button', { name: /forged/ }).click();
    const shown = page.locator('[data-verdict=forged]').first();
    await shown.getByText('401').waitFor();
    await shown.locator('summary').click();
    await shown.getByText('"somebody"').waitFor();
  });

  it('the CRM: an expanded body stays expanded when more arrive', async () => {
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

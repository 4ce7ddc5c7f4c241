/** Each dialog in a real browser: opened, filled in, saved, and opened again with what was filled in. */
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { openBrowser } from './browser.js';

const node = (id: string, type: string) => ({ id, z: 't1', type: `ctios-${type}`, session: 's1', wires: [] });
const FLOW = [
  { id: 't1', type: 'tab', label: 'contact center' },
  { id: 's1', type: 'ctios-session', name: 'Lab' },
  ...[
    'call-events',
    'agent-events',
    'events',
    'call',
    'agent',
    'request',
    'query',
    'wait',
    'screen-pop',
    'simulate',
  ].map((type) => node(type, type)),
];

type Properties = Record<string, unknown>;

describe('the dialogs in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let nodeRed: NodeRedProcess;
  let page: Page;
  const problems: string[] = [];

  before(async function () {
    browser = await openBrowser(this);
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(FLOW));
    nodeRed = await NodeRedProcess.start({ userDir });
    page = await browser.newPage({ viewport: { width: 1300, height: 1400 }, locale: 'en-US' });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(nodeRed.url);
    await page.waitForSelector('.red-ui-flow-node-group');
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
  });
  afterEach(() => {
    assert.deepEqual(problems.splice(0), [], 'the editor threw an error');
  });

  const evaluate = <T>(code: string): Promise<T> => page.evaluate(code) as Promise<T>;

  async function open(id: string): Promise<void> {
    await evaluate(`RED.editor.edit(RED.nodes.node('${id}'))`);
    await page.waitForSelector('#node-dialog-ok:visible');
    await page.waitForSelector('#node-input-session:visible');
  }
  async function done(): Promise<void> {
    await page.click('#node-dialog-ok');
    await page.waitForSelector('#node-dialog-ok', { state: 'detached' });
  }
  const saved = (id: string): Promise<Properties> =>
    evaluate(`(() => {
      const node = RED.nodes.node('${id}');
      const found = { valid: node.valid, outputs: node.outputs };
      for (const key of Object.keys(node._def.defaults)) found[key] = node[key];
      return found;
    })()`);
  /** Fills the last row of a list. */
  async function addRow(list: string, key: string, value: string): Promise<void> {
    const container = page.locator(`.red-ui-editableList:has(#${list})`);
    await container.locator('.red-ui-editableList-addButton').click();
    const row = container.locator('.ctios-row').last();
    await row.locator('.ctios-row-key').fill(key);
    const typed = row.locator('.red-ui-typedInput-input');
    await ((await typed.count()) > 0 ? typed : row.locator('.ctios-row-value')).fill(value);
    await page.keyboard.press('Escape');
  }
  const rowTexts = (list: string): Promise<string[][]> =>
    evaluate(`$('#${list} .ctios-row').map((_, row) => [[
      $(row).find('.ctios-row-key').val(),
      $(row).find('.red-ui-typedInput-input, input.ctios-row-value:not(.red-ui-typedInput)').first().val(),
    ]]).get()`);

  for (const [id, event] of [
    ['call-events', 'OnCallDelivered'],
    ['agent-events', 'OnAgentStateChange'],
    ['events', 'OnConnectionGap'],
  ] as const) {
    it(`ctios-${id}: events, outputs, a filter and a property`, async () => {
      await open(id);
      await page.fill('.ctios-search', event);
      await page.check(`.ctios-event:has-text("${event}"):visible >> nth=0 >> input`);
      await addRow('ctios-filter', 'AgentID', '1001, 1002');
      await addRow('ctios-properties', 'customer', 'Ada');
      await done();
      const now = await saved(id);
      assert.deepEqual(now.events, [event]);
      assert.deepEqual(now.filter, [{ key: 'AgentID', value: '1001, 1002' }]);
      assert.deepEqual(now.properties, [{ p: 'customer', v: 'Ada', vt: 'str' }]);
      assert.equal(now.valid, true);
      await open(id);
      assert.ok(await page.isChecked(`.ctios-event:has-text("${event}") >> nth=0 >> input`));
      assert.deepEqual(await rowTexts('ctios-filter'), [['AgentID', '1001, 1002']]);
      await done();
      assert.deepEqual((await saved(id)).events, [event]);
    });
  }

  it('ctios-call-events: as many outputs as chosen events', async () => {
    await open('call-events');
    await page.fill('.ctios-search', 'OnCallEnd');
    await page.check('.ctios-event:has-text("OnCallEnd"):visible >> nth=0 >> input');
    await page.selectOption('#node-input-split', 'each');
    await done();
    const { events, outputs } = await saved('call-events');
    assert.equal((events as string[]).length, 2);
    assert.equal(outputs, 2);
  });

  it('ctios-call: a request with its arguments, and the event that completes it', async () => {
    await open('call');
    await page.selectOption('#node-input-request', 'MakeConsultCall');
    const offered = (await rowTexts('ctios-args')).map(([key]) => key);
    assert.deepEqual(offered, ['DialedNumber', 'ConsultType'], 'the required arguments are not offered');
    await page.locator('#ctios-args .red-ui-typedInput-input').first().fill('8002');
    await page.selectOption('#node-input-complete', 'OnCallEstablished');
    await page.fill('#node-input-linkWait', '5');
    await done();
    const now = await saved('call');
    assert.equal(now.request, 'MakeConsultCall');
    assert.deepEqual(now.args, [{ key: 'DialedNumber', value: '8002', type: 'str' }]);
    assert.equal(now.complete, 'OnCallEstablished');
    assert.equal(String(now.linkWait), '5');
    await open('call');
    assert.equal(await page.inputValue('#node-input-complete'), 'OnCallEstablished');
    await done();
    assert.equal((await saved('call')).complete, 'OnCallEstablished');
  });

  it('ctios-request: any request, or the one of msg.topic', async () => {
    await open('request');
    assert.equal(await page.inputValue('#node-input-request'), '');
    await page.selectOption('#node-input-request', 'SetMessageFilter');
    await done();
    assert.equal((await saved('request')).request, 'SetMessageFilter');
  });

  it('ctios-query: one object, or a list with a filter', async () => {
    await open('query');
    await page.selectOption('#node-input-query', 'agents');
    assert.ok(await page.isHidden('#ctios-object-row'));
    await addRow('ctios-filter', 'AgentState', 'Available');
    await done();
    const { query, filter } = await saved('query');
    assert.equal(query, 'agents');
    assert.deepEqual(filter, [{ key: 'AgentState', value: 'Available' }]);
  });

  it('ctios-wait: is not valid without an event, and is with one', async () => {
    await open('wait');
    await done();
    assert.equal((await saved('wait')).valid, false);
    await open('wait');
    await page.fill('.ctios-search', 'OnCallEnd');
    await page.check('.ctios-event:has-text("OnCallEnd"):visible >> nth=0 >> input');
    await page.fill('#node-input-timeout', '90');
    await done();
    const { valid, events, timeout } = await saved('wait');
    assert.equal(valid, true);
    assert.deepEqual(events, ['OnCallEnd']);
    assert.equal(String(timeout), '90');
  });

  it('ctios-screen-pop: when, for whom, and with which fields', async () => {
    await open('screen-pop');
    await page.selectOption('#node-input-trigger', 'established');
    await page.check('#node-input-popRinging');
    await addRow('ctios-fields', 'CallVariable1', 'Account');
    await done();
    const { trigger, popRinging, fields } = await saved('screen-pop');
    assert.deepEqual(
      { trigger, popRinging, fields },
      {
        trigger: 'established',
        popRinging: true,
        fields: [{ from: 'CallVariable1', to: 'Account' }],
      },
    );
  });

  it('ctios-simulate: a command of the simulated contact center, explained', async () => {
    await open('simulate');
    await page.waitForFunction("$('#node-input-command option').length > 3");
    await page.selectOption('#node-input-command', 'placeCall');
    assert.ok((await page.textContent('#ctios-command-about'))!.length > 10);
    assert.ok(await page.isHidden('#ctios-not-simulated'));
    await addRow('ctios-args', 'to', '8002');
    await done();
    const { command, args } = await saved('simulate');
    assert.equal(command, 'placeCall');
    assert.deepEqual(args, [{ key: 'to', value: '8002', type: 'str' }]);
  });

  // After the wait has its event: the editor asks back before it deploys a node that is not valid.
  it('ctios-agent: an agent from the live session, and a password that the browser never sees again', async () => {
    await open('agent');
    await page.fill('#node-input-agentPassword', 'planted');
    const agent = page.locator('#ctios-object-row .red-ui-typedInput-input');
    await agent.pressSequentially('100');
    await page.click('.red-ui-autoComplete-container:visible >> text=/1001 · Alex/');
    await done();
    assert.equal((await saved('agent')).object, '1001');
    await page.click('#red-ui-header-button-deploy');
    await page.waitForFunction('!RED.nodes.dirty()');
    await open('agent');
    assert.ok(!(await page.inputValue('#node-input-agentPassword')).includes('planted'));
    await done();
    const flows = await nodeRed.json<unknown>('flows');
    assert.ok(!JSON.stringify(flows).includes('planted'), 'the password is in the exported flow');
  });

  it('ctios-session: tests the running connection, and shows what each kind of connection needs', async () => {
    await evaluate(`RED.editor.editConfig('', 'ctios-session', 's1')`);
    await page.waitForSelector('#node-config-input-connect:visible');
    await page.click('#ctios-test');
    await page.waitForFunction("/^Connected/.test($('#ctios-test-result').text())");
    await page.selectOption('#node-config-input-connect', 'ctiserver');
    assert.ok(await page.isVisible('#node-config-input-hostA'));
    assert.ok(await page.isHidden('#node-config-input-urlA'));
    await page.selectOption('#node-config-input-connect', 'simulator');
    await page.fill('#node-config-input-filter', 'AgntID=1');
    await page.dispatchEvent('#node-config-input-filter', 'change');
    await page.waitForSelector('#node-config-input-filter.input-error');
    await page.fill('#node-config-input-filter', 'AgentID=1001');
    await page.dispatchEvent('#node-config-input-filter', 'change');
    await page.waitForSelector('#node-config-input-filter:not(.input-error)');
    await page.fill('#node-config-input-masked', 'user.*Card');
    await page.dispatchEvent('#node-config-input-masked', 'change');
    await page.waitForSelector('#node-config-input-masked.input-error');
    await page.fill('#node-config-input-masked', 'CallVariable3, user.Card*');
    await page.dispatchEvent('#node-config-input-masked', 'change');
    await page.waitForSelector('#node-config-input-masked:not(.input-error)');
    await page.click('#node-config-dialog-ok');
    await page.waitForSelector('#node-config-dialog-ok', { state: 'detached' });
    assert.equal(await evaluate("RED.nodes.node('s1').filter"), 'AgentID=1001');
    assert.equal(await evaluate("RED.nodes.node('s1').masked"), 'CallVariable3, user.Card*');
  });
});

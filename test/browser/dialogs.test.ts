/** Each dialog in a real browser: opened, filled in, saved, and opened again with the saved values. */
import { strict as assert } from 'node:assert';
import type { Page } from 'playwright-core';
import { Editor, NODE_TYPES } from './editor.js';

describe('the dialogs in a browser', function () {
  this.timeout(60_000);
  let editor: Editor;
  let page: Page;

  before(async function () {
    editor = await Editor.start(this);
    page = editor.page;
  });
  after(() => editor?.stop());
  afterEach(async () => {
    await editor.closeAll();
    editor.noProblems();
  });

  it('keep the session next to its label in a narrow dialog', async () => {
    await editor.open('query');
    await page.addStyleTag({ content: '.ctios-form { max-width: 440px; }' });
    const top = async (selector: string) => (await page.locator(selector).boundingBox())!.y;
    assert.equal(await top('#node-input-session'), await top('label[for=node-input-session]'));
    await editor.close('cancel');
    await page.addStyleTag({ content: '.ctios-form { max-width: none; }' });
  });

  for (const [id, event] of [
    ['call-events', 'OnCallDelivered'],
    ['agent-events', 'OnAgentStateChange'],
    ['events', 'OnConnectionGap'],
  ] as const) {
    it(`ctios-${id}: events, outputs, a filter and a property`, async () => {
      await editor.open(id);
      await editor.chooseEvent(event);
      await editor.addRow('ctios-filter', 'AgentID', '1001, 1002', 'oneOf');
      await editor.addRow('ctios-properties', 'customer', 'Ada');
      await editor.close();
      const now = await editor.saved(id);
      assert.deepEqual(now.events, [event]);
      assert.deepEqual(now.filter, [{ key: 'AgentID', op: 'oneOf', value: '1001, 1002', type: 'str' }]);
      assert.deepEqual(now.properties, [{ p: 'customer', v: 'Ada', vt: 'str' }]);
      assert.equal(now.valid, true);
      await editor.open(id);
      assert.ok(await page.isChecked(`.ctios-event:has-text("${event}") >> nth=0 >> input`));
      assert.deepEqual(await editor.rowTexts('ctios-filter'), [['AgentID', '1001, 1002']]);
      await editor.close();
      assert.deepEqual((await editor.saved(id)).events, [event]);
    });
  }

  it('ctios-call-events: as many outputs as selected events', async () => {
    await editor.open('call-events');
    await editor.chooseEvent('OnCallEnd');
    await page.selectOption('#node-input-split', 'each');
    await editor.close();
    const { events, outputs } = await editor.saved('call-events');
    assert.equal((events as string[]).length, 2);
    assert.equal(outputs, 2);
  });

  it('wires follow their event when events are added and removed, and undo brings them back', async () => {
    const wires = (): Promise<string[]> =>
      editor.evaluate(`RED.nodes.filterLinks({ source: RED.nodes.node('split') })
        .map(({ sourcePort, target }) => sourcePort + ' ' + target.id).sort()`);
    const outputs = (): Promise<unknown> => editor.evaluate("RED.nodes.node('split').outputs");
    await editor.evaluate(`RED.nodes.import([
      { id: 'split', z: 't1', type: 'ctios-call-events', session: 's1', version: 1, split: 'each', outputs: 2, x: 90, y: 90,
        events: ['OnCallEnd', 'OnCallDelivered'], wires: [['at-end'], ['rings', 'at-end']] },
      { id: 'at-end', z: 't1', type: 'junction', x: 90, y: 90, wires: [[]] },
      { id: 'rings', z: 't1', type: 'ctios-call', session: 's1', x: 90, y: 90, wires: [[]] },
    ])`);
    const before = ['0 at-end', '1 at-end', '1 rings'];
    assert.deepEqual(await wires(), before);
    await editor.open('split');
    assert.equal(await page.innerText('.ctios-event-name >> nth=0'), 'OnCallEnd');
    await editor.close();
    assert.deepEqual([await wires(), await outputs()], [before, 2], 'moved by being looked at');
    await editor.open('split');
    await editor.chooseEvent('OnCallBegin');
    await page.fill('.ctios-search', '');
    await page.uncheck('.ctios-event:has-text("OnCallEnd") >> nth=0 >> input');
    await editor.close();
    const { events } = await editor.saved('split');
    assert.deepEqual(events, ['OnCallDelivered', 'OnCallBegin']);
    assert.deepEqual([await wires(), await outputs()], [['0 at-end', '0 rings'], 2]);
    await editor.evaluate('RED.history.pop()');
    assert.deepEqual([await wires(), await outputs()], [before, 2]);
    await editor.evaluate("RED.nodes.remove('split') && RED.nodes.remove('rings')");
  });

  it('the list of events: common ones first, one tab stop, arrow keys within', async () => {
    await editor.open('agent-events');
    await page.click('.ctios-events-head .red-ui-button');
    await editor.close();
    await editor.open('agent-events');
    assert.equal(await page.innerText('.ctios-event-name >> nth=0'), 'OnAgentStateChange');
    assert.equal(await page.locator('.ctios-events [tabindex="0"]').count(), 1);
    await page.focus('.ctios-events [tabindex="0"]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    assert.equal(await page.locator('.ctios-events [tabindex="0"]').count(), 1);
    await editor.close();
    const { events } = await editor.saved('agent-events');
    assert.equal((events as string[]).length, 2);
    assert.ok((events as string[]).includes('OnAgentStateChange'));
  });

  it('ctios-call: a request with its arguments, and the event that completes it', async () => {
    await editor.open('call');
    await page.selectOption('#node-input-request', 'MakeConsultCall');
    const offered = (await editor.rowTexts('ctios-args')).map(([key]) => key);
    assert.deepEqual(offered, ['DialedNumber', 'ConsultType'], 'the required arguments are not offered');
    await page.locator('#ctios-args .red-ui-typedInput-input').first().fill('8002');
    await page.selectOption('#node-input-complete', 'OnCallEstablished');
    await page.fill('#node-input-linkWait', '5');
    await editor.close();
    const now = await editor.saved('call');
    assert.equal(now.request, 'MakeConsultCall');
    assert.deepEqual(now.args, [{ key: 'DialedNumber', value: '8002', type: 'str' }]);
    assert.equal(now.complete, 'OnCallEstablished');
    assert.equal(String(now.linkWait), '5');
    await editor.open('call');
    assert.equal(await page.inputValue('#node-input-complete'), 'OnCallEstablished');
    await editor.close();
    assert.equal((await editor.saved('call')).complete, 'OnCallEstablished');
  });

  it('ctios-request: any request, or the one in msg.topic', async () => {
    await editor.open('request');
    assert.equal(await page.inputValue('#node-input-request'), '');
    await page.selectOption('#node-input-request', 'SetMessageFilter');
    await editor.close();
    assert.equal((await editor.saved('request')).request, 'SetMessageFilter');
  });

  it('ctios-query: one object, or a list with a filter', async () => {
    await editor.open('query');
    await page.selectOption('#node-input-query', 'agents');
    assert.ok(await page.isHidden('#ctios-object-row'));
    await editor.addRow('ctios-filter', 'AgentState', 'Available');
    await editor.close();
    const { query, filter } = await editor.saved('query');
    assert.equal(query, 'agents');
    assert.deepEqual(filter, [{ key: 'AgentState', op: 'is', value: 'Available', type: 'str' }]);
  });

  it('ctios-wait: is not valid without an event, and is valid with one', async () => {
    await editor.open('wait');
    await editor.close();
    assert.equal((await editor.saved('wait')).valid, false);
    await editor.open('wait');
    await editor.chooseEvent('OnCallEnd');
    await page.fill('#node-input-timeout', '90');
    await editor.close();
    const { valid, events, timeout } = await editor.saved('wait');
    assert.equal(valid, true);
    assert.deepEqual(events, ['OnCallEnd']);
    assert.equal(String(timeout), '90');
  });

  it('ctios-screen-pop: rejects a regular expression as a pattern of extensions, and an invalid country code', async () => {
    await editor.open('screen-pop');
    for (const [field, wrong, right, reason] of [
      ['internalPatterns', '2xxx, ^2\\d{3}$', '2xxx, 200000-200999', /\^2\\d\{3\}\$.*is not a pattern of extensions/],
      ['internalPatterns', '7[4-0]xx', '7[0-4]xx', /7\[4-0\]xx.*is not a pattern of extensions/],
      ['region', 'Germany', 'DE', /country code of two letters/],
    ] as const) {
      await page.fill(`#node-input-${field}`, wrong);
      await page.dispatchEvent(`#node-input-${field}`, 'change');
      await page.waitForSelector(`#node-input-${field}.input-error`);
      const says = await page.evaluate(`RED.ctios.valid[${JSON.stringify(field)}](${JSON.stringify(wrong)})`);
      assert.match(String(says), reason);
      await page.fill(`#node-input-${field}`, right);
      await page.dispatchEvent(`#node-input-${field}`, 'change');
      await page.waitForSelector(`#node-input-${field}:not(.input-error)`);
    }
    await page.fill('#node-input-region', 'US');
    await editor.close();
  });

  it('ctios-screen-pop: trigger, agents, and fields', async () => {
    await editor.open('screen-pop');
    await page.selectOption('#node-input-trigger', 'established');
    await page.check('#node-input-popRinging');
    await editor.addRow('ctios-fields', 'CallVariable1', 'Account');
    await editor.close();
    const { trigger, popRinging, fields } = await editor.saved('screen-pop');
    assert.deepEqual(
      { trigger, popRinging, fields },
      {
        trigger: 'established',
        popRinging: true,
        fields: [{ from: 'CallVariable1', to: 'Account' }],
      },
    );
  });

  it('ctios-webhook: a blank property is marked only where a value is needed', async () => {
    await editor.open('webhook');
    const marked = () => page.locator('.red-ui-typedInput-container.input-error:visible').count();
    assert.equal(await marked(), 0);
    const key = page.locator('.form-row:has(#node-input-key) .red-ui-typedInput-input');
    await key.fill('payload[');
    await key.blur();
    assert.equal(await marked(), 1);
    await page.locator('.form-row:has(#node-input-body) .red-ui-typedInput-input').fill('');
    await key.fill('');
    await key.blur();
    assert.equal(await marked(), 1, 'the body');
    await editor.close('cancel');
  });

  it('ctios-simulate: a command of the simulated contact center, with its explanation', async () => {
    await editor.open('simulate');
    await page.waitForFunction("$('#node-input-command option').length > 3");
    await page.selectOption('#node-input-command', 'placeCall');
    assert.ok((await page.textContent('#ctios-command-about'))!.length > 10);
    assert.ok(await page.isHidden('#ctios-not-simulated'));
    await editor.addRow('ctios-args', 'to', '8002');
    // An argument can also be found by its default.
    const key = page.locator('#ctios-args .ctios-row-key').last();
    await key.fill('sales line');
    await page.waitForSelector('.red-ui-autoComplete-container:visible >> text=/8001, the sales line/');
    await key.fill('to');
    await page.keyboard.press('Escape');
    await editor.close();
    const { command, args } = await editor.saved('simulate');
    assert.equal(command, 'placeCall');
    assert.deepEqual(args, [{ key: 'to', value: '8002', type: 'str' }]);
  });

  // After the wait node has its event: the editor asks for confirmation before it deploys an invalid node.
  it('ctios-agent: an agent from the live session, and a password that is never sent back to the browser', async () => {
    await editor.open('agent');
    await page.fill('#node-input-agentPassword', 'planted');
    const agent = page.locator('#ctios-object-row .red-ui-typedInput-input');
    await agent.pressSequentially('100');
    await page.click('.red-ui-autoComplete-container:visible >> text=/1001 · Alex/');
    await editor.close();
    assert.equal((await editor.saved('agent')).object, '1001');
    await editor.deploy();
    await editor.open('agent');
    assert.ok(!(await page.inputValue('#node-input-agentPassword')).includes('planted'));
    await editor.close();
    const flows = await editor.nodeRed.json<unknown>('flows');
    assert.ok(!JSON.stringify(flows).includes('planted'), 'the password is in the exported flow');
  });

  it('ctios-session: tests the running connection, and shows the settings of each kind of connection', async () => {
    await editor.open('s1');
    await page.click('#ctios-test');
    await page.waitForFunction("/^Connected: server Simulated contact center,/.test($('#ctios-test-result').text())");
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
    await editor.close();
    assert.equal(await editor.evaluate("RED.nodes.node('s1').filter"), 'AgentID=1001');
    assert.equal(await editor.evaluate("RED.nodes.node('s1').masked"), 'CallVariable3, user.Card*');
  });

  it('mark arguments that would not be sent, each with its reason, while they are typed', async () => {
    const problems = () => page.locator('#ctios-args .ctios-row-problem').allInnerTexts();
    await editor.open('agent');
    await page.selectOption('#node-input-request', 'SetAgentState');
    const state = page.locator('#ctios-args .ctios-row').first().locator('.red-ui-typedInput-input');
    await state.fill('');
    await state.pressSequentially('NotRead');
    await page.waitForSelector('.ctios-row-problem:text("must be a number or one of")');
    await state.pressSequentially('y');
    await page.waitForSelector('.ctios-row-problem', { state: 'detached' });

    for (const [key, reason] of [
      ['agentstate', /^AgentState is in the list twice/],
      ['EventReasnCode', /did you mean EventReasonCode/],
      ['DialedNumber', /^SetAgentState does not take DialedNumber/],
    ] as const) {
      await editor.addRow('ctios-args', key, '1');
      await page.waitForSelector('.ctios-row-problem');
      const found = await problems();
      assert.equal(found.length, 1, found.join());
      assert.match(found[0]!, reason);
      const last = page.locator('#ctios-args .ctios-row').last();
      assert.equal(await last.locator('.ctios-row-key').getAttribute('aria-invalid'), 'true');
      await page.locator('#ctios-args .red-ui-editableList-item-remove').last().click();
      await page.locator('#ctios-args .ctios-row').nth(1).waitFor({ state: 'detached' });
    }
    await editor.addRow('ctios-args', 'EventReasonCode', '2');
    assert.deepEqual(await problems(), []);
    // Arguments of one request may remain after selecting another.
    await page.selectOption('#node-input-request', 'QueryAgentState');
    await page.waitForFunction("$('#ctios-args .ctios-row-problem').length === 2");
    await editor.close();
    assert.equal((await editor.saved('agent')).valid, false);
    await editor.open('agent');
    await page.selectOption('#node-input-request', 'SetAgentState');
    await page.waitForFunction("$('#ctios-args .ctios-row-problem').length === 0");
    await editor.close();
    assert.equal((await editor.saved('agent')).valid, true);
  });

  it('allow the palette to find nodes by common search terms', async () => {
    const found = async (words: string): Promise<string[]> => {
      // The palette filters a moment after the last key.
      await editor.evaluate("$('#red-ui-palette-container .red-ui-palette-node').attr('data-filter', 'before')");
      await page.locator('#red-ui-palette-search input').fill('');
      await page.locator('#red-ui-palette-search input').pressSequentially(words);
      await page.waitForFunction(
        "$('#red-ui-palette-container .red-ui-palette-node[data-filter=before]').length === 0",
      );
      return editor.evaluate(
        "$('#red-ui-palette-container .red-ui-palette-node:not([data-filter])').map((_, entry) => $(entry).attr('data-palette-type')).get()",
      );
    };
    for (const [words, type] of [
      ['dial', 'ctios-call'],
      ['transfer', 'ctios-call'],
      ['logout', 'ctios-agent'],
      ['crm', 'ctios-screen-pop'],
    ] as const) {
      assert.ok((await found(words)).includes(type), words);
    }
    assert.deepEqual(
      (await found('cisco')).filter((type) => type.startsWith('ctios-')).sort(),
      NODE_TYPES.map((type) => `ctios-${type}`).sort(),
    );
    await page.fill('#red-ui-palette-search input', '');
  });

  it('ctios-session: the test is at the top, with its result visible however long the dialog is', async () => {
    await editor.open('s1');
    await page.selectOption('#node-config-input-connect', 'ctiserver');
    const top = async (selector: string) => (await page.locator(selector).boundingBox())!.y;
    assert.ok((await top('#ctios-test')) < (await top('#node-config-input-hostA')));
    assert.equal(await page.locator('#ctios-test-result').count(), 1);
    await editor.close('cancel');
  });

  it('mark a filter row that cannot match, or has another meaning than its text suggests', async () => {
    for (const [id, list] of [
      ['call-events', 'ctios-filter'],
      ['wait', 'ctios-match'],
      ['query', 'ctios-filter'],
    ] as const) {
      await editor.open(id);
      if (id === 'query') await editor.page.selectOption('#node-input-query', 'calls');
      if (id === 'wait') await editor.chooseEvent('OnCallEnd');
      await editor.addRow(list, 'DialedNumber', '*', 'like');
      const row = editor.page.locator(`#${list} .ctios-row`).last();
      const value = row.locator('.red-ui-typedInput-input:visible').first();
      const problem = (words: RegExp) => row.locator('.ctios-row-problem', { hasText: words }).waitFor();
      await problem(/needs a prefix/);
      await row.locator('.ctios-row-operator').selectOption('lt');
      await problem(/not a number/);
      await row.locator('.ctios-row-operator').selectOption('between');
      await value.fill('9');
      await row.locator('.red-ui-typedInput-input:visible').last().fill('1');
      await problem(/no number is between 9 and 1/);
      await row.locator('.ctios-row-operator').selectOption('matches');
      await value.fill('(?=a)');
      await problem(/regular expression: .*Perl syntax/);
      await editor.page.keyboard.press('Escape');
      await editor.close();
      assert.equal((await editor.saved(id)).valid, false, id);
      await editor.open(id);
      await row.locator('.ctios-row-operator').selectOption('is');
      await value.fill('*67');
      await editor.page.keyboard.press('Escape');
      await editor.close();
      const { valid, filter, match } = await editor.saved(id);
      assert.equal(valid, true, id);
      assert.deepEqual(((filter ?? match) as unknown[]).at(-1), {
        key: 'DialedNumber',
        op: 'is',
        value: '*67',
        type: 'str',
      });
    }
  });

  it('show two values in a filter row if its comparison needs them, and mark a comparison of changes that are not recorded', async () => {
    await editor.open('agent-events');
    await editor.addRow('ctios-filter', 'StateDuration', '10', 'between');
    const row = editor.page.locator('#ctios-filter .ctios-row').last();
    await row.locator('.red-ui-typedInput-input:visible').last().fill('20');
    await editor.page.keyboard.press('Escape');
    await editor.addRow('ctios-filter', 'AgentState', '', 'changed');
    assert.equal(await row.locator('.red-ui-typedInput-input:visible').count(), 0);
    await row.locator('.ctios-row-key').fill('EnablementMask');
    await row.locator('.ctios-row-problem', { hasText: /not recorded/ }).waitFor();
    await row.locator('.ctios-row-key').fill('AgentState');
    await editor.page.keyboard.press('Escape');
    await editor.page.selectOption('#node-input-join', 'any');
    await editor.close();
    const { filter, join } = await editor.saved('agent-events');
    assert.equal(join, 'any');
    assert.deepEqual((filter as unknown[]).slice(-2), [
      { key: 'StateDuration', op: 'between', value: '10', type: 'str', to: '20', toType: 'str' },
      { key: 'AgentState', op: 'changed', value: '', type: 'str' },
    ]);
    await editor.open('query');
    const offered = await editor.evaluate("$('.ctios-row-operator option').map((_, each) => each.value).get()");
    assert.equal((offered as string[]).includes('changed'), false);
    await editor.close('cancel');
  });
});

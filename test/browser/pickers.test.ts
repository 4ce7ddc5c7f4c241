/**
 * Suggestions in the dialogs while a value is typed: from the live session, from its lists, and a message if there are
 * none.
 */
import { strict as assert } from 'node:assert';
import { Editor, FLOW } from './editor.js';

const SESSIONS = [
  { id: 'desk', type: 'ctios-session', name: 'Desk', mode: 'agent', agentId: '1003', agentLogin: false, agents: 20 },
  {
    ...{ id: 'far', type: 'ctios-session', name: 'Far', connect: 'ctiserver', hostA: '127.0.0.1', portA: 1 },
    ...{ clientId: 'nobody', peripheralId: 5000 },
  },
  { id: 'new', type: 'ctios-session', name: 'New', d: true },
];
const USERS = SESSIONS.map(({ id }) => ({ id: `at-${id}`, z: 't1', type: 'ctios-agent', session: id, wires: [] }));

describe('the suggestions in dialogs', function () {
  this.timeout(60_000);
  let editor: Editor;

  before(async function () {
    editor = await Editor.start(this, { flow: [...FLOW, ...SESSIONS, ...USERS] });
  });
  after(() => editor?.stop());
  afterEach(async () => {
    await editor.closeAll();
    editor.noProblems();
  });

  /** The suggestions in an argument's row after typing a text, once there are any. */
  async function offered(key: string, typed = ''): Promise<string[]> {
    const { page } = editor;
    const rows = page.locator('#ctios-args .ctios-row');
    await page.waitForFunction("$('#ctios-args .ctios-row-key').length > 0");
    const keys = (await editor.rowTexts('ctios-args')).map(([name]) => name);
    if (!keys.includes(key)) await editor.addRow('ctios-args', key, '');
    const index = (await editor.rowTexts('ctios-args')).findIndex(([name]) => name === key);
    return offers(rows.nth(index).locator('.red-ui-typedInput-input'), typed);
  }
  async function offers(field: ReturnType<Editor['page']['locator']>, typed: string): Promise<string[]> {
    const { page } = editor;
    await page.keyboard.press('Escape');
    // All suggestions, as soon as the field is focused.
    await field.blur();
    await field.focus();
    const list = '.red-ui-autoComplete-container:visible li';
    await page.waitForSelector(list);
    if (typed !== '') {
      await page
        .locator(list)
        .evaluateAll((items) => items.forEach((item) => void item.setAttribute('data-before', '')));
      await field.fill(typed.slice(0, -1));
      await field.press(typed.slice(-1));
      await page.waitForSelector(`${list}:not([data-before])`);
    }
    return (await page.locator(list).allInnerTexts()).map((each) => each.trim());
  }
  /** Queries the runtime about a session until the condition is met. */
  async function until(path: string, holds: (answer: { phase?: string; rows?: unknown[] }) => boolean): Promise<void> {
    while (!holds(await editor.nodeRed.json(`ctios/sessions/${path}`)));
  }
  const choose = (label: string): Promise<void> =>
    editor.page.click(`.red-ui-autoComplete-container:visible >> text="${label}"`);

  it('include teams of the live session, for event nodes and the screen pop', async () => {
    for (const id of ['call-events', 'screen-pop']) {
      await editor.open(id);
      const found = await offers(editor.page.locator('#node-input-teams'), '');
      assert.deepEqual(found, ['1 · 21 agents']);
      await choose('1 · 21 agents');
      await editor.close();
      assert.equal((await editor.saved(id)).teams, '1');
    }
  });

  it('include reasons for NotReady if the state is NotReady, those for Logout if an agent logs out', async () => {
    const { page } = editor;
    await editor.open('agent');
    await page.selectOption('#node-input-request', 'SetAgentState');
    await editor.addRow('ctios-args', 'EventReasonCode', '');
    const state = page.locator('#ctios-args .ctios-row').first().locator('.red-ui-typedInput-input');
    await state.fill('NotReady');
    await page.keyboard.press('Escape');
    const away = await offered('EventReasonCode', '');
    assert.ok(away.includes('2 · Lunch'), away.join());
    assert.ok(!away.some((each) => each.includes('End of shift')), away.join());
    await choose('2 · Lunch');
    await editor.close();
    assert.deepEqual((await editor.saved('agent')).args, [
      { key: 'AgentState', value: 'NotReady', type: 'str' },
      { key: 'EventReasonCode', value: '2', type: 'str' },
    ]);
    await editor.open('request');
    await page.selectOption('#node-input-request', 'Logout');
    await editor.addRow('ctios-args', 'EventReasonCode', '');
    assert.deepEqual(await offered('EventReasonCode', 'shift'), ['101 · End of shift']);
  });

  it('include wrap-up texts, dialed numbers, and the agents, commands and reasons of the simulated contact center', async () => {
    const { page } = editor;
    await editor.open('call');
    await page.selectOption('#node-input-request', 'SetCallData');
    await editor.addRow('ctios-args', 'CallWrapupData', '');
    assert.deepEqual(await offered('CallWrapupData', 'Compl'), ['Complaint']);
    await page.selectOption('#node-input-request', 'MakeCall');
    assert.deepEqual(await offered('DialedNumber', '8001'), ['8001 · Sales']);
    await editor.close('cancel');
    await editor.open('simulate');
    await page.waitForFunction("$('#node-input-command option').length > 3");
    await page.selectOption('#node-input-command', 'logoutAgent');
    assert.deepEqual(await offered('agent', '1001'), ['1001 · Alex Andersen · 2001']);
    assert.deepEqual(await offered('reason', 'Ill'), ['103 · Illness']);
  });

  it('include the current calls', async () => {
    await editor.open('call');
    const { result } = await editor.evaluate<{ result: { call: number } }>(
      `$.ajax({ url: 'ctios/sessions/s1/simulate', method: 'POST', contentType: 'application/json',
        data: JSON.stringify({ command: 'placeCall', args: { to: '8002' } }) })`,
    );
    await until('s1/calls', ({ rows }) => JSON.stringify(rows).includes(String(result.call)));
    const object = editor.page.locator('#ctios-object-row .red-ui-typedInput-input');
    const found = await offers(object, String(result.call));
    assert.ok(
      found.some((each) => each.startsWith(`call.5000.${result.call}.`)),
      found.join(),
    );
  });

  it('include in agent mode what the session knows: its own agent, and the reasons of its desk settings', async () => {
    const { page } = editor;
    await until('desk', ({ phase }) => phase === 'ready');
    await editor.open('at-desk');
    await page.selectOption('#node-input-request', 'Logout');
    await editor.addRow('ctios-args', 'EventReasonCode', '');
    assert.deepEqual(await offered('EventReasonCode', 'desk'), ['102 · Change of desk']);
    const object = page.locator('#ctios-object-row .red-ui-typedInput-input');
    assert.match((await offers(object, '1003')).join(), /^1003 · /);
  });

  for (const [id, why] of [
    ['at-far', /^The session is not connected/],
    ['at-new', /^This session is not deployed yet/],
  ] as const) {
    it(`${id}: explain why there are none, and accept typed text`, async () => {
      const { page } = editor;
      await editor.open(id);
      const object = page.locator('#ctios-object-row .red-ui-typedInput-input');
      assert.match((await offers(object, '')).join(), why);
      await object.fill('1234');
      await page.keyboard.press('Escape');
      await editor.close();
      assert.equal((await editor.saved(id)).object, '1234');
    });
  }

  it('open on focus and on a click; Tab and Enter keep the typed text, the arrow keys select', async () => {
    const { page } = editor;
    const list = '.red-ui-autoComplete-container:visible li';
    await editor.open('agent');
    await page.selectOption('#node-input-request', 'QueryAgentState');
    await editor.addRow('ctios-args', 'AgentID', '');
    const field = page.locator('#ctios-args .ctios-row').last().locator('.red-ui-typedInput-input');
    await field.click();
    await page.waitForSelector(`${list} >> text=/^1001 ·/`);
    // The beginning of many agents' numbers, and also a value.
    await page.keyboard.type('100');
    await page.waitForFunction("$('.red-ui-autoComplete-container:visible li').length === 9");
    await page.keyboard.press('Tab');
    await page.waitForSelector(list, { state: 'hidden' });
    assert.equal(await field.inputValue(), '100');
    assert.ok(!(await field.evaluate((input) => input === document.activeElement)), 'Tab does not leave the field');

    await field.click();
    await page.waitForSelector(list);
    await page.keyboard.press('Enter');
    await page.waitForSelector(list, { state: 'hidden' });
    assert.equal(await field.inputValue(), '100');

    await field.click();
    await page.waitForSelector(`${list} >> text=/^1002 ·/`);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector(list, { state: 'hidden' });
    assert.equal(await field.inputValue(), '1002');
  });
});

describe('the dialogs in another language', function () {
  this.timeout(60_000);

  for (const [locale, file, when, does] of [
    ['de-AT', 'de', 'Das Telefon klingelt', 'Nimmt den klingelnden Anruf an.'],
    ['ja', 'ja', '呼び出し中 (着信音が鳴っている)', '呼び出し中の通話に応答する。'],
    ['fr', undefined, 'The call is ringing', 'Answers the ringing call.'],
  ] as const) {
    it(`${locale}: events and requests are explained in ${file ?? 'English'}`, async function () {
      const editor = await Editor.start(this, { locale });
      try {
        const { page } = editor;
        await editor.open('call-events');
        const row = page.locator('.ctios-event:has(.ctios-event-name:text-is("OnCallDelivered"))');
        await row.locator(`.ctios-event-when:text-is("${when}")`).waitFor();
        await page.fill('.ctios-search', when);
        assert.equal(await row.isVisible(), true, 'it is not found by its explanation');
        await editor.close('cancel');
        await editor.open('call');
        assert.equal((await page.innerText('#ctios-request-about')).trim(), does);
        const words = editor.asked.filter((path) => path.includes('ctios-words-'));
        assert.deepEqual(
          words,
          file === undefined ? [] : [`/resources/@openctios/node-red-ctios/ctios-words-${file}.json`],
        );
        editor.noProblems();
      } finally {
        await editor.stop();
      }
    });
  }
});

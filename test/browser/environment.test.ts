/** `${ENV}` and the properties of a subflow, entered in dialogs and used in a session and in a filter. */
import { strict as assert } from 'node:assert';
import { Editor } from './editor.js';

/** The notation of a variable in a dialog. */
const variable = (name: string): string => `\${${name}}`;

const FLOW = [
  { id: 't1', type: 'tab', label: 'one flow', env: [{ name: 'CENTER_AGENTS', type: 'str', value: '7' }] },
  { id: 's1', type: 'ctios-session', z: 't1', name: 'Lab', traffic: 'off' },
  {
    ...{ id: 'sub', type: 'subflow', name: 'one agent', in: [], env: [{ name: 'WHO', type: 'str', value: '1001' }] },
    out: [{ x: 300, y: 80, wires: [{ id: 'watch', port: 0 }] }],
  },
  { id: 's2', type: 'ctios-session', name: 'Shared', traffic: 'off', agents: 7 },
  { id: 'watch', type: 'ctios-agent-events', z: 'sub', session: 's2', x: 120, y: 80, wires: [] },
  { id: 'first', type: 'subflow:sub', z: 't1', x: 120, y: 80, wires: [['told']] },
  {
    id: 'second',
    type: 'subflow:sub',
    z: 't1',
    x: 120,
    y: 160,
    wires: [['told']],
    env: [{ name: 'WHO', type: 'str', value: '1002' }],
  },
  {
    id: 'told',
    type: 'debug',
    z: 't1',
    name: 'told',
    active: true,
    complete: 'payload.AgentID',
    x: 320,
    y: 80,
    wires: [],
  },
  { id: 'user', type: 'ctios-query', z: 't1', session: 's1', x: 120, y: 240, wires: [] },
];

describe('environment variables in dialogs', function () {
  this.timeout(60_000);
  let editor: Editor;

  before(async function () {
    editor = await Editor.start(this, { flow: FLOW });
  });
  after(() => editor?.stop());
  afterEach(async () => {
    await editor.closeAll();
    editor.noProblems();
  });

  it('are accepted by a session in place of a number or a host, and are not marked as invalid', async () => {
    const { page } = editor;
    await editor.open('s1');
    await page.fill('#node-config-input-agents', variable('CENTER_AGENTS'));
    await editor.close();
    const { agents, valid } = await editor.saved('s1');
    assert.equal(agents, variable('CENTER_AGENTS'));
    assert.equal(valid, true);
    await editor.deploy();
    let total = 0;
    while (total < 7) ({ total } = await editor.nodeRed.json<{ total: number }>('ctios/sessions/s1/agents'));
  });

  it('are accepted by a filter in a subflow: each instance reports its own agent', async () => {
    await editor.evaluate("RED.workspaces.show('sub')");
    await editor.open('watch');
    await editor.chooseEvent('OnAgentStateChange');
    await editor.addRow('ctios-filter', 'AgentID', variable('WHO'));
    await editor.close();
    assert.equal((await editor.saved('watch')).valid, true);
    const told: unknown[] = [];
    let enough = (): void => {};
    const both = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const stop = editor.nodeRed.watchDebug((_, agent) => {
      told.push(agent);
      if (told.length === 2) enough();
    });
    await editor.deploy();
    while ((await editor.nodeRed.json<{ phase: string }>('ctios/sessions/s2')).phase !== 'ready');
    for (const agent of ['1003', '1001', '1004', '1002']) {
      const answer = await fetch(editor.nodeRed.at('ctios/sessions/s2/simulate'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ command: 'setAgentState', args: { agent, state: 'NotReady', reason: 2 } }),
      });
      assert.equal(answer.status, 200, await answer.text());
    }
    await both;
    stop();
    assert.deepEqual(told.map(String).sort(), ['1001', '1002']);
  });
});

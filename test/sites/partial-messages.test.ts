/** Messages that are about a part: one medium of an agent, one skill group, one variable of a call. */
import assert from 'node:assert/strict';
import type { MessageInit } from '../../src/ged188/index.js';
import { CUSTOMER, Site, STATE, tells, variables } from './site.js';

const { state, begins, rings, answers, ends, updates } = tells;
const { logout, notReady, available, talking } = STATE;
const CHAT = { MRDID: 5001 };
const MAIL = { MRDID: 5002, AgentInstrument: undefined, AgentExtension: undefined };
const POP = 'pop 1001 +12065550101 inbound';
const call = [begins(7, '2001'), rings(7, '2001')];

const MEDIA: readonly (readonly [
  what: string,
  steps: readonly (MessageInit | number)[],
  story: readonly string[],
  state: number | undefined,
])[] = [
  [
    'logs out of chat during a call',
    [
      ...[state('1001', '2001', available), ...call, answers(7, '2001'), state('1001', '2001', talking)],
      ...[state('1001', '2001', logout, CHAT), 2_000, ends(7, '2001')],
    ],
    [POP, 'ended 1001 ended'],
    talking,
  ],
  [
    'logs out of e-mail while the phone rings, in a message without a phone',
    [state('1001', '2001', available), ...call, state('1001', '', logout, MAIL), ends(7, '2001')],
    [POP, 'ended 1001 abandoned'],
    available,
  ],
  [
    'becomes ready for chat after logging out of the phone',
    [state('1001', '2001', available), state('1001', '2001', logout), ...call, state('1001', '2001', available, CHAT)],
    [],
    logout,
  ],
  [
    'works in chat only, in messages that name a phone',
    [state('1001', '2001', available, CHAT), ...call],
    [],
    undefined,
  ],
  [
    'becomes known in chat while the phone rings',
    [...call, state('1001', '2001', available, CHAT), 300, state('1001', '2001', available)],
    [POP],
    available,
  ],
  [
    'changes the state in two media at once',
    [
      ...[state('1001', '2001', notReady), state('1001', '2001', available, CHAT), state('1001', '2001', available)],
      ...[state('1001', '2001', notReady, CHAT), ...call],
    ],
    [POP],
    available,
  ],
];

describe('the phone and the pops of an agent remain right if the agent', () => {
  for (const [what, steps, story, expected] of MEDIA)
    it(what, async () => {
      const site = await Site.open();
      await site.tell(...steps, 100);
      assert.deepEqual(site.story, story);
      assert.equal(site.session.agents.get('agent.5000.1001')?.properties().AgentState, expected);
      const told = site.events.filter(({ event }) => event === 'OnAgentStateChange');
      const sent = steps.filter((step) => typeof step !== 'number' && step.type === 'AGENT_STATE_EVENT');
      assert.deepEqual(
        told.map(({ args }) => args.MRDID),
        sent.map((step) => ((step as { MRDID?: number }).MRDID ?? 0) || undefined),
      );
    });
});

describe('a message keeps what it does not contain', () => {
  it('of an agent: the phone and the extension', async () => {
    const site = await Site.open();
    const bare = state('1001', '2001', available, { AgentInstrument: undefined, AgentExtension: undefined });
    await site.tell(state('1001', '2001', notReady), bare, ...call);
    assert.deepEqual(site.story, [POP]);
    assert.equal(site.session.agents.get('agent.5000.1001')!.properties().AgentInstrument, '2001');
  });

  it('of a call: the number and the other variables', async () => {
    const site = await Site.open();
    await site.tell(
      ...[state('1001', '2001', available)],
      ...[begins(7, '2001', { CallVariable1: 'A-17', CallVariable2: 'B', ...variables({ 'user.Tier': 'Gold' }) })],
      ...[rings(7, '2001'), updates(7, '2001', { CallVariable2: 'C' })],
      updates(7, '2001', variables({ 'user.Case': '7' })),
    );
    const [last] = site.outputs.slice(-1);
    assert.ok(last?.event === 'update');
    assert.deepEqual(last.fields, { CallVariable1: 'A-17', CallVariable2: 'C', 'user.Tier': 'Gold', 'user.Case': '7' });
    assert.equal(last.caller.received, CUSTOMER);
  });
});

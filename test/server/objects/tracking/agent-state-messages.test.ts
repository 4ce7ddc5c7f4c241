import assert from 'node:assert/strict';
import type { MessageInit } from '../../../../src/ged188/index.js';
import { agentState, Center, delivered } from '../center.js';

const NONE = 0xffffffff;
const TALKING = 4;
const NOT_READY = 2;
const LOGGED_OUT = 1;

const more = (fields: object): Partial<MessageInit> => fields as Partial<MessageInit>;

/** The list of an AGENT_STATE_EVENT: a number of groups, starting at an index. */
const groups = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ FltSkillGroupNumber: from + index, FltSkillGroupState: 2 }));

describe('the states of an agent in several media', () => {
  for (const [medium, mrdid] of [
    ['chat', 5001],
    ['e-mail', 5002],
    ['a task', 2],
  ] as const) {
    it(`do not affect the phone: logged out of ${medium} while the agent talks`, async () => {
      const center = await Center.withAgent();
      center.tell(agentState('1001', '2001', TALKING), delivered(7, '2001'));
      const heard = center.hear(agentState('1001', '2001', LOGGED_OUT, more({ MRDID: mrdid, NumTasks: 0 })));
      assert.deepEqual(
        heard.map(({ event, args }) => [event, args.MRDID, args.AgentState, args.EnablementMask]),
        [['OnAgentStateChange', mrdid, LOGGED_OUT, undefined]],
      );
      const [next] = center.hear(agentState('1001', '2001', NOT_READY));
      assert.equal(next!.args.AgentState, NOT_READY);
      assert.equal(next!.to?.device, 'device.5000.2001', 'the agent still sits at its phone');
    });
  }

  it('are returned by a query for that medium, and leave the voice state as it is', async () => {
    const center = await Center.withAgent();
    center.link.answer('QUERY_AGENT_STATE_REQ', ({ MRDID }) => ({
      ...{ type: 'QUERY_AGENT_STATE_CONF', AgentState: 3, MRDID, AgentID: '1001', NumTasks: 2 },
    }));
    const { conf } = (await center.request('QueryAgentState', 'agent.5000.1001', { MRDID: 5001 })) as {
      conf: { args: Record<string, unknown> };
    };
    const { MRDID, AgentState, NumTasks, EnablementMask } = conf.args;
    assert.deepEqual([MRDID, AgentState, NumTasks, EnablementMask], [5001, 3, 2, undefined]);
    const [known] = [...center.server.snapshot()].filter(({ event }) => event === 'OnQueryAgentStateConf');
    assert.equal(known!.args.AgentState, NOT_READY);
  });

  it("are reported once each, even if the agent's phone is unknown", async () => {
    const center = await Center.up();
    const chat = agentState(
      '1009',
      '',
      3,
      more({ MRDID: 5001, AgentInstrument: undefined, AgentExtension: undefined }),
    );
    assert.equal(center.hear(chat).length, 1);
    assert.equal(center.hear(chat).length, 0);
  });

  it('are treated as the voice state if a server sends no domain', async () => {
    for (const MRDID of [0, 1, -1]) {
      const center = await Center.withAgent();
      const [event] = center.hear(agentState('1001', '2001', 3, more({ MRDID })));
      assert.equal(event!.args.AgentState, 3);
      assert.notEqual(event!.args.EnablementMask, undefined);
    }
  });
});

describe('a change of an agent state that a switch reports in several messages', () => {
  const ofGroup = (SkillGroupNumber: number, fields: object = {}) =>
    agentState('1001', '2001', NOT_READY, more({ SkillGroupNumber, EventReasonCode: 7, ...fields }));

  it('is one OnAgentStateChange, whatever the number of skill groups in the messages', async () => {
    const center = await Center.withAgent();
    const heard = center.hear(ofGroup(10), ofGroup(20), ofGroup(30));
    assert.deepEqual(
      heard.map(({ event, args }) => [event, args.NumSkillGroups]),
      [
        ['OnAgentStateChange', 1],
        ['OnAgentSkillGroupsChange', 2],
        ['OnAgentSkillGroupsChange', 3],
      ],
    );
  });

  const list = (...numbers: number[]) => ({ FltSkillGroups: numbers.flatMap((number) => groups(number, 1)) });
  for (const [how, messages] of [
    ['the agent as a whole, then each group', [ofGroup(NONE), ofGroup(10), ofGroup(20)]],
    ['each group, then the agent as a whole', [ofGroup(10), ofGroup(20), ofGroup(NONE)]],
    ['the list of groups, then each group', [ofGroup(NONE, list(10, 20)), ofGroup(10), ofGroup(20)]],
    ['each group, then the list of groups', [ofGroup(10), ofGroup(20), ofGroup(NONE, list(10, 20))]],
    ['each group with the list of all', [ofGroup(10, list(10, 20)), ofGroup(20, list(10, 20))]],
    [
      'each group, with its own state there',
      [ofGroup(10, { SkillGroupState: 4 }), ofGroup(20, { SkillGroupState: 9 })],
    ],
    ['each group, the direction only once', [ofGroup(10), ofGroup(20, { Direction: 1 })]],
    ['each group, the reason only in the first message', [ofGroup(10), ofGroup(20, { EventReasonCode: 0 })]],
    ['each group, the next state only in the first message', [ofGroup(10, { NextAgentState: 3 }), ofGroup(20)]],
    ['each group, the phone only once', [ofGroup(10), ofGroup(20, { AgentInstrument: '', AgentExtension: undefined })]],
  ] as const)
    it(`is one OnAgentStateChange for ${how}`, async () => {
      const center = await Center.withAgent();
      const heard = center.hear(...messages);
      const events = heard.map(({ event }) => event);
      assert.deepEqual(events, ['OnAgentStateChange', ...messages.slice(1).map(() => 'OnAgentSkillGroupsChange')]);
      assert.equal(heard.at(-1)!.args.NumSkillGroups, 2);
    });

  it('keeps a reason that only the first message states, until the next change', async () => {
    const center = await Center.withAgent();
    center.tell(ofGroup(10), ofGroup(20, { EventReasonCode: 0 }), ofGroup(30, { EventReasonCode: 0 }));
    const reasonNow = () =>
      [...center.server.snapshot()].find(({ event }) => event === 'OnQueryAgentStateConf')!.args.EventReasonCode;
    assert.equal(reasonNow(), 7);
    const [change] = center.hear(ofGroup(10, { EventReasonCode: 0 }));
    assert.deepEqual([change!.event, change!.args.EventReasonCode], ['OnAgentStateChange', 0]);
    assert.equal(reasonNow(), 0);
  });

  it('of two agents simultaneously is one for each', async () => {
    const center = await Center.withAgent();
    const of1002 = (SkillGroupNumber: number) =>
      agentState('1002', '2002', NOT_READY, more({ SkillGroupNumber, EventReasonCode: 7 }));
    const heard = center.hear(ofGroup(10), of1002(10), ofGroup(20), of1002(20));
    assert.deepEqual(
      heard.filter(({ event }) => event === 'OnAgentStateChange').map(({ args }) => args.AgentID),
      ['1001', '1002'],
    );
  });

  it('is one even if states in other media arrive in between', async () => {
    const center = await Center.withAgent();
    const chat = (AgentState: number) => agentState('1001', '2001', AgentState, more({ MRDID: 5001 }));
    const heard = center.hear(ofGroup(10), chat(2), ofGroup(20), chat(3), ofGroup(30));
    const voice = heard.filter(({ event, args }) => event === 'OnAgentStateChange' && args.MRDID !== 5001);
    assert.equal(voice.length, 1);
  });

  it('is reported again if the switch reports it again', async () => {
    const center = await Center.withAgent();
    center.tell(ofGroup(10), ofGroup(20));
    assert.deepEqual(
      center.hear(ofGroup(10), ofGroup(20)).map(({ event }) => event),
      ['OnAgentStateChange', 'OnAgentSkillGroupsChange'],
    );
    const withoutGroup = ofGroup(NONE);
    const fresh = await Center.withAgent();
    assert.deepEqual(
      fresh.hear(withoutGroup, withoutGroup).map(({ event }) => event),
      ['OnAgentStateChange', 'OnAgentStateChange'],
    );
  });

  for (const [what, fields] of [
    ['reason', { EventReasonCode: 8 }],
    ['state', { AgentState: 3 }],
    ['phone', { AgentInstrument: '2009', AgentExtension: '2009' }],
    ['next state', { NextAgentState: 3 }],
  ] as const) {
    it(`is another change with another ${what}`, async () => {
      const center = await Center.withAgent();
      center.tell(ofGroup(10));
      assert.equal(center.hear(ofGroup(20, fields))[0]!.event, 'OnAgentStateChange');
    });
  }

  it('combines a list of groups that arrives in parts of either size', async () => {
    const center = await Center.withAgent();
    const part = (from: number, count: number) =>
      agentState(
        '1001',
        '2001',
        NOT_READY,
        more({ EventReasonCode: 7, SkillGroupNumber: NONE, FltSkillGroups: groups(from, count) }),
      );
    const heard = center.hear(part(100, 99), part(199, 21));
    assert.deepEqual(
      heard.map(({ event }) => event),
      ['OnAgentStateChange', 'OnAgentSkillGroupsChange'],
    );
    assert.equal(heard[1]!.args.NumSkillGroups, 120);
    // A shorter list later is again complete.
    const [later] = center.hear(
      agentState('1001', '2001', 3, more({ SkillGroupNumber: NONE, FltSkillGroups: groups(100, 3) })),
    );
    assert.equal(later!.args.NumSkillGroups, 3);
  });
});

describe('skill groups that changed without an event', () => {
  it('are reported to all clients if a query shows a change, and not otherwise', async () => {
    const center = await Center.withAgent();
    const groups = (...numbers: number[]) =>
      numbers.map((SkillGroupNumber) => ({
        SkillGroupNumber,
        SkillGroupID: 5000 + SkillGroupNumber,
        SkillGroupState: NOT_READY,
      }));
    const answer = (...numbers: number[]) => {
      center.link.answer('QUERY_AGENT_STATE_REQ', {
        type: 'QUERY_AGENT_STATE_CONF',
        AgentState: NOT_READY,
        MRDID: 1,
        AgentID: '1001',
        SkillGroups: groups(...numbers),
      } as MessageInit);
      return center.request('QueryAgentState', 'agent.5000.1001');
    };
    await answer(10, 20);
    await answer(10, 20);
    assert.deepEqual(
      center.published
        .filter(({ event }) => event === 'OnAgentSkillGroupsChange')
        .map(({ args }) => args.NumSkillGroups),
      [2],
    );
  });
});

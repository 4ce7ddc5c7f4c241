import assert from 'node:assert/strict';
import type { MessageInit } from '../../../src/ged188/index.js';
import { agentState, Center, delivered } from './center.js';

const NONE = 0xffffffff;
const TALKING = 4;
const NOT_READY = 2;
const LOGGED_OUT = 1;

const more = (fields: object): Partial<MessageInit> => fields as Partial<MessageInit>;

/** The list of an AGENT_STATE_EVENT: so many groups, from a number on. */
const groups = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ FltSkillGroupNumber: from + index, FltSkillGroupState: 2 }));

describe('the states of an agent in several media', () => {
  for (const [medium, mrdid] of [
    ['chat', 5001],
    ['e-mail', 5002],
    ['a task', 2],
  ] as const) {
    it(`leave the phone alone: logged out of ${medium} while the agent talks`, async () => {
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

  it('are reported once each, also where the agent is known from no phone', async () => {
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

  it('are the voice state where a server sends no domain', async () => {
    for (const MRDID of [0, 1, -1]) {
      const center = await Center.withAgent();
      const [event] = center.hear(agentState('1001', '2001', 3, more({ MRDID })));
      assert.equal(event!.args.AgentState, 3);
      assert.notEqual(event!.args.EnablementMask, undefined);
    }
  });
});

describe('one change of an agent state that a switch reports in several messages', () => {
  const ofGroup = (SkillGroupNumber: number, fields: object = {}) =>
    agentState('1001', '2001', NOT_READY, more({ SkillGroupNumber, EventReasonCode: 7, ...fields }));

  it('is one OnAgentStateChange, whatever number of skill groups it is told for', async () => {
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

  it('is told again where the switch says it again', async () => {
    const center = await Center.withAgent();
    center.tell(ofGroup(10), ofGroup(20));
    assert.deepEqual(
      center.hear(ofGroup(10), ofGroup(20)).map(({ event }) => event),
      ['OnAgentStateChange', 'OnAgentSkillGroupsChange'],
    );
    const withoutGroup = ofGroup(NONE);
    assert.deepEqual(
      center.hear(withoutGroup, withoutGroup).map(({ event }) => event),
      ['OnAgentStateChange', 'OnAgentStateChange'],
    );
  });

  for (const [what, fields] of [
    ['reason', { EventReasonCode: 8 }],
    ['state', { AgentState: 3 }],
    ['phone', { AgentInstrument: '2009', AgentExtension: '2009' }],
    ['next state', { NextAgentState: 3 }],
  ] as const) {
    it(`is another one with another ${what}`, async () => {
      const center = await Center.withAgent();
      center.tell(ofGroup(10));
      assert.equal(center.hear(ofGroup(20, fields))[0]!.event, 'OnAgentStateChange');
    });
  }

  it('takes a list of groups that comes in parts together, in both sizes of a part', async () => {
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
    // A shorter list later is the whole list again.
    const [later] = center.hear(
      agentState('1001', '2001', 3, more({ SkillGroupNumber: NONE, FltSkillGroups: groups(100, 3) })),
    );
    assert.equal(later!.args.NumSkillGroups, 3);
  });
});

describe('skill groups that changed while nobody looked', () => {
  it('are told to everybody when a query brings them, and not when it brings nothing new', async () => {
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

import assert from 'node:assert/strict';
import type { Args } from '../../../../src/ctios/index.js';
import { agentState, Center, P } from '../center.js';

describe('agent events of the object server', () => {
  it('contain all properties listed in the guide for a change of state', async () => {
    const center = await Center.up();
    center.tell({
      type: 'CONFIG_AGENT_EVENT',
      Records: [
        { RecordType: 0, FltPeripheralID: P, LoginID: '1001', FirstName: 'Ada', LastName: 'Ash', LoginName: 'ada' },
      ],
    });
    const [event] = center.hear(
      agentState('1001', '2001', 2, {
        EventReasonCode: 7,
        StateDuration: 3,
        CTIClientSignature: 'CTIOS',
        Direction: 5,
        ICMAgentID: 5100,
        SkillGroupPriority: 1,
      } as never),
    );
    assert.deepEqual(event, {
      kind: 'event',
      event: 'OnAgentStateChange',
      to: { agent: 'agent.5000.1001', device: 'device.5000.2001' },
      args: {
        UniqueObjectID: 'agent.5000.1001',
        PeripheralID: P,
        PeripheralType: 17,
        AgentID: '1001',
        AgentExtension: '2001',
        AgentInstrument: '2001',
        AgentState: 2,
        EventReasonCode: 7,
        StateDuration: 3,
        SkillGroupNumber: 10,
        SkillGroupID: 5010,
        SkillGroupPriority: 1,
        SkillGroupState: 2,
        CTIClientSignature: 'CTIOS',
        AgentAvailabilityStatus: 0,
        ICMAgentID: 5100,
        IncomingOrOutgoing: 2,
        NumSkillGroups: 1,
        'SkillGroup[1]': { SkillGroupNumber: 10, SkillGroupID: 5010, SkillGroupPriority: 1, SkillGroupState: 2 },
        LoginName: 'ada',
        AgentFirstName: 'Ada',
        AgentLastName: 'Ash',
        EnablementMask: event!.args.EnablementMask,
      },
    });
  });

  const directions: [direction: number, incomingOrOutgoing: number | undefined][] = [
    [0, undefined],
    [1, 1],
    [2, 2],
    [3, 1],
    [4, 2],
    [5, 2],
    [6, 2],
    [7, 2],
  ];
  for (const [Direction, expected] of directions) {
    it(`direction ${Direction} of GED-188 is ${expected ?? 'none'}`, async () => {
      const center = await Center.up();
      const [event] = center.hear(agentState('1001', '2001', 4, { Direction } as never));
      assert.equal(event!.args.IncomingOrOutgoing, expected);
    });
  }

  it('keep skill groups that a state event does not name, and replace a complete list as a whole', async () => {
    const center = await Center.up();
    const groups = (number: number) =>
      Object.keys(center.published.at(number)!.args).filter((key) => key.startsWith('SkillGroup['));
    center.tell(
      agentState('1001', '2001', 2),
      agentState('1001', '2001', 2, { SkillGroupNumber: 20, SkillGroupID: 5020 } as never),
    );
    assert.equal(groups(-1).length, 2);
    center.tell(
      agentState('1001', '2001', 3, {
        FltSkillGroups: [
          { FltSkillGroupNumber: 30, FltSkillGroupID: 5030, FltSkillGroupPriority: 1, FltSkillGroupState: 3 },
        ],
      } as never),
    );
    assert.equal(groups(-1).length, 1);
    assert.equal(center.published.at(-1)!.args.NumSkillGroups, 1);
  });

  it("omit skill groups that have been removed from the agent's configuration", async () => {
    const center = await Center.up();
    const inGroup = (SkillGroupNumber: number) => agentState('1001', '2001', 2, { SkillGroupNumber } as never);
    const configured = (Skills: readonly number[], LoginID = '1001') =>
      ({
        type: 'CONFIG_AGENT_EVENT',
        Records: [
          {
            ...{ RecordType: 1, FltPeripheralID: 5000, LoginID },
            Skills: Skills.map((number) => ({ FltSkillGroupNumber: number, FltSkillGroupPriority: 1 })),
          },
        ],
      }) as never;
    center.tell(inGroup(10), inGroup(20));
    for (const unchanged of [
      configured([10, 20, 30]),
      configured([]),
      configured(Array.from({ length: 100 }, (_, index) => 1000 + index)),
      configured([20], '1002'),
    ])
      assert.deepEqual(center.hear(unchanged), []);
    const [change] = center.hear(configured([20, 30]));
    assert.deepEqual([change!.event, change!.args.NumSkillGroups], ['OnAgentSkillGroupsChange', 1]);
    assert.equal((change!.args['SkillGroup[1]'] as Args).SkillGroupNumber, 20);
    // An event from before the change may be late; later, the agent is in the group again.
    assert.equal(center.hear(inGroup(10)).at(-1)!.args.NumSkillGroups, 1);
    center.clock.advance(3_000);
    assert.equal(center.hear(inGroup(10)).at(-1)!.args.NumSkillGroups, 2);
  });

  it('omit a skill group that does not exist', async () => {
    const center = await Center.up();
    const [event] = center.hear(
      agentState('1001', '2001', 2, { SkillGroupNumber: 0xffffffff, SkillGroupID: 0xffffffff } as never),
    );
    assert.equal(event!.args.SkillGroupNumber, undefined);
    assert.equal(event!.args.NumSkillGroups, 0);
  });

  it('move the agent to another phone after a login there', async () => {
    const center = await Center.up();
    center.tell(agentState('1001', '2001', 2), agentState('1001', '2001', 1), agentState('1001', '2005', 2));
    assert.deepEqual(center.last('OnAgentStateChange').to, { agent: 'agent.5000.1001', device: 'device.5000.2005' });
    center.tell(agentState('1002', '2001', 2));
    assert.deepEqual(center.last('OnAgentStateChange').to, { agent: 'agent.5000.1002', device: 'device.5000.2001' });
  });

  it('report a queried agent as logged in', async () => {
    const center = await Center.up();
    center.tell(agentState('1001', '2001', 3), agentState('1002', '2002', 1));
    assert.deepEqual(
      [...center.server.snapshot()]
        .filter(({ event }) => event === 'OnQueryAgentStateConf')
        .map(({ args }) => args.AgentID),
      ['1001'],
    );
  });

  it('contain assistance services from the configuration, reported when they change and to clients that connect later', async () => {
    const center = await Center.up();
    center.link.version = 24;
    center.tell(agentState('1001', '2001', 2, { ICMAgentID: 5100 } as never));
    const services = (...list: number[]) =>
      center.hear({
        type: 'CONFIG_AGENT_SERVICE_EVENT',
        Records: [
          {
            AgentSkillTargetID: 5100,
            EnabledServices: list.map((each) => ({ FltEnabledServices: each })),
            RecordType: 0,
          },
        ],
      });
    const [told] = services(1, 2);
    assert.equal(told!.event, 'OnAgentServicesChange');
    assert.deepEqual(told!.args, {
      UniqueObjectID: 'agent.5000.1001',
      PeripheralID: P,
      AgentID: '1001',
      AgentExtension: '2001',
      AgentInstrument: '2001',
      ICMAgentID: 5100,
      NumOfEnabledServices: 2,
      'EnabledService[1]': 1,
      'EnabledService[2]': 2,
    });
    assert.deepEqual(services(1, 2), [], 'the same is no news');
    const later = [...center.server.snapshot()].filter((each) => each.kind === 'event');
    assert.ok(later.some(({ event, args }) => event === 'OnAgentServicesChange' && args.NumOfEnabledServices === 2));
    assert.equal(services()[0]?.args.NumOfEnabledServices, 0);
  });
});

import assert from 'node:assert/strict';
import { agentState, Center, P } from './center.js';

describe('an agent as the object server tells it', () => {
  it('changes state with all that the guide prints', async () => {
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

  it('keeps the groups that a state event does not name, and takes a whole list as a whole', async () => {
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

  it('leaves out a skill group that there is not', async () => {
    const center = await Center.up();
    const [event] = center.hear(
      agentState('1001', '2001', 2, { SkillGroupNumber: 0xffffffff, SkillGroupID: 0xffffffff } as never),
    );
    assert.equal(event!.args.SkillGroupNumber, undefined);
    assert.equal(event!.args.NumSkillGroups, 0);
  });

  it('moves to another phone with a login there', async () => {
    const center = await Center.up();
    center.tell(agentState('1001', '2001', 2), agentState('1001', '2001', 1), agentState('1001', '2005', 2));
    assert.deepEqual(center.last('OnAgentStateChange').to, { agent: 'agent.5000.1001', device: 'device.5000.2005' });
    center.tell(agentState('1002', '2001', 2));
    assert.deepEqual(center.last('OnAgentStateChange').to, { agent: 'agent.5000.1002', device: 'device.5000.2001' });
  });

  it('is known as logged in to who asks what there is', async () => {
    const center = await Center.up();
    center.tell(agentState('1001', '2001', 3), agentState('1002', '2002', 1));
    assert.deepEqual(
      [...center.server.snapshot()]
        .filter(({ event }) => event === 'OnQueryAgentStateConf')
        .map(({ args }) => args.AgentID),
      ['1001'],
    );
  });
});

import assert from 'node:assert/strict';
import type { MessageInit } from '../../../../src/ged188/index.js';
import { agentState, Center, P } from '../center.js';

describe('the snapshot for a session that connects later', () => {
  it('contains skill groups and the members of teams, which the CTI Server reports only once', async () => {
    const center = await Center.up();
    center.tell(
      {
        type: 'CONFIG_SKILL_GROUP_EVENT',
        Records: [
          {
            RecordType: 0,
            FltPeripheralID: P,
            PeripheralNumber: 10,
            SkillGroupSkillTargetID: 5010,
            PeripheralName: 'Sales',
          },
        ],
      } as MessageInit,
      agentState('1001', '2001', 2),
      {
        type: 'AGENT_TEAM_CONFIG_EVENT',
        PeripheralID: P,
        TeamID: 7,
        AgentTeamName: 'North',
        ConfigOperation: 1,
        TeamMembers: [
          { AtcAgentID: '1001', AgentFlags: 0 },
          { AtcAgentID: '1900', AgentFlags: 1 },
        ],
      } as MessageInit,
    );
    const told = [...center.server.snapshot()].map(({ event, args, recovered }) => ({
      event,
      id: args.UniqueObjectID,
      about: args.SkillGroupName ?? args.TeamID,
      recovered,
    }));
    assert.deepEqual(
      told.filter(({ event }) => event === 'OnSkillInfoEvent'),
      [{ event: 'OnSkillInfoEvent', id: 'skillgroup.5000.10', about: 'Sales', recovered: true }],
    );
    assert.deepEqual(
      told
        .filter(({ event }) => event === 'OnNewAgentTeamMember')
        .map(({ id, about, recovered }) => [id, about, recovered]),
      [
        ['agent.5000.1001', 7, true],
        ['agent.5000.1900', 7, true],
      ],
    );
  });
});

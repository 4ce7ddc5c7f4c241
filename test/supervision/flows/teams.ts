/** Teams: their members on the supervisor's grid, log-ins and log-outs, changes of skills, and monitored agents. */
import { deepEqual, equal } from 'node:assert/strict';
import type { Flow } from '../flow.js';

const ALEX = 'agent.5000.1001';

export const teamFlows: readonly Flow[] = [
  {
    name: 'the team comes up on the grid: its members, then how each of them stands',
    when: async (floor) => {
      await floor.asks(floor.supervisor.requestAgentTeamList());
      await floor.asks(floor.supervisor.startMonitoringAllAgentTeams());
    },
    supervisor: `
      OnNewAgentTeamMember 1001 NotReady
      OnNewAgentTeamMember 1002 NotReady
      OnNewAgentTeamMember 1003 Logout
      OnNewAgentTeamMember 1004 Logout
      OnNewAgentTeamMember 90001 NotReady
      OnMonitoredAgentInfo 1001 (recovered)
      OnMonitoredAgentStateChange 1001 NotReady (recovered)
      OnMonitoredAgentInfo 1002 (recovered)
      OnMonitoredAgentStateChange 1002 NotReady (recovered)
      OnMonitoredAgentInfo 1003 (recovered)
      OnMonitoredAgentStateChange 1003 Logout (recovered)
      OnMonitoredAgentInfo 1004 (recovered)
      OnMonitoredAgentStateChange 1004 Logout (recovered)
    `,
    agent: ``,
    monitor: ``,
  },
  {
    name: 'a member logs in, becomes available, and leaves',
    given: (floor) => floor.watching(),
    when: async (floor) => {
      floor.do('loginAgent', { agent: '1003' });
      floor.do('setAgentState', { agent: '1003', state: 'Available' });
      floor.do('logoutAgent', { agent: '1003', reason: 4 });
      await floor.run(1);
    },
    supervisor: `
      OnMonitoredAgentStateChange 1003 NotReady
      OnMonitoredAgentStateChange 1003 Available
      OnMonitoredAgentStateChange 1003 NotReady reason 4
      OnMonitoredAgentStateChange 1003 Logout reason 4
    `,
    agent: ``,
    monitor: `
      OnAgentStateChange 1003 NotReady
      OnAgentStateChange 1003 Available
      OnAgentStateChange 1003 NotReady reason 4
      OnPreLogout 1003 Logout reason 4
      OnAgentStateChange 1003 Logout reason 4
      OnPostLogout 1003 Logout reason 4
    `,
  },
  {
    name: 'a member is given other skills: the grid shows these and no others',
    given: (floor) => floor.watching(),
    when: async (floor) => {
      floor.do('reskill', { agent: '1001', skillGroups: ['30'] });
      await floor.run(1);
    },
    supervisor: `
      OnMonitoredAgentStateChange 1001 NotReady
    `,
    // The configuration says which groups the agent has lost, the agent's state which it has now.
    agent: `
      OnAgentSkillGroupsChange 1001
      OnAgentStateChange 1001 NotReady
    `,
    monitor: `
      OnAgentSkillGroupsChange 1001
      OnAgentStateChange 1001 NotReady
    `,
    afterwards: ({ sessions }) => {
      const member = sessions.supervisor.agents.get(ALEX)!;
      equal(member.getValueInt('NumSkillGroups'), 1);
      deepEqual(
        Object.keys(member.properties()).filter((key) => key.startsWith('SkillGroup[')),
        ['SkillGroup[1]'],
      );
      equal((member.getValue('SkillGroup[1]') as { SkillGroupNumber: number }).SkillGroupNumber, 30);
    },
  },
  {
    name: 'a member who is being watched leaves the team: the watch ends with it',
    given: (floor) => floor.watching(),
    when: async (floor) => {
      floor.do('moveToTeam', { agent: '1001' });
      floor.do('setAgentState', { agent: '1001', state: 'Available' });
      await floor.run(1);
    },
    supervisor: `
      OnNewAgentTeamMember 1001 NotReady
      OnStopMonitoringAgent
      OnSupervisorButtonChange []
    `,
    agent: `
      OnAgentStateChange 1001 Available
    `,
    monitor: `
      OnNewAgentTeamMember 1001 NotReady
      OnAgentStateChange 1001 Available
    `,
    afterwards: ({ sessions, supervisor }) => {
      equal(sessions.supervisor.agents.has(ALEX), false, 'the supervisor knows the agent no longer');
      equal(sessions.monitor.agents.has(ALEX), true, 'to a monitor a team is nothing');
      equal(supervisor.getMonitoredAgent(), undefined);
    },
  },
  {
    name: 'a member comes back to the team, and is seen at once',
    given: async (floor) => {
      await floor.watching();
      floor.do('moveToTeam', { agent: '1001' });
      await floor.run(1);
    },
    when: async (floor) => {
      floor.do('moveToTeam', { agent: '1001', team: 1 });
      await floor.run(1);
    },
    supervisor: `
      OnNewAgentTeamMember 1001 NotReady
      OnMonitoredAgentInfo 1001 (recovered)
      OnMonitoredAgentStateChange 1001 NotReady (recovered)
    `,
    agent: ``,
    monitor: `
      OnNewAgentTeamMember 1001 NotReady
    `,
    afterwards: ({ sessions }) => equal(sessions.supervisor.agents.get(ALEX)?.getAgentState(), 2),
  },
  {
    name: 'another agent is watched: the watch over the first ends, its calls are told no more',
    given: (floor) => floor.watching(),
    when: async (floor) => {
      await floor.asks(floor.supervisor.startMonitoringAgent({ AgentReference: 'agent.5000.1002' }));
      await floor.talking();
      await floor.asks(floor.supervisor.stopMonitoringAgent({ AgentReference: 'agent.5000.1002' }));
    },
    supervisor: `
      OnStopMonitoringAgent
      OnStartMonitoringAgent
      OnSupervisorButtonChange [logout ready]
      OnMonitoredAgentStateChange 1001 Available
      OnMonitoredAgentStateChange 1001 Reserved
      OnMonitoredAgentStateChange 1001 Talking
      OnStopMonitoringAgent
      OnSupervisorButtonChange []
    `,
    agent: `
      OnAgentStateChange 1001 Available
      OnAgentPrecall 1001
      OnCallBegin 1@2001
      OnAgentStateChange 1001 Reserved
      OnCallDelivered 1@2001 ALERTING
      OnCallEstablished 1@2001 CONNECT
      OnAgentStateChange 1001 Talking
    `,
    monitor: `
      OnAgentStateChange 1001 Available
      OnAgentPrecall 1001
      OnCallBegin 1@2001
      OnAgentStateChange 1001 Reserved
      OnCallDelivered 1@2001 ALERTING
      OnCallEstablished 1@2001 CONNECT
      OnAgentStateChange 1001 Talking
    `,
  },
];

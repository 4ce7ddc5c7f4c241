/** A supervisor changes the state of a member: SetAgentState on the monitored agent; the server sets SupervisorID. */
import { equal } from 'node:assert/strict';
import type { Floor } from '../floor.js';
import type { Flow } from '../flow.js';

const set = (floor: Floor, AgentState: string) =>
  floor.asks(floor.sessions.supervisor.agents.get('agent.5000.1001')!.setAgentState({ AgentState }));

export const stateFlows: readonly Flow[] = [
  {
    name: 'the supervisor makes a member ready',
    given: (floor) => floor.watching(),
    when: (floor) => set(floor, 'Available'),
    supervisor: `
      OnSetAgentStateConf
      OnSupervisorButtonChange [logout]
      OnMonitoredAgentStateChange 1001 Available
    `,
    agent: `
      OnAgentStateChange 1001 Available
    `,
    monitor: `
      OnAgentStateChange 1001 Available
    `,
  },
  {
    name: 'the supervisor logs out a member who talks: it waits for the end of the call, with reason 999',
    given: async (floor) => {
      await floor.watching();
      await floor.talking();
    },
    when: async (floor) => {
      await set(floor, 'Logout');
      equal(floor.agent.getAgentState(), 4, 'the agent talks on');
      floor.do('hangUp', { agent: '1001' });
      await floor.run(1);
    },
    supervisor: `
      OnSetAgentStateConf
      OnMonitoredCallConnectionCleared 1@2001 NULL
      OnSupervisorButtonChange [logout]
      OnMonitoredCallConnectionCleared 1@2001 NULL
      OnMonitoredCallCleared 1@2001 NULL
      OnMonitoredCallEnd 1@2001 NULL
      OnSupervisorButtonChange []
      OnMonitoredAgentStateChange 1001 Logout reason 999
    `,
    agent: `
      OnCallConnectionCleared 1@2001 NULL
      OnCallConnectionCleared 1@2001 NULL
      OnCallCleared 1@2001 NULL
      OnCallEnd 1@2001 NULL
      OnPreLogout 1001 Logout reason 999
      OnAgentStateChange 1001 Logout reason 999
      OnPostLogout 1001 Logout reason 999
    `,
    monitor: `
      OnCallConnectionCleared 1@2001 NULL
      OnCallConnectionCleared 1@2001 NULL
      OnCallCleared 1@2001 NULL
      OnCallEnd 1@2001 NULL
      OnPreLogout 1001 Logout reason 999
      OnAgentStateChange 1001 Logout reason 999
      OnPostLogout 1001 Logout reason 999
    `,
  },
];

/** Requests of agents for help, and messages: supervisor assist, emergency call, chat. */
import { equal } from 'node:assert/strict';
import type { Floor } from '../floor.js';
import type { Flow } from '../flow.js';

const talking = async (floor: Floor) => {
  await floor.watching();
  await floor.talking();
};

export const helpFlows: readonly Flow[] = [
  {
    name: 'assist on a call: the customer waits, the supervisor is called, answers, and is joined to the call',
    given: talking,
    when: async (floor) => {
      await floor.asks(floor.agent.requestSupervisorAssist());
      await floor.asks(floor.sessions.supervisor.currentCall!.answer());
      const consult = [...floor.sessions.agent.calls.values()].find((call) => call.getValueInt('CallType') === 19)!;
      await floor.asks(consult.conference({}));
    },
    supervisor: `
      OnMonitoredCallHeld 1@2001 HOLD
      OnSupervisorButtonChange 1@2001 [logout]
      OnMonitoredAgentStateChange 1001 Hold
      OnMonitoredCallBegin 2@2001
      OnMonitoredCallServiceInitiated 2@2001 INITIATE
      OnMonitoredCallOriginated 2@2001 INITIATE
      OnCallBegin 2@95001
      OnMonitoredCallDelivered 2@2001 INITIATE
      OnCallDelivered 2@95001 ALERTING
      OnAnswerCallConf 2@95001
      OnMonitoredCallEstablished 2@2001 CONNECT
      OnCallEstablished 2@95001 CONNECT
      OnMonitoredAgentStateChange 1001 Talking
      OnAgentStateChange 90001 Talking
      OnCallDataUpdate 1@95001 was 2 CONNECT
      OnMonitoredCallConferenced 1@2001 CONNECT
      OnCallConferenced 1@95001 CONNECT
      OnMonitoredCallEnd 2@2001 NULL
    `,
    agent: `
      OnCallHeld 1@2001 HOLD
      OnAgentStateChange 1001 Hold
      OnCallBegin 2@2001
      OnCallServiceInitiated 2@2001 INITIATE
      OnCallOriginated 2@2001 INITIATE
      OnCallDelivered 2@2001 INITIATE
      OnCallEstablished 2@2001 CONNECT
      OnAgentStateChange 1001 Talking
      OnCallConferenced 1@2001 CONNECT
      OnCallEnd 2@2001 NULL
      OnConferenceCallConf 2@2001
    `,
    monitor: `
      OnCallHeld 1@2001 HOLD
      OnAgentStateChange 1001 Hold
      OnCallBegin 2@2001
      OnCallServiceInitiated 2@2001 INITIATE
      OnCallOriginated 2@2001 INITIATE
      OnCallBegin 2@95001
      OnCallDelivered 2@2001 INITIATE
      OnCallDelivered 2@95001 ALERTING
      OnCallEstablished 2@2001 CONNECT
      OnCallEstablished 2@95001 CONNECT
      OnAgentStateChange 1001 Talking
      OnAgentStateChange 90001 Talking
      OnCallDataUpdate 1@95001 was 2 CONNECT
      OnCallConferenced 1@2001 CONNECT
      OnCallConferenced 1@95001 CONNECT
      OnCallEnd 2@2001 NULL
    `,
  },
  {
    name: 'assist without a call',
    given: (floor) => floor.watching(),
    when: (floor) => floor.asks(floor.agent.requestSupervisorAssist()),
    supervisor: `
      OnMonitoredCallBegin 1@2001
      OnMonitoredCallServiceInitiated 1@2001 INITIATE
      OnMonitoredCallOriginated 1@2001 INITIATE
      OnCallBegin 1@95001
      OnMonitoredCallDelivered 1@2001 INITIATE
      OnCallDelivered 1@95001 ALERTING
    `,
    agent: `
      OnCallBegin 1@2001
      OnCallServiceInitiated 1@2001 INITIATE
      OnCallOriginated 1@2001 INITIATE
      OnCallDelivered 1@2001 INITIATE
    `,
    monitor: `
      OnCallBegin 1@2001
      OnCallServiceInitiated 1@2001 INITIATE
      OnCallOriginated 1@2001 INITIATE
      OnCallBegin 1@95001
      OnCallDelivered 1@2001 INITIATE
      OnCallDelivered 1@95001 ALERTING
    `,
  },
  {
    name: 'an emergency call is told to agent, supervisor and monitor, and rings at the supervisor',
    given: talking,
    when: (floor) => floor.asks(floor.agent.makeEmergencyCall()),
    supervisor: `
      OnMonitoredCallHeld 1@2001 HOLD
      OnSupervisorButtonChange 1@2001 [logout]
      OnMonitoredAgentStateChange 1001 Hold
      OnMonitoredCallBegin 2@2001
      OnMonitoredCallServiceInitiated 2@2001 INITIATE
      OnMonitoredCallOriginated 2@2001 INITIATE
      OnCallBegin 2@95001
      OnMonitoredCallDelivered 2@2001 INITIATE
      OnCallDelivered 2@95001 ALERTING
      OnEmergencyCall 1001
    `,
    agent: `
      OnCallHeld 1@2001 HOLD
      OnAgentStateChange 1001 Hold
      OnCallBegin 2@2001
      OnCallServiceInitiated 2@2001 INITIATE
      OnCallOriginated 2@2001 INITIATE
      OnCallDelivered 2@2001 INITIATE
      OnEmergencyCall 1001
    `,
    monitor: `
      OnCallHeld 1@2001 HOLD
      OnAgentStateChange 1001 Hold
      OnCallBegin 2@2001
      OnCallServiceInitiated 2@2001 INITIATE
      OnCallOriginated 2@2001 INITIATE
      OnCallBegin 2@95001
      OnCallDelivered 2@2001 INITIATE
      OnCallDelivered 2@95001 ALERTING
      OnEmergencyCall 1001
    `,
    afterwards: ({ sessions }) => equal(sessions.supervisor.currentCall?.getValueInt('CallType'), 20),
  },
  {
    name: 'agent and supervisor write to each other',
    when: async (floor) => {
      await floor.asks(floor.agent.sendChatMessage({ Distribution: 'agent', Target: '90001', Message: 'Help!' }));
      await floor.asks(floor.supervisor.sendChatMessage({ Distribution: 'agent', Target: '1001', Message: 'Coming' }));
    },
    supervisor: `
      OnChatMessage 90001
    `,
    agent: `
      OnChatMessage 1001
    `,
    monitor: `
      OnChatMessage 90001
      OnChatMessage 1001
    `,
  },
];

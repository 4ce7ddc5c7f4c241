/** A call of the monitored agent: listening, barge-in, intercept and clear (SuperviseCall). */
import { equal } from 'node:assert/strict';
import type { Floor } from '../floor.js';
import type { Flow } from '../flow.js';

/** The supervisor monitors agent 1001, who talks to a customer. */
const talking = async (floor: Floor) => {
  await floor.watching();
  await floor.talking();
};
const CALL = 'call.5000.16777217.2001';
const act = (floor: Floor, ...actions: ('Monitor' | 'BargeIn' | 'Intercept' | 'Clear')[]) =>
  actions.reduce<Promise<unknown>>(
    (before, action) => before.then(() => floor.asks(floor.supervise(action, CALL))),
    talking(floor),
  );

export const joinedCallFlows: readonly Flow[] = [
  {
    name: 'a call of the watched agent, from the ring to the end',
    given: (floor) => floor.watching(),
    when: async (floor) => {
      await floor.talking();
      floor.do('hold', { agent: '1001' });
      floor.do('retrieve', { agent: '1001' });
      floor.do('hangUp', { agent: '1001' });
      await floor.run(1);
    },
    supervisor: `
      OnSupervisorButtonChange [logout]
      OnMonitoredAgentStateChange 1001 Available
      OnMonitoredCallAgentPrecall 1001
      OnMonitoredCallBegin 1@2001
      OnMonitoredAgentStateChange 1001 Reserved
      OnMonitoredCallDelivered 1@2001 ALERTING
      OnMonitoredCallEstablished 1@2001 CONNECT
      OnSupervisorButtonChange 1@2001 [logout bargeIn]
      OnSupervisorButtonChange 1@2001 [logout bargeIn listen]
      OnMonitoredAgentStateChange 1001 Talking
      OnMonitoredCallHeld 1@2001 HOLD
      OnSupervisorButtonChange 1@2001 [logout]
      OnMonitoredAgentStateChange 1001 Hold
      OnMonitoredCallRetrieved 1@2001 CONNECT
      OnSupervisorButtonChange 1@2001 [logout bargeIn]
      OnSupervisorButtonChange 1@2001 [logout bargeIn listen]
      OnMonitoredAgentStateChange 1001 Talking
      OnMonitoredCallConnectionCleared 1@2001 NULL
      OnSupervisorButtonChange [logout]
      OnMonitoredCallConnectionCleared 1@2001 NULL
      OnMonitoredCallCleared 1@2001 NULL
      OnMonitoredCallEnd 1@2001 NULL
      OnMonitoredAgentStateChange 1001 WorkReady
    `,
    agent: `
      OnAgentStateChange 1001 Available
      OnAgentPrecall 1001
      OnCallBegin 1@2001
      OnAgentStateChange 1001 Reserved
      OnCallDelivered 1@2001 ALERTING
      OnCallEstablished 1@2001 CONNECT
      OnAgentStateChange 1001 Talking
      OnCallHeld 1@2001 HOLD
      OnAgentStateChange 1001 Hold
      OnCallRetrieved 1@2001 CONNECT
      OnAgentStateChange 1001 Talking
      OnCallConnectionCleared 1@2001 NULL
      OnCallConnectionCleared 1@2001 NULL
      OnCallCleared 1@2001 NULL
      OnCallEnd 1@2001 NULL
      OnAgentStateChange 1001 WorkReady
    `,
    monitor: `
      OnAgentStateChange 1001 Available
      OnAgentPrecall 1001
      OnCallBegin 1@2001
      OnAgentStateChange 1001 Reserved
      OnCallDelivered 1@2001 ALERTING
      OnCallEstablished 1@2001 CONNECT
      OnAgentStateChange 1001 Talking
      OnCallHeld 1@2001 HOLD
      OnAgentStateChange 1001 Hold
      OnCallRetrieved 1@2001 CONNECT
      OnAgentStateChange 1001 Talking
      OnCallConnectionCleared 1@2001 NULL
      OnCallConnectionCleared 1@2001 NULL
      OnCallCleared 1@2001 NULL
      OnCallEnd 1@2001 NULL
      OnAgentStateChange 1001 WorkReady
    `,
  },
  {
    name: 'the supervisor listens: a call of the supervisor’s own, of which the agent’s desktop makes nothing',
    given: talking,
    when: (floor) => floor.asks(floor.supervise('Monitor', CALL)),
    supervisor: `
      OnSupervisorButtonChange 1@2001 [logout clear stop]
      OnCallBegin 2@95001
      OnSilentMonitorStarted 1001
      OnCallServiceInitiated 2@95001 INITIATE
      OnCallOriginated 2@95001 INITIATE
      OnMonitoredCallBegin 2@2001
      OnCallEstablished 2@95001 CONNECT
      OnMonitoredCallEstablished 2@2001 CONNECT
      OnAgentStateChange 90001 Talking
    `,
    agent: `
      OnSilentMonitorStarted 1001
      OnCallBegin 2@2001
      OnCallEstablished 2@2001 CONNECT
    `,
    monitor: `
      OnCallBegin 2@95001
      OnSilentMonitorStarted 1001
      OnCallServiceInitiated 2@95001 INITIATE
      OnCallOriginated 2@95001 INITIATE
      OnCallBegin 2@2001
      OnCallEstablished 2@95001 CONNECT
      OnCallEstablished 2@2001 CONNECT
      OnAgentStateChange 90001 Talking
    `,
    afterwards: ({ sessions }) => {
      equal(sessions.agent.currentCall?.uniqueObjectID, CALL);
      equal(sessions.supervisor.currentCall?.getValueInt('CallType'), 21);
    },
  },
  {
    name: 'the supervisor stops listening',
    given: (floor) => act(floor, 'Monitor'),
    when: (floor) => floor.asks(floor.supervise('Clear', CALL)),
    supervisor: `
      OnSupervisorButtonChange 1@2001 [logout bargeIn]
      OnCallConnectionCleared 2@95001 NULL
      OnMonitoredCallConnectionCleared 2@2001 CONNECT
      OnCallConnectionCleared 2@95001 NULL
      OnMonitoredCallConnectionCleared 2@2001 NULL
      OnCallCleared 2@95001 NULL
      OnCallEnd 2@95001 NULL
      OnSilentMonitorStopRequested 1001
      OnMonitoredCallCleared 2@2001 NULL
      OnMonitoredCallEnd 2@2001 NULL
      OnAgentStateChange 90001 NotReady
      OnSupervisorButtonChange 1@2001 [logout bargeIn listen]
    `,
    agent: `
      OnCallConnectionCleared 2@2001 CONNECT
      OnCallConnectionCleared 2@2001 NULL
      OnSilentMonitorStopRequested 1001
      OnCallCleared 2@2001 NULL
      OnCallEnd 2@2001 NULL
    `,
    monitor: `
      OnCallConnectionCleared 2@95001 NULL
      OnCallConnectionCleared 2@2001 CONNECT
      OnCallConnectionCleared 2@95001 NULL
      OnCallConnectionCleared 2@2001 NULL
      OnCallCleared 2@95001 NULL
      OnCallEnd 2@95001 NULL
      OnSilentMonitorStopRequested 1001
      OnCallCleared 2@2001 NULL
      OnCallEnd 2@2001 NULL
      OnAgentStateChange 90001 NotReady
    `,
  },
  {
    name: 'listening ends with the call',
    given: (floor) => act(floor, 'Monitor'),
    when: async (floor) => {
      floor.do('hangUp', { agent: '1001' });
      await floor.run(1);
    },
    supervisor: `
      OnMonitoredCallConnectionCleared 1@2001 NULL
      OnMonitoredCallConnectionCleared 1@2001 NULL
      OnMonitoredCallCleared 1@2001 NULL
      OnMonitoredCallEnd 1@2001 NULL
      OnMonitoredAgentStateChange 1001 WorkReady
      OnCallConnectionCleared 2@95001 CONNECT
      OnMonitoredCallConnectionCleared 2@2001 NULL
      OnCallConnectionCleared 2@95001 NULL
      OnMonitoredCallConnectionCleared 2@2001 NULL
      OnMonitoredCallCleared 2@2001 NULL
      OnMonitoredCallEnd 2@2001 NULL
      OnCallCleared 2@95001 NULL
      OnCallEnd 2@95001 NULL
      OnSilentMonitorStopRequested 1001
      OnSupervisorButtonChange [logout]
      OnAgentStateChange 90001 NotReady
    `,
    agent: `
      OnCallConnectionCleared 1@2001 NULL
      OnCallConnectionCleared 1@2001 NULL
      OnCallCleared 1@2001 NULL
      OnCallEnd 1@2001 NULL
      OnAgentStateChange 1001 WorkReady
      OnCallConnectionCleared 2@2001 NULL
      OnCallConnectionCleared 2@2001 NULL
      OnCallCleared 2@2001 NULL
      OnCallEnd 2@2001 NULL
      OnSilentMonitorStopRequested 1001
    `,
    monitor: `
      OnCallConnectionCleared 1@2001 NULL
      OnCallConnectionCleared 1@2001 NULL
      OnCallCleared 1@2001 NULL
      OnCallEnd 1@2001 NULL
      OnAgentStateChange 1001 WorkReady
      OnCallConnectionCleared 2@95001 CONNECT
      OnCallConnectionCleared 2@2001 NULL
      OnCallConnectionCleared 2@95001 NULL
      OnCallConnectionCleared 2@2001 NULL
      OnCallCleared 2@2001 NULL
      OnCallEnd 2@2001 NULL
      OnCallCleared 2@95001 NULL
      OnCallEnd 2@95001 NULL
      OnSilentMonitorStopRequested 1001
      OnAgentStateChange 90001 NotReady
    `,
    afterwards: ({ sessions }) => {
      equal(sessions.agent.calls.size, 0);
      equal(sessions.supervisor.calls.size, 0);
    },
  },
  {
    name: 'the supervisor barges in: the agent holds, consults the supervisor, and joins the two',
    given: talking,
    when: (floor) => floor.asks(floor.supervise('BargeIn', CALL)),
    supervisor: `
      OnSupervisorButtonChange 1@2001 [logout intercept clear]
      OnMonitoredCallHeld 1@2001 HOLD
      OnMonitoredAgentStateChange 1001 Hold
      OnMonitoredCallBegin 2@2001
      OnMonitoredCallServiceInitiated 2@2001 INITIATE
      OnMonitoredCallOriginated 2@2001 INITIATE
      OnCallBegin 2@95001
      OnMonitoredCallDelivered 2@2001 INITIATE
      OnCallDelivered 2@95001 ALERTING
      OnMonitoredCallEstablished 2@2001 CONNECT
      OnCallEstablished 2@95001 CONNECT
      OnMonitoredAgentStateChange 1001 Talking
      OnAgentStateChange 90001 Talking
      OnMonitoredCallEnd 2@2001 NULL
      OnMonitoredCallDataUpdate 3@2001 was 1 HOLD
      OnCallDataUpdate 3@95001 was 2 CONNECT
      OnMonitoredCallConferenced 3@2001 CONNECT
      OnCallConferenced 3@95001 CONNECT
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
      OnCallEnd 2@2001 NULL
      OnCallDataUpdate 3@2001 was 1 HOLD
      OnCallConferenced 3@2001 CONNECT
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
      OnCallEnd 2@2001 NULL
      OnCallDataUpdate 3@2001 was 1 HOLD
      OnCallDataUpdate 3@95001 was 2 CONNECT
      OnCallConferenced 3@2001 CONNECT
      OnCallConferenced 3@95001 CONNECT
    `,
  },
  {
    name: 'the supervisor leaves again: agent and customer talk on',
    given: (floor) => act(floor, 'BargeIn'),
    when: (floor) => floor.asks(floor.supervise('Clear', CALL)),
    supervisor: `
      OnSupervisorButtonChange 1@2001 [logout]
      OnMonitoredCallConnectionCleared 1@2001 CONNECT
      OnCallConnectionCleared 1@95001 NULL
      OnCallEnd 1@95001 NULL
      OnSupervisorButtonChange 1@2001 [logout bargeIn]
      OnAgentStateChange 90001 NotReady
      OnSupervisorButtonChange 1@2001 [logout bargeIn listen]
    `,
    agent: `
      OnCallConnectionCleared 1@2001 CONNECT
    `,
    monitor: `
      OnCallConnectionCleared 1@2001 CONNECT
      OnCallConnectionCleared 1@95001 NULL
      OnCallEnd 1@95001 NULL
      OnAgentStateChange 90001 NotReady
    `,
    afterwards: ({ sessions }) => equal(sessions.agent.currentCall?.getValueInt('CallStatus'), 3),
  },
  {
    name: 'the supervisor takes the call over: the agent is out of it',
    given: (floor) => act(floor, 'BargeIn'),
    when: (floor) => floor.asks(floor.supervise('Intercept', CALL)),
    supervisor: `
      OnSupervisorButtonChange 1@2001 [logout clear]
      OnMonitoredCallConnectionCleared 1@2001 NULL
      OnCallConnectionCleared 1@95001 CONNECT
      OnMonitoredCallEnd 1@2001 NULL
      OnMonitoredAgentStateChange 1001 WorkReady
      OnCallDataUpdate 1@95001 CONNECT
    `,
    agent: `
      OnCallConnectionCleared 1@2001 NULL
      OnCallEnd 1@2001 NULL
      OnAgentStateChange 1001 WorkReady
    `,
    monitor: `
      OnCallConnectionCleared 1@2001 NULL
      OnCallConnectionCleared 1@95001 CONNECT
      OnCallEnd 1@2001 NULL
      OnAgentStateChange 1001 WorkReady
      OnCallDataUpdate 1@95001 CONNECT
    `,
    afterwards: ({ sessions }) => equal(sessions.agent.calls.size, 0),
  },
  {
    name: 'the supervisor leaves the call that was taken over, and with it the customer',
    given: (floor) => act(floor, 'BargeIn', 'Intercept'),
    when: (floor) => floor.asks(floor.supervise('Clear', CALL)),
    supervisor: `
      OnSupervisorButtonChange [logout]
      OnCallConnectionCleared 1@95001 NULL
      OnCallConnectionCleared 1@95001 NULL
      OnCallCleared 1@95001 NULL
      OnCallEnd 1@95001 NULL
      OnAgentStateChange 90001 NotReady
    `,
    agent: ``,
    monitor: `
      OnCallConnectionCleared 1@95001 NULL
      OnCallConnectionCleared 1@95001 NULL
      OnCallCleared 1@95001 NULL
      OnCallEnd 1@95001 NULL
      OnAgentStateChange 90001 NotReady
    `,
    afterwards: ({ sessions }) => equal(sessions.supervisor.calls.size, 0),
  },
];

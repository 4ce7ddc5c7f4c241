import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { type MessageInit, StatusCode } from '../../../src/ged188/index.js';
import {
  ALL_AGENTS,
  ALL_CALLS,
  BRIDGE,
  connection,
  lab,
  login,
  NONE,
  opened,
  PERIPHERAL,
  ring,
  S,
} from './raw-client.js';

const P = { PeripheralID: PERIPHERAL } as const;
const MONITORING = S.CTI_SERVICE_PERIPHERAL_MONITOR;
const everything = { CallMsgMask: ALL_CALLS, AgentStateMask: ALL_AGENTS };

const onDevice = (MonitoredDeviceID: string): MessageInit => ({
  type: 'MONITOR_START_REQ',
  ...P,
  ConnectionCallID: NONE,
  ConnectionDeviceIDType: 0xffff,
  MonitoredDeviceType: 0,
  MonitoredDeviceID,
  ...everything,
});

describe('Peripheral monitors', () => {
  it('report the monitored device, under the monitor’s own id, and no other', async () => {
    const at = await lab();
    const client = opened(at, { ClientID: 'monitor', ServicesRequested: MONITORING });
    const bridge = opened(at);
    const { MonitorID } = client.confirmed(onDevice('2001'), 'MONITOR_START_CONF');
    login(bridge, '1001');
    login(bridge, '1002');
    ring(at, bridge);
    const heard = client.take();
    ok(
      heard.some((each) => each.type === 'CALL_DELIVERED_EVENT') &&
        heard.some((each) => each.type === 'AGENT_STATE_EVENT'),
    );
    for (const each of heard) {
      ok('MonitorID' in each);
      equal(each.MonitorID, MonitorID);
      if ('ConnectionDeviceID' in each) equal(each.ConnectionDeviceID, '2001');
    }
  });

  it('report what all-events sessions do not receive: the VRU', async () => {
    const at = await lab();
    const client = opened(at, { ClientID: 'monitor', ServicesRequested: MONITORING });
    const bridge = opened(at);
    client.confirmed(onDevice('7001'), 'MONITOR_START_CONF');
    ring(at, bridge);
    ok(client.take('BEGIN_CALL_EVENT').every((each) => each.ConnectionDeviceID === '7001'));
    equal(bridge.take('BEGIN_CALL_EVENT').length, 0);
  });

  it('on a call follow it and end with it', async () => {
    const at = await lab();
    const client = opened(at, { ServicesRequested: BRIDGE | MONITORING });
    login(client, '1001');
    const call = ring(at, client);
    const { MonitorID } = client.confirmed(
      { type: 'MONITOR_START_REQ', ...connection(call, '2001'), ...everything },
      'MONITOR_START_CONF',
    );
    client.take();
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
    equal(client.take('CALL_ESTABLISHED_EVENT').filter((each) => each.MonitorID === MonitorID).length, 1);
    at.simulator.run('hangUp', { call });
    equal(client.take('END_CALL_EVENT').filter((each) => each.MonitorID === MonitorID).length, 1);
    equal(client.refused({ type: 'MONITOR_STOP_REQ', MonitorID }), `status ${StatusCode.E_CTI_INVALID_MONITORID}`);
  });

  it('can be restricted and stopped', async () => {
    const at = await lab();
    const client = opened(at, { ServicesRequested: MONITORING | S.CTI_SERVICE_CLIENT_CONTROL });
    const { MonitorID } = client.confirmed(onDevice('2001'), 'MONITOR_START_CONF');
    client.confirmed(
      { type: 'CHANGE_MONITOR_MASK_REQ', MonitorID, CallMsgMask: 0, AgentStateMask: 8 },
      'CHANGE_MONITOR_MASK_CONF',
    );
    login(client, '1001');
    deepStrictEqual(
      client.take('AGENT_STATE_EVENT').map((each) => each.AgentState),
      [3],
    );
    client.confirmed({ type: 'MONITOR_STOP_REQ', MonitorID }, 'MONITOR_STOP_CONF');
    at.simulator.run('setAgentState', { agent: '1001', state: 'NotReady' });
    deepStrictEqual(client.take(), []);
  });

  const refusals: [string, MessageInit, number][] = [
    ['an unknown device', onDevice('9'), StatusCode.E_CTI_INVALID_DEVICE],
    [
      'nothing to monitor',
      { ...onDevice('9'), MonitoredDeviceID: undefined } as MessageInit,
      StatusCode.E_CTI_REQUIRED_DATA_MISSING,
    ],
    ['an unknown call', { type: 'MONITOR_START_REQ', ...connection(1, '2001') }, StatusCode.E_CTI_INVALID_CALLID],
    [
      'a device and a call at once',
      { type: 'MONITOR_START_REQ', ...connection(1, '2001'), MonitoredDeviceID: '2001' },
      StatusCode.E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES,
    ],
    ['a monitor that is not there', { type: 'MONITOR_STOP_REQ', MonitorID: 999 }, StatusCode.E_CTI_INVALID_MONITORID],
  ];
  for (const [what, request, status] of refusals) {
    it(`are refused for ${what}`, async () => {
      const client = opened(await lab(), { ServicesRequested: MONITORING });
      equal(client.refused(request), `status ${status}`);
    });
  }

  it('exist once for each device', async () => {
    const client = opened(await lab(), { ServicesRequested: MONITORING });
    client.confirmed(onDevice('2001'), 'MONITOR_START_CONF');
    equal(client.refused(onDevice('2001')), `status ${StatusCode.E_CTI_MONITOR_ALREADY_EXISTS}`);
  });
});

describe('Client monitors', () => {
  it('report existing, opened and closed sessions', async () => {
    const at = await lab();
    opened(at, { ClientID: 'early' });
    const client = opened(at, { ClientID: 'watcher', ServicesRequested: S.CTI_SERVICE_CLIENT_MONITOR });
    deepStrictEqual(
      client.take('CLIENT_SESSION_OPENED_EVENT').map((each) => each.ClientID),
      ['early'],
    );
    const late = opened(at, { ClientID: 'late', IdleTimeout: 20 });
    const [event] = client.take('CLIENT_SESSION_OPENED_EVENT');
    deepStrictEqual([event?.ClientID, event?.ClientAddress, event?.ClientPort], ['late', '10.0.0.3', 50003]);
    at.pass(21);
    ok(late.settle().closed);
    const [closed] = client.take('CLIENT_SESSION_CLOSED_EVENT');
    deepStrictEqual(
      [closed?.ClientID, closed?.Status, closed?.SessionID],
      ['late', StatusCode.E_CTI_TIMEOUT, event?.SessionID],
    );
  });

  it('can follow the messages of another session', async () => {
    const at = await lab();
    const bridge = opened(at);
    const client = opened(at, { ClientID: 'watcher', ServicesRequested: S.CTI_SERVICE_CLIENT_MONITOR });
    const [event] = client.take('CLIENT_SESSION_OPENED_EVENT');
    const { MonitorID } = client.confirmed(
      { type: 'SESSION_MONITOR_START_REQ', SessionID: event!.SessionID },
      'SESSION_MONITOR_START_CONF',
    );
    login(bridge, '1001');
    deepStrictEqual(
      client.take('AGENT_STATE_EVENT').map((each) => each.MonitorID),
      [MonitorID, MonitorID],
    );
    equal(
      client.refused({ type: 'SESSION_MONITOR_START_REQ', SessionID: event!.SessionID }),
      `status ${StatusCode.E_CTI_SESSION_MONITOR_ALREADY_EXISTS}`,
    );
    opened(at, { ClientID: 'other' });
    const [other] = client.take('CLIENT_SESSION_OPENED_EVENT');
    client.confirmed({ type: 'SESSION_MONITOR_START_REQ', SessionID: other!.SessionID }, 'SESSION_MONITOR_START_CONF');
    client.confirmed({ type: 'SESSION_MONITOR_STOP_REQ', MonitorID }, 'SESSION_MONITOR_STOP_CONF');
    equal(
      client.refused({ type: 'SESSION_MONITOR_START_REQ', SessionID: 999 }),
      `status ${StatusCode.E_CTI_CLIENT_NOT_FOUND}`,
    );
  });
});

describe('Supervisors', () => {
  const services = S.CTI_SERVICE_CLIENT_EVENTS | S.CTI_SERVICE_CLIENT_CONTROL | S.CTI_SERVICE_SUPERVISOR;

  it('receive their team when their session opens, and can list and monitor teams', async () => {
    const at = await lab();
    const bridge = opened(at);
    const client = opened(at, { ...P, ClientID: 'sup', AgentID: '90001', ServicesRequested: services });
    const [team] = client.take('AGENT_TEAM_CONFIG_EVENT');
    deepStrictEqual([team?.TeamID, team?.AgentTeamName, team?.ConfigOperation], [1, 'Team 1', 0]);
    const flags = Object.fromEntries(team!.TeamMembers.map((each) => [each.AtcAgentID, each.AgentFlags]));
    deepStrictEqual([flags['1001'], flags['90001']], [0, 5]);
    const list = client.confirmed({ type: 'LIST_AGENT_TEAM_REQ', SupervisorID: 40000 }, 'LIST_AGENT_TEAM_CONF');
    deepStrictEqual(
      list.AgentTeams.map((each) => each.TeamID),
      [1],
    );
    const { MonitorID } = client.confirmed(
      { type: 'MONITOR_AGENT_TEAM_START_REQ', TeamID: 1 },
      'MONITOR_AGENT_TEAM_START_CONF',
    );
    equal(client.take('AGENT_TEAM_CONFIG_EVENT').length, 1);
    login(bridge, '1001');
    deepStrictEqual(
      client.take('AGENT_STATE_EVENT').map((each) => [each.MonitorID, each.AgentID]),
      [
        [MonitorID, '1001'],
        [MonitorID, '1001'],
      ],
    );
    client.confirmed({ type: 'MONITOR_AGENT_TEAM_STOP_REQ', MonitorID }, 'MONITOR_AGENT_TEAM_STOP_CONF');
    equal(
      client.refused({ type: 'MONITOR_AGENT_TEAM_START_REQ', TeamID: 9 }),
      `status ${StatusCode.E_CTI_TEAM_NOT_FOUND}`,
    );
    equal(
      client.refused({ type: 'LIST_AGENT_TEAM_REQ', SupervisorID: 10001 }),
      `status ${StatusCode.E_CTI_SUPERVISOR_NOT_FOUND}`,
    );
  });

  it('are notified of agents who leave their team and who join it', async () => {
    const at = await lab({ agents: 25 });
    const services = S.CTI_SERVICE_CLIENT_EVENTS | S.CTI_SERVICE_SUPERVISOR;
    // Each of the two supervisors substitutes for the other, so both receive the events of both teams.
    const boss = opened(at, { ...P, ClientID: 'one', AgentID: '90001', ServicesRequested: services });
    const agent = opened(at, {
      ...P,
      ClientID: 'agent',
      AgentID: '1001',
      ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS,
    });
    boss.take();
    at.simulator.run('moveToTeam', { agent: '1001', team: 2 });
    deepStrictEqual(
      boss
        .take('AGENT_TEAM_CONFIG_EVENT')
        .map((each) => [each.TeamID, each.ConfigOperation, each.TeamMembers.map((member) => member.AtcAgentID)]),
      [
        [1, 2, ['1001']],
        [2, 1, ['1001']],
      ],
    );
    deepStrictEqual(agent.take('AGENT_TEAM_CONFIG_EVENT'), []);
    // The team's supervisor belongs to it, as a member or not.
    at.simulator.run('moveToTeam', { agent: '90001' });
    deepStrictEqual(boss.take('AGENT_TEAM_CONFIG_EVENT'), []);
  });

  it('receive no duplicates of events that they see anyway', async () => {
    const at = await lab();
    const bridge = opened(at, { ServicesRequested: BRIDGE | S.CTI_SERVICE_SUPERVISOR });
    bridge.confirmed({ type: 'MONITOR_AGENT_TEAM_START_REQ', TeamID: 1 }, 'MONITOR_AGENT_TEAM_START_CONF');
    login(bridge, '1001', false);
    equal(bridge.take('AGENT_STATE_EVENT').length, 1);
  });

  it('listen, barge in and intercept', async () => {
    const at = await lab();
    const bridge = opened(at, { ServicesRequested: BRIDGE | S.CTI_SERVICE_SUPERVISOR });
    login(bridge, '1001');
    const seat = { type: 'SET_AGENT_STATE_REQ', ...P, AgentID: '90001', AgentInstrument: '95001' } as const;
    bridge.confirmed({ ...seat, AgentState: 0 }, 'SET_AGENT_STATE_CONF');
    const call = ring(at, bridge);
    bridge.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
    const supervise = (SupervisoryAction: number): MessageInit => ({
      type: 'SUPERVISE_CALL_REQ',
      ...P,
      AgentConnectionCallID: call,
      AgentConnectionDeviceIDType: 0,
      AgentConnectionDeviceID: '2001',
      SupervisorConnectionCallID: NONE,
      SupervisorConnectionDeviceIDType: 0xffff,
      AgentID: '1001',
      SupervisorInstrument: '95001',
      SupervisoryAction,
    });
    const silent = bridge.confirmed(supervise(1), 'SUPERVISE_CALL_CONF');
    equal(silent.ConnectionDeviceID, '95001');
    bridge.confirmed(
      {
        ...supervise(0),
        SupervisorConnectionCallID: silent.ConnectionCallID,
        SupervisorConnectionDeviceIDType: 0,
      } as MessageInit,
      'SUPERVISE_CALL_CONF',
    );
    bridge.take();
    bridge.confirmed(supervise(3), 'SUPERVISE_CALL_CONF');
    ok(bridge.take('CALL_CONFERENCED_EVENT').length > 0);
    bridge.confirmed(supervise(4), 'SUPERVISE_CALL_CONF');
    ok(bridge.take('END_CALL_EVENT').some((each) => each.ConnectionDeviceID === '2001'));
    deepStrictEqual(at.simulator.run('check').violations, []);
  });

  it('are called by agents for assistance; an emergency is reported even if no supervisor is available', async () => {
    const at = await lab();
    const bridge = opened(at, { ServicesRequested: BRIDGE | S.CTI_SERVICE_SUPERVISOR });
    login(bridge, '1001', false);
    const help = { ...P, ConnectionCallID: NONE, ConnectionDeviceIDType: 0xffff, AgentInstrument: '2001' } as const;
    ok(/^status/.test(bridge.refused({ type: 'SUPERVISOR_ASSIST_REQ', ...help })));
    ok(/^status/.test(bridge.refused({ type: 'EMERGENCY_CALL_REQ', ...help })));
    equal(bridge.next('EMERGENCY_CALL_EVENT').AgentID, '1001');
    bridge.confirmed(
      { type: 'SET_AGENT_STATE_REQ', ...P, AgentID: '90001', AgentInstrument: '95001', AgentState: 0 },
      'SET_AGENT_STATE_CONF',
    );
    const assist = bridge.confirmed({ type: 'SUPERVISOR_ASSIST_REQ', ...help }, 'SUPERVISOR_ASSIST_CONF');
    equal(assist.ConnectionDeviceID, '2001');
    equal(bridge.take('SUPERVISOR_ASSIST_EVENT').length, 1);
  });
});

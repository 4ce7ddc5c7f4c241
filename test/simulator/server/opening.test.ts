import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { StatusCode } from '../../../src/ged188/index.js';
import type { SimulatorOptions } from '../../../src/simulator/index.js';
import { BRIDGE, connection, lab, login, NONE, opened, PERIPHERAL, ring, S } from './raw-client.js';

const secured: SimulatorOptions = { credentials: { clientId: 'CTIOSServer', clientPassword: 'secret' } };
const desktop = { PeripheralID: PERIPHERAL, ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS };

describe('OPEN_REQ', () => {
  const refusals: [string, Parameters<ReturnType<typeof opened>['open']>[0], number, SimulatorOptions?][] = [
    ['a version older than 13', { VersionNumber: 12 }, StatusCode.E_CTI_INVALID_VERSION],
    ['a version newer than 25', { VersionNumber: 26 }, StatusCode.E_CTI_INVALID_VERSION],
    [
      'a wrong password',
      { ClientID: 'CTIOSServer', ClientPassword: Buffer.from('x') },
      StatusCode.E_CTI_INVALID_PASSWORD,
      secured,
    ],
    [
      'a wrong ClientID',
      { ClientID: 'other', ClientPassword: Buffer.from('secret') },
      StatusCode.E_CTI_INVALID_PASSWORD,
      secured,
    ],
    ['no ClientID', { ClientID: undefined }, StatusCode.E_CTI_REQUIRED_DATA_MISSING],
    ['an idle timeout under 20 seconds', { IdleTimeout: 19 }, StatusCode.E_CTI_INVALID_TIMEOUT],
    ['an unknown peripheral', { PeripheralID: 4999 }, StatusCode.E_CTI_INVALID_PERIPHERAL_ID],
    ['client events without a device', desktop, StatusCode.E_CTI_REQUIRED_DATA_MISSING],
    [
      'client events without a peripheral',
      { ...desktop, PeripheralID: NONE, AgentID: '1001' },
      StatusCode.E_CTI_REQUIRED_DATA_MISSING,
    ],
    ['an agent that does not exist', { ...desktop, AgentID: '1999' }, StatusCode.E_CTI_INVALID_AGENT_DATA],
    [
      'devices that contradict each other',
      { ...desktop, AgentInstrument: '2001', AgentExtension: '2002' },
      StatusCode.E_CTI_INCONSISTENT_AGENT_DATA,
    ],
    [
      'supervision asked by an agent who is no supervisor',
      { ...desktop, ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS | S.CTI_SERVICE_SUPERVISOR, AgentID: '1001' },
      StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE,
    ],
    [
      'no password, when strict',
      { ClientPassword: undefined },
      StatusCode.E_CTI_REQUIRED_DATA_MISSING,
      { strict: true },
    ],
    [
      'unused service bits, when strict',
      { ServicesRequested: BRIDGE | 0x200 },
      StatusCode.E_CTI_INVALID_SERVICE_MASK,
      { strict: true },
    ],
    [
      'unused agent state bits, when strict',
      { AgentStateMask: 0x10000 },
      StatusCode.E_CTI_INVALID_AGENT_STATE_MASK,
      { strict: true },
    ],
    [
      'call events newer than the version, when strict',
      { VersionNumber: 22, CallMsgMask: 0x10000000 },
      StatusCode.E_CTI_INVALID_CALL_MSG_MASK,
      { strict: true },
    ],
    [
      'unused configuration bits, when strict',
      { ConfigMsgMask: 0x8000 },
      StatusCode.E_INVALID_CONFIG_MSG_MASK,
      { strict: true },
    ],
    [
      'reserved fields in use, when strict',
      { Reserved2: 7 },
      StatusCode.E_CTI_INVALID_RESERVED_FIELD,
      { strict: true },
    ],
  ];
  for (const [what, request, status, options] of refusals) {
    it(`is refused for ${what}`, async () => {
      const client = (await lab(options)).connect();
      const answer = client.open(request);
      equal(answer.type, 'FAILURE_CONF');
      equal('Status' in answer && answer.Status, status);
    });
  }

  it('can be repeated on the same connection after a refusal', async () => {
    const client = (await lab()).connect();
    equal(client.open({ VersionNumber: 26 }).type, 'FAILURE_CONF');
    equal(client.open({ VersionNumber: 25 }).type, 'OPEN_CONF');
  });

  it('tolerates what real servers tolerate: no password, undefined mask bits', async () => {
    const client = (await lab()).connect();
    const answer = client.open({ ClientPassword: undefined, ServicesRequested: BRIDGE | 0x200, ConfigMsgMask: 0x8000 });
    ok(answer.type === 'OPEN_CONF');
    equal(answer.ServicesGranted, BRIDGE);
  });

  it('accepts the correct password, with or without a trailing null', async () => {
    for (const ClientPassword of [Buffer.from('secret'), Buffer.from('secret\0')]) {
      const client = (await lab(secured)).connect();
      equal(client.open({ ClientID: 'CTIOSServer', ClientPassword }).type, 'OPEN_CONF');
    }
  });

  it('returns the current time, the peripherals and the side', async () => {
    const at = await lab();
    const answer = at.connect().open();
    ok(answer.type === 'OPEN_CONF');
    equal(answer.PGStatus, 0);
    equal(answer.PeripheralOnline, true);
    equal(answer.PeripheralType, 17);
    equal(answer.ICMCentralControllerTime, at.clock.now() / 1000);
    equal(answer.SessionType, 1);
    deepStrictEqual(
      answer.Peripherals.map((each) => each.FltPeripheralID),
      [PERIPHERAL],
    );
    equal(answer.MonitorID, 0, 'a bridge has no monitor of its own');
  });

  it('is followed by one SYSTEM_EVENT per peripheral, to a session with all events', async () => {
    const client = opened(await lab());
    const events = client.take('SYSTEM_EVENT');
    deepStrictEqual(
      events.map((each) => [each.SystemEventID, each.SystemEventArg1]),
      [[3, PERIPHERAL]],
    );
  });

  it('is followed by BEGIN_CALL_EVENT for each call in progress, to a session bound to a device', async () => {
    const at = await lab();
    const bridge = opened(at);
    login(bridge, '1001');
    const call = ring(at, bridge, { CallVariable1: '4711' });
    const client = opened(at, { ...desktop, ClientID: 'desktop', AgentInstrument: '2001' });
    const [begin] = client.take('BEGIN_CALL_EVENT');
    equal(begin?.ConnectionCallID, call);
    equal(begin?.CallVariable1, '4711');
  });

  it('binds a session to the device of its agent, and reports it', async () => {
    const at = await lab();
    login(opened(at), '1001');
    const answer = at.connect().open({ ...desktop, ClientID: 'desktop', AgentID: '1001' });
    ok(answer.type === 'OPEN_CONF');
    deepStrictEqual([answer.AgentInstrument, answer.AgentID, answer.AgentState], ['2001', '1001', 3]);
  });

  it('is refused for a device that another client uses', async () => {
    const at = await lab();
    opened(at, { ...desktop, ClientID: 'one', AgentInstrument: '2001' });
    const answer = at.connect().open({ ...desktop, ClientID: 'two', AgentInstrument: '2001' });
    equal('Status' in answer && answer.Status, StatusCode.E_CTI_DEVICE_IN_USE);
  });

  it('grants the Supervisor service to a supervisor for its own device, and to a bridge', async () => {
    const at = await lab();
    const services = S.CTI_SERVICE_CLIENT_EVENTS | S.CTI_SERVICE_SUPERVISOR;
    const one = at.connect().open({ ...desktop, ServicesRequested: services, ClientID: 'sup', AgentID: '90001' });
    ok(one.type === 'OPEN_CONF' && one.ServicesGranted === services);
    const all = at.connect().open({ ServicesRequested: BRIDGE | S.CTI_SERVICE_SUPERVISOR });
    ok(all.type === 'OPEN_CONF' && all.ServicesGranted === (BRIDGE | S.CTI_SERVICE_SUPERVISOR));
    const nobody = at.connect().open({ ServicesRequested: S.CTI_SERVICE_SUPERVISOR, ClientID: 'nobody' });
    ok(nobody.type === 'OPEN_CONF' && nobody.ServicesGranted === 0);
  });

  it('is answered with nothing but a response to CLOSE_REQ after a session was displaced', async () => {
    const at = await lab();
    const old = opened(at);
    opened(at);
    equal(old.next('FAILURE_EVENT').Status, StatusCode.E_CTI_NEW_SESSION_OPENED);
    old.take();
    old.send({ type: 'QUERY_AGENT_STATE_REQ', InvokeID: 1, PeripheralID: PERIPHERAL, AgentID: '1001' });
    deepStrictEqual(old.story(), []);
    old.confirmed({ type: 'CLOSE_REQ' }, 'CLOSE_CONF');
    ok(old.settle().closed);
  });

  it('displaces the older session of the same client', async () => {
    const at = await lab();
    const old = opened(at);
    const young = opened(at);
    equal(old.next('FAILURE_EVENT').Status, StatusCode.E_CTI_NEW_SESSION_OPENED);
    at.pass(6);
    ok(old.closed);
    equal(young.closed, undefined);
    equal(at.simulator.run('status').sides[0]!.sessions.length, 1);
  });

  for (let version = 13; version <= 25; version++) {
    it(`serves protocol version ${version}`, async () => {
      const at = await lab();
      const client = opened(at, { VersionNumber: version });
      login(client, '1001');
      const call = ring(at, client, { CallVariable1: 'x', 'user.Name': 'y', 'user.List[1]': 'z' });
      client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
      const begin = client.next('BEGIN_CALL_EVENT');
      deepStrictEqual(begin.NamedVariables, [{ VariableName: 'user.Name', VariableValue: 'y' }]);
      deepStrictEqual(begin.NamedArrays, [{ VariableIndex: 1, VariableName: 'user.List', VariableValue: 'z' }]);
      equal(client.next('CALL_ESTABLISHED_EVENT').LocalConnectionState, 3);
      at.simulator.run('hangUp', { call });
      equal(client.next('END_CALL_EVENT').ConnectionCallID, call);
      ok(client.take().every((each) => each.type !== 'UNKNOWN' && each.unknown === undefined));
    });
  }
});

describe('A session that is not open', () => {
  it('is refused everything but OPEN_REQ', async () => {
    const client = (await lab()).connect();
    equal(client.refused({ type: 'HEARTBEAT_REQ' }), `status ${StatusCode.E_CTI_SESSION_NOT_OPEN}`);
    equal(
      client.refused({ type: 'QUERY_AGENT_STATE_REQ', PeripheralID: PERIPHERAL, AgentID: '1001' }),
      `status ${StatusCode.E_CTI_SESSION_NOT_OPEN}`,
    );
  });

  it('is dropped after a minute', async () => {
    const at = await lab();
    const client = at.connect();
    at.pass(59);
    equal(client.settle().closed, undefined);
    at.pass(2);
    ok(client.settle().closed);
  });
});

describe('An open session', () => {
  it('is refused a second OPEN_REQ', async () => {
    const answer = opened(await lab()).open();
    equal('Status' in answer && answer.Status, StatusCode.E_CTI_SESSION_ALREADY_OPEN);
  });

  it('responds to heartbeats with their InvokeID', async () => {
    const client = opened(await lab());
    equal(client.confirmed({ type: 'HEARTBEAT_REQ' }, 'HEARTBEAT_CONF').type, 'HEARTBEAT_CONF');
  });

  it('ends with CLOSE_CONF and the end of the connection', async () => {
    const client = opened(await lab());
    client.confirmed({ type: 'CLOSE_REQ', Status: 0 }, 'CLOSE_CONF');
    deepStrictEqual(client.settle().closed, {});
  });

  it('is reset after its idle timeout', async () => {
    const at = await lab();
    const client = opened(at, { IdleTimeout: 20 });
    at.pass(15);
    client.confirmed({ type: 'HEARTBEAT_REQ' }, 'HEARTBEAT_CONF');
    at.pass(19);
    equal(client.settle().closed, undefined);
    at.pass(1);
    ok(client.settle().closed);
  });

  it('has no idle timeout if it requests none, or a very long one', async () => {
    const at = await lab();
    const one = opened(at, { ClientID: 'one' });
    const other = opened(at, { ClientID: 'other', IdleTimeout: 0x7fffffff });
    at.pass(40 * 24 * 3600);
    ok(one.settle().closed === undefined && other.settle().closed === undefined);
  });

  it('is dropped if its frames cannot be read', async () => {
    const at = await lab();
    const client = opened(at);
    client.stream.write(Buffer.from('ffffffff00000005', 'hex'));
    ok(client.settle().closed);
    equal(at.simulator.run('status').sides[0]!.sessions.length, 0);
  });

  it('receives nothing that its masks exclude', async () => {
    const at = await lab();
    const client = opened(at, { CallMsgMask: 0x2000, AgentStateMask: 0x8 });
    login(client, '1001');
    const call = ring(at, client);
    at.simulator.run('answer', { agent: '1001' });
    at.simulator.run('hangUp', { call });
    const heard = client.take().map((each) => each.type);
    deepStrictEqual([...new Set(heard)].sort(), ['AGENT_STATE_EVENT', 'BEGIN_CALL_EVENT', 'SYSTEM_EVENT']);
  });
});

import { deepStrictEqual, equal, ok, throws } from 'node:assert/strict';
import { AgentState, GreetingEventCode, type MessageOf } from '../../../src/ged188/index.js';
import { Simulator, type SiteBehavior, siteBehavior, siteProfiles } from '../../../src/simulator/index.js';
import { BRIDGE, connection, type Lab, lab, login, opened, PERIPHERAL, type RawClient, ring } from './raw-client.js';

/** Quirks of real sites, each one separately, and all of them together. */

const at = (site: Partial<SiteBehavior>): Promise<Lab> => lab({ site });

function consulted(client: RawClient, call: number): number {
  client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
  return client.confirmed(
    {
      type: 'CONSULTATION_CALL_REQ',
      PeripheralID: PERIPHERAL,
      ActiveConnectionCallID: call,
      ActiveConnectionDeviceIDType: 0,
      ActiveConnectionDeviceID: '2001',
      DialedNumber: '2002',
      ConsultType: 1,
    },
    'CONSULTATION_CALL_CONF',
  ).NewConnectionCallID;
}

describe('A real site', () => {
  it('gives a consult call the extension of the agent as ANI, and a separate key', async () => {
    const center = await at({ consultOwnKey: true });
    const client = opened(center);
    for (const agentId of ['1001', '1002']) login(client, agentId, agentId === '1001');
    const call = ring(center, client);
    const consultation = consulted(client, call);
    const begun = client.take('BEGIN_CALL_EVENT');
    const [original] = begun.filter((each) => each.ConnectionCallID === call);
    const legs = begun.filter((each) => each.ConnectionCallID === consultation);
    deepStrictEqual(
      legs.map((each) => each.ANI),
      ['2001', '2001'],
    );
    ok(legs.every((each) => each.RouterCallKeyCallID !== original!.RouterCallKeyCallID));
    const both = {
      PeripheralID: PERIPHERAL,
      ActiveConnectionCallID: consultation,
      ActiveConnectionDeviceIDType: 0,
      ActiveConnectionDeviceID: '2001',
      HeldConnectionCallID: call,
      HeldConnectionDeviceIDType: 0,
      HeldConnectionDeviceID: '2001',
    };
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(consultation, '2002') }, 'ANSWER_CALL_CONF');
    client.take();
    client.confirmed({ type: 'TRANSFER_CALL_REQ', ...both }, 'TRANSFER_CALL_CONF');
    const renamed = client
      .take('CALL_DATA_UPDATE_EVENT')
      .find((each) => each.ConnectionCallID === consultation && each.NewConnectionCallID === call);
    equal(renamed?.ANI, '2065550101', 'in the end the agent has the customer');
  });

  it('reports a state once for each skill group, without a list of all of them', async () => {
    const center = await at({ statePerSkillGroup: true });
    const client = opened(center);
    login(client, '1001', false);
    const states = client.take('AGENT_STATE_EVENT');
    deepStrictEqual(
      states.map((each) => each.SkillGroupNumber),
      [10, 20],
    );
    ok(states.every((each) => (each.FltSkillGroups ?? []).length === 0));
  });

  it('reports states in another media routing domain', async () => {
    const center = await at({ otherMedia: true });
    const client = opened(center);
    for (let turn = 0; turn < 10; turn++) {
      login(client, '1001');
      center.simulator.run('setAgentState', { agent: '1001', state: 'NotReady' });
      center.simulator.run('logoutAgent', { agent: '1001' });
    }
    const states = client.take('AGENT_STATE_EVENT');
    ok(states.some((each) => each.MRDID === 5001));
    const voice = states.filter((each) => each.MRDID === 1);
    equal(voice.length, 40, 'each change of the voice state is there');
  });

  it('reports agent states up to half a second late, in order', async () => {
    const center = await at({ lateAgentEvents: true });
    const client = opened(center);
    login(client, '1001');
    center.pass(0.6);
    deepStrictEqual(
      client.take('AGENT_STATE_EVENT').map((each) => each.AgentState),
      [AgentState.AGENT_STATE_NOT_READY, AgentState.AGENT_STATE_AVAILABLE],
    );
  });

  it('formats numbers like gateways, including withheld ones', async () => {
    const center = await at({ gatewayNumbers: true, withheldForms: true });
    const client = opened(center);
    for (const agentId of ['1001', '1002', '1003', '1004', '1005', '1006']) login(client, agentId);
    const ani = new Set<string | undefined>();
    for (let turn = 0; turn < 40; turn++) {
      const { call } = center.simulator.run('placeCall', { from: turn % 2 === 0 ? '2065550101' : '', to: '8001' });
      center.pass(2);
      for (const each of client.take('CALL_DELIVERED_EVENT')) ani.add(each.ANI);
      center.simulator.run('hangUp', { call });
      center.pass(1);
    }
    const numbers = [...ani].map(String);
    ok(numbers.includes('+12065550101;rn=303357;oli=00'), numbers.join());
    ok(numbers.some((each) => each.startsWith('sip:+12065550101@')));
    ok(numbers.some((each) => /anonymous/i.test(each)));
    ok(numbers.every((each) => each.length <= 40));
  });

  it('plays a greeting when an agent answers a caller', async () => {
    const center = await at({ agentGreeting: true });
    const client = opened(center);
    login(client, '1001');
    const call = ring(center, client);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
    center.pass(3);
    deepStrictEqual(
      client.take('CALL_AGENT_GREETING_EVENT').map((each) => [each.AgentID, each.EventCode]),
      [
        ['1001', GreetingEventCode.STARTED],
        ['1001', GreetingEventCode.ENDED],
      ],
    );
  });

  it('reports a login before the state that follows it', async () => {
    const center = await at({ transientLogin: true });
    const client = opened(center);
    login(client, '1001', false);
    deepStrictEqual(
      client.take('AGENT_STATE_EVENT').map((each) => each.AgentState),
      [AgentState.AGENT_STATE_LOGIN, AgentState.AGENT_STATE_NOT_READY],
    );
  });

  it('sends confirmations before or after the events of a request', async () => {
    const orders = new Set<string>();
    for (let seed = 1; seed <= 12; seed++) {
      const center = await lab({ site: { shuffledOrder: true }, seed });
      const client = opened(center);
      login(client, '1001', false);
      client.take();
      client.send({
        type: 'MAKE_CALL_REQ',
        InvokeID: 7,
        PeripheralID: PERIPHERAL,
        AgentInstrument: '2001',
        DialedNumber: '2002',
      });
      const names = client.take().map((each) => each.type);
      orders.add(names.indexOf('MAKE_CALL_CONF') === 0 ? 'first' : 'later');
      ok(names.indexOf('BEGIN_CALL_EVENT') >= 0);
    }
    deepStrictEqual([...orders].sort(), ['first', 'later']);
  });

  it('has a second peripheral with the same numbers', async () => {
    const center = await at({ twoPeripherals: true });
    const client = opened(center);
    const state = client.confirmed(
      { type: 'QUERY_AGENT_STATE_REQ', PeripheralID: PERIPHERAL + 1, AgentID: '1001' },
      'QUERY_AGENT_STATE_CONF',
    );
    equal(state.AgentState, AgentState.AGENT_STATE_LOGOUT);
    deepStrictEqual(center.simulator.run('check').violations, []);
  });

  it('puts automatic agents at each other’s phones', async () => {
    const center = await lab({ site: { hotDesks: true }, automatic: true });
    const client = opened(center);
    const state = client.confirmed(
      { type: 'QUERY_AGENT_STATE_REQ', PeripheralID: PERIPHERAL, AgentID: '1001' },
      'QUERY_AGENT_STATE_CONF',
    );
    equal(state.AgentInstrument, '2002');
  });

  it('encodes text in its charset, and counts bytes', async () => {
    const center = await at({ charset: 'utf8' });
    const client = opened(center);
    login(client, '1001');
    const name = '田中恵子';
    ring(center, client, { CallVariable3: name });
    const told: MessageOf<'BEGIN_CALL_EVENT'> = client.next('BEGIN_CALL_EVENT');
    equal(told.CallVariable3, Buffer.from(name, 'utf8').toString('latin1'));
    throws(() => center.simulator.run('placeCall', { to: '8001', data: { CallVariable3: name.repeat(4) } }));
  });

  it('produces identical bytes for the same seed, with all quirks together', async () => {
    const day = async () => {
      const center = await lab({ profile: 'real-site', automatic: true, traffic: 'steady', seed: 5 });
      const client = opened(center, { ServicesRequested: BRIDGE });
      for (let minute = 0; minute < 10; minute++) {
        center.pass(30);
        client.settle();
      }
      deepStrictEqual(center.simulator.run('check').violations, []);
      return Buffer.concat(client.bytes).toString('base64');
    };
    const first = await day();
    ok(first.length > 10_000);
    equal(await day(), first);
  });

  it('is rejected by name if the profile or option does not exist', () => {
    throws(
      () => new Simulator({ profile: 'unreal' as never }),
      /"unreal" is not a profile: it is one of standard, real-site/,
    );
    throws(() => siteBehavior('standard', { hotdesk: true }), /"hotdesk" is not an option of a site/);
    throws(() => siteBehavior('standard', { hotDesks: 'yes' }), /hotDesks must be a boolean/);
    throws(() => new Simulator({ site: { charset: 'klingon' } }));
    equal(
      Object.values(siteProfiles['real-site']).every((each) => each !== false),
      true,
    );
  });
});

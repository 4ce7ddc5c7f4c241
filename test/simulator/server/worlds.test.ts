import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { defaultWorld, type WorldConfig } from '../../../src/simulator/index.js';
import { BRIDGE, lab, login, NONE, opened, PERIPHERAL, ring, S } from './raw-client.js';

/** The default contact center twice, as peripherals 5000 and 5001. */
function twoPeripherals(): WorldConfig {
  const one = defaultWorld({ agents: 3 });
  const moved = <T extends { peripheralId: number }>(things: readonly T[]): T[] =>
    things.map((each) => ({ ...each, peripheralId: 5001 }));
  const both = <T extends { peripheralId: number }>(things: readonly T[]): T[] => [...things, ...moved(things)];
  return {
    ...one,
    peripherals: [...one.peripherals, { ...one.peripherals[0]!, id: 5001, name: 'Other_PG' }],
    skillGroups: both(one.skillGroups),
    services: both(one.services),
    agents: both(one.agents),
    devices: both(one.devices),
    teams: both(one.teams),
    dialedNumbers: both(one.dialedNumbers),
  };
}

describe('A center of several peripherals', () => {
  it('is reported as a whole, or one peripheral at a time', async () => {
    const at = await lab({ world: twoPeripherals() });
    const whole = opened(at, { ClientID: 'whole' });
    const part = opened(at, { ClientID: 'part', PeripheralID: 5001 });
    const told = (client: typeof whole) => client.take('SYSTEM_EVENT').map((each) => each.SystemEventArg1);
    deepStrictEqual(told(whole), [PERIPHERAL, 5001]);
    deepStrictEqual(told(part), [5001]);
    login(whole, '1001');
    equal(whole.take('AGENT_STATE_EVENT').length, 2);
    equal(part.take('AGENT_STATE_EVENT').length, 0);
    at.simulator.run('peripheralOffline', { peripheral: 5001 });
    deepStrictEqual(told(whole), [5001]);
    deepStrictEqual(told(part), [5001]);
    at.simulator.run('peripheralOffline', { peripheral: 5000 });
    deepStrictEqual(told(part), []);
  });

  it('keeps agents with the same id separate', async () => {
    const at = await lab({ world: twoPeripherals() });
    const client = opened(at);
    const seat = {
      type: 'SET_AGENT_STATE_REQ',
      PeripheralID: 5001,
      AgentID: '1001',
      AgentInstrument: '2001',
      AgentState: 0,
    } as const;
    client.confirmed(seat, 'SET_AGENT_STATE_CONF');
    const state = (PeripheralID: number) =>
      client.confirmed({ type: 'QUERY_AGENT_STATE_REQ', PeripheralID, AgentID: '1001' }, 'QUERY_AGENT_STATE_CONF')
        .AgentState;
    deepStrictEqual([state(5000), state(5001)], [1, 2]);
  });

  it('is fully online only if all peripherals are', async () => {
    const at = await lab({ world: twoPeripherals() });
    at.simulator.run('peripheralOffline', { peripheral: 5001 });
    const answer = at.connect().open({ PeripheralID: NONE });
    ok(answer.type === 'OPEN_CONF');
    deepStrictEqual([answer.PeripheralOnline, answer.PGStatus, answer.Peripherals.length], [false, 4, 2]);
  });
});

describe('A simulator that has been stopped', () => {
  it('leaves no timer behind, even during busy traffic', async () => {
    const at = await lab({ agents: 20, automatic: true, traffic: 'steady' });
    opened(at, { IdleTimeout: 60 });
    at.simulator.run('runScenario', { name: 'morning-rush' });
    at.pass(60);
    ok(at.clock.pending > 5);
    await at.simulator.stop();
    at.clock.advance(0);
    equal(at.clock.pending, 0);
  });
});

describe('Lines that are not ACD lines', () => {
  it('are omitted for sessions that request only ACD lines', async () => {
    const world = defaultWorld({ agents: 3 });
    const at = await lab({
      world: {
        ...world,
        devices: [
          ...world.devices,
          { peripheralId: PERIPHERAL, id: '3001', kind: 'agentPhone', instrument: '2001', nonAcdLine: true },
        ],
      },
    });
    const whole = opened(at, { ClientID: 'whole' });
    const acd = opened(at, { ClientID: 'acd', ServicesRequested: BRIDGE | S.CTI_SERVICE_ACD_LINE_ONLY });
    const desk = opened(at, {
      ClientID: 'desk',
      PeripheralID: PERIPHERAL,
      AgentInstrument: '2001',
      ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS,
    });
    login(whole, '1001', false);
    login(whole, '1002', false);
    at.simulator.run('makeCall', { agent: '1002', to: '3001' });
    at.pass(2);
    const rings = (client: typeof whole) =>
      client.take('CALL_DELIVERED_EVENT').some((each) => each.ConnectionDeviceID === '3001');
    deepStrictEqual([rings(whole), rings(acd), rings(desk)], [true, false, true]);
    equal(ring(at, whole) > 0, true);
  });
});

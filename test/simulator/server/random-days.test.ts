import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { type Random, seededRandom } from '../../../src/common/random.js';
import type { Message, MessageInit } from '../../../src/ged188/index.js';
import { BRIDGE, connection, lab, NONE, opened, PERIPHERAL, type RawClient, S } from './raw-client.js';

/**
 * Days of random button presses, sensible or not. In any case, every request is answered once, every call is reported
 * with one beginning and one end and nothing outside, and every agent is in the state that the events report.
 */
const AGENTS = ['1001', '1002', '1003', '1004', '90001'];
const NUMBERS = ['8001', '8002', '2001', '2002', '2003', '95001', '5550100', '99991', '99981', '7', ''];

const phoneOf = (agent: string) => (agent === '90001' ? '95001' : String(Number(agent) + 1000));
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random.next() * from.length)]!;

interface Live {
  call: number;
  device: string;
  /** LocalConnectionState. */
  state: number;
}

/** A sensible action at this connection, given the others at the same phone. */
function sensible(random: Random, here: Live, others: readonly Live[]): MessageInit | undefined {
  const one = connection(here.call, here.device);
  const active = {
    PeripheralID: PERIPHERAL,
    ActiveConnectionCallID: here.call,
    ActiveConnectionDeviceIDType: 0,
    ActiveConnectionDeviceID: here.device,
  };
  const number = pick(random, NUMBERS.slice(0, 6));
  const held = others.find((each) => each.state === 4);
  if (here.state === 2) {
    return random.next() < 0.9
      ? { type: 'ANSWER_CALL_REQ', ...one }
      : { type: 'DEFLECT_CALL_REQ', ...one, CalledDeviceID: number };
  }
  if (here.state === 4 && held === undefined) {
    return {
      type: 'RETRIEVE_CALL_REQ',
      PeripheralID: PERIPHERAL,
      HeldConnectionCallID: here.call,
      HeldConnectionDeviceIDType: 0,
      HeldConnectionDeviceID: here.device,
    };
  }
  if (here.state !== 3) return undefined;
  if (held !== undefined) {
    const both = {
      ...active,
      HeldConnectionCallID: held.call,
      HeldConnectionDeviceIDType: 0,
      HeldConnectionDeviceID: held.device,
    };
    return pick<MessageInit>(random, [
      { type: 'TRANSFER_CALL_REQ', ...both },
      { type: 'CONFERENCE_CALL_REQ', ...both },
      { type: 'CONFERENCE_CALL_REQ', ...both },
      { type: 'RECONNECT_CALL_REQ', ...both },
      {
        type: 'ALTERNATE_CALL_REQ',
        ...active,
        OtherConnectionCallID: held.call,
        OtherConnectionDeviceIDType: 0,
        OtherConnectionDeviceID: held.device,
      },
    ]);
  }
  return pick<MessageInit>(random, [
    { type: 'CONSULTATION_CALL_REQ', ...active, DialedNumber: number, ConsultType: pick(random, [1, 2]) },
    { type: 'CONSULTATION_CALL_REQ', ...active, DialedNumber: number, ConsultType: pick(random, [1, 2]) },
    { type: 'HOLD_CALL_REQ', ...one },
    {
      type: 'TRANSFER_CALL_REQ',
      ...active,
      HeldConnectionCallID: NONE,
      HeldConnectionDeviceIDType: 0xffff,
      DialedNumber: number,
    },
    { type: 'CLEAR_CONNECTION_REQ', ...one },
  ]);
}

/** A sensible action of an agent in a state: log in and become available. */
function toWork(agent: string, state: number | undefined): MessageInit {
  const present = agent === '1004' ? 2 : 3;
  return {
    type: 'SET_AGENT_STATE_REQ',
    PeripheralID: PERIPHERAL,
    AgentID: agent,
    AgentInstrument: phoneOf(agent),
    AgentState: state === undefined || state === 1 ? 0 : present,
  };
}

/** A random request, usually about existing objects. */
function anything(random: Random, live: readonly Live[]): MessageInit {
  const agent = pick(random, AGENTS);
  const instrument = phoneOf(agent);
  const known = (): Live =>
    live.length > 0 && random.next() < 0.9 ? pick(random, live) : { call: 12345, device: instrument, state: 3 };
  const here = known();
  const sameDevice = live.filter((each) => each.device === here.device);
  const other = sameDevice.length > 0 && random.next() < 0.9 ? pick(random, sameDevice) : known();
  const active = {
    PeripheralID: PERIPHERAL,
    ActiveConnectionCallID: here.call,
    ActiveConnectionDeviceIDType: 0,
    ActiveConnectionDeviceID: here.device,
  };
  const held = {
    HeldConnectionCallID: other.call,
    HeldConnectionDeviceIDType: 0,
    HeldConnectionDeviceID: other.device,
  };
  const single = {
    HeldConnectionCallID: NONE,
    HeldConnectionDeviceIDType: 0xffff,
    DialedNumber: pick(random, NUMBERS),
  };
  const one = connection(here.call, here.device);
  const state = (AgentState: number): MessageInit => ({
    type: 'SET_AGENT_STATE_REQ',
    PeripheralID: PERIPHERAL,
    AgentID: agent,
    AgentInstrument: instrument,
    AgentState,
    EventReasonCode: 3,
  });
  return pick<() => MessageInit>(random, [
    () => state(pick(random, [0, 0, 1, 2, 3, 3, 3, 5, 6, 7])),
    () => ({
      type: 'MAKE_CALL_REQ',
      PeripheralID: PERIPHERAL,
      AgentInstrument: instrument,
      DialedNumber: pick(random, NUMBERS),
    }),
    () => ({ type: 'ANSWER_CALL_REQ', ...one }),
    () => ({ type: 'ANSWER_CALL_REQ', ...one }),
    () => ({ type: 'HOLD_CALL_REQ', ...one }),
    () => ({ type: 'RETRIEVE_CALL_REQ', PeripheralID: PERIPHERAL, ...held }),
    () => ({ type: 'CLEAR_CONNECTION_REQ', ...one }),
    () => ({ type: 'CLEAR_CALL_REQ', ...one }),
    () => ({
      type: 'CONSULTATION_CALL_REQ',
      ...active,
      DialedNumber: pick(random, NUMBERS),
      ConsultType: pick(random, [0, 1, 2]),
    }),
    () => ({ type: 'TRANSFER_CALL_REQ', ...active, ...pick(random, [held, single]) }),
    () => ({ type: 'CONFERENCE_CALL_REQ', ...active, ...pick(random, [held, single]) }),
    () => ({
      type: 'ALTERNATE_CALL_REQ',
      ...active,
      OtherConnectionCallID: other.call,
      OtherConnectionDeviceIDType: 0,
      OtherConnectionDeviceID: other.device,
    }),
    () => ({ type: 'RECONNECT_CALL_REQ', ...active, ...held }),
    () => ({ type: 'DEFLECT_CALL_REQ', ...one, CalledDeviceID: pick(random, NUMBERS) }),
    () => ({
      type: 'SET_CALL_DATA_REQ',
      ...one,
      CallVariable5: String(random.next()),
      NamedVariables: [{ VariableName: 'user.A', VariableValue: String(random.next()) }],
    }),
    () => ({ type: 'SNAPSHOT_CALL_REQ', ...one }),
    () => ({ type: 'SNAPSHOT_DEVICE_REQ', PeripheralID: PERIPHERAL, AgentInstrument: instrument }),
    () => ({ type: 'SUPERVISOR_ASSIST_REQ', ...one, AgentInstrument: instrument }),
    () => ({ type: 'EMERGENCY_CALL_REQ', ...connection(NONE, instrument), AgentInstrument: instrument }),
    () => ({
      type: 'SUPERVISE_CALL_REQ',
      PeripheralID: PERIPHERAL,
      AgentConnectionCallID: here.call,
      AgentConnectionDeviceIDType: 0,
      AgentConnectionDeviceID: here.device,
      SupervisorConnectionCallID: other.call,
      SupervisorConnectionDeviceIDType: 0,
      SupervisorConnectionDeviceID: other.device,
      AgentID: agent,
      SupervisorInstrument: '95001',
      SupervisoryAction: pick(random, [0, 1, 3, 4]),
    }),
  ])();
}

/** Reads the messages like a client and reports errors. */
class Reader {
  readonly live = new Map<string, Live>();
  readonly states = new Map<string, number>();
  readonly faults: string[] = [];

  read(message: Message): void {
    if (message.type === 'UNKNOWN' || message.unknown !== undefined) this.faults.push(`unreadable: ${message.type}`);
    if (message.type === 'AGENT_STATE_EVENT' && message.AgentID) this.states.set(message.AgentID, message.AgentState);
    if (!('ConnectionCallID' in message) || !('ConnectionDeviceID' in message)) return;
    if (!/^(BEGIN_CALL|END_CALL|CALL_|RTP_)/.test(message.type) || message.ConnectionDeviceID === undefined) return;
    const key = `${message.ConnectionCallID}/${message.ConnectionDeviceID}`;
    const known = this.live.has(key);
    // An external party, a route point or a VRU leaves the call of a phone: no other event reports this.
    if (message.type === 'CALL_CONNECTION_CLEARED_EVENT' && !known) return;
    if (message.type === 'BEGIN_CALL_EVENT') {
      if (known) this.faults.push(`${key} begins twice`);
      this.live.set(key, { call: message.ConnectionCallID, device: message.ConnectionDeviceID, state: 0 });
    } else if (!known) this.faults.push(`${message.type} of ${key} outside its life`);
    const live = this.live.get(key);
    if (live && 'LocalConnectionState' in message) live.state = message.LocalConnectionState;
    if (message.type === 'END_CALL_EVENT') this.live.delete(key);
    if (message.type === 'CALL_DATA_UPDATE_EVENT' && message.NewConnectionDeviceID !== undefined) {
      this.live.delete(key);
      const next = {
        call: message.NewConnectionCallID,
        device: message.NewConnectionDeviceID,
        state: live?.state ?? 0,
      };
      this.live.set(`${next.call}/${next.device}`, next);
    }
  }
}

/** Usually a sensible action, sometimes a random one. */
function something(random: Random, reader: Reader): MessageInit {
  const live = [...reader.live.values()];
  const dice = random.next();
  if (dice < 0.2) {
    const agent = pick(random, AGENTS);
    return toWork(agent, reader.states.get(agent));
  }
  if (dice < 0.8 && live.length > 0) {
    const here = pick(random, live);
    const others = live.filter((each) => each !== here && each.device === here.device);
    const request = sensible(random, here, others);
    if (request !== undefined) return request;
  }
  return anything(random, live);
}

async function day(
  seed: number,
  steps: number,
): Promise<{ client: RawClient; reader: Reader; violations: readonly string[]; answered: number }> {
  const at = await lab({ agents: 4, seed });
  const client = opened(at, { ServicesRequested: BRIDGE | S.CTI_SERVICE_SUPERVISOR });
  const random = seededRandom(seed);
  const reader = new Reader();
  let answered = 0;
  for (let step = 0; step < steps; step++) {
    for (const message of client.take()) reader.read(message);
    if (random.next() < 0.15)
      at.simulator.run('placeCall', {
        from: '2065550101',
        to: pick(random, ['8001', '8002', '8003']),
        patience: 5 + random.next() * 60,
      });
    client.ask(something(random, reader));
    answered++;
    if (random.next() < 0.5) at.pass(random.next() * 5);
  }
  at.simulator.run('peripheralOffline');
  at.simulator.run('peripheralOnline');
  at.pass(3600);
  for (const message of client.take()) reader.read(message);
  return { client, reader, violations: at.simulator.run('check').violations, answered };
}

describe('Days of random buttons', () => {
  for (let seed = 1; seed <= 12; seed++) {
    it(`are reported correctly, day ${seed}`, async () => {
      const { client, reader, violations, answered } = await day(seed, 400);
      equal(answered, 400);
      deepStrictEqual(reader.faults, []);
      deepStrictEqual(violations, []);
      for (const [AgentID, state] of reader.states) {
        const answer = client.confirmed(
          { type: 'QUERY_AGENT_STATE_REQ', PeripheralID: PERIPHERAL, AgentID },
          'QUERY_AGENT_STATE_CONF',
        );
        equal(answer.AgentState, state, `agent ${AgentID}`);
      }
      for (const { call, device } of reader.live.values()) {
        client.confirmed({ type: 'SNAPSHOT_CALL_REQ', ...connection(call, device) }, 'SNAPSHOT_CALL_CONF');
      }
    });
  }

  it('produce identical bytes when they are repeated', async () => {
    const bytes = async () => Buffer.concat((await day(99, 150)).client.bytes).toString('base64');
    const first = await bytes();
    ok(first.length > 1000);
    equal(await bytes(), first);
  });
});

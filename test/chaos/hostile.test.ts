/**
 * A CTI Server and clients that send random data: the object server accepts every message in any order, reports calls
 * consistently, and keeps nothing after the calls have ended.
 */
import assert from 'node:assert/strict';
import type { CilEvent } from '../../src/cil/index.js';
import { Session } from '../../src/cil/index.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { MessageDefinition } from '../../src/ged188/definition/message.js';
import { EncodeError, type MessageInit } from '../../src/ged188/index.js';
import { messages } from '../../src/ged188/messages/index.js';
import { createObjectServer } from '../../src/server/index.js';
import { ClientSessions, memoryConnector } from '../../src/server/northbound/index.js';
import { readClientMessage } from '../../src/server/northbound/transport/client-message.js';
import { TestClient } from '../server/northbound/test-client.js';
import { ScriptedLink, settled } from '../server/objects/scripted-link.js';
import { Dice } from './dice.js';
import { lives, order } from './story-checker.js';

const PEOPLE = ['1001', '1002', ''];
const PHONES = ['2001', '2002', '95001', ''];
const CALLS = [1, 2, 3, 0xffffffff];
const STATES = [0, 1, 2, 3, 4, 5, 6, 0xffff];

/** A value for a field by its name: usually one of a few, so that messages refer to the same objects. */
function valueFor(name: string, wire: string, dice: Dice): unknown {
  if (/CallID$/.test(name)) return dice.pick(CALLS);
  if (/Device(ID)?$|Extension|Instrument/.test(name) && wire === 'STRING') return dice.pick(PHONES);
  if (/AgentID$|LoginID/.test(name) && wire === 'STRING') return dice.pick(PEOPLE);
  if (name === 'PeripheralID') return dice.pick([5000, 5000, 5000, 4, 0xffffffff]);
  if (/State$/.test(name)) return dice.pick(STATES);
  switch (wire) {
    case 'STRING':
      return dice.pick(['', 'x', '8001']);
    case 'BOOL':
      return dice.chance(0.5);
    case 'UNSPEC':
      return Buffer.alloc(dice.below(4));
    case 'UCHAR':
      return dice.below(256);
    case 'USHORT':
      return dice.pick([0, 1, 2, 50, 0xffff]);
    default:
      return dice.pick([0, 1, 10, 0x7fffffff]);
  }
}

interface FieldLike {
  readonly facts?: { readonly wire: string; readonly counts?: string };
}

/** Any message that a CTI Server may send, with any of its fields. */
function anything(dice: Dice): MessageInit {
  const told = (Object.values(messages) as readonly MessageDefinition[]).filter(({ facts }) => facts.from !== 'client');
  const { name, facts } = dice.pick(told);
  const message: Record<string, unknown> = { type: name };
  for (const [field, { facts: field_ }] of [
    ...Object.entries(facts.fixed as Record<string, FieldLike>),
    ...Object.entries((facts.floating ?? {}) as Record<string, FieldLike>),
  ]) {
    if (field_ === undefined || field_.counts !== undefined || dice.chance(0.25)) continue;
    message[field] = valueFor(field, field_.wire, dice);
  }
  return message as unknown as MessageInit;
}

describe('A CTI Server that sends random data', () => {
  for (let seed = 1; seed <= 6; seed++) {
    it(`does not make the object server inconsistent, seed ${seed}`, async () => {
      const dice = new Dice(seed);
      const clock = new VirtualClock();
      const link = new ScriptedLink();
      const server = createObjectServer({ link, clock, settings: { peripheralId: 5000 } });
      const sessions = new ClientSessions({ server, clock, settings: { heartbeatMs: 0 } });
      const session = new Session({ connectors: [memoryConnector(sessions, { allowMonitorControl: true })], clock });
      const events: CilEvent[] = [];
      session.subscribe('AllInOne', (event) => events.push(event));
      for (const question of ['QUERY_AGENT_STATE_REQ', 'SNAPSHOT_DEVICE_REQ', 'SNAPSHOT_CALL_REQ'] as const)
        link.answer(question, { type: 'CONTROL_FAILURE_CONF', FailureCode: 13 });
      link.connect();
      session.connect();
      await turns();
      await session.setMessageFilter('');
      let told = 0;
      for (let step = 0; step < 3_000; step++) {
        try {
          link.tell(anything(dice));
          told++;
        } catch (error) {
          // Not a frame: a value that does not fit its field.
          if (!(error instanceof EncodeError)) throw error;
        }
        if (step % 50 === 0) await turns();
      }
      await turns();
      assert.ok(told > 1_000, `${told} messages were told`);
      const bugs = events.filter(({ args }) =>
        String(args.ErrorMessage).startsWith('The object server could not deal'),
      );
      assert.deepEqual(
        bugs.map(({ args }) => args.ErrorMessage),
        [],
      );
      assert.deepEqual(lives(events, false), []);
      assert.deepEqual(order(events), []);
      for (const id of [...session.calls.keys()]) {
        const [, peripheral, call, ...device] = id.split('.');
        link.tell({
          type: 'END_CALL_EVENT',
          PeripheralID: Number(peripheral),
          ConnectionCallID: Number(call),
          ConnectionDeviceID: device.join('.'),
        });
      }
      await turns();
      assert.deepEqual([...session.calls.keys()], []);
      assert.equal(sessions.router.liveCalls, 0);
      await session.disconnect();
      sessions.stop();
    });
  }
});

async function turns(): Promise<void> {
  for (let n = 0; n < 6; n++) {
    await settled();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

const REQUESTS = ['Answer', 'SetAgent', 'SetMessageFilter', 'MakeCall', 'SuperviseCall', 'nonsense', '__proto__', ''];

/** Any JSON, often similar to a message. */
function anyJson(dice: Dice, depth = 0): unknown {
  const leaf = dice.below(7);
  if (leaf === 0) return null;
  if (leaf === 1) return dice.pick([0, -1, 1e300, 3.5, 2 ** 53]);
  if (leaf === 2) return dice.pick(['', 'x', 'call.5000.1.2001', 'constructor', '\u0000']);
  if (leaf === 3) return dice.chance(0.5);
  if (depth > 3) return [];
  if (leaf === 4) return Array.from({ length: dice.below(4) }, () => anyJson(dice, depth + 1));
  return {
    kind: dice.chance(0.8)
      ? dice.pick(['hello', 'request', 'request', 'request', 'heartbeat', 'bye'])
      : anyJson(dice, 4),
    ...(dice.chance(0.8) && { id: dice.chance(0.9) ? dice.below(50) : anyJson(dice, 4) }),
    ...(dice.chance(0.5) && { version: 1, client: 'x' }),
    ...(dice.chance(0.8) && { request: dice.chance(0.9) ? dice.pick(REQUESTS) : anyJson(dice, 4) }),
    ...(dice.chance(0.3) && { target: dice.pick(['call.5000.1.2001', 'agent.5000.1001', 'agent.', '...', 'call.1']) }),
    ...(dice.chance(0.7) && {
      args: { [dice.pick(['AgentID', 'Filter', 'DialedNumber', '__proto__', 'x'])]: anyJson(dice, depth + 1) },
    }),
    ...(dice.chance(0.3) && { answerMs: dice.pick([-5, 0, 1, 1e12]) }),
  };
}

describe('A client that sends random data', () => {
  for (let seed = 1; seed <= 4; seed++) {
    it(`is answered or rejected, and each of its requests ends at most once, seed ${seed}`, async () => {
      const dice = new Dice(seed);
      const clock = new VirtualClock();
      const link = new ScriptedLink();
      const server = createObjectServer({ link, clock, settings: { peripheralId: 5000 } });
      const sessions = new ClientSessions({ server, clock, settings: { heartbeatMs: 0 } });
      link.connect();
      await turns();
      for (let life = 0; life < 30; life++) {
        const client = new TestClient(sessions, { allowMonitorControl: true });
        if (dice.chance(0.8)) client.hello();
        const asked: number[] = [];
        for (let step = 0; step < 60; step++) {
          const message = readClientMessage(JSON.parse(JSON.stringify(anyJson(dice))));
          if (typeof message === 'string') continue;
          if (message.kind === 'request') asked.push(message.id);
          client.say(message);
          if (dice.chance(0.1)) await turns();
        }
        await turns();
        clock.advance(11 * 60_000);
        await turns();
        for (const id of new Set(asked)) {
          const ends = client.sent.filter((each) => each.kind === 'done' && each.id === id).length;
          assert.ok(ends <= asked.filter((each) => each === id).length, `request ${id} ended ${ends} times`);
        }
        client.accepted.closed();
      }
      assert.equal(sessions.sessions.size, 0);
      assert.equal(clock.pending, 0, 'nobody is left, and no timer');
      sessions.stop();
    });
  }
});

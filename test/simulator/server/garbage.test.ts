import { equal, ok } from 'node:assert/strict';
import { seededRandom } from '../../../src/common/random.js';
import { definitionOf, encode, type MessageInit, messages } from '../../../src/ged188/index.js';
import { simulatorRequests } from '../../../src/simulator/server/dispatch.js';
import { BRIDGE, connection, lab, login, opened, PERIPHERAL, ring, S } from './raw-client.js';

const EVERYTHING =
  BRIDGE |
  S.CTI_SERVICE_SUPERVISOR |
  S.CTI_SERVICE_PERIPHERAL_MONITOR |
  S.CTI_SERVICE_CLIENT_MONITOR |
  S.CTI_SERVICE_SERVER;

/** Every request, with plausible fields. */
function everyRequest(call: number): Buffer[] {
  return Object.keys(simulatorRequests).map((type, index) =>
    encode(
      {
        ...connection(call, '2001'),
        type,
        InvokeID: index + 1,
        PeripheralID: PERIPHERAL,
        AgentID: '1001',
        AgentInstrument: '2001',
        DialedNumber: '2002',
        CallVariable1: 'x',
        Text: 'x',
      } as unknown as MessageInit,
      24,
    ),
  );
}

describe('Damaged messages', () => {
  for (const strict of [false, true]) {
    it(`have no effect on others, whatever is damaged${strict ? ', strict' : ''}`, async () => {
      const at = await lab({ strict });
      const healthy = opened(at, { ClientID: 'healthy' });
      login(healthy, '1001');
      const call = ring(at, healthy);
      const frames = everyRequest(call);
      const random = seededRandom(4711);
      let client = opened(at, { ServicesRequested: EVERYTHING });
      for (let round = 0; round < 4000; round++) {
        const frame = Buffer.from(frames[Math.floor(random.next() * frames.length)]!);
        const damages = 1 + Math.floor(random.next() * 4);
        for (let damage = 0; damage < damages; damage++) {
          // The length remains correct, so that the next message can be found.
          frame[4 + Math.floor(random.next() * (frame.length - 4))] = Math.floor(random.next() * 256);
        }
        const cut = random.next() < 0.2 ? 8 + Math.floor(random.next() * (frame.length - 8)) : frame.length;
        const sent = frame.subarray(0, cut);
        sent.writeUInt32BE(sent.length - 8, 0);
        client.stream.write(sent);
        client.take();
        if (client.closed) client = opened(at, { ServicesRequested: EVERYTHING });
      }
      healthy.take();
      healthy.confirmed({ type: 'HEARTBEAT_REQ' }, 'HEARTBEAT_CONF');
      equal(at.simulator.run('check').violations.length, 0);
    });
  }

  it('are tried for every request that a client may send', () => {
    const sent = Object.keys(messages).filter((name) => {
      const facts = definitionOf(name)?.facts;
      return facts?.from !== 'server' && facts?.reply !== undefined;
    });
    const session = new Set(['OPEN_REQ', 'HEARTBEAT_REQ', 'CLOSE_REQ', 'TEAM_CONFIG_REQ']);
    for (const name of sent) ok(session.has(name) || name in simulatorRequests, name);
  });
});

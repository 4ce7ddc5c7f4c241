/**
 * A server may be hostile: whatever it sends, the client program keeps running, and a connection ends with a reason.
 */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { Session, webSocketConnector } from '../../../src/cil/index.js';
import { seededRandom } from '../../../src/common/random.js';
import { clientMessages, readKind, serverMessages } from '../../../src/ctios/message-schema.js';
import { SessionHarness } from '../helpers.js';

const deep = (levels: number): object => (levels === 0 ? {} : { a: deep(levels - 1) });
const many = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));

const bad: [what: string, message: unknown][] = [
  ['no object', 5],
  ['a list', []],
  ['nothing', null],
  ['a kind that is no text', { kind: 5 }],
  ['an event without args', { kind: 'event', event: 'OnCallBegin' }],
  ['an event whose args are null', { kind: 'event', event: 'OnCallBegin', args: null }],
  ['an event with a list for args', { kind: 'event', event: 'OnCallBegin', args: [] }],
  ['an event with a number for its name', { kind: 'event', event: 5, args: {} }],
  ['an event with a name of a megabyte', { kind: 'event', event: 'x'.repeat(1e6), args: {} }],
  ['an event with null in its args', { kind: 'event', event: 'OnCallBegin', args: { ANI: null } }],
  ['an event too deep', { kind: 'event', event: 'OnCallBegin', args: deep(20) }],
  ['an event with too many values', { kind: 'event', event: 'OnCallBegin', args: many(20_000) }],
  ['an answer without its number', { kind: 'done', outcome: 'confirmed' }],
  ['an answer with an outcome that there is not', { kind: 'done', id: 1, outcome: 'maybe' }],
  ['an answer with a number for its event', { kind: 'done', id: 1, outcome: 'confirmed', conf: 5 }],
  [
    'an answer with an event without args',
    { kind: 'done', id: 1, outcome: 'confirmed', conf: { kind: 'event', event: 'x' } },
  ],
  ['an answer with text for its failure', { kind: 'done', id: 1, outcome: 'failed', failure: 'no' }],
  ['a link that is null', { kind: 'link', link: null }],
  ['a link of another kind', { kind: 'link', link: { state: 5, standby: false } }],
  ['services that are no texts', { kind: 'link', link: { state: 'up', standby: false, services: [5] } }],
  ['a heartbeat with text for its number', { kind: 'heartbeat', id: '1' }],
  ['a farewell without words', { kind: 'closing' }],
  ['a refusal with numbers', { kind: 'refused', code: 1, message: 2 }],
  ['a farewell of half a megabyte', { kind: 'closing', code: 'X', message: 'x'.repeat(500_000) }],
  [
    'a link with a reason of half a megabyte',
    { kind: 'link', link: { state: 'down', standby: false, reason: 'x'.repeat(500_000) } },
  ],
  ['a welcome without a name', { kind: 'welcome', version: 1 }],
];

describe('A hostile server', () => {
  let server: WebSocketServer;
  let url: string;
  beforeEach(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  for (const [what, message] of bad) {
    it(`ends the connection with a reason with ${what}`, async () => {
      let served = 0;
      server.on('connection', (socket) => {
        served++;
        socket.once('message', () => {
          socket.send(JSON.stringify({ kind: 'welcome', version: 1, server: 's', connectionId: 'c', heartbeatMs: 0 }));
          socket.send(JSON.stringify(message));
        });
      });
      const session = new Session({ connectors: [webSocketConnector(url)], heartbeatMs: 0 });
      const reason = await new Promise<string>((resolve) => {
        session.onStatus(({ reason: why }) => {
          if (why?.includes('no message of the protocol')) resolve(why);
        });
        session.connect();
      });
      match(reason, /no message of the protocol/);
      ok(served > 0);
      await session.disconnect();
    });
  }

  it('is told which of its messages, in either direction, are not valid', () => {
    match(readKind(serverMessages, { kind: 'link', link: null }).wrong!, /^link: "link" must be an object$/);
    match(
      readKind(clientMessages, { kind: 'request', id: 1.5, request: 'Hold' }).wrong!,
      /"id" must be a whole number/,
    );
    deepEqual(readKind(serverMessages, { kind: 'of tomorrow' }), {});
    deepEqual(readKind(serverMessages, { kind: 'constructor' }), {});
    equal(
      readKind(serverMessages, { kind: 'event', event: 'OnX', args: { a: { b: 'c', d: 1, e: true } } }).kind,
      'event',
    );
  });

  it('does not cause an exception in either reader, whatever the bytes', () => {
    const random = seededRandom(17);
    const values: unknown[] = [null, 5, -1, 1e300, '', 'x', true, [], {}, [null], { a: null }, deep(9)];
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)]!;
    const schemas: Parameters<typeof readKind>[0][] = [clientMessages, serverMessages];
    for (const schema of schemas) {
      for (const [kind, fields] of Object.entries(schema)) {
        for (let n = 0; n < 500; n++) {
          const message: Record<string, unknown> = { kind };
          for (const field of Object.keys(fields)) if (random.next() < 0.8) message[field] = pick(values);
          const { wrong } = readKind(schema, message);
          if (wrong !== undefined) ok(wrong.length < 500, wrong);
        }
      }
    }
  });
});

describe('An object in place of a text', () => {
  it('is no part of a name, even if it cannot become a text', async () => {
    const harness = await new SessionHarness(1, { heartbeatMs: 0 }).connected();
    const { session, errors } = harness;
    const odd = { toString: 0, valueOf: 0 };
    const whole = { UniqueObjectID: 'agent.5000.1001', PeripheralID: 5000, AgentID: '1001', AgentInstrument: '2001' };
    for (const keyword of Object.keys(whole)) {
      for (const event of ['OnAgentStateChange', 'OnCallBegin', 'OnAgentStatistics', 'OnSkillGroupStatisticsUpdated']) {
        const args = { ...whole, Statistics: {}, 'SkillGroup[1]': { SkillGroupNumber: odd }, [keyword]: odd };
        harness.a.connection.transport.onMessage({ kind: 'event', event, args });
      }
    }
    const gap = { From: odd, To: odd, Reason: odd };
    harness.a.connection.transport.onMessage({ kind: 'event', event: 'OnConnectionGap', args: gap });
    deepEqual(errors, []);
    for (const agent of session.agents.values()) equal(agent.getSkillGroups().length, 0);
    await harness.settle();
  });
});

describe('An exception in a listener or a merge', () => {
  it('is passed to onError, and the next event is handled normally', async () => {
    const harness = await new SessionHarness(1, { heartbeatMs: 0 }).connected();
    const { session, errors } = harness;
    const { onMessage } = harness.a.connection.transport;
    const told: string[] = [];
    session.subscribe('AllInOne', ({ event }) => {
      told.push(event);
      if (event === 'OnCallBegin') throw new Error('a listener fails');
    });
    // Within a process messages are not validated, so the dispatcher must handle this.
    onMessage({ kind: 'event', event: 'OnAgentStateChange', args: undefined } as never);
    onMessage({ kind: 'event', event: 'OnCallBegin', args: { UniqueObjectID: 'call.1.1.1' } });
    onMessage({ kind: 'event', event: 'OnCallEnd', args: { UniqueObjectID: 'call.1.1.1' } });
    deepEqual(told, ['OnCallBegin', 'OnCallEnd']);
    equal(errors.length, 2);
    onMessage({ kind: 'link', link: null } as never);
    onMessage({ kind: 'done', id: 1, outcome: 'confirmed', conf: 5 } as never);
    await harness.settle();
  });
});

import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { ServerMessage, Transport } from '../../../src/ctios/transport.js';
import { ClientSessions, memoryConnector } from '../../../src/server/northbound/index.js';
import { FakeObjectServer } from './fake-object-server.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function setUp() {
  const server = new FakeObjectServer();
  const sessions = new ClientSessions({ server, clock: new VirtualClock() });
  const connector = memoryConnector(sessions, { allowMonitorControl: true });
  const transport = await new Promise<Transport>((resolve, reject) => connector.connect(resolve, reject));
  const received: ServerMessage[] = [];
  let closed = 0;
  transport.onMessage = (message) => received.push(message);
  transport.onClosed = () => closed++;
  transport.send({ kind: 'hello', version: 1, client: 'test' });
  await turn();
  await turn();
  return { server, sessions, connector, transport, received, closed: () => closed };
}

describe('the memory connector', () => {
  it('never connects synchronously, and not at all after it was given up', async () => {
    const { connector } = await setUp();
    let opened = 0;
    connector.connect(
      () => opened++,
      () => assert.fail(),
    );
    const giveUp = connector.connect(
      () => assert.fail('given up'),
      () => assert.fail(),
    );
    giveUp();
    assert.equal(opened, 0);
    await turn();
    assert.equal(opened, 1);
  });

  it('delivers asynchronously and in order, a burst at once, and by reference', async () => {
    const { server, transport, received } = await setUp();
    transport.send({ kind: 'request', id: 1, request: 'SetMessageFilter', args: {}, answerMs: 1000 });
    await turn();
    await turn();
    received.length = 0;
    const args = { UniqueObjectID: 'call.5000.1.2001' };
    server.publish('OnCallBegin', args);
    for (let n = 0; n < 1000; n++) server.publish('OnCallHeld', args);
    server.publish('OnCallEnd', args);
    assert.equal(received.length, 0);
    await turn();
    assert.equal(received.length, 1002);
    const [first] = received;
    assert.equal(first?.kind === 'event' && first.args, args);
    assert.equal(received.at(-1)?.kind === 'event' && (received.at(-1) as { event: string }).event, 'OnCallEnd');
  });

  it('continues after a receiver that throws', async () => {
    const { server, transport } = await setUp();
    const got: number[] = [];
    transport.onMessage = (message) => {
      if (message.kind === 'event') got.push(Number(message.args.n));
      if (got.length === 1) throw new Error('receiver');
    };
    const thrown = new Promise<unknown>((resolve) => {
      const others = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      process.once('uncaughtException', (error) => {
        for (const other of others) process.on('uncaughtException', other);
        resolve(error);
      });
    });
    for (let n = 1; n <= 3; n++) server.publish('OnCTIOSFailure', { n }, { everyone: true });
    assert.match(String(await thrown), /receiver/);
    await turn();
    assert.deepEqual(got, [1, 2, 3]);
  });

  it('closes both ends once', async () => {
    const { server, sessions, transport, closed } = await setUp();
    transport.close();
    transport.close();
    await turn();
    await turn();
    assert.equal(closed(), 1);
    assert.deepEqual(server.released, [['ctios-server.1', 'closed']]);
    assert.equal(sessions.sessions.size, 0);
  });

  it('notifies the client when the server stops', async () => {
    const { sessions, received, closed } = await setUp();
    sessions.stop();
    await turn();
    assert.equal(received.at(-1)?.kind, 'closing');
    assert.equal(closed(), 1);
  });
});

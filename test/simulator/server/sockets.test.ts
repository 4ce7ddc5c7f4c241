import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { decode, encode, FrameReader, type Message, type MessageInit } from '../../../src/ged188/index.js';
import { Simulator, type SimulatorOptions } from '../../../src/simulator/index.js';
import { BRIDGE, NONE } from './raw-client.js';

const TLS = resolve(__dirname, '../../../../test/fixtures/tls');
const pem = (name: string) => readFileSync(join(TLS, name));

/** A client on a real socket. */
class SocketClient {
  readonly closed: Promise<Error | undefined>;
  #waiting: (() => void)[] = [];
  #inbox: Message[] = [];

  constructor(readonly socket: Socket) {
    const reader = new FrameReader({
      onFrame: (frame) => {
        this.#inbox.push(decode(frame, 24));
        for (const wake of this.#waiting.splice(0)) wake();
      },
    });
    socket.on('data', (bytes) => reader.push(bytes));
    this.closed = new Promise((resolve) => {
      let failure: Error | undefined;
      socket.on('error', (error) => {
        failure = error;
      });
      socket.on('close', () => resolve(failure));
    });
  }

  send(message: MessageInit): void {
    this.socket.write(encode(message, 24));
  }

  async next(type: string): Promise<Message> {
    for (;;) {
      const index = this.#inbox.findIndex((each) => each.type === type);
      if (index >= 0) return this.#inbox.splice(index, 1)[0]!;
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  async open(services = BRIDGE): Promise<Message> {
    this.send({
      type: 'OPEN_REQ',
      InvokeID: 1,
      VersionNumber: 24,
      IdleTimeout: NONE,
      PeripheralID: NONE,
      ServicesRequested: services,
      CallMsgMask: NONE,
      AgentStateMask: 0x3fff,
      ClientID: 'test',
      ClientPassword: Buffer.alloc(0),
    });
    return this.next('OPEN_CONF');
  }
}

describe('The simulator on real sockets', () => {
  const simulators: Simulator[] = [];
  const start = async (options: SimulatorOptions = {}) => {
    const simulator = new Simulator({ traffic: 'off', automatic: false, agents: 3, ...options });
    simulators.push(simulator);
    return { simulator, ...(await simulator.start()) };
  };
  afterEach(async () => {
    for (const each of simulators.splice(0)) await each.stop();
  });

  it('listens on loopback, on separate ports for both sides', async () => {
    const { host, portA, portB } = await start();
    equal(host, '127.0.0.1');
    ok(portA > 0 && portB > 0 && portA !== portB);
    const client = new SocketClient(connect(portA, host));
    equal((await client.open()).type, 'OPEN_CONF');
  });

  it('reads frames however the network splits them', async () => {
    const { host, portA } = await start();
    const client = new SocketClient(connect(portA, host));
    client.socket.setNoDelay(true);
    await client.open();
    const bytes = Buffer.concat([1, 2, 3].map((InvokeID) => encode({ type: 'HEARTBEAT_REQ', InvokeID }, 24)));
    for (const byte of bytes) client.socket.write(Buffer.of(byte));
    const answers = [];
    for (let index = 0; index < 3; index++) answers.push(await client.next('HEARTBEAT_CONF'));
    deepStrictEqual(
      answers.map((each) => 'InvokeID' in each && each.InvokeID),
      [1, 2, 3],
    );
  });

  it('closes a link cleanly, or with a reset', async () => {
    const { simulator, host, portA } = await start();
    for (const how of ['close', 'reset'] as const) {
      const client = new SocketClient(connect(portA, host));
      await client.open();
      simulator.run('breakLink', { how });
      const error = await client.closed;
      equal(error && (error as NodeJS.ErrnoException).code, how === 'reset' ? 'ECONNRESET' : undefined);
    }
  });

  it('refuses connections on a stopped side, and accepts them on the same port after it restarts', async () => {
    const { simulator, host, portA } = await start();
    simulator.run('stopSide', { side: 'A' });
    const error = await new SocketClient(connect(portA, host)).closed;
    equal((error as NodeJS.ErrnoException).code, 'ECONNREFUSED');
    simulator.run('stopSide', { side: 'B' });
    simulator.run('startSide', { side: 'A' });
    const client = new SocketClient(connect(portA, host));
    equal((await client.open()).type, 'OPEN_CONF');
  });

  it('disconnects a client that does not read, and buffers no more for it than its limit', async () => {
    const { simulator, host, portA } = await start({ unreadLimit: 64 * 1024 });
    const client = new SocketClient(connect(portA, host));
    await client.open();
    const other = new SocketClient(connect(portA, host));
    client.socket.pause();
    const sessions = () => simulator.run('status').sides[0]!.sessions.length;
    simulator.run('loginAgent', { agent: '1001' });
    for (let turn = 0; turn < 2000 && sessions() > 0; turn++) {
      for (let event = 0; event < 100; event++) {
        simulator.run('setAgentState', { agent: '1001', state: event % 2 ? 'NotReady' : 'Available' });
      }
      await new Promise((turnOver) => setImmediate(turnOver));
    }
    equal(sessions(), 0);
    equal((await other.open()).type, 'OPEN_CONF');
    client.socket.destroy();
  });

  it('reports a port that is not available, and releases the others', async () => {
    const { portA } = await start();
    const second = new Simulator({ listen: { portB: portA } });
    await rejects(second.start(), { code: 'EADDRINUSE' });
    const third = await start({ listen: { portA: second.listening.portA } });
    equal(third.portA, second.listening.portA);
  });

  it('leaves nothing behind when it stops', async () => {
    const { simulator, host, portA } = await start();
    const client = new SocketClient(connect(portA, host));
    await client.open();
    await simulator.stop();
    await client.closed;
    const error = await new SocketClient(connect(portA, host)).closed;
    equal((error as NodeJS.ErrnoException).code, 'ECONNREFUSED');
  });

  it('supports TLS, and requires client certificates if configured', async () => {
    const tls = { key: pem('good.key'), cert: pem('good.crt'), ca: pem('authority.crt') };
    const { host, portA } = await start({ tls });
    const dial = (more: object) =>
      connectTls({
        host,
        port: portA,
        ca: pem('authority.crt'),
        servername: 'localhost',
        checkServerIdentity: () => undefined,
        ...more,
      });
    const known = new SocketClient(dial({ key: pem('client.key'), cert: pem('client.crt') }));
    equal((await known.open()).type, 'OPEN_CONF');
    const unknown = new SocketClient(dial({ key: pem('untrusted-client.key'), cert: pem('untrusted-client.crt') }));
    await unknown.closed;
    const bare = new SocketClient(dial({}));
    await bare.closed;
    known.socket.destroy();
  });
});

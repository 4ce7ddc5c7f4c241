import assert from 'node:assert/strict';
import { VirtualClock } from '../src/common/virtual-clock.js';
import { CtiosError } from '../src/ctios/ctios-error.js';
import type { ServerMessage, Transport } from '../src/ctios/transport.js';
import { type EmbeddedCtiServer, type EmbeddedParts, EmbeddedServers, type ServerHandle } from '../src/embedded.js';
import { noPeers } from '../src/server/peers/index.js';
import type { CtiLink } from '../src/server/southbound/link-api.js';
import type { LinkSettings } from '../src/server/southbound/settings.js';
import type { SimulatorOptions } from '../src/simulator/index.js';
import { FakeObjectServer } from './server/northbound/fake-object-server.js';

/** Fake parts that record their calls. */
function setUp(behaviour: { simulatorFails?: Error; linkStops?: Promise<void> } = {}) {
  const log: string[] = [];
  const links: LinkSettings[] = [];
  const parts: EmbeddedParts = {
    clock: new VirtualClock(),
    replay: () => assert.fail('nothing is replayed here'),
    simulator: (options: SimulatorOptions) => ({
      start: async () => {
        log.push(`simulator ${JSON.stringify(options)} starts`);
        if (behaviour.simulatorFails) throw behaviour.simulatorFails;
        return { host: '127.0.0.1', portA: 4711, portB: 4712 };
      },
      stop: async () => void log.push('simulator stops'),
      run: (command: string) => ({ did: command }),
    }),
    link: (settings) => {
      links.push(settings);
      const link: CtiLink = {
        up: undefined,
        info: {
          state: 'stopped',
          side: undefined,
          version: undefined,
          roundTripMs: undefined,
          standby: false,
          services: 0,
          certificate: undefined,
          oddities: [],
          reason: 'not started',
        },
        start: () => void log.push(`link to ${settings.sides.A.host}:${settings.sides.A.port} starts`),
        stop: async () => {
          await behaviour.linkStops;
          log.push('link stops');
        },
        request: () => assert.fail('nothing is asked for here'),
        send: () => false,
        listen: () => {},
      };
      return link;
    },
    server: ({ peers }) => {
      if (peers !== noPeers) log.push('server with peers');
      return new FakeObjectServer();
    },
    member: ({ settings }) => ({
      state: { state: 'standby' },
      onState: () => () => {},
      peers: { ...noPeers },
      start: () => void log.push(`publishes for ${settings.site}`),
      stop: async () => void log.push('publishes no more'),
    }),
  };
  return { log, links, servers: new EmbeddedServers(parts) };
}

const CISCO: EmbeddedCtiServer = {
  kind: 'cti-server',
  sides: { A: { host: 'cti-a.example.com', port: 42027 }, B: { host: 'cti-b.example.com', port: 43027 } },
  clientId: 'node-red',
  password: 'swordfish',
};

function greet(handle: ServerHandle, grants?: { allowMonitorControl?: boolean }): Promise<Transport> {
  return new Promise((resolve, reject) => handle.connector(grants).connect(resolve, reject));
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function controlIsAllowed(handle: ServerHandle, grants?: { allowMonitorControl?: boolean }): Promise<boolean> {
  const transport = await greet(handle, grants);
  const received: ServerMessage[] = [];
  transport.onMessage = (message) => received.push(message);
  transport.send({ kind: 'hello', version: 1, client: 'test' });
  transport.send({ kind: 'request', id: 1, request: 'SetMessageFilter', args: {}, answerMs: 1000 });
  transport.send({ kind: 'request', id: 2, request: 'Hold', args: {}, target: 'call.5000.1.2001', answerMs: 1000 });
  await turn();
  await turn();
  return !received.some((message) => message.kind === 'done' && message.failure?.code === 'CTIOS_CONTROL_NOT_ALLOWED');
}

describe('servers of this process', () => {
  it('publish to the event stream of their site, and resign before their link ends', async () => {
    const { servers, log } = setUp();
    const nats = { servers: ['nats://localhost:4222'], site: 'berlin', name: 'node-red' };
    const handle = servers.acquire({ ...CISCO, stream: { nats, masked: 'CallVariable1' } });
    await handle.ready;
    assert.deepEqual(handle.stream?.state, { state: 'standby' });
    assert.throws(() => servers.acquire(CISCO), { code: 'CTIOS_CLIENT_ID_IN_USE' });
    await handle.release();
    assert.deepEqual(log, [
      'server with peers',
      'link to cti-a.example.com:42027 starts',
      'publishes for berlin',
      'publishes no more',
      'link stops',
    ]);
    assert.equal(setUp().servers.acquire(CISCO).stream, undefined);
  });

  it('are started once for all users with the same settings, and stopped after the last has released them', async () => {
    const { servers, log } = setUp();
    const first = servers.acquire({ kind: 'simulator', seed: 7 });
    const second = servers.acquire({ kind: 'simulator', seed: 7 });
    await Promise.all([first.ready, second.ready]);
    assert.equal(servers.size, 1);
    assert.deepEqual(log, ['simulator {"seed":7} starts', 'link to 127.0.0.1:4711 starts']);
    await first.release();
    await first.release();
    assert.equal(log.length, 2, 'one still holds it');
    await second.release();
    assert.deepEqual(log.slice(2), ['link stops', 'simulator stops']);
    assert.equal(servers.size, 0);
  });

  it('are separate for different simulated contact centers', async () => {
    const { servers } = setUp();
    servers.acquire({ kind: 'simulator' });
    servers.acquire({ kind: 'simulator', agents: 5 });
    servers.acquire({ kind: 'simulator', agents: 20, traffic: 'gentle', seed: 1 });
    assert.equal(servers.size, 2, 'a default that is written out is the same center');
  });

  it('pass commands on to the simulated contact center', () => {
    const { servers } = setUp();
    const handle = servers.acquire({ kind: 'simulator' });
    assert.deepEqual(handle.simulator?.run('placeCall'), { did: 'placeCall' });
    assert.equal(setUp().servers.acquire(CISCO).simulator, undefined);
  });

  it('share a link to a CTI Server if the settings are equal, ignoring the case of hosts', () => {
    const { servers, links } = setUp();
    servers.acquire(CISCO);
    servers.acquire({ ...CISCO, sides: { ...CISCO.sides, A: { host: 'CTI-A.example.com', port: 42027 } } });
    assert.equal(servers.size, 1);
    assert.equal(links.length, 1);
    assert.equal(links[0]?.password, 'swordfish');
  });

  it('reject one ClientID on one CTI Server with different settings, without revealing a password', () => {
    const rows: Array<Partial<EmbeddedCtiServer>> = [
      { password: 'other' },
      { protocolVersion: 21 },
      { tls: { id: 'tls1', options: {} } },
      { sides: { A: { host: 'elsewhere.example.com', port: 42027 }, B: CISCO.sides.A } },
    ];
    for (const difference of rows) {
      const { servers } = setUp();
      servers.acquire(CISCO);
      try {
        servers.acquire({ ...CISCO, ...difference });
        assert.fail(`accepted ${JSON.stringify(difference)}`);
      } catch (error) {
        assert.ok(error instanceof CtiosError);
        assert.equal(error.code, 'CTIOS_CLIENT_ID_IN_USE');
        assert.ok(!/swordfish|other"/.test(JSON.stringify({ ...error, message: error.message })));
      }
      assert.equal(servers.size, 1);
    }
  });

  it('allow several ClientIDs on one CTI Server, and one ClientID on several CTI Servers', () => {
    const { servers } = setUp();
    servers.acquire(CISCO);
    servers.acquire({ ...CISCO, clientId: 'other' });
    servers.acquire({ ...CISCO, sides: { A: { host: 'lab.example.com', port: 42027 } } });
    assert.equal(servers.size, 3);
  });

  it('restart only after the old link is closed, because a CTI Server allows one session per ClientID', async () => {
    let closed = () => {};
    const { servers, log } = setUp({ linkStops: new Promise((resolve) => (closed = resolve)) });
    const first = servers.acquire(CISCO);
    await first.ready;
    const released = first.release();
    const second = servers.acquire({ ...CISCO, password: 'new' });
    await turn();
    assert.deepEqual(log, ['link to cti-a.example.com:42027 starts']);
    closed();
    await released;
    await second.ready;
    assert.deepEqual(log.slice(1), ['link stops', 'link to cti-a.example.com:42027 starts']);
  });

  it('can be released before they have started', async () => {
    const { servers, log } = setUp();
    await servers.acquire({ kind: 'simulator' }).release();
    assert.deepEqual(
      log.filter((line) => line.startsWith('link')),
      [],
    );
    assert.equal(log.at(-1), 'simulator stops');
  });

  it('reject connection attempts with the reason why the simulator does not start', async () => {
    const { servers } = setUp({ simulatorFails: new Error('port 42027 is taken') });
    const handle = servers.acquire({ kind: 'simulator' });
    await assert.rejects(greet(handle), /port 42027 is taken/);
    await handle.release();
  });

  it('allow control from monitor mode in the simulated contact center, elsewhere only if configured', async () => {
    const { servers } = setUp();
    assert.equal(await controlIsAllowed(servers.acquire({ kind: 'simulator' })), true);
    assert.equal(await controlIsAllowed(servers.acquire(CISCO)), false);
    assert.equal(await controlIsAllowed(servers.acquire(CISCO), { allowMonitorControl: true }), true);
  });
});
